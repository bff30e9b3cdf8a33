"""A hostile server, and what becomes of its attacks at the real client, robots.txt reader and feed parser.

    python -m tests.hostile            run every attack, print outcome, seconds and peak memory
    python -m tests.hostile NAME …     run these
    python -m tests.hostile --serve    only serve them: http://127.0.0.1:PORT/NAME

The attacks are the table in `hostile_attacks.py`. The server is a process of its own, so that the memory measured is
that of the side that must withstand.
"""

import asyncio
import contextlib
import gc
import socket
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

import psutil

from silkwire.fetch.judgement import is_wanted, judge_exchange
from silkwire.net.client import Client, open_client
from silkwire.net.robots import Robots
from silkwire.net.status import judge_failure
from silkwire.poll.parser import ParserPool
from silkwire.records import Kind, Outcome, Response
from silkwire.settings import Settings, load_settings
from tests.hostile_attacks import ATTACKS
from tests.hostile_feeds import read_feed
from tests.hostile_steps import HANG, Attack, Reads, Steps, whole

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
_BY_NAME = {attack.name: attack for attack in ATTACKS}


@dataclass(frozen=True, slots=True)
class Result:
    """What became of an attack: `outcome` is the reason, or the kind where there is none; memory in MB."""

    outcome: str
    detail: str
    seconds: float
    megabytes: float

    def withstood(self, attack: Attack) -> bool:
        """Say whether the attack came to no more than it may."""
        within = self.seconds < attack.seconds and self.megabytes < attack.megabytes
        return within and self.outcome in attack.outcomes


class Server:
    """Answers each connection with the steps of the attack that the request's path names."""

    def __init__(self) -> None:
        self.port = 0
        self.hits = 0  # of what only a parser that fetches would ask for

    async def start(self, port: int = 0) -> asyncio.Server:
        server = await asyncio.start_server(self._answer, "127.0.0.1", port)
        self.port = server.sockets[0].getsockname()[1]
        return server

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            request = (await _request(reader)).decode("latin-1")
            for step in self._steps(request):
                if isinstance(step, bytes):
                    writer.write(step)
                    await writer.drain()
                elif isinstance(step, float):
                    await asyncio.sleep(step)
                elif step is HANG:
                    await reader.read()
                else:
                    _reset(writer)
        writer.close()

    def _steps(self, request: str) -> Steps:
        if request.startswith("\x16"):  # a TLS handshake; its host is in plain sight
            return iter([HANG] if "hang" in request else [b"HTTP/1.1 400 Plain HTTP\r\n\r\n"])
        name, _, rest = request.split(" ")[1].lstrip("/").partition("/")
        if name in ("hit", "hits"):
            self.hits += name == "hit"
            return iter([whole(b"%d" % self.hits)])
        if name == "robots.txt":
            name = request.lower().partition("host: ")[2].partition(".")[0]
        attack = _BY_NAME.get(name.partition("?")[0])
        return attack.answer(self.port, rest) if attack else iter([b"HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n"])


async def _request(reader: asyncio.StreamReader) -> bytes:
    first = await reader.read(2**16)
    return first if first.startswith(b"\x16") or b"\r\n\r\n" in first else first + await reader.readuntil(b"\r\n\r\n")


def _reset(writer: asyncio.StreamWriter) -> None:
    linger = struct.pack("ii", 1, 0)
    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
    writer.transport.abort()


@contextlib.contextmanager
def serving() -> Iterator[int]:
    """Run the server in a process of its own for the duration of the block; give its port."""
    command = [sys.executable, "-m", "tests.hostile", "--serve"]
    root = Path(__file__).resolve().parents[1]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=root) as process:
        assert process.stdout is not None
        try:
            yield int(process.stdout.readline().rpartition(":")[2])
        finally:
            process.kill()


class Victim:
    """The sides that are attacked: a client with its settings, and the parser of feeds."""

    def __init__(self, port: int, pool: ParserPool) -> None:
        self._port = port
        self._pool = pool

    def meet(self, attack: Attack) -> Result:
        """Let one attack happen, and measure."""
        settings = self._settings(attack.settings)
        with _Peak() as peak:
            started = time.monotonic()
            outcome = asyncio.run(self._outcome(attack, settings))
            seconds = time.monotonic() - started
        name = "ok" if outcome.kind is Kind.OK else str(outcome.reason)
        return Result(name, outcome.detail, seconds, peak.megabytes)

    def get_both(self, first: str, second: str) -> tuple[bytes, bytes]:
        """Read the pages of two attacks with one client, one after the other."""

        async def work() -> tuple[bytes, bytes]:
            async with open_client(self._settings({}), lambda: NOW) as client:
                bodies = []
                for name in (first, second):
                    answer = await client.get(f"http://hostile.localhost:{self._port}/{name}")
                    bodies.append(answer.body if isinstance(answer, Response) else b"")
                    await asyncio.sleep(0.2)  # what the server still sends is there by now
                return bodies[0], bodies[1]

        return asyncio.run(work())

    @staticmethod
    def _settings(changes: dict[str, object]) -> Settings:
        usual = {"allow_hosts": ("*.localhost",), "host_delay": 0, "total_timeout": 20}
        return load_settings(**usual | changes)

    async def _outcome(self, attack: Attack, settings: Settings) -> Outcome:
        async with open_client(settings, lambda: NOW) as client:
            if attack.reads is Reads.ROBOTS:
                url = f"http://{attack.name}.localhost:{self._port}/{attack.name}"
                return await Robots(client, settings).judge(url) or Outcome.ok()
            return await self._read(client, attack)

    async def _read(self, client: Client, attack: Attack) -> Outcome:
        url = f"{attack.scheme}://{attack.host}:{self._port}/{attack.name}"
        if attack.reads is Reads.PAGE:
            return judge_exchange(await client.get(url, wanted=is_wanted), NOW)
        exchange = await client.get(url)
        if not isinstance(exchange, Response):
            return judge_failure(exchange)
        outcome = await asyncio.to_thread(read_feed, self._pool, exchange)
        hits = await client.get(f"http://{attack.host}:{self._port}/hits")
        assert isinstance(hits, Response)
        assert hits.body == b"0", "the parser fetched something"
        return outcome


class _Peak:
    """The growth of this process's memory to its peak within the block, sampled."""

    def __init__(self) -> None:
        self._process = psutil.Process()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._sample, daemon=True)
        self._before = self._peak = 0

    @property
    def megabytes(self) -> float:
        return (self._peak - self._before) / 2**20

    def __enter__(self) -> Self:
        gc.collect()
        self._before = self._peak = self._process.memory_info().rss
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _sample(self) -> None:
        while not self._over.wait(0.004):
            self._peak = max(self._peak, self._process.memory_info().rss)


def main(arguments: list[str]) -> int:
    """Serve the attacks, or run them and print a table; 1 where one went through."""
    if arguments == ["--serve"]:
        asyncio.run(_serve())
    chosen = [attack for attack in ATTACKS if not arguments or attack.name in arguments]
    failed = 0
    with serving() as port, ParserPool(2, workers=1) as pool:
        victim = Victim(port, pool)
        _say(f"{'attack':34} {'outcome':20} {'seconds':>8} {'peak MB':>8}")
        for attack in chosen:
            result = victim.meet(attack)
            line = f"{attack.name:34} {result.outcome:20} {result.seconds:8.2f} {result.megabytes:8.1f}"
            if not result.withstood(attack):
                failed += 1
                line += f"  WANTED {'/'.join(attack.outcomes)}, {attack.seconds} s, {attack.megabytes} MB"
                line += f"\n    {result.detail[:200]}"
            _say(line)
    _say(f"{len(chosen)} attacks, {failed} not withstood")
    return 1 if failed else 0


async def _serve() -> None:
    server = Server()
    async with await server.start():
        _say(f"serving {len(ATTACKS)} attacks at http://127.0.0.1:{server.port}")
        await asyncio.Event().wait()


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201 - a command


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
