"""The README's commands exist and work, so that they cannot rot."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from silkwire.poll.opml import read_opml
from silkwire.settings import ROOT
from tests.newsroom.server import Newsroom

README = (ROOT / "README.md").read_text(encoding="utf-8")


def commands() -> Iterator[str]:
    for block in re.findall(r"```sh\n(.*?)```", README, re.DOTALL):
        for line in block.splitlines():
            yield line.partition("#")[0].strip()
    yield from re.findall(r"`(\.venv/bin/silkwire [^`]+)`", README)


def test_every_make_target_is_there() -> None:
    targets = {line.split()[1] for line in commands() if line.startswith("make ")}
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert {"run", "demo", "test", "check"} <= targets
    assert targets <= set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))


def test_every_silkwire_command_works_in_the_order_given(
    warehouse_url: str, newsroom: Newsroom, tmp_path: Path
) -> None:
    sources = tmp_path / "sources.opml"
    sources.write_text(newsroom.opml, encoding="utf-8")
    environment = os.environ | {
        "SILKWIRE_HOME": str(tmp_path),
        "SILKWIRE_SOURCES": str(sources),
        "SILKWIRE_WAREHOUSE_URL": warehouse_url,
        "SILKWIRE_ALLOW_HOSTS": "*.localhost",
        "SILKWIRE_HOST_DELAY": "0",
        "SILKWIRE_CONTACT": "https://silkwire.example/about",
    }
    found = [line.split()[1:] for line in commands() if line.startswith(".venv/bin/silkwire")]
    assert len(found) >= 6
    for words in found:
        if words[0] in ("airflow", "doctor"):
            continue  # Airflow has tests of its own; what the doctor finds is the machine's matter
        command = [sys.executable, "-m", "silkwire", *words]
        done = subprocess.run(
            command, env=environment, cwd=tmp_path, check=False, capture_output=True, text=True, timeout=120
        )
        assert done.returncode == 0, f"{words}: {done.stdout[-500:]}{done.stderr[-500:]}"


def test_the_counts_it_names_are_those_of_the_files(newsroom: Newsroom) -> None:
    path = ROOT / "config" / "sources.opml"
    sources, feeds = read_opml(path.read_bytes(), str(path))
    assert f"{len(sources)} outlets" in README
    assert f"{len(feeds)} feeds" in README
    assert f"all {len(newsroom.expected)} articles" in README
    languages = {row["language"].partition("-")[0] for row in newsroom.expected}
    assert f"{len(newsroom.sites)} fictional outlets in {len(languages)} languages" in README
