"""`kill -9` at any moment: whatever dies, the next run ends with the same rows as an undisturbed one."""

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

import psutil
import pytest
from sqlalchemy import Engine

from silkwire.cli.list_commands import import_sources
from silkwire.settings import Settings, as_environment, load_settings
from silkwire.warehouse.engine import open_engine
from silkwire.warehouse.migration import upgrade
from silkwire.warehouse.server import Server, start_server, stop_server
from tests.flow import rows, snapshot
from tests.newsroom.server import Newsroom

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

MOMENTS = 20
LANGUAGES = ("ky", "tk", "uz")  # of the outlets: to load the names of all fifteen would take most of each run
SEED = 20261124


class Installation:
    """An installation of its own, with its own PostgreSQL, run by the command line in other processes."""

    def __init__(self, newsroom: Newsroom) -> None:
        # Not below pytest's own folder: its long names leave no room for a socket's path.
        self.home = Path(tempfile.mkdtemp(prefix="silkwire-kill-"))
        (self.home / "sources.opml").write_text(_in_languages(newsroom.opml), encoding="utf-8")
        self.settings = load_settings(
            home=self.home,
            sources=self.home / "sources.opml",
            allow_hosts=("*.localhost",),
            contact="https://silkwire.example/about",
            host_delay=0.01,
            poll_interval=0,
        )
        self.server: Server = start_server(self.home)
        upgrade(self.engine())
        self.import_list()

    def command(self, *words: str) -> subprocess.Popen[bytes]:
        """Start a command in a session of its own."""
        return subprocess.Popen(
            [sys.executable, "-m", "silkwire", *words],
            env=_environment(self.settings) | {"SILKWIRE_WAREHOUSE_URL": self.server.warehouse_url},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def import_list(self) -> None:
        import_sources(self.server.warehouse_url, self.settings.sources)

    def run(self) -> None:
        """Run the flow to its end."""
        assert self.command("run").wait(120) == 0

    def kill_server(self) -> None:
        """Kill every process of PostgreSQL, as an out-of-memory killer or a power cut would, and start it again."""
        pid = int((self.home / "postgres" / "postmaster.pid").read_text().splitlines()[0])
        postmaster = psutil.Process(pid)
        for process in (postmaster, *postmaster.children()):
            with suppress(psutil.Error):
                process.kill()
        self.server = start_server(self.home)

    def engine(self) -> Engine:
        return open_engine(self.server.warehouse_url)

    def close(self) -> None:
        stop_server(self.home)
        shutil.rmtree(self.home, ignore_errors=True)


@pytest.fixture
def installation(newsroom: Newsroom) -> Iterator[Installation]:
    made = Installation(newsroom)
    yield made
    made.close()


def test_a_run_killed_at_twenty_random_moments_loses_and_doubles_nothing(
    newsroom: Newsroom, installation: Installation
) -> None:
    started = time.monotonic()
    installation.run()
    duration = time.monotonic() - started
    engine = installation.engine()
    undisturbed = snapshot(engine)
    counted = rows(engine, "select item, outcome, sum(items) from run_counts group by 1, 2 order by 1, 2")
    engine.dispose()

    chance = random.Random(SEED)  # noqa: S311 - the moments should be the same in every run of the test
    for number in range(MOMENTS):
        _empty(installation)
        process = installation.command("run")
        time.sleep(chance.uniform(0.3, duration))
        victim = "postgres" if number % 3 == 0 else "run"
        if victim == "postgres":
            installation.kill_server()
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

        installation.run()
        engine = installation.engine()
        assert snapshot(engine) == undisturbed, f"moment {number}, killed {victim}"
        # What both runs counted together is what one undisturbed run counts, but for feeds, which are polled twice.
        both = rows(engine, "select item, outcome, sum(items) from run_counts group by 1, 2 order by 1, 2")
        done_once = ("link", "page", "article")
        assert [row for row in both if row[0] in done_once] == [row for row in counted if row[0] in done_once]
        engine.dispose()


def test_two_runs_at_once_do_nothing_twice(newsroom: Newsroom, installation: Installation) -> None:
    newsroom.requests.clear()
    processes = [installation.command("run") for _ in range(3)]
    assert [process.wait(120) for process in processes] == [0, 0, 0]
    pages = [(host, path) for host, path, status in newsroom.requests if status == 200 and "/news/" in path]
    assert len(pages) == len(set(pages)) > 0
    engine = installation.engine()
    (counted,) = rows(engine, "select sum(items) from run_counts where item = 'link'")
    assert counted == rows(engine, "select count(*) from links")[0]
    engine.dispose()


def _in_languages(opml: str) -> str:
    """Return a list of sources with those alone whose language is among `LANGUAGES`."""
    outlines = opml.splitlines(keepends=True)
    return "".join(
        line for line in outlines if "xmlUrl" not in line or any(f'language="{tag}' in line for tag in LANGUAGES)
    )


def _empty(installation: Installation) -> None:
    """Forget all but the list of sources."""
    engine = installation.engine()
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "truncate articles, article_countries, article_regions, article_topics, article_terms, pages, links, polls,"
            " gaps, hosts, robots, runs, run_counts, feeds, sources"
        )
    engine.dispose()
    installation.import_list()


def _environment(settings: Settings) -> Mapping[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("SILKWIRE_")} | as_environment(
        settings
    )
