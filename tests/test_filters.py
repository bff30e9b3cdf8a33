"""The filters `read-feed`, `extract` and `label`: the contract of docs/formats.md, held from outside."""

import base64
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from silkwire.cli.documents import work_on

Document = dict[str, Any]

FIELDS = {
    "read-feed": ["id", "outcome", "reason", "detail", "title", "entries"],
    "extract": [
        *("id", "outcome", "reason", "detail", "title", "text", "authors", "published_at", "published_from"),
        *("modified_at", "modified_from", "feed_days_apart", "language", "language_from", "canonical_url"),
        *("site_name", "image_url", "text_path", "sections"),
    ],
    "label": ["id", "outcome", "reason", "detail", "language", "countries", "regions", "topics", "watch"],
}
FEED = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>Steppe Courier</title><item><guid>a-1</guid>
<title>A third crossing</title><link>/crossing?utm_source=rss</link><description>From December.</description>
<pubDate>Tue, 24 Nov 2020 08:30:00 +0500</pubDate><author>d@courier.example (Aigerim Sadykova)</author>
<category>Transport</category></item>
<item><title>Undated</title><link>https://courier.example/undated</link></item></channel></rss>"""
PAGE = b"""<!doctype html><html><head><title>A third crossing | Steppe Courier</title>
<meta property="og:site_name" content="Steppe Courier"><meta name="author" content="Aigerim Sadykova">
<meta property="article:published_time" content="2020-11-24T08:30:00+05:00">
<link rel="canonical" href="https://courier.example/crossing"></head><body><article><h1>A third crossing</h1>
<p>China and Kazakhstan opened a third railway crossing on Monday, and the two governments said that freight trains
would begin to use it in December, after customs posts on both sides are ready.</p>
<p>The line shortens the route between Urumqi and Almaty by two hundred kilometres. The ministries of transport of both
countries signed a trade agreement that sets common tariffs for five years.</p></article></body></html>"""


def encoded(data: bytes) -> str:
    return base64.b64encode(data).decode()


GOOD: dict[str, Document] = {
    "read-feed": {"url": "https://courier.example/feed", "body_b64": encoded(FEED)},
    "extract": {"url": "https://courier.example/crossing?utm_source=rss", "html_b64": encoded(PAGE)},
    "label": {
        "title": "China and Kazakhstan open a third railway crossing",
        "text": "Freight trains will run between Urumqi and Almaty. The ministers signed a trade agreement.",
    },
}
BODY = {"read-feed": "body", "extract": "html"}


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """No warehouse can be reached, none can be started, and whatever is written at home is seen."""
    return os.environ | {
        "SILKWIRE_WAREHOUSE_URL": "postgresql://nobody@127.0.0.1:1/nothing",
        "SILKWIRE_HOME": str(tmp_path / "home"),
        "PYTHONIOENCODING": "ascii",
    }


def command(name: str, *options: str) -> list[str]:
    return [sys.executable, "-m", "silkwire", name, "--jsonl", *options]


def ask(name: str, lines: list[bytes | Document], environment: dict[str, str], *options: str) -> bytes:
    """Run a filter over lines; it must end well and say nothing beside its answers."""
    data = b"".join((line if isinstance(line, bytes) else json.dumps(line).encode()) + b"\n" for line in lines)
    done = subprocess.run(command(name, *options), input=data, capture_output=True, env=environment, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    return done.stdout


def answers(name: str, lines: list[bytes | Document], environment: dict[str, str], *options: str) -> list[Document]:
    return [json.loads(line) for line in ask(name, lines, environment, *options).splitlines()]


@pytest.mark.parametrize("name", FIELDS)
def test_a_good_line_has_the_fields_of_the_contract(name: str, environment: dict[str, str]) -> None:
    [answer] = answers(name, [{"id": "x", **GOOD[name]}], environment)
    assert list(answer) == FIELDS[name]
    assert (answer["id"], answer["outcome"], answer["reason"], answer["detail"]) == ("x", "ok", None, None)


@pytest.mark.parametrize("name", FIELDS)
def test_no_database_and_no_home_is_touched(name: str, environment: dict[str, str]) -> None:
    ask(name, [{"id": 1, **GOOD[name]}], environment)
    assert not Path(environment["SILKWIRE_HOME"]).exists()


def test_a_feed_is_read_to_its_entries(environment: dict[str, str]) -> None:
    [answer] = answers("read-feed", [{"id": 1, **GOOD["read-feed"]}], environment)
    assert answer["title"] == "Steppe Courier"
    assert answer["entries"] == [
        {
            "guid": "a-1",
            "url": "https://courier.example/crossing",
            "title": "A third crossing",
            "summary": "From December.",
            "published_at": "2020-11-24T03:30:00+00:00",
            "authors": ["Aigerim Sadykova"],
            "categories": ["Transport"],
        },
        {
            "guid": None,
            "url": "https://courier.example/undated",
            "title": "Undated",
            "summary": "",
            "published_at": None,
            "authors": [],
            "categories": [],
        },
    ]


def test_a_page_is_read_to_its_article(environment: dict[str, str]) -> None:
    [answer] = answers("extract", [{"id": 1, **GOOD["extract"]}], environment)
    text = answer.pop("text")
    assert text.startswith("China and Kazakhstan opened")
    assert text.count("\n") == 1, "two paragraphs, a line each"
    assert answer == {
        "id": 1,
        "outcome": "ok",
        "reason": None,
        "detail": None,
        "title": "A third crossing",
        "authors": ["Aigerim Sadykova"],
        "published_at": "2020-11-24T03:30:00+00:00",
        "published_from": "meta",
        "modified_at": None,
        "modified_from": None,
        "feed_days_apart": None,
        "language": "en",
        "language_from": "text",
        "canonical_url": "https://courier.example/crossing",
        "site_name": "Steppe Courier",
        "image_url": None,
        "text_path": "markup",
        "sections": [],
    }


def test_labels_come_with_receipts_that_can_be_looked_up(environment: dict[str, str]) -> None:
    document = GOOD["label"]
    [answer] = answers("label", [{"id": 1, **document}], environment)
    whole = f"{document['title']}\n{document['text']}"
    assert {country["code"] for country in answer["countries"]} == {"CN", "KZ"}
    assert {"china", "central-asia"} <= {region["id"] for region in answer["regions"]}
    assert all(topic["code"].startswith("medtop:") for topic in answer["topics"])
    assert [list(label) for label in answer["countries"]] == [["code", "score", "role", "evidence"]] * 2
    assert all(list(label) == ["id", "score", "role", "evidence"] for label in answer["regions"])
    assert all(list(label) == ["code", "score"] for label in answer["topics"])
    assert answer["watch"]
    assert all(list(label) == ["id", "score", "evidence"] for label in answer["watch"])
    places = [*answer["countries"], *answer["regions"]]
    assert all(
        list(span) == ["text", "start", "end", "kind", "place"] for label in places for span in label["evidence"]
    )
    assert all(list(span) == ["text", "start", "end"] for label in answer["watch"] for span in label["evidence"])
    for label in [*places, *answer["watch"]]:
        assert label["evidence"]
        assert all(whole[span["start"] : span["end"]] == span["text"] for span in label["evidence"])


def test_a_text_that_speaks_for_nothing_is_abstained_from(environment: dict[str, str]) -> None:
    [answer] = answers("label", [{"id": 1, "title": "Hello", "text": "Nothing at all."}], environment)
    assert (answer["outcome"], answer["reason"], answer["countries"]) == ("abstained", "no_evidence", [])


def test_what_is_known_of_an_article_beside_its_text_counts(environment: dict[str, str]) -> None:
    nowhere = {"title": "Untitled", "text": "Nothing happened here.", "source_country": "kz"}
    leader = {"title": "Speech", "text": "Boris Johnson spoke to the press at noon.", "published_at": "2020-11-24"}
    lines: list[bytes | Document] = [nowhere, leader, leader | {"published_at": "2025-11-24T10:00:00+05:00"}]
    presumed, in_office, after = answers("label", lines, environment)
    assert presumed["countries"] == [
        {
            "code": "KZ",
            "score": 0.5,
            "role": "presumed",
            "evidence": [{"text": "", "start": 0, "end": 0, "kind": "outlet", "place": "KZ"}],
        }
    ]
    assert [country["code"] for country in in_office["countries"]] == ["GB"]
    assert after["countries"] == []


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"source_country": "Kasachstan"}, "Did you mean KZ"),
        ({"source_country": ""}, "source_country"),
        ({"source_country": 7}, '"source_country" must be a string'),
        ({"published_at": "soon"}, '"published_at" must be a time'),
    ],
)
def test_a_wrong_country_or_time_is_bad_input(wrong: Document, told: str) -> None:
    answer = work_on("label", GOOD["label"] | wrong)
    assert (answer["outcome"], answer["reason"]) == ("failed", "bad_input")
    assert told in answer["detail"]


def test_names_that_were_not_believed_are_told_when_asked_for(environment: dict[str, str]) -> None:
    document = {"title": "A visit", "text": "The game will be played in Georgia, said Jordan Smith of Texas."}
    [answer, bad] = answers("label", [document, b"garbage"], environment, "--dropped")
    assert list(answer) == list(bad) == [*FIELDS["label"], "dropped"]
    whole = f"{document['title']}\n{document['text']}"
    assert "JO" in {name["code"] for name in answer["dropped"]}
    for name in answer["dropped"]:
        assert whole[name["start"] : name["end"]] == name["text"]
        assert name["why"]


def test_a_body_may_lie_in_a_file(environment: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "page.html").write_bytes(PAGE)
    document = {"id": 1, "url": GOOD["extract"]["url"], "html_path": str(tmp_path / "page.html")}
    assert answers("extract", [document], environment) == answers(
        "extract", [{"id": 1, **GOOD["extract"]}], environment
    )


def bad_lines(name: str, folder: Path) -> list[bytes | Document]:
    """Lines that nobody can work on, each of its own kind."""
    bad: list[bytes | Document] = [
        b"garbage",
        b"",
        b"\xff\xfe",
        b'["a list"]',
        b"[" * 100_000,
        {"id": "empty"},
        {"id": "types", **dict.fromkeys(GOOD[name], 7)},
    ]
    if name in BODY:
        bad += [
            {"id": "base64", "url": "https://courier.example/", f"{BODY[name]}_b64": "***"},
            {"id": "absent", "url": "https://courier.example/", f"{BODY[name]}_path": str(folder / "absent")},
            {"id": "folder", "url": "https://courier.example/", f"{BODY[name]}_path": str(folder)},
            {"id": "nul", "url": "https://courier.example/", f"{BODY[name]}_path": "\x00"},
            {"id": "no url", f"{BODY[name]}_b64": ""},
        ]
    return bad


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize("name", FIELDS)
def test_a_bad_line_is_answered_in_its_place(name: str, jobs: str, environment: dict[str, str], tmp_path: Path) -> None:
    bad = bad_lines(name, tmp_path)
    lines = [{"id": "first", **GOOD[name]}, *bad, {"id": "last", **GOOD[name]}]
    found = answers(name, lines, environment, "--jobs", jobs)
    assert [answer["id"] for answer in found] == [
        "first",
        *(line["id"] if isinstance(line, dict) else None for line in bad),
        "last",
    ]
    assert [answer["outcome"] for answer in found] == ["ok", *["failed"] * len(bad), "ok"]
    assert {answer["reason"] for answer in found[1:-1]} == {"bad_input"}
    assert all(answer["detail"] for answer in found[1:-1])
    assert all(list(answer) == FIELDS[name] for answer in found)


@pytest.mark.parametrize("name", FIELDS)
def test_two_jobs_answer_byte_for_byte_what_one_does(name: str, environment: dict[str, str], tmp_path: Path) -> None:
    bad = bad_lines(name, tmp_path)
    lines: list[bytes | Document] = []
    for number in range(60):
        lines.append({"id": number, **GOOD[name]})
        lines.append(bad[number % len(bad)])
    alone = ask(name, lines, environment, "--jobs", "1")
    assert ask(name, lines, environment, "--jobs", "2") == alone
    assert [json.loads(line)["id"] for line in alone.splitlines()[::2]] == list(range(60))


def test_output_is_utf_8_whatever_the_locale(environment: dict[str, str]) -> None:
    document = {"id": "ключ \ud800", "title": "Қазақстан мен Қытай", "text": "Алматы мен Үрімші арасында пойыз жүреді."}
    output = ask("label", [document], environment)
    assert "Қазақстан".encode() in output
    assert json.loads(output.decode("utf-8"))["id"] == "ключ ?"


def test_an_empty_input_has_an_empty_output(environment: dict[str, str]) -> None:
    assert ask("label", [], environment) == b""


def test_the_last_line_needs_no_newline(environment: dict[str, str]) -> None:
    done = subprocess.run(command("label"), input=b'{"id": 5}', capture_output=True, env=environment, check=True)
    assert json.loads(done.stdout)["id"] == 5


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_line_is_answered_before_the_next_is_sent(jobs: str, environment: dict[str, str]) -> None:
    with subprocess.Popen(
        command("label", "--jobs", jobs), stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for number in range(3):
            process.stdin.write(json.dumps({"id": number, **GOOD["label"]}).encode() + b"\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == number
        process.stdin.close()
        assert process.stdout.read() == b""
    assert process.returncode == 0


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_reader_that_leaves_early_causes_no_complaint(jobs: str, environment: dict[str, str], tmp_path: Path) -> None:
    data = tmp_path / "input.jsonl"
    data.write_bytes(b"".join(json.dumps({"id": n, **GOOD["label"]}).encode() + b"\n" for n in range(3000)))
    with (
        data.open("rb") as lines,
        subprocess.Popen(
            command("label", "--jobs", jobs),
            stdin=lines,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment,
        ) as process,
    ):
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == 0
