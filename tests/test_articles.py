"""One article per text and source, whatever the order in which its links are extracted."""

import hashlib
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import Engine, text

from silkwire.extract import run as extract
from silkwire.label.labeller import Labeller
from silkwire.records import Feed, Labels, Link, Outcome, Page, Response, Shard, Source
from silkwire.settings import Settings
from silkwire.stages import run_stage
from silkwire.warehouse import links, pages, sources
from silkwire.warehouse.archive import Archive, make_record
from silkwire.warehouse.checks import run_checks
from silkwire.warehouse.engine import transaction
from tests.conftest import NOW
from tests.flow import rows, snapshot

Fetch = Callable[..., None]

STORY = (
    "Kazakhstan and China signed a trade agreement in Astana on Monday, and officials of both countries said that it "
    "would double the freight that crosses the border by rail within three years.\n"
    "The ministers also spoke of new customs posts, of a shared register of carriers, and of a fund for the roads that "
    "lead to the crossing at Khorgos, which drivers have long called too narrow for the lorries of today."
)
OTHER = (
    "The national museum of Uzbekistan opened a hall of textiles in Tashkent, where visitors can see looms from the "
    "nineteenth century at work and learn how silk was dyed with pomegranate and walnut.\n"
    "Its director said that the collection had waited in store rooms for thirty years, and that schools from every "
    "region of the country would be invited to see it free of charge before the summer."
)
NOWHERE = (
    "The council put off its vote on the budget until Friday, and the members of the committee asked for new figures "
    "on schools and roads before they would agree to anything that costs more than last year.\n"
    "The chairman said that the figures would be there in time, and that nobody should expect the taxes to rise, though"
    " several speakers of the opposition had warned of that in the morning."
)
FATES = "select link_id, outcome, reason, detail, article_id from pages order by link_id"


def html(text: str, title: str = "Trade grows") -> bytes:
    body = "".join(f"<p>{line}</p>" for line in text.splitlines())
    head = f"<title>{title}</title><meta property='og:type' content='article'>"
    return f"<html lang='en'><head>{head}</head><body><article><h1>{title}</h1>{body}</article></body></html>".encode()


def replace_record(engine: Engine, settings: Settings, key: str, body: bytes) -> None:
    """Let a page's record hold another body: what a new extractor makes of it differs, as if its rules did."""
    response = Response(f"https://one.example/{key}", 200, {"content-type": "text/html"}, body, NOW)
    (address,) = Archive(settings.archive).write([make_record(response)], NOW)
    where = {"path": address.path, "offset": address.offset, "length": address.length, "key": key}
    with transaction(engine) as connection:
        connection.execute(
            text(
                "update pages set warc_path = :path, warc_offset = :offset, warc_length = :length where link_id = :key"
            ),
            where,
        )


@pytest.fixture
def fetch(engine: Engine, settings: Settings) -> Fetch:
    """Put a fetched page into the archive and the warehouse, by its link id."""
    with transaction(engine) as connection:
        sources.import_list(
            connection,
            [
                Source("one", "one", "https://one.example/", "KZ", None),
                Source("two", "two", "https://two.example/", None, None),
            ],
            [Feed(f"feed-{key}", key, f"https://{key}.example/rss", None) for key in ("one", "two")],
            NOW,
        )

    def work(key: str, text: str = STORY, source: str = "one", told: datetime | None = None) -> None:
        url = f"https://{source}.example/{key}"
        body = html(text)
        response = Response(url, 200, {"content-type": "text/html; charset=utf-8"}, body, NOW)
        (address,) = Archive(settings.archive).write([make_record(response)], NOW)
        link = Link(key, f"feed-{source}", source, f"{source}.example", url, None, "", "", (), told, NOW)
        digest = hashlib.sha256(body).hexdigest()
        where = (address.path, address.offset, address.length)
        page = Page(key, url, 200, response.content_type, digest, NOW, *where)
        with transaction(engine) as connection:
            links.save_new(connection, [link])
            (pending,) = [p for p in links.pending_links(connection, [link.host], NOW, 99)[link.host] if p.id == key]
            fate = links.FetchedLink(pending, extract.Outcome.ok(), NOW, 1)
            pages.save_fetched(connection, [(page, source)])
            links.save_fates(connection, [fate])

    return work


def run(settings: Settings, *stages: str) -> None:
    for stage in stages:
        run_stage(stage, settings, "run", Shard(), lambda: NOW + timedelta(hours=1))


def checked(engine: Engine) -> list[object]:
    with transaction(engine) as connection:
        return list(run_checks(connection))


@pytest.mark.parametrize("order", [["a", "b", "c"], ["c", "b", "a"], ["b", "c", "a"]])
def test_one_text_under_several_links_is_the_article_of_the_smallest(
    engine: Engine, settings: Settings, fetch: Fetch, order: list[str]
) -> None:
    for key in order:
        fetch(key)
        run(settings, "extract", "label")
    assert rows(engine, "select id, url from articles") == [("a", "https://one.example/a")]
    assert rows(engine, FATES) == [
        ("a", "ok", None, None, "a"),
        ("b", "skipped", "duplicate", "a", "a"),
        ("c", "skipped", "duplicate", "a", "a"),
    ]
    assert checked(engine) == []


@pytest.mark.parametrize("order", [["a", "b"], ["b", "a"]])
def test_a_text_that_is_put_out_again_stays_on_its_day(
    engine: Engine, settings: Settings, fetch: Fetch, order: list[str]
) -> None:
    days = {"a": NOW - timedelta(days=1), "b": NOW - timedelta(days=5)}
    for key in order:
        fetch(key, told=days[key])
        run(settings, "extract", "label")
    assert rows(engine, "select id, published_day from articles") == [("a", days["b"].date())]


def test_the_order_of_extraction_leaves_no_trace(engine: Engine, settings: Settings, fetch: Fetch) -> None:
    for key in ("b", "a"):
        fetch(key)
        run(settings, "extract", "label")
    one_by_one = snapshot(engine)
    with transaction(engine) as connection:
        connection.exec_driver_sql("update pages set extractor_version = null")
    run(settings, "extract", "label")
    assert snapshot(engine) == one_by_one


def test_labels_follow_an_article_that_gets_a_smaller_link(engine: Engine, settings: Settings, fetch: Fetch) -> None:
    fetch("b")
    run(settings, "extract", "label")
    labels = rows(engine, "select article_id, country from article_countries order by country")
    assert ("b", "KZ") in labels
    fetch("a")
    run(settings, "extract")
    moved = rows(engine, "select article_id, country from article_countries order by country")
    assert moved == [("a", country) for _, country in labels]
    assert rows(engine, "select labeller_version from articles") == [(None,)]
    assert checked(engine) == []
    run(settings, "label")
    assert rows(engine, "select article_id, country from article_countries order by country") == moved


def test_one_text_in_two_sources_is_two_articles(engine: Engine, settings: Settings, fetch: Fetch) -> None:
    fetch("a", source="one")
    fetch("b", source="two")
    run(settings, "extract")
    found = rows(engine, "select id, source_id, feed_id from articles order by id")
    assert found == [("a", "one", "feed-one"), ("b", "two", "feed-two")]


def test_spacing_and_case_make_no_other_article(engine: Engine, settings: Settings, fetch: Fetch) -> None:
    fetch("a")
    fetch("b", STORY.replace("Astana on", "ASTANA   on"))
    fetch("c", OTHER)
    run(settings, "extract")
    assert rows(engine, "select id from articles order by id") == [("a",), ("c",)]


def test_a_new_extractor_replaces_texts_and_clears_labels(
    engine: Engine, settings: Settings, fetch: Fetch, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetch("a")
    fetch("b")
    run(settings, "extract", "label")
    assert rows(engine, "select count(*) > 0 from article_countries") == [(True,)]
    for key in ("a", "b"):
        replace_record(engine, settings, key, html(STORY.replace("Astana", "Almaty")))
    monkeypatch.setattr(extract, "EXTRACTOR_VERSION", "newer")
    run(settings, "extract")
    ((key, words, version, labelled),) = rows(
        engine, "select id, text, extractor_version, labeller_version from articles"
    )
    assert (key, version, labelled) == ("a", "newer", None)
    assert "in Almaty on Monday" in str(words)
    assert rows(engine, "select count(*) from article_countries") == [(0,)]
    assert checked(engine) == []


def test_a_page_that_is_no_article_to_a_new_extractor_takes_its_article_along(
    engine: Engine, settings: Settings, fetch: Fetch, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetch("a")
    run(settings, "extract", "label")
    monkeypatch.setattr(extract, "EXTRACTOR_VERSION", "newer")
    replace_record(engine, settings, "a", b"<html><body><p>Nothing here.</p></body></html>")
    run(settings, "extract")
    assert rows(engine, "select id from articles") == []
    assert rows(engine, "select outcome, reason, article_id from pages") == [("skipped", "no_text", None)]


def test_an_outlets_country_is_presumed_of_a_text_that_names_none(
    engine: Engine, settings: Settings, fetch: Fetch
) -> None:
    fetch("a", NOWHERE, source="one")
    fetch("b", NOWHERE, source="two")
    run(settings, "extract", "label")
    evidence = [{"text": "", "start": 0, "end": 0, "kind": "outlet", "place": "KZ"}]
    found = rows(engine, "select article_id, country, role, evidence from article_countries")
    assert found == [("a", "KZ", "presumed", evidence)]
    assert checked(engine) == []


def test_the_labeller_is_told_the_outlets_country_the_day_the_sections_and_the_address(
    engine: Engine, settings: Settings, fetch: Fetch, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = []

    def label(_: Labeller, *article: str, **circumstances: object) -> Labels:
        told.append(circumstances)
        return Labels("en", (), (), (), (), Outcome.ok())

    monkeypatch.setattr(Labeller, "label", label)
    fetch("a", source="one")
    fetch("b", source="two")
    run(settings, "extract")
    with transaction(engine) as connection:
        connection.exec_driver_sql(
            "update articles set published_at = '2026-11-24 23:30-05', published_from = 'meta',"
            " published_day = '2026-11-25', sections = '{News,Sport}' where id = 'a'"
        )
    run(settings, "label")
    assert sorted(told, key=str) == [
        {
            "source_country": "KZ",
            "day": date(2026, 11, 25),
            "sections": ("News", "Sport"),
            "url": "https://one.example/a",
        },
        {"source_country": None, "day": None, "sections": (), "url": "https://two.example/b"},
    ]


def test_evidence_of_places_tells_its_kind_and_place(engine: Engine, settings: Settings, fetch: Fetch) -> None:
    fetch("a")
    run(settings, "extract", "label")
    ((countries,),) = rows(engine, "select evidence from article_countries where country = 'KZ'")
    ((regions,),) = rows(engine, "select evidence from article_regions where region = 'central-asia'")
    ((topics,),) = rows(engine, "select evidence from article_topics order by topic limit 1")
    name = {"text": "Kazakhstan", "start": 12, "end": 22, "kind": "name", "place": "KZ"}
    assert name in countries  # type: ignore[operator]
    assert name in regions  # type: ignore[operator]
    assert set(topics[0]) == {"text", "start", "end"}  # type: ignore[index]
