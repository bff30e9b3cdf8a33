"""The filters: `read-feed`, `extract` and `label` over JSON lines, in order, a line out for each line in.

The formats are a public contract, documented in docs/formats.md. What works on a document is imported when one comes:
models and parsers take seconds, which no other command should pay for.
"""

import json
import os
import select
import sys
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Annotated, Any

import typer

from silkwire.cli.app import app
from silkwire.reasons import Reason
from silkwire.records import Outcome
from silkwire.workers import WorkerPool

Jsonl = Annotated[bool, typer.Option("--jsonl", help="Read JSON lines from standard input; needs no database.")]
Jobs = Annotated[int, typer.Option("--jobs", min=1, max=64, help="Processes that share the lines of --jsonl.")]

# Lines in flight a process: enough to keep all busy, few enough that memory stays flat and output streams.
_WINDOW = 8
_CHUNK = 2**16
_SECONDS = 10.0  # of processor that one line may take

Document = dict[str, Any]


@app.command("read-feed")
def read_feed(
    *,
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help="Required: feeds come as JSON lines on standard input.")
    ] = False,
    jobs: Jobs = 1,
) -> None:
    """Parse feeds given as JSON lines on standard input."""
    if not jsonl:
        raise typer.BadParameter("read-feed works on JSON lines alone: silkwire read-feed --jsonl < FILE")
    run_filter("read-feed", jobs)


def run_filter(name: str, jobs: int) -> None:
    """Copy standard input to standard output through a filter, line by line."""
    try:
        for document in _answers(name, jobs):
            sys.stdout.buffer.write(json.dumps(document, ensure_ascii=False).encode("utf-8", "replace") + b"\n")
            sys.stdout.buffer.flush()
    except BrokenPipeError:
        # The reader has seen enough. Python would complain when it flushes at exit; give it somewhere to flush to.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def answer(name: str, line: bytes) -> Document:
    """Work on one line; whatever happens, there is an answer."""
    from silkwire.cli.documents import failed, work_on

    try:
        document = json.loads(line)
    except (ValueError, RecursionError) as error:  # brackets nested without end make the latter
        return failed(name, None, Reason.BAD_INPUT, f"not JSON: {error}")
    if not isinstance(document, dict):
        return failed(name, None, Reason.BAD_INPUT, "not a JSON object")
    return work_on(name, document)


def _answers(name: str, jobs: int) -> Iterator[Document]:
    """Yield the answer to each line of standard input, in order, worked out in processes that may be killed."""
    waiting: deque[tuple[bytes, Future[Document | Outcome]]] = deque()
    with ThreadPoolExecutor(jobs) as threads, WorkerPool(_SECONDS, jobs, preload=_preload(name)) as workers:
        for arrived in _arriving(sys.stdin.fileno(), lambda: not waiting):
            if arrived is not None:
                waiting.append((arrived, threads.submit(workers.call, answer, name, arrived)))
            if waiting and (arrived is None or len(waiting) >= jobs * _WINDOW):
                yield _first(name, waiting)
        while waiting:
            yield _first(name, waiting)


def _preload(name: str) -> Callable[[], None] | None:
    """Return what a worker of a filter loads before its first line, None where there is nothing to load."""
    if name == "extract":
        from silkwire.extract.article import warm_up

        return warm_up
    if name in ("label", "label-dropped"):
        from silkwire.cli.documents import warm_labeller

        return warm_labeller
    return None


def _first(name: str, waiting: deque[tuple[bytes, Future[Document | Outcome]]]) -> Document:
    """Return the oldest answer; what happened to a worker on its line is one too."""
    from silkwire.cli.documents import failed

    line, future = waiting.popleft()
    found = future.result()
    if isinstance(found, Outcome):
        return failed(name, _id_of(line), found.reason or Reason.CRASHED, found.detail)
    return found


def _arriving(source: int, is_idle: Callable[[], bool]) -> Iterator[bytes | None]:
    """Yield the lines of a descriptor as they arrive, and None where none is there yet but answers are awaited.

    Without it a client that sends one line and waits for its answer would wait for ever on a window that never fills.
    """
    pieces: list[bytes] = []
    while True:
        if not is_idle() and not select.select([source], [], [], 0)[0]:
            yield None
            continue
        chunk = os.read(source, _CHUNK)
        if not chunk:
            break
        *ended, rest = chunk.split(b"\n")
        for end in ended:
            yield b"".join((*pieces, end, b"\n"))
            pieces.clear()
        pieces.append(rest)
    last = b"".join(pieces)
    if last:
        yield last


def _id_of(line: bytes) -> object:
    try:
        document = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return document.get("id") if isinstance(document, dict) else None
