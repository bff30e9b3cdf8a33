"""What a feed's bytes become: entries with plain text, whatever the format, and a reason where there is nothing."""

import json
from datetime import UTC, datetime

import pytest

from silkwire.net.links import clean_link
from silkwire.poll.feed_parser import parse_feed
from silkwire.reasons import Reason
from silkwire.records import Entry, Kind, ParsedFeed

URL = "https://news.example/feeds/all.xml"


def rss(items: str, channel: str = "<title>Steppe Daily</title><language>en-us</language>") -> bytes:
    return (
        f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>{channel}{items}</channel></rss>'.encode()
    )


def feed_of(body: bytes, content_type: str = "application/rss+xml") -> ParsedFeed:
    feed, outcome = parse_feed(body, URL, content_type)
    assert outcome.kind is Kind.OK
    assert feed is not None
    return feed


def entry_of(item: str) -> Entry:
    return feed_of(rss(f"<item>{item}</item>")).entries[0]


def test_an_rss_item_becomes_an_entry_with_everything_it_tells() -> None:
    feed = feed_of(
        rss(
            "<item><title>Rail line opens</title><link>https://news.example/a/1?utm_source=rss&amp;id=7</link>"
            '<guid isPermaLink="false">n-1</guid><description>The &lt;b&gt;first&lt;/b&gt; train.</description>'
            "<pubDate>Tue, 24 Nov 2026 10:30:00 +0500</pubDate>"
            "<author>desk@news.example (Aigul Serik)</author></item>"
        )
    )
    assert (feed.title, feed.language) == ("Steppe Daily", "en-us")
    assert feed.entries == (
        Entry(
            guid="n-1",
            url="https://news.example/a/1?id=7",
            title="Rail line opens",
            summary="The first train.",
            published_at=datetime(2026, 11, 24, 5, 30, tzinfo=UTC),
            authors=("Aigul Serik",),
        ),
    )


def test_an_atom_entry_with_relative_links_is_read_against_its_base() -> None:
    feed = feed_of(
        b'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr"><title>Fil</title><entry>'
        b'<id>tag:x,2026:1</id><title type="html">L&amp;#39;accord</title><link rel="self" href="/self"/>'
        b'<link rel="alternate" href="/article/9"/><updated>2026-11-20T08:00:00Z</updated>'
        b"<author><name>Ana</name></author><author><name>Bo</name></author></entry></feed>"
    )
    (entry,) = feed.entries
    assert entry.title == "L'accord"
    assert entry.url == "https://news.example/article/9"
    assert entry.published_at == datetime(2026, 11, 20, 8, tzinfo=UTC)
    assert entry.authors == ("Ana", "Bo")


def test_an_atom_text_title_keeps_the_markup_it_shows() -> None:
    body = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title><entry><id>1</id>'
        '<title type="text">Use &amp;amp; not &lt;b&gt;</title></entry></feed>'
    )
    assert feed_of(body.encode()).entries[0].title == "Use &amp; not <b>"


def test_an_rdf_feed_is_read_whole() -> None:
    items = "".join(
        f'<item rdf:about="https://news.example/{n}"><title>Item {n}</title><link>https://news.example/{n}</link>'
        f"<dc:date>2026-11-2{n}T00:00:00+06:00</dc:date></item>"
        for n in range(3)
    )
    feed = feed_of(
        (
            '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
            'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://news.example/">'
            f"<title>RDF</title></channel>{items}</rdf:RDF>"
        ).encode()
    )
    assert [entry.title for entry in feed.entries] == ["Item 0", "Item 1", "Item 2"]
    assert feed.entries[1].published_at == datetime(2026, 11, 20, 18, tzinfo=UTC)


def test_a_json_feed_is_read_with_relative_addresses_and_numeric_ids() -> None:
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "JSON wire",
        "language": "kk",
        "items": [
            {
                "id": 41,
                "url": "/kk/41",
                "title": "Астанада жиын өтті",
                "content_html": "<p>Бірінші.</p><p>Екінші.</p>",
                "date_published": "2026-11-23T12:00:00+05:00",
                "authors": [{"name": "Дана"}],
            },
            "no object",
        ],
    }
    feed = feed_of(json.dumps(document).encode(), "application/feed+json")
    assert feed.language == "kk"
    assert feed.entries == (
        Entry(
            guid="41",
            url="https://news.example/kk/41",
            title="Астанада жиын өтті",
            summary="Бірінші. Екінші.",
            published_at=datetime(2026, 11, 23, 7, tzinfo=UTC),
            authors=("Дана",),
        ),
    )


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"just words",
        b"<!doctype html><html><body><p>Not found</p></body></html>",
        b'{"version": "2.0", "articles": []}',
        b"[1, 2, 3]",
        b"{broken",
        b'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"></urlset>',
        b"\x89PNG\r\n\x1a\n\x00\x00",
    ],
)
def test_what_is_no_feed_is_told_apart(body: bytes) -> None:
    feed, outcome = parse_feed(body, URL, "text/xml")
    assert feed is None
    assert (outcome.kind, outcome.reason) == (Kind.FAILED, Reason.NOT_A_FEED)


@pytest.mark.parametrize(
    "body",
    [
        b'<?xml version="1.0"?><rss version="2.0"><channel><title>cut o',
        b'{"version": "https://jsonfeed.org/version/1", "items": [{"id": "1", "ti',
        b'{"version": "https://jsonfeed.org/version/1", "items": [1, 2]}',
    ],
)
def test_a_broken_feed_without_a_readable_entry_is_malformed(body: bytes) -> None:
    feed, outcome = parse_feed(body, URL, "")
    assert feed is None
    assert outcome.reason is Reason.MALFORMED
    assert outcome.detail


def test_an_empty_but_valid_feed_is_ok() -> None:
    assert feed_of(rss("")).entries == ()


def test_a_feed_with_one_broken_item_keeps_the_others() -> None:
    body = rss(
        "<item><title>First</title><link>https://news.example/1</link></item>"
        "<item><title>Broken & <b>bold</title><link>https://news.example/2</link></item>"
        "<item><title>Third</title><link>https://news.example/3</link></item>"
    )
    urls = [entry.url for entry in feed_of(body).entries]
    assert "https://news.example/1" in urls
    assert "https://news.example/3" in urls


def test_an_item_without_a_link_has_none_and_one_with_a_bad_link_keeps_its_text() -> None:
    assert entry_of("<title>No link</title><guid>12345</guid>").url is None
    bad = entry_of("<title>Bad</title><link>javascript:alert(1)</link>")
    assert bad.url == "javascript:alert(1)"
    assert clean_link(bad.url, None) is None


def test_a_permalink_guid_stands_in_for_a_missing_link() -> None:
    assert entry_of("<title>t</title><guid>https://news.example/p/5</guid>").url == "https://news.example/p/5"


def test_entities_are_decoded_once_and_invisible_characters_go() -> None:
    entry = entry_of("<title><![CDATA[AT&amp;T &#8211; \u202edaily\u202c\u200b report]]></title>")
    assert entry.title == "AT&T – daily report"
    assert entry_of("<title>&amp;amp;lt;b&amp;amp;gt;</title>").title == "&lt;b&gt;"


def test_a_persian_title_keeps_its_joiners() -> None:
    assert entry_of("<title>می\u200cخواهد</title>").title == "می\u200cخواهد"


def test_scripts_are_no_text_and_paragraphs_do_not_run_together() -> None:
    entry = entry_of("<description><![CDATA[<p>One.</p><script>x()</script><p>T<b>w</b>o.</p>]]></description>")
    assert entry.summary == "One. Two."


def test_a_long_summary_is_cut_at_2000_characters() -> None:
    summary = entry_of(f"<description>{'word ' * 3000}</description>").summary
    assert 1900 < len(summary) <= 2000
    assert summary.endswith("word…")


@pytest.mark.parametrize("date", ["Thu, 01 Jan 1970 00:00:00 GMT", "Fri, 31 Dec 9999 23:59:59 GMT", "soon", ""])
def test_an_impossible_date_is_no_date(date: str) -> None:
    assert entry_of(f"<title>t</title><pubDate>{date}</pubDate>").published_at is None


def test_a_gb2312_feed_with_gb18030_characters_is_read() -> None:
    text = '<?xml version="1.0" encoding="gb2312"?><rss version="2.0"><channel><title>镕闻</title>'
    text += "<item><title>朱镕基</title><link>https://news.example/1</link></item></channel></rss>"
    assert feed_of(text.encode("gb18030"), "text/xml").entries[0].title == "朱镕基"


def test_a_feed_served_as_text_xml_without_a_charset_is_not_taken_for_ascii() -> None:
    body = rss("<item><title>Тоқаев</title><link>https://news.example/1</link></item>")
    assert feed_of(body, "text/xml").entries[0].title == "Тоқаев"


def test_an_entity_bomb_and_an_external_entity_stay_shut() -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "ha"}">' for n in range(12))
    body = (
        f'<?xml version="1.0"?><!DOCTYPE rss [{entities}<!ENTITY x SYSTEM "file:///etc/passwd">]><rss version="2.0">'
        "<channel><title>b</title><item><title>&e11;&x;</title><link>https://news.example/1</link></item></channel></rss>"
    )
    feed, _ = parse_feed(body.encode(), URL, "")
    title = feed.entries[0].title if feed else ""
    assert "root:" not in title
    assert len(title) < 1000
