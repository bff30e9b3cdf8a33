"""Work done apart, in processes that may be killed: no feed and no page can hold up or bring down who reads it.

A worker is this module run as a program. Both ways a frame is 8 bytes of length and a pickle: a function and its
arguments to the worker, what it returns back. A worker ends by itself as soon as its input is closed, so none outlives
its parent.
"""

import importlib
import os
import pickle
import queue
import signal
import struct
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import IO, ParamSpec, Self, TypeVar

from silkwire.reasons import Reason
from silkwire.records import Outcome

MEMORY = 2**30  # bytes above what a worker has when it starts
_PATIENCE = 10  # an item may take that many times its processor time by the clock: the machine may be busy
_LENGTH = struct.Struct(">Q")
# A worker is one process of several: numpy's library would start a thread for each core, and reserve memory for each.
_ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
_FAREWELL = 2.0  # seconds for a worker to end by itself

_Asked = ParamSpec("_Asked")
_Answer = TypeVar("_Answer")


class WorkerPool:
    """Workers, each started when it is first needed and replaced when it was killed.

    `seconds` is the processor time that one item may take; `preload` is a function of a module that a worker calls
    before, so that loading models is no part of it. `call` may be called from many threads: who comes while all
    workers are busy waits, at most ten times `seconds` for each item before it.
    """

    def __init__(self, seconds: float, workers: int = 2, preload: Callable[[], None] | None = None) -> None:
        """Make a pool; nothing is started yet."""
        self._workers = [_Worker(seconds, _name(preload)) for _ in range(workers)]
        self._idle: queue.LifoQueue[_Worker] = queue.LifoQueue()
        for worker in self._workers:
            self._idle.put(worker)

    def __enter__(self) -> Self:
        """Use the pool in a `with` statement."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the workers, also those that are busy."""
        for worker in self._workers:
            worker.end()

    def call(
        self, function: Callable[_Asked, _Answer], *args: _Asked.args, **kwargs: _Asked.kwargs
    ) -> _Answer | Outcome:
        """Return what a function of a module returns in a worker, or the outcome with which it failed; never raises.

        What takes more time or memory than one item may is failed with TOO_COMPLEX. One on which a worker dies in
        another way gets a second try in a new one, then is failed with CRASHED, as it is by an exception.
        """
        frame = pickle.dumps((function, args, kwargs), protocol=pickle.HIGHEST_PROTOCOL)
        worker = self._idle.get()
        try:
            reply = worker.ask(frame) or worker.ask(frame) or worker.crashed()
        except OSError as error:
            return Outcome.failed(Reason.CRASHED, f"a worker can't be started: {error}"[:200])
        finally:
            self._idle.put(worker)
        if isinstance(reply, Outcome):
            return reply
        answer: _Answer | Outcome = pickle.loads(reply)  # noqa: S301 - our own process wrote it
        return answer


def _name(function: Callable[[], None] | None) -> str:
    return f"{function.__module__}:{function.__qualname__}" if function else ""


class _Worker:
    """One process, or the place for one; used by one thread at a time."""

    def __init__(self, seconds: float, preload: str) -> None:
        self._seconds = seconds
        self._preload = preload
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()
        self._ended = False
        self._died_of = 0

    def ask(self, frame: bytes) -> bytes | Outcome | None:
        """Return the reply, the outcome where it was too much, or None where the process died of another cause."""
        process = self._process
        if process is None or process.poll() is not None:
            process = self._start()
        limit = self._seconds * _PATIENCE
        late = threading.Event()
        guard = threading.Timer(limit, _kill, (process, late))
        guard.daemon = True
        guard.start()
        try:
            reply = _exchange(process, frame)
        finally:
            guard.cancel()
        if reply is not None:
            return reply
        self._died_of = _bury(process)
        if late.is_set():
            return Outcome.failed(Reason.TOO_COMPLEX, f"more than {limit:g} s")
        if self._died_of == -signal.SIGPROF:
            return Outcome.failed(Reason.TOO_COMPLEX, f"more than {self._seconds:g} s of processor")
        return None

    def crashed(self) -> Outcome:
        """Say what became of an item on which two processes died."""
        if self._died_of == -signal.SIGKILL:
            return Outcome.failed(Reason.TOO_COMPLEX, "the worker was killed, as the system does for memory")
        return Outcome.failed(Reason.CRASHED, f"the worker ended with {self._died_of}")

    def end(self) -> None:
        """End the process for good."""
        with self._lock:
            self._ended = True
            process = self._process
        if process is not None:
            process.kill()
            _bury(process)

    def _start(self) -> subprocess.Popen[bytes]:
        """Start a process that can import what this one can."""
        environment = os.environ | _ONE_THREAD | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        with self._lock:  # else `end` may miss a process that is just being started
            if self._ended:
                raise OSError("the pool is closed")
            self._process = subprocess.Popen(  # noqa: S603 - ourselves
                [sys.executable, "-P", "-m", "silkwire.workers", str(self._seconds), str(MEMORY), self._preload],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env=environment,
            )
            return self._process


def _kill(process: subprocess.Popen[bytes], late: threading.Event) -> None:
    late.set()
    process.kill()


def _bury(process: subprocess.Popen[bytes]) -> int:
    """Close the pipes of a process that ends, and return how it ended."""
    for pipe in (process.stdin, process.stdout):
        with suppress(OSError):  # what was still to be written is of no use
            if pipe is not None:
                pipe.close()
    try:
        return process.wait(_FAREWELL)
    except subprocess.TimeoutExpired:
        process.kill()
        return process.wait()


def _exchange(process: subprocess.Popen[bytes], frame: bytes) -> bytes | None:
    """Send a frame and return the reply, None where the process died before it was through."""
    assert process.stdin is not None and process.stdout is not None  # noqa: S101, PT018 - for mypy
    try:
        _send(process.stdin, frame)
    except (BrokenPipeError, ValueError):  # ValueError: closed by `end`
        return None
    return _receive(process.stdout)


def _send(pipe: IO[bytes], frame: bytes) -> None:
    pipe.write(_LENGTH.pack(len(frame)))
    pipe.write(frame)
    pipe.flush()


def _receive(pipe: IO[bytes]) -> bytes | None:
    """Return the next frame, None where the other side is gone."""
    try:
        header = pipe.read(_LENGTH.size)
        if len(header) < _LENGTH.size:
            return None
        (length,) = _LENGTH.unpack(header)
        frame = pipe.read(length)
    except ValueError:
        return None
    return frame if len(frame) == length else None


def work(seconds: float, memory: int, preload: str) -> None:
    """Be a worker: answer frames until the input ends.

    The kernel ends the process where an item takes too much processor time (SIGPROF), whatever code it is in. Too much
    memory is an answer, the last one: what is left of such an item is not known.
    """
    import resource

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which closes the input
    requests, replies = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever prints must not get between the frames
    if preload:
        module, _, function = preload.partition(":")
        getattr(importlib.import_module(module), function)()
    start = _memory()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(ValueError):  # a system that allows less anyhow, or macOS, which has no such limit
        resource.setrlimit(resource.RLIMIT_AS, (start + memory, resource.getrlimit(resource.RLIMIT_AS)[1]))
    while _memory() < start + memory // 2:  # else it is swollen, and the next item begins in a new one
        request = _receive(requests)
        if request is None:
            return
        reply = _reply(request, seconds)
        if reply is None:
            too_large = Outcome.failed(Reason.TOO_COMPLEX, f"more than {memory / 2**20:,.0f} MiB of memory")
            _send(replies, pickle.dumps(too_large))
            return
        _send(replies, reply)
        del request, reply


def _reply(request: bytes, seconds: float) -> bytes | None:
    """Do what a frame asks for and return the reply, None where that takes too much memory."""
    try:
        # This imports the function's module, which is no fault of the item.
        function, args, kwargs = pickle.loads(request)  # noqa: S301 - our own parent wrote it
        signal.setitimer(signal.ITIMER_PROF, seconds)
        try:
            answer = function(*args, **kwargs)
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
        return pickle.dumps(answer, protocol=pickle.HIGHEST_PROTOCOL)
    except MemoryError:
        return None
    except Exception as error:  # noqa: BLE001 - an item's fate is recorded here
        return pickle.dumps(Outcome.failed(Reason.CRASHED, f"{type(error).__name__}: {error}"[:500]))


def _memory() -> int:
    """Return how many bytes of addresses this process has."""
    import psutil

    return int(psutil.Process().memory_info().vms)


if __name__ == "__main__":
    work(float(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
