"""The command `silkwire` from outside: what it prints, what it leaves, with which status it ends."""

import json
import os
import pty
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from silkwire.cli.commands import MODULES, tree
from silkwire.poll.opml import read_opml
from silkwire.stages import STAGES
from silkwire.warehouse.engine import open_engine, transaction
from tests.newsroom.inspection import inspect
from tests.newsroom.server import Newsroom

Command = Callable[..., subprocess.CompletedProcess[str]]

COMMANDS = (
    *("up", "run", "poll", "fetch", "extract", "label", "reprocess", "read-feed", "report", "sources", "db", "doctor"),
    "airflow",
)
LIST = """<?xml version="1.0"?>
<opml version="2.0"><head/><body><outline text="Asia">
<outline text="Astana Post" xmlUrl="https://astana.example/rss" htmlUrl="https://astana.example/" id="astana.example"
  country="KZ" language="ru" kind="independent"/>
<outline text="Wire" xmlUrl="https://wire.example/a?x=1&amp;y=2" id="wire" language="en"/>
</outline></body></opml>
"""


@pytest.fixture
def silkwire(warehouse_url: str, tmp_path: Path) -> Command:
    """Run a command against a warehouse of the test's own; `NAME=value` keywords become settings."""

    def run(*arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
        environment = os.environ | {
            "SILKWIRE_WAREHOUSE_URL": warehouse_url,
            "SILKWIRE_HOME": str(tmp_path / "home"),
            "SILKWIRE_SOURCES": str(tmp_path / "sources.opml"),
            "SILKWIRE_ALLOW_HOSTS": "*.localhost",
            "SILKWIRE_HOST_DELAY": "0",
            "SILKWIRE_CONTACT": "https://silkwire.example/about",
            "SILKWIRE_POLL_INTERVAL": "0",
            **{f"SILKWIRE_{name}": value for name, value in settings.items()},
        }
        arguments = (sys.executable, "-m", "silkwire", *arguments)
        return subprocess.run(arguments, capture_output=True, text=True, env=environment, check=False)

    return run


def read(done: subprocess.CompletedProcess[str]) -> Any:
    """Read the JSON document of a command that went well: the one thing it prints."""
    assert (done.returncode, done.stderr) == (0, ""), done
    return json.loads(done.stdout)


def told(done: subprocess.CompletedProcess[str]) -> str:
    """Read what a command says that could not do its work: a message, no traceback, status 1."""
    assert (done.returncode, done.stdout) == (1, ""), done
    assert done.stderr.startswith("silkwire: ")
    assert "Traceback" not in done.stderr
    return done.stderr


def test_help_lists_the_commands(silkwire: Command) -> None:
    done = silkwire("--help")
    assert done.returncode == 0
    listed = {line.split()[0] for line in done.stdout.partition("Commands:")[2].splitlines() if line.strip()}
    assert set(COMMANDS) <= listed


def test_each_command_is_grown_from_the_modules_that_have_it() -> None:
    groups = {group.name: group.typer_instance.registered_commands for group in tree().registered_groups}
    commands = {each.name or each.callback.__name__: [each] for each in tree().registered_commands} | groups
    has = {name: {each.callback.__module__ for each in grown} for name, grown in commands.items()}
    assert has == {name: {f"silkwire.cli.{module}" for module in modules} for name, modules in MODULES.items()}


def test_a_list_of_sources_comes_back_as_it_went_in(silkwire: Command, tmp_path: Path) -> None:
    path, again = tmp_path / "list.opml", tmp_path / "again.opml"
    path.write_text(LIST)
    assert read(silkwire("sources", "import", str(path), "--json")) == {
        "sources": 2,
        "feeds": 2,
        "added": 2,
        "retired": 0,
    }
    assert silkwire("sources", "export", str(again)).returncode == 0
    assert silkwire("sources", "export").stdout.encode() == again.read_bytes()
    assert read_opml(again.read_bytes(), "again") == read_opml(LIST.encode(), "list")
    assert read(silkwire("sources", "import", str(again), "--json"))["added"] == 0
    assert read(silkwire("sources", "list", "--json")) == [
        {
            "source": "Astana Post",
            "country": "KZ",
            "kind": "independent",
            "language": "ru",
            "folder": "Asia",
            "feed": "https://astana.example/rss",
        },
        {
            "source": "Wire",
            "country": None,
            "kind": None,
            "language": "en",
            "folder": "Asia",
            "feed": "https://wire.example/a?x=1&y=2",
        },
    ]


def test_a_feed_that_left_the_list_is_retired_and_comes_back(silkwire: Command, tmp_path: Path) -> None:
    whole, part = tmp_path / "whole.opml", tmp_path / "part.opml"
    whole.write_text(LIST)
    part.write_text("\n".join(line for line in LIST.splitlines() if "wire" not in line))
    silkwire("sources", "import", str(whole))
    assert read(silkwire("sources", "import", str(part), "--json"))["retired"] == 1
    assert [row["source"] for row in read(silkwire("sources", "list", "--json"))] == ["Astana Post"]
    assert read(silkwire("sources", "import", str(whole), "--json"))["added"] == 0
    assert len(read(silkwire("sources", "list", "--json"))) == 2


@pytest.mark.slow
def test_a_run_brings_the_newsroom_in_and_can_be_read_again(
    silkwire: Command, warehouse_url: str, tmp_path: Path
) -> None:
    # The command looks at the clock on the wall, so the newsroom must be of today.
    with Newsroom(datetime.now(UTC).date(), slow=0.2) as newsroom:
        (tmp_path / "sources.opml").write_text(newsroom.opml)
        silkwire("sources", "import")
        report = read(silkwire("run", "--json"))
        second = read(silkwire("run", "--json"))
    engine = open_engine(warehouse_url)
    with transaction(engine) as connection:
        inspection = inspect(connection, newsroom.expected, newsroom.expected_outcomes)
    engine.dispose()
    assert not inspection.differences
    assert report["state"] == "success"
    assert {count["stage"] for count in report["counts"]} == set(STAGES)
    assert not [count for count in second["counts"] if count["item"] == "page"], "nothing new, nothing extracted"
    stored = read(silkwire("report", report["run_id"], "--json"))
    assert stored == report
    assert read(silkwire("report", "--json"))["run_id"] == second["run_id"]
    assert silkwire("report").returncode == 0


def test_a_stage_with_nothing_to_do_says_so(silkwire: Command) -> None:
    assert read(silkwire("label", "--json")) == {"stage": "label", "counts": []}
    assert "nothing is pending" in silkwire("fetch").stdout


def test_a_report_before_the_first_run_names_the_way_to_one(silkwire: Command) -> None:
    assert "silkwire run" in told(silkwire("report"))


def test_an_unknown_stage_names_the_known_ones(silkwire: Command) -> None:
    message = told(silkwire("run", "--stage", "weed"))
    assert "'weed'" in message
    assert ", ".join(STAGES) in message


def test_reprocessing_says_how_much_there_is_to_do(silkwire: Command) -> None:
    assert "all 0 articles are at version" in silkwire("reprocess", "--stage", "label").stdout
    message = told(silkwire("reprocess", "--stage", "fetch"))
    assert "'fetch'" in message
    assert "extract, label" in message


def test_a_bad_setting_is_one_clear_line(silkwire: Command) -> None:
    message = told(silkwire("sources", "list", SHARDS="900"))
    assert "SILKWIRE_SHARDS='900'" in message
    assert "64" in message


def test_a_warehouse_that_is_away_is_said_so(silkwire: Command) -> None:
    assert "does not answer" in told(silkwire("run", WAREHOUSE_URL="postgresql://nobody@127.0.0.1:1/nothing"))


def test_a_list_that_is_not_there_names_the_setting(silkwire: Command) -> None:
    assert "SILKWIRE_SOURCES" in told(silkwire("sources", "import"))


def test_the_doctor_looks_at_everything(silkwire: Command, tmp_path: Path) -> None:
    (tmp_path / "sources.opml").write_text(LIST.replace(".example", ".localhost"))
    done = silkwire("doctor", "--json")
    findings = json.loads(done.stdout)
    assert [*dict.fromkeys(finding["subject"] for finding in findings)] == [
        *("python", "user", "disk", "config", "warehouse", "network"),
    ]
    failed = {finding["subject"] for finding in findings if finding["state"] == "failed"}
    assert failed <= {"disk"}, findings  # a small disk is the machine's own affair
    assert done.returncode == bool(failed)


def test_the_doctor_names_file_and_line_of_a_wrong_country(silkwire: Command, tmp_path: Path) -> None:
    (tmp_path / "sources.opml").write_text(LIST.replace('country="KZ"', 'country="Kazakstan"'))
    done = silkwire("doctor", "--json")
    assert (done.returncode, done.stderr) == (1, "")
    [config] = [finding for finding in json.loads(done.stdout) if finding["subject"] == "config"]
    assert config["state"] == "failed"
    assert f"{tmp_path / 'sources.opml'}:4: " in config["told"]
    assert "Did you mean KZ" in config["told"]


def test_a_real_run_without_a_contact_names_the_remedy(silkwire: Command) -> None:
    for command in (["run"], ["poll"], ["fetch"], ["maintain"], ["up", "--once"]):
        done = silkwire(*command, CONTACT="")
        assert done.returncode == 1
        assert "SILKWIRE_CONTACT=https://" in done.stderr
    assert silkwire("run", "--stage", "label", CONTACT="").returncode == 0


def test_a_contact_that_nobody_can_reach_is_refused(silkwire: Command) -> None:
    done = silkwire("poll", CONTACT="our desk")
    assert done.returncode == 1
    assert "https://" in done.stderr


def test_a_contact_is_asked_for_where_somebody_sits_and_remembered(warehouse_url: str, tmp_path: Path) -> None:
    env_file = tmp_path / ".env"
    env_file.write_text("SILKWIRE_PORT=8099", encoding="utf-8")
    program = (
        "import sys; from pathlib import Path; from silkwire.cli.contact import with_contact;"
        "from silkwire.settings import load_settings;"
        "print(with_contact(load_settings(), Path(sys.argv[1])).contact)"
    )
    child, terminal = pty.fork()
    if child == 0:
        os.environ.pop("SILKWIRE_CONTACT", None)
        os.execv(sys.executable, [sys.executable, "-c", program, str(env_file)])  # noqa: S606
    os.write(terminal, b"our desk\n")
    os.write(terminal, b"desk@silkwire.example\n")
    seen = b""
    with suppress(OSError):  # the end of a terminal is an error
        while chunk := os.read(terminal, 1024):
            seen += chunk
    os.waitpid(child, 0)
    assert b"must be the address of a page" in seen
    assert env_file.read_text(encoding="utf-8") == "SILKWIRE_PORT=8099\nSILKWIRE_CONTACT=desk@silkwire.example\n"
