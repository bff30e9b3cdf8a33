"""`make demo` as a process of its own, for tests that look at it from outside."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from silkwire.settings import ROOT


class Demo:
    """`make demo` in a home of its own; what it prints is in a file beside it."""

    def __init__(self, home: Path, *words: str, newsroom_port: int = 18123, port: int = 18080) -> None:
        self.home = home
        self.port = port
        self.log = home.parent / f"{home.name}.log"
        environment = {name: value for name, value in os.environ.items() if not name.startswith("SILKWIRE_")}
        ports = ("--newsroom-port", str(newsroom_port), "--port", str(port))
        with self.log.open("w") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tests.newsroom.demo", "--home", str(home), *ports, *words],
                cwd=ROOT,
                env=environment,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @property
    def printed(self) -> str:
        """What it has printed so far."""
        return self.log.read_text()

    def wait_for(self, ready: Callable[[], bool], seconds: float = 240) -> None:
        """Wait until something is so; fail where it ends before, or takes too long."""
        deadline = time.monotonic() + seconds
        while not ready():
            assert time.monotonic() < deadline, self.printed
            assert self.process.poll() is None, self.printed
            time.sleep(0.1)
