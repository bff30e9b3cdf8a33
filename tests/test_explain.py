"""`label --explain`: the text with its evidence in place, the labels, and the names that were not believed."""

import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner

from silkwire.cli.commands import tree
from silkwire.cli.label_commands import _read
from silkwire.errors import Config
from silkwire.reasons import Reason
from silkwire.records import (
    CountryLabel,
    Dropped,
    Evidence,
    Explanation,
    Labels,
    Outcome,
    RegionLabel,
    Role,
    TopicLabel,
)
from silkwire.report.explanation import show_explanation

TITLE = "Kazakhstan and Uzbekistan talk of Central Asia"
TEXT = "Jordan Smith was there."


def span(text: str, kind: str, place: str) -> Evidence:
    start = f"{TITLE}\n{TEXT}".index(text)
    return Evidence(text, start, start + len(text), kind, place)


KAZAKHSTAN = span("Kazakhstan", "name", "KZ")
FOUND = Explanation(
    Labels(
        "en",
        (
            CountryLabel("KZ", 0.9, Role.ABOUT, (KAZAKHSTAN,)),
            CountryLabel("UZ", 0.3, Role.MENTIONED, (span("Uzbekistan", "adj", "UZ"),)),
        ),
        (RegionLabel("central-asia", 0.8, Role.ABOUT, (KAZAKHSTAN, span("Central Asia", "region", "central-asia"))),),
        (TopicLabel("medtop:11000000", 0.5, (span("talk", "", ""),)),),
        (),
        Outcome.ok(),
    ),
    (Dropped("JO", span("Jordan", "", ""), "reads as a person here"),),
)


def shown(found: Explanation, title: str = TITLE, text: str = TEXT, *, colour: bool = False) -> str:
    console = Console(file=StringIO(), width=120, force_terminal=colour, color_system="standard" if colour else None)
    show_explanation(console, title, text, found)
    assert isinstance(console.file, StringIO)
    return console.file.getvalue()


def test_what_spoke_for_a_place_is_marked_where_it_stands() -> None:
    lines = shown(FOUND).splitlines()
    assert lines[0] == "Kazakhstan[KZ] and Uzbekistan(UZ) talk of Central Asia[central-asia]"
    assert lines[2] == "Jordan{JO?} Smith was there."


def test_on_a_terminal_the_roles_differ_in_colour() -> None:
    told = shown(FOUND, colour=True)
    styles = {name: told.partition(name)[0].rpartition("\x1b[")[2] for name in ("Kazakhstan", "Uzbekistan", "Jordan")}
    assert len(set(styles.values())) == 3, styles


def test_every_label_and_doubt_is_in_a_table_with_its_reason() -> None:
    cells = [[cell.strip() for cell in line.split("│")[1:-1]] for line in shown(FOUND).splitlines() if "│" in line]
    assert ["KZ", "Kazakhstan", "about", "0.90", "name"] in cells
    assert ["UZ", "Uzbekistan", "mentioned", "0.30", "adjective"] in cells
    assert ["central-asia", "about", "0.80", "name, region"] in cells
    assert ["medtop:11000000", "politics", "0.50", "talk"] in cells
    assert ["Jordan", "47–53", "JO Jordan", "reads as a person here"] in cells


def test_a_presumed_country_says_that_the_text_names_none() -> None:
    country = CountryLabel("KZ", 0.5, Role.PRESUMED, (Evidence("", 0, 0, "outlet", "KZ"),))
    told = shown(Explanation(Labels("en", (country,), (), (), (), Outcome.abstained(Reason.NO_EVIDENCE)), ()))
    assert told.splitlines()[0] == TITLE, "nothing is marked"
    assert "presumed" in told
    assert "the outlet's own country" in told
    assert Reason.NO_EVIDENCE.words in told


def test_control_characters_of_a_page_do_not_reach_the_terminal() -> None:
    title = TITLE.replace(" and ", "\x1b[2J ")  # as long, so that the evidence holds
    told = shown(FOUND, title.ljust(len(TITLE))[: len(TITLE)], "\x07\x9bJ")
    assert not {"\x1b", "\x07", "\x9b"} & set(told)


def test_a_file_is_read_as_the_extract_stage_leaves_an_article(tmp_path: Path) -> None:
    path = tmp_path / "article.txt"
    path.write_bytes("\ufeff Title \r\n\r\nOne.\r\n\r\n  Two.\n".encode())
    assert _read(path) == ("Title", "One.\nTwo.")


@pytest.mark.parametrize(
    ("content", "told"), [(None, "can't be read"), (b"\xff\xfe", "no text in UTF-8"), (b" \n", "no text")]
)
def test_a_file_that_holds_no_text_is_one_clear_line(tmp_path: Path, content: bytes | None, told: str) -> None:
    path = tmp_path / "article.txt"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(Config, match=told):
        _read(path)


def silkwire(*arguments: str, told: str = "") -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"SILKWIRE_WAREHOUSE_URL": "postgresql://nobody@127.0.0.1:1/nothing"}
    command = (sys.executable, "-m", "silkwire", "label", *arguments)
    return subprocess.run(command, input=told, capture_output=True, text=True, env=environment, check=False)


def test_a_file_is_explained_without_a_database(tmp_path: Path) -> None:
    path = tmp_path / "article.txt"
    path.write_text("Qazaqstan opens a crossing\n\nTrains from China reach Kazakhstan and Almaty.\n", encoding="utf-8")
    done = silkwire("--explain", str(path), "--language", "en", "--source-country", "KZ", "--day", "2026-11-24")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Trains from China[CN] reach Kazakhstan[KZ] and Almaty[KZ]." in done.stdout


def test_an_explanation_is_one_json_document_too() -> None:
    done = silkwire("--explain", "-", "--json", told="Nothing\nNobody came.\n")
    document = json.loads(done.stdout)
    assert (document["title"], document["outcome"], document["dropped"]) == ("Nothing", "abstained", [])


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--explain", "-", "--source-country", "Kasachstan"], "Did you mean KZ"),
        (["--explain", "-", "--day", "24.11.2026"], "%Y-%m-%d"),
        (["--language", "kk"], "--explain"),
        (["--dropped"], "--jsonl"),
        (["--jsonl", "--explain", "-"], "exclude"),
    ],
)
def test_a_wrong_option_is_refused_with_the_remedy(arguments: list[str], told: str) -> None:
    done = CliRunner().invoke(tree(), ["label", *arguments], input="Title\nText.\n")
    assert done.exit_code > 0
    assert isinstance(done.exception, SystemExit), "a message and no traceback"
    assert told in done.stderr
