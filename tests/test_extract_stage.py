"""The extract stage: what a page, the archive or time can do to it, and what is left then."""

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import psutil
import pytest
from sqlalchemy import Engine

from silkwire.errors import Transient
from silkwire.extract.article import extract_article, warm_up
from silkwire.records import Extraction, Feed, Link, Outcome, Page, Response, Shard, Source, Told
from silkwire.settings import Settings
from silkwire.stages import run_stage
from silkwire.warehouse import links, pages, sources
from silkwire.warehouse.archive import Archive, make_record
from silkwire.warehouse.engine import transaction
from silkwire.workers import WorkerPool
from tests.conftest import NOW
from tests.flow import rows

SENTENCE = "The ministry said on Monday that the {n}th bridge over the river would be opened to lorries before winter. "
FATES = "select link_id, outcome, reason from pages order by link_id"
# trafilatura copies, prunes and measures every one of these elements.
HEAVY = b"<html><body>" + b"<div><p>words of a page</p><ul><li><a href='/x'>a</a></li></ul></div>" * 40_000


def story(number: int) -> bytes:
    paragraphs = "".join(f"<p>{SENTENCE.format(n=number * 10 + line) * 2}</p>" for line in range(4))
    head = f"<title>Bridge {number}</title><meta property='og:type' content='article'>"
    return (
        f"<html><head>{head}</head><body><article><h1>Bridge {number}</h1>{paragraphs}</article></body></html>".encode()
    )


def store(engine: Engine, settings: Settings, bodies: Sequence[bytes], source: str = "one") -> None:
    """Put pages into archive and warehouse, the first fetched last: it is extracted first."""
    urls = [f"https://{source}.example/{number}" for number in range(len(bodies))]
    responses = [
        Response(url, 200, {"content-type": "text/html"}, body, NOW) for url, body in zip(urls, bodies, strict=True)
    ]
    places = Archive(settings.archive).write([make_record(response) for response in responses], NOW)
    with transaction(engine) as connection:
        sources.import_list(
            connection,
            [Source(source, source, f"https://{source}.example/", None, None)],
            [Feed(f"feed-{source}", source, f"https://{source}.example/rss", "en")],
            NOW,
        )
        for number, (url, at) in enumerate(zip(urls, places, strict=True)):
            key = f"{source}-{number}"
            link = Link(key, f"feed-{source}", source, f"{source}.example", url, None, "", "", (), None, NOW)
            links.save_new(connection, [link])
            page = Page(key, url, 200, "text/html", "", NOW, at.path, at.offset, at.length)
            pages.save_fetched(connection, [(page, source)])


def test_a_page_that_takes_too_long_is_recorded_and_the_shard_goes_on(engine: Engine, settings: Settings) -> None:
    store(engine, settings, [HEAVY, story(1), story(2)])
    impatient = settings.model_copy(update={"extract_seconds": 0.5})
    run_stage("extract", impatient, "run", Shard(), lambda: NOW)
    assert rows(engine, FATES) == [
        ("one-0", "failed", "too_complex"),
        ("one-1", "ok", None),
        ("one-2", "ok", None),
    ]


def test_an_archive_that_is_away_loses_no_page(engine: Engine, settings: Settings) -> None:
    store(engine, settings, [story(1)])
    root = Path(settings.archive)
    away = root.with_name("unmounted")
    shutil.move(root, away)
    with pytest.raises(Transient, match="does not answer"):
        run_stage("extract", settings, "run", Shard(), lambda: NOW)
    assert rows(engine, FATES) == [("one-0", None, None)]
    shutil.move(away, root)
    run_stage("extract", settings, "run", Shard(), lambda: NOW)
    assert rows(engine, FATES) == [("one-0", "ok", None)]


def test_jobs_share_the_pages_and_change_nothing(engine: Engine, settings: Settings) -> None:
    store(engine, settings, [story(number) for number in range(30)])
    store(engine, settings, [story(number) for number in range(30)], source="two")
    found = []
    for source, jobs in (("one", 1), ("two", 3)):
        shared = settings.model_copy(update={"extract_jobs": jobs})
        run_stage("extract", shared, f"run-{source}", Shard(), lambda: NOW)
        query = f"select title, text, language from articles where source_id = '{source}' order by title"
        found.append(rows(engine, query))
    assert len(found[0]) == 30
    assert found[0] == found[1]


@pytest.fixture
def worker() -> Iterator[WorkerPool]:
    with WorkerPool(10, workers=1, preload=warm_up) as pool:
        yield pool


@pytest.mark.slow
def test_memory_stays_flat_over_thousands_of_pages(worker: WorkerPool) -> None:
    """The same over 50,000 pages is `python -m benchmarks endurance`."""

    def extract(numbers: range) -> None:
        for number in numbers:
            answer = worker.call(extract_article, story(number), f"https://one.example/{number}", "", Told(), NOW)
            assert not isinstance(answer, Outcome)
            assert isinstance(answer[0], Extraction)

    extract(range(1000))
    (process,) = (child for child in psutil.Process().children() if "silkwire.workers" in " ".join(child.cmdline()))
    before = process.memory_info().rss
    extract(range(1000, 3000))
    assert process.is_running(), "it was not replaced in between"
    assert process.memory_info().rss < before + 8 * 2**20
