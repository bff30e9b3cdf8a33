"""What a feed's bytes become: entries with plain text, whatever the format, and a reason where there is nothing."""

import json
import time
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from silkwire.net.links import clean_link
from silkwire.poll import feed_parser
from silkwire.poll.feed_parser import parse_feed
from silkwire.poll.plain_text import plain
from silkwire.poll.xml_feed import read_xml
from silkwire.reasons import Reason
from silkwire.records import Entry, Kind, ParsedFeed
from tests.local_server import LocalServer

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


@given(st.text())
def test_no_title_has_characters_that_hide_or_reorder_it(text: str) -> None:
    title = plain(f"a{text}\u202e\u061c\u200b\u2066\x1b\U000e0041z", html=False)
    assert title.startswith("a")
    assert title.endswith("z")
    assert not any(ord(letter) < 32 or letter in "\u061c\u200b\u200e\u200f\u202e\u2066\ufeff" for letter in title)
    assert plain(title, html=False) == title


def test_an_author_is_a_name_and_not_a_mail_address() -> None:
    assert entry_of("<author>desk@newsroom.media</author>").authors == ()
    assert entry_of("<author>desk@newsroom.media (Ana)</author>").authors == ("Ana",)
    assert entry_of("<author>Ana</author><author>Bo &lt;bo@news.example&gt;</author>").authors == ("Ana", "Bo")


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


@pytest.mark.parametrize("entity", ["file:///etc/passwd", "{server}/secret"])
def test_an_entity_bomb_and_an_external_entity_stay_shut(entity: str) -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "ha"}">' for n in range(12))
    with LocalServer(None) as server:
        outside = entity.format(server=server.url(host="127.0.0.1"))
        body = (
            f'<?xml version="1.0"?><!DOCTYPE rss SYSTEM "{outside}" [{entities}<!ENTITY x SYSTEM "{outside}">'
            f'<!ENTITY % y SYSTEM "{outside}">%y;]><rss version="2.0"><channel><title>b</title>'
            "<item><title>&e11;&x;</title><link>https://news.example/1</link></item></channel></rss>"
        )
        feed, _ = parse_feed(body.encode(), URL, "")
        assert server.connections == 0
    title = feed.entries[0].title if feed else ""
    assert "root:" not in title
    assert len(title) < 1000


def test_a_doctype_and_a_stylesheet_elsewhere_are_not_fetched() -> None:
    with LocalServer(None) as server:
        there = server.url("/rss.dtd", "127.0.0.1")
        body = (
            f'<?xml version="1.0"?><?xml-stylesheet href="{there}"?><!DOCTYPE rss SYSTEM "{there}">'
            f'<rss version="0.91" xmlns:xi="http://www.w3.org/2001/XInclude"><channel><xi:include href="{there}"/>'
            "<item><title>t</title><link>https://news.example/1</link></item></channel></rss>"
        )
        assert feed_of(body.encode()).entries[0].title == "t"
        assert server.connections == 0


def test_nul_bytes_before_and_inside_a_feed_do_not_hide_its_items() -> None:
    body = b"\x00\x00" + rss("<item><title>One\0</title><link>https://news.example/1</link></item>")
    assert feed_of(body).entries[0].url == "https://news.example/1"


@pytest.mark.parametrize(
    ("declared", "header", "used"),
    [
        ("utf-8", "", "utf-8"),
        ("windows-1251", "", "windows-1251"),
        ("utf-8", "windows-1251", "windows-1251"),  # the header is believed first
        ("windows-1251", "utf-8", "utf-8"),
        ("utf-8", "", "windows-1251"),  # a lie: as Latin letters, but all items are there
        ("utf-16", "", "utf-16"),
        ("no-such", "", "utf-8"),
    ],
)
def test_an_encoding_is_told_by_header_declaration_or_bytes(declared: str, header: str, used: str) -> None:
    text = f'<?xml version="1.0" encoding="{declared}"?><rss version="2.0"><channel><title>x</title>'
    text += "<item><title>Токаев</title><link>https://news.example/1</link></item></channel></rss>"
    entry = feed_of(text.encode(used), f"text/xml; charset={header}" if header else "text/xml").entries[0]
    assert entry.url == "https://news.example/1"
    assert entry.title == ("Òîêàåâ" if (declared, header, used) == ("utf-8", "", "windows-1251") else "Токаев")


def test_a_feed_inside_a_page_is_no_feed() -> None:
    page = b"<!doctype html><html><body><pre>" + rss("<item><title>t</title></item>") + b"</pre></body></html>"
    assert parse_feed(page, URL, "text/html")[1].reason is Reason.NOT_A_FEED


def test_a_feed_of_14000_items_is_read_whole_in_under_two_seconds_of_processor() -> None:
    items = "".join(
        f"<item><title>Item {n}</title><link>https://news.example/{n}</link><guid>https://news.example/{n}</guid>"
        f"<description>&lt;p&gt;{'word ' * 60}&lt;/p&gt;</description>"
        "<pubDate>Tue, 24 Nov 2026 10:30:00 +0500</pubDate></item>"
        for n in range(14_000)
    )
    started = time.process_time()
    feed = feed_of(rss(items))
    assert time.process_time() - started < 2
    assert len(feed.entries) == 14_000
    assert feed.entries[-1].url == "https://news.example/13999"


def test_the_full_text_is_kept_with_a_paragraph_a_line() -> None:
    body = rss(
        "<item><description>Short.</description><content:encoded><![CDATA[<h2>A &amp;amp; B</h2><p>One <b>t</b>wo.<br/>"
        "Three\u202e</p><script>x()</script><ul><li>Four</li></ul>]]></content:encoded></item>"
    ).replace(b"<rss ", b'<rss xmlns:content="http://purl.org/rss/1.0/modules/content/" ')
    (entry,) = feed_of(body).entries
    assert entry.summary == "Short."
    assert entry.content == "A &amp; B\nOne two.\nThree\nFour"


def test_a_text_that_says_no_more_than_the_summary_is_not_kept_twice() -> None:
    assert entry_of("<description>&lt;p&gt;All there is.&lt;/p&gt;</description>").content == ""
    body = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title><entry><id>1</id><content type="xhtml">'
        '<div xmlns="http://www.w3.org/1999/xhtml"><p>One.</p></div></content></entry></feed>'
    )
    (entry,) = feed_of(body.encode()).entries
    assert (entry.summary, entry.content) == ("One.", "")


def test_a_full_text_in_the_description_is_kept_where_the_summary_cuts_it() -> None:
    entry = entry_of(f"<description>&lt;p&gt;{'word ' * 500}&lt;/p&gt;&lt;p&gt;{'end ' * 500}&lt;/p&gt;</description>")
    assert entry.summary.endswith("…")
    first, second = entry.content.split("\n")
    assert (first.count("word"), second.count("end")) == (500, 500)


def test_a_full_text_is_cut_at_50000_characters() -> None:
    assert 49_000 < len(entry_of(f"<description>{'word ' * 20_000}</description>").content) <= 50_000


def test_a_json_feed_tells_the_same_as_an_xml_one() -> None:
    document = {
        "version": "https://jsonfeed.org/version/1",
        "language": "zh-CN",
        "items": [
            {
                "id": "1",
                "summary": "Short.",
                "content_html": "<p>One.</p><p>Two.</p>",
                "date_published": "2026年11月24日 10:30 CST",
            },
            {"id": "2", "content_text": "One.\n\nTwo.", "date_published": "9999-12-31"},
        ],
    }
    first, second = feed_of(json.dumps(document).encode()).entries
    assert first.content == "One.\nTwo."
    assert first.published_at == datetime(2026, 11, 24, 2, 30, tzinfo=UTC)
    assert (second.summary, second.content, second.published_at) == ("One. Two.", "", None)


def test_a_feed_says_how_long_it_wants_to_be_left_alone() -> None:
    assert feed_of(rss("", "<title>x</title><ttl>90</ttl>")).interval == timedelta(minutes=90)
    periods = "<sy:updatePeriod>\n daily </sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>"
    body = rss("<item><title>t</title></item>", periods).replace(
        b"<rss ", b'<rss xmlns:sy="http://purl.org/rss/1.0/modules/syndication/" '
    )
    assert feed_of(body).interval == timedelta(hours=12)
    assert feed_of(rss("", "<ttl>-1</ttl>")).interval is None


def test_cst_is_chinas_time_where_only_the_title_is_chinese() -> None:
    item = "<item><title>t</title><pubDate>Tue, 24 Nov 2026 10:30:00 CST</pubDate></item>"
    (entry,) = feed_of(rss(item, "<title>新华网</title>")).entries
    assert entry.published_at == datetime(2026, 11, 24, 2, 30, tzinfo=UTC)


NAMESPACES = (
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:atom="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/" '
    'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:dcterms="http://purl.org/dc/terms/" '
    'xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0" xmlns:h="http://www.w3.org/1999/xhtml"'
)
RSS_ITEMS = {
    "entities": "<title>A &amp;amp; B &lt;i&gt;c&lt;/i&gt; &#233;</title><link>https://n.example/?a=1&amp;b=2</link>",
    "cdata": "<title><![CDATA[A & <b>B</b>]]> C<!-- no --> D</title><description><![CDATA[<p>x</p>]]> y</description>",
    "mark-up as it is": "<title>A <b>B</b></title><description>t<div>u <br/>&lt;v&gt;</div><p>w</p></description>",
    "guid with a link": '<guid isPermaLink="true">https://n.example/g</guid><link>https://n.example/l</link>',
    "guid alone": "<title>t</title><guid>https://n.example/g</guid>",
    "guid that is no link": '<guid isPermaLink="false">https://n.example/g</guid>',
    "feedburner": "<link>https://feeds.example/1</link><feedburner:origLink>https://n.example/1</feedburner:origLink>",
    "atom links": '<atom:link rel="self" href="/s"/><atom:link href="/a"/><atom:link rel="alternate" href="/b"/>',
    "a typed link": '<atom:link type="application/pdf" href="/a.pdf"/><guid>https://n.example/g</guid>',
    "creators": "<dc:creator>Ana</dc:creator><dc:creator>Bo</dc:creator><author>a@n.example (Cy)</author>",
    "a mail address": "<author>desk@n.example</author><itunes:author>desk@n.example</itunes:author>",
    "atom's author": "<atom:author><atom:email>a@n.example</atom:email><atom:name>Ana</atom:name></atom:author>",
    "two authors": "<author>Ana &lt;a@n.example&gt;</author><atom:author><atom:uri>/u</atom:uri></atom:author>",
    "dates": "<dc:date>2026-11-20</dc:date><pubDate>Tue, 24 Nov 2026 10:30:00 +0500</pubDate>",
    "dates of terms": "<dcterms:modified>2026-11-20</dcterms:modified><dcterms:created>2026-11-19</dcterms:created>",
    "full text": "<content:encoded>&lt;p&gt;All of it.&lt;/p&gt;</content:encoded><description>s</description>",
    "full text alone": "<content:encoded>&lt;p&gt;All&lt;/p&gt;&lt;p&gt;of it.&lt;/p&gt;</content:encoded>",
    "two summaries": "<description>one</description><itunes:summary>two &lt;b&gt;x&lt;/b&gt;</itunes:summary>",
    "media": '<media:content url="x"><media:title>M</media:title></media:content><title>T</title>',
    "media first": "<media:title>M</media:title><media:description>D</media:description><title>T</title>",
    "two titles": "<title>T</title><title>U</title><source url='x'>S</source><title>V</title>",
    "a picture": "<image><url>p.png</url><title>P</title><link>/p</link></image><title>T</title><link>/l</link>",
    "a base": '<h:x xml:base="https://b.example/c/"/><link xml:base="https://c.example/d/">e</link><guid>f</guid>',
    "windows and twice encoded": "<title>\x93q\x94</title><description>Ã©tÃ©</description>",
    "spaces": "<title>\n  a\u00a0 b\n</title><link>\n https://n.example/1 \n</link>",
    "case": "<TITLE>T</TITLE><Link>/l</Link><pubdate>24 Nov 2026 10:30 GMT</pubdate>",
    "categories": "<category>Sport</category><category domain='d'><![CDATA[News &amp; <b>Life</b>]]></category>",
    "other categories": "<dc:subject>S</dc:subject><media:category label='L'>m</media:category><keywords>k</keywords>",
    "keywords": "<media:keywords>a, b,</media:keywords><itunes:keywords>b,c</itunes:keywords><tags>d,,e</tags>",
    "listless keywords": "<itunes:keywords x='y'>a</itunes:keywords><itunes:category text='T'/><category/>",
    "atom's categories": "<category domain='x'/><category term='t' label='L'/><category domain='x'>late</category>",
    "unknown": '<x:y xmlns:x="urn:x"><x:title>no</x:title><z/></x:y><date>2026-11-24</date><title>T</title>',
}


@pytest.mark.parametrize("name", RSS_ITEMS)
def test_the_fast_way_reads_an_item_as_feedparser_does(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    body = rss(f"<item>{RSS_ITEMS[name]}</item><item><title>next</title></item>").replace(
        b"<rss ", f"<rss {NAMESPACES} ".encode()
    )
    assert_both_ways_agree(body, monkeypatch)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.lists(st.sampled_from(list(RSS_ITEMS.values())), max_size=6), min_size=1, max_size=3))
def test_in_whatever_order_items_say_things_the_fast_way_agrees(items: list[list[str]]) -> None:
    body = rss("".join(f"<item>{''.join(item)}</item>" for item in items), "".join(items[-1][:1]))
    body = body.replace(b"<rss ", f"<rss {NAMESPACES} ".encode())
    as_it_is = feed_of(body)
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(feed_parser, "read_xml", lambda *_: None)
        assert as_it_is == feed_of(body)


ATOM_1 = """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://b.example/x/" xml:lang="ru"><title>F</title>
  <entry xml:base="y/"><id>urn:1</id><link href="z"/><link rel="enclosure" href="e"/>
    <title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">A <i>b</i></div></title>
    <published>2026-11-20T08:00:00Z</published><updated>2026-11-21T08:00:00Z</updated>
    <summary>s &lt;b&gt;</summary><content type="html">&lt;p&gt;Long&lt;/p&gt;</content>
    <contributor><name>No</name></contributor><source><title>Other</title><id>o</id></source></entry></feed>"""
ATOM_03 = """<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title mode="escaped">F</title><entry><title>A</title>
    <link rel="alternate" type="text/html" href="https://n.example/1"/><modified>2026-11-21</modified>
    <issued>2026-11-20T08:00:00+05:00</issued>
    <content type="text/html" mode="escaped">&lt;p&gt;x&lt;/p&gt;</content></entry></feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
    xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="c"><title>R</title><dc:language>kk</dc:language>
    </channel><image rdf:about="i"><title>I</title><url>u</url></image>
    <item rdf:about="https://n.example/1"><title>A</title><dc:date>2026-11-20</dc:date><dc:creator>Ana</dc:creator>
    </item></rdf:RDF>"""


@pytest.mark.parametrize("body", [ATOM_1, ATOM_03, RDF])
def test_the_fast_way_reads_atom_and_rdf_as_feedparser_does(body: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert_both_ways_agree(body.encode(), monkeypatch)


def assert_both_ways_agree(body: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_xml(body, {"content-type": "application/xml"}) is not None, "the fast way gave up"
    as_it_is = feed_of(body)
    monkeypatch.setattr(feed_parser, "read_xml", lambda *_: None)
    assert as_it_is == feed_of(body)


@pytest.mark.parametrize(
    "body",
    [
        rss("<item><title>a & b</title><link>https://news.example/1</link></item>"),
        rss("<item><x:y>no such prefix</x:y><link>https://news.example/1</link></item>"),
        b'<!DOCTYPE rss [<!ENTITY e "x">]>' + rss("<item><title>&e;</title><link>https://news.example/1</link></item>"),
        rss("<item><link>https://news.example/1</link><description><svg><title>x</title></svg></description></item>"),
    ],
)
def test_what_the_fast_way_is_not_sure_of_is_read_all_the_same(body: bytes) -> None:
    assert read_xml(body, {"content-type": "application/xml"}) is None
    assert feed_of(body).entries[0].url == "https://news.example/1"


def test_categories_are_the_outlets_own_words_whatever_the_format() -> None:
    atom = """<feed xmlns="http://www.w3.org/2005/Atom"><title>F</title><entry><id>1</id>
        <category term="sport-1" label="Sport"/><category term="Asia"/></entry></feed>"""
    tags = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "F",
        "items": [{"id": 1, "tags": ["Sport", "Asia"]}],
    }
    subject = RDF.replace("<dc:date>", "<dc:subject>Sport</dc:subject><dc:subject>Asia</dc:subject><dc:date>")
    for body in (
        rss("<item><category>Sport</category><category domain='x'> Asia </category></item>"),
        rss("<item><category>Sport</category><category>Asia</category><title>a & b</title></item>"),  # not well-formed
        atom.encode(),
        subject.encode(),
        json.dumps(tags).encode(),
    ):
        assert feed_of(body).entries[0].categories == ("Sport", "Asia")


def test_only_names_are_categories_each_once_and_at_most_eight() -> None:
    names = ["Sport", "Sport", "", "x" * 81, "http://schemas.example/kind#post", "A &amp;amp; B", *"123456789"]
    entry = entry_of("".join(f"<category>{name}</category>" for name in names))
    assert entry.categories == ("Sport", "A & B", *"123456")


def test_tags_of_a_json_feed_that_are_no_texts_are_passed_over() -> None:
    for tags, expected in (([1, None, "A"], ("A",)), ("A", ()), ({"a": 1}, ())):
        feed = {"version": "https://jsonfeed.org/version/1.1", "title": "F", "items": [{"id": 1, "tags": tags}]}
        assert feed_of(json.dumps(feed).encode()).entries[0].categories == expected
