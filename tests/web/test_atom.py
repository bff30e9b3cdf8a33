"""Feeds of articles for feed readers."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from lxml import etree

from silkwire.poll.feed_parser import parse_feed
from silkwire.records import Kind
from silkwire.warehouse import terms
from silkwire.warehouse.engine import transaction
from silkwire.web.tokens import make_token, read_token
from tests.web.conftest import DAY, NOW, Site
from tests.web.desk import DeskLoader, at
from tests.web.harmless import SCRIPT, TURNED, TURNERS

ATOM = {"a": "http://www.w3.org/2005/Atom"}
TOKEN = make_token("a secret of tests", "vera")
FEED = f"/feeds/articles.atom?token={TOKEN}"


def document(text: str) -> etree._Element:
    return etree.fromstring(text.encode(), etree.XMLParser(resolve_entities=False, no_network=True))


def texts(element: etree._Element, path: str) -> list[str]:
    return [each.text or "" for each in element.findall(path, ATOM)]


def test_a_feed_has_all_that_the_standard_requires(site: Site, loaded: DeskLoader) -> None:
    answer = site.get(FEED)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    feed = document(answer.text)
    entries = feed.findall("a:entry", ATOM)
    assert len(entries) == 11
    for element in (feed, *entries):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"a:{name}", ATOM)) == 1
        assert all(texts(element, "a:author/a:name"))
        (said,) = texts(element, "a:updated")
        assert datetime.fromisoformat(said).tzinfo == UTC
        assert element.find("a:link[@rel='alternate']", ATOM) is not None
    for entry in entries:
        assert len(texts(entry, "a:summary")) == 1
    ids = texts(feed, "a:entry/a:id")
    assert len(set(ids)) == 11
    assert all(re.fullmatch(r"tag:silkwire,2026:article/\w+", id_) for id_ in ids)
    own = feed.find("a:link[@rel='self']", ATOM)
    assert own is not None
    assert own.get("href") == f"http://desk.example/silkwire{FEED}"


def test_our_own_reader_of_feeds_reads_it(site: Site, loaded: DeskLoader) -> None:
    answer = site.get(FEED)
    found, outcome = parse_feed(answer.content, "https://desk.example/feed", answer.headers["content-type"])
    assert outcome.kind is Kind.OK
    assert found is not None
    assert len(found.entries) == 11


def test_the_latest_found_come_first_and_no_more_than_fifty(site: Site, desk: DeskLoader) -> None:
    desk.source("s")
    for number in range(60):
        found = at(DAY) + timedelta(minutes=number)
        desk.article(f"n{number}", "s", at(DAY - timedelta(days=number % 7)), discovered_at=found)
    desk.write()
    ids = texts(document(site.get(FEED).text), "a:entry/a:id")
    assert ids == [f"tag:silkwire,2026:article/n{number}" for number in range(59, 9, -1)]


def test_ids_stay_while_titles_change(site: Site, loaded: DeskLoader) -> None:
    before = texts(document(site.get(FEED).text), "a:entry/a:id")
    loaded.execute("update articles set title = 'Edited: ' || title")
    after = document(site.get(FEED).text)
    assert texts(after, "a:entry/a:id") == before
    assert all(title.startswith("Edited: ") for title in texts(after, "a:entry/a:title"))


def test_a_reader_that_has_the_state_is_told_so_in_an_empty_answer(site: Site, loaded: DeskLoader) -> None:
    first = site.get(FEED)
    etag, at_ = first.headers["etag"], first.headers["last-modified"]
    for known in ({"if-none-match": etag}, {"if-none-match": f'"other", W/{etag}'}, {"if-modified-since": at_}):
        again = site.get(FEED, **known)
        assert again.status_code == 304
        assert again.content == b""
        assert again.headers["etag"] == etag
    for known in (
        {"if-none-match": '"other"'},
        {"if-none-match": '"other"', "if-modified-since": at_},
        {"if-modified-since": "Mon, 01 Jan 2024 00:00:00 GMT"},
        {"if-modified-since": "Mon, 01 Jan 2024 00:00:00 -0000"},
        {"if-modified-since": "yesterday"},
    ):
        assert site.get(FEED, **known).status_code == 200
    loaded.execute("update articles set title = 'Another title' where id = 'a1'")
    assert site.get(FEED, **{"if-none-match": etag}).status_code == 200


def test_a_feed_narrowed_to_nothing_is_a_feed_without_entries(site: Site) -> None:
    feed = document(site.get(f"{FEED}&region=nowhere").text)
    assert feed.findall("a:entry", ATOM) == []
    assert texts(feed, "a:updated")


def test_without_a_token_of_ours_nothing_is_told(site: Site, loaded: DeskLoader) -> None:
    tokens = ("", "vera", "vera.x", TOKEN[:-1], f"{TOKEN}x", make_token("another", "vera"), "%00")
    addresses = ["", *(f"&token={token}" for token in tokens)]
    for asked in addresses:
        for name in ("articles", "search"):
            answer = site.get(f"/feeds/{name}.atom?q=railway{asked}", accept="*/*")
            assert answer.status_code == 403, asked
            assert "needs a token" in answer.text
            assert "crossing" not in answer.text


def test_a_token_opens_feeds_and_nothing_else(site: Site, loaded: DeskLoader) -> None:
    site.gate.present = None
    assert site.get(FEED).status_code == 200
    for path in ("/", "/articles", "/articles/a1", "/tables/articles.csv", "/charts/volume.json", "/search"):
        assert site.get(f"{path}?token={TOKEN}").status_code == 303, path


def test_a_token_is_told_to_no_other_site(site: Site, loaded: DeskLoader, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("DEBUG"):
        page, feed = site.get("/articles"), site.get(FEED)
    assert TOKEN in page.text
    assert page.headers["referrer-policy"] == feed.headers["referrer-policy"] == "same-origin"
    assert feed.headers["cache-control"].startswith("private")
    assert not [record for record in caplog.records if record.name.startswith("silkwire") and TOKEN in record.message]


def test_tokens_carry_their_owners_name_and_a_new_key_ends_them() -> None:
    assert read_token("a secret of tests", TOKEN) == "vera"
    assert read_token("a new secret", TOKEN) is None


def test_what_an_outlet_wrote_is_text_in_a_feed(site: Site, desk: DeskLoader) -> None:
    hostile = f"{SCRIPT}{TURNED}]]><!ENTITY x>&amp;\ufffe\x07"
    desk.source("evil", name=hostile)
    desk.article("evil", "evil", at(DAY), title=hostile, body=hostile, url="javascript:alert(1)", authors=[hostile, ""])
    desk.article("long", "evil", at(DAY), title="t" * 1_000_000, body="x" * 1_000_000, url="http://[")
    desk.write()
    answer = site.get(FEED)
    assert len(answer.content) < 10_000
    assert not set(TURNERS) & set(answer.text)
    feed = document(answer.text)
    assert {element.tag.rpartition("}")[2] for element in feed.iter()} <= {
        *("feed", "id", "title", "updated", "published", "link", "author", "name", "generator", "entry", "summary"),
        "category",
    }
    (title,) = (text for text in texts(feed, "a:entry/a:title") if "script" in text)
    assert title.startswith("<script>alert(1)</script>")
    assert all(link.get("href", "").startswith("http://desk.example/") for link in feed.iterfind(".//a:link", ATOM))


def test_a_search_is_a_feed_too(site: Site, loaded: DeskLoader) -> None:
    assert site.get(f"/feeds/search.atom?token={TOKEN}", accept="*/*").status_code == 400
    with transaction(loaded.engine) as connection:
        terms.save(connection, dict.fromkeys(("a1", "u1"), "'en/rail':1"))
    feed = document(site.get(f"/feeds/search.atom?q=rail&token={TOKEN}").text)
    ids = texts(feed, "a:entry/a:id")
    assert ids == ["tag:silkwire,2026:article/a1", "tag:silkwire,2026:article/u1"]
    assert texts(feed, "a:title") == ["Silkwire: rail"]


def test_what_is_asked_badly_is_left_out_of_a_feed_as_of_a_page(site: Site, loaded: DeskLoader) -> None:
    assert site.get(f"{FEED}&days=x&from=never&kind=odd&region=%00").status_code == 200
    assert NOW.date() == DAY
