"""The analyst's list of sources: read from any feed reader's export, written so that it reads back the same."""

from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from silkwire.errors import Config
from silkwire.keys import stable_key
from silkwire.poll.opml import read_opml
from silkwire.poll.opml_writer import insert_feeds, write_opml
from silkwire.records import Feed, Form, Source


def opml(body: str) -> bytes:
    return f'<?xml version="1.0"?>\n<opml version="2.0"><head/>\n<body>\n{body}\n</body></opml>'.encode()


LISTED = opml(
    """<outline text="Asia"><outline text="Kazakhstan">
<outline text="Astana Post" xmlUrl="https://www.astana.example/rss" htmlUrl="https://www.astana.example/"
  country="kz" language="ru" kind="independent"/>
<outline text="Astana Post (kk)" xmlUrl="https://www.astana.example/kk/rss" htmlUrl="https://www.astana.example/"
  language="kk"/>
</outline></outline>
<outline text="Wire" id="wire" XMLURL="http://feeds.example:8080/wire.xml?cat=1&amp;x=2" language="en"/>"""
)


def test_feeds_of_one_site_are_feeds_of_one_source() -> None:
    sources, feeds = read_opml(LISTED, "sources.opml")
    assert sources == [
        Source("astana.example", "Astana Post", "https://www.astana.example/", "KZ", "independent"),
        Source("wire", "Wire", "", None, None),
    ]
    assert [(feed.source_id, feed.language, feed.folder) for feed in feeds] == [
        ("astana.example", "ru", "Asia/Kazakhstan"),
        ("astana.example", "kk", "Asia/Kazakhstan"),
        ("wire", "en", ""),
    ]
    url = "http://feeds.example:8080/wire.xml?cat=1&x=2"
    assert feeds[2] == Feed(stable_key(url), "wire", url, "en", "")


def test_what_is_written_reads_back_the_same() -> None:
    sources, feeds = read_opml(LISTED, "sources.opml")
    assert read_opml(write_opml(sources, feeds), "again.opml") == (sources, feeds)


def test_a_source_without_an_id_or_a_site_is_named_by_the_host_of_its_feed() -> None:
    sources, _ = read_opml(opml('<outline text="A" xmlurl="https://www.a.example/f"/>'), "x")
    assert sources[0].id == "a.example"


def test_a_feed_listed_twice_counts_once() -> None:
    line = '<outline text="A" xmlUrl="https://a.example/f"/>'
    sources, feeds = read_opml(opml(line + line), "x")
    assert (len(sources), len(feeds)) == (1, 1)


def test_a_bare_ampersand_is_read_as_one() -> None:
    _, feeds = read_opml(opml('<outline text="A & B" xmlUrl="https://a.example/f?x=1&y=2"/>'), "x")
    assert feeds[0].url == "https://a.example/f?x=1&y=2"


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ('<outline text="A" xmlUrl="ftp://a.example/f"/>', ["s.opml:4", "ftp://a.example/f", "http"]),
        ('<outline text="A" xmlUrl="https://a.example/f" country="Kazakstan"/>', ["s.opml:4", "KZ", "Kazakhstan"]),
        ('<outline text="A" xmlUrl="https://a.example/f" country="UK"/>', ["s.opml:4", "'UK'"]),
        ('<outline text="A" xmlUrl="https://a.example/f">', ["s.opml:5", "not well-formed"]),
        ('<outline text="A" description="a < b' + "'>", ["s.opml:4", "not well-formed"]),
        ('<outline text="only a folder"/>', ["s.opml", "no feed", "xmlUrl"]),
        (
            '<outline text="A" xmlUrl="https://a.example/f" form="newsmap"/>',
            ["s.opml:4", "'newsmap'", "sitemap, section"],
        ),
        (
            '<outline text="A" xmlUrl="https://a.example/" form="section" pattern="(a"/>',
            ["s.opml:4", "'(a'", "address"],
        ),
        ('<outline text="A" xmlUrl="https://a.example/f" pattern="a"/>', ["s.opml:4", 'form="section"']),
    ],
)
def test_a_wrong_line_is_named_with_its_remedy(body: str, told: list[str]) -> None:
    with pytest.raises(Config) as caught:
        read_opml(opml(body), "s.opml")
    assert all(words in str(caught.value) for words in told), str(caught.value)


@pytest.mark.parametrize("data", [b"", b"<html><body/></html>", b"not xml"])
def test_another_file_is_refused(data: bytes) -> None:
    with pytest.raises(Config, match=r"s\.opml"):
        read_opml(data, "s.opml")


def test_an_external_entity_is_not_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("SECRET")
    doctype = f'<!DOCTYPE opml [<!ENTITY x SYSTEM "{secret}">]>'
    data = f'{doctype}<opml><body><outline text="A" xmlUrl="https://a.example/f"/>&x;</body></opml>'.encode()
    sources, _ = read_opml(data, "x")
    assert "SECRET" not in repr(sources)


def test_a_section_and_a_sitemap_are_listed_beside_feeds() -> None:
    listed = opml(
        r"""<outline text="A" xmlUrl="https://a.example/politics" form="section" pattern="/politics/\d+$"/>
        <outline text="A" xmlUrl="https://a.example/news.xml" form="Sitemap"/>"""
    )
    sources, feeds = read_opml(listed, "x")
    assert [(feed.form, feed.pattern) for feed in feeds] == [(Form.SECTION, r"/politics/\d+$"), (Form.SITEMAP, None)]
    written = write_opml(sources, feeds)
    assert read_opml(written, "x") == (sources, feeds)
    assert b'type="rss"' not in written  # no other reader should take them for feeds


def test_what_is_no_default_is_not_written() -> None:
    written = write_opml([Source("a", "A", "", None, None)], [Feed("f", "a", "https://a.example/f", None)])
    assert b"form=" not in written
    assert b"pattern=" not in written


def test_a_feed_has_a_title_where_it_is_not_called_like_its_source() -> None:
    sources, feeds = read_opml(LISTED, "sources.opml")
    assert [feed.title for feed in feeds] == ["", "Astana Post (kk)", ""]
    assert [source.name for source in sources] == ["Astana Post", "Wire"]


def test_a_feed_in_two_folders_counts_once_where_it_stands_first() -> None:
    outline = '<outline text="{}" xmlUrl="https://a.example/f" id="{}"/>'
    folders = [f"<outline text='{name}'>{outline.format(name, name)}</outline>" for name in ("One", "Two")]
    sources, feeds = read_opml(opml("".join(folders)), "x")
    assert sources == [Source("One", "One", "", None, None)]
    assert [feed.folder for feed in feeds] == ["One"]


FRESHRSS = """<?xml version="1.0" encoding="UTF-8"?>
<opml xmlns:frss="https://freshrss.org/opml" version="2.0">
  <head>
    <title>FreshRSS</title>
    <dateCreated>Tue, 24 Nov 2026 10:00:00 +0000</dateCreated>
  </head>
  <body>
    <outline text="Wires">
      <outline text="Steppe Courier » World" type="rss" xmlUrl="https://courier.example/world.xml"
        htmlUrl="https://courier.example/world" description="All &amp; sundry"/>
      <outline text="Steppe Courier" type="HTML+XPath" xmlUrl="https://courier.example/list"
        htmlUrl="https://courier.example/" description="" frss:xPathItem="//div[@class=&quot;item&quot;]"
        frss:xPathItemTitle="descendant::h2" frss:filtersActionRead="intitle:ad&#10;intitle:sport"
        frss:cssFullContent="div.main"/>
    </outline>
  </body>
</opml>"""

MINIFLUX = """<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0" xmlns:miniflux="https://miniflux.app/opml">
    <head>
        <title>Miniflux</title>
        <dateCreated>Tue, 24 Nov 2026 10:00:00 UTC</dateCreated>
    </head>
    <body>
        <outline text="Asia">
            <outline title="Steppe Courier" text="Steppe Courier" xmlUrl="https://courier.example/feed" htmlUrl="https://courier.example/" description="News" miniflux:crawler="true" miniflux:scraperRules="article &gt; p"></outline>
        </outline>
    </body>
</opml>"""  # noqa: E501 - its lines are that long

NETNEWSWIRE = """<?xml version="1.0" encoding="UTF-8"?>
<!-- OPML generated by NetNewsWire -->
<opml version="1.1">
\t<head>
\t\t<title>Subscriptions-OnMyMac.opml</title>
\t</head>
<body>
\t<outline text="" title="" description="" type="rss" version="RSS" htmlUrl="" xmlUrl="https://nameless.example/rss"/>
\t<outline text="Asia" title="Asia">
\t\t<outline text="Steppe Courier" title="Steppe Courier" description="" type="rss" version="RSS" htmlUrl="https://courier.example/" xmlUrl="https://courier.example/feed"/>
\t</outline>
\t</body>
</opml>"""  # noqa: E501

FEEDLY = """<?xml version="1.0" encoding="UTF-8"?>

<opml version="1.0">
    <head>
        <title>Aigerim subscriptions in feedly Cloud</title>
    </head>
    <body>
        <outline text="Asia" title="Asia">
            <outline type="rss" text="Steppe Courier " title="Steppe Courier " xmlUrl="https://courier.example/feed" htmlUrl="https://courier.example/"/>
        </outline>
        <outline text="Wires / daily" title="Wires / daily">
            <outline type="rss" text="Steppe Courier " title="Steppe Courier " xmlUrl="https://courier.example/feed" htmlUrl="https://courier.example/"/>
            <outline type="rss" text="世界" title="世界" xmlUrl="https://shijie.example/rss" htmlUrl="https://shijie.example"/>
        </outline>
    </body>
</opml>"""


@pytest.mark.parametrize(
    "exported", [FRESHRSS, MINIFLUX, NETNEWSWIRE, FEEDLY], ids=["freshrss", "miniflux", "nnw", "feedly"]
)
def test_the_export_of_another_reader_keeps_all_it_says_of_its_feeds(exported: str) -> None:
    sources, feeds = read_opml(exported.encode(), "x")
    written = write_opml(sources, feeds)
    assert read_opml(written, "x") == (sources, feeds)
    before, after = (etree.fromstring(data).iter("outline") for data in (exported.encode(), written))
    kept: dict[str, dict[str, str]] = {}
    for outline in after:
        kept[str(outline.get("xmlUrl"))] = dict(outline.attrib)
    for outline in before:
        said = {name: value.strip() for name, value in outline.attrib.items()}
        if outline.get("xmlUrl"):
            # A name and a page that are empty are filled in.
            assert {name: value for name, value in said.items() if value}.items() <= kept[said["xmlUrl"]].items()
            assert set(said) - {"htmlUrl"} <= set(kept[said["xmlUrl"]])


def test_the_attributes_of_another_reader_have_their_namespace() -> None:
    _, feeds = read_opml(FRESHRSS.encode(), "x")
    assert feeds[0].attributes == (("description", "All & sundry"),)
    assert dict(feeds[1].attributes) == {
        "description": "",
        "type": "HTML+XPath",
        "htmlUrl": "https://courier.example/",
        "{https://freshrss.org/opml}xPathItem": '//div[@class="item"]',
        "{https://freshrss.org/opml}xPathItemTitle": "descendant::h2",
        "{https://freshrss.org/opml}filtersActionRead": "intitle:ad\nintitle:sport",
        "{https://freshrss.org/opml}cssFullContent": "div.main",
    }
    written = write_opml(*read_opml(FRESHRSS.encode(), "x"))
    assert b'xmlns:frss="https://freshrss.org/opml"' in written
    assert b"frss:xPathItemTitle=" in written


def test_a_language_that_is_none_is_kept_but_not_believed() -> None:
    sources, feeds = read_opml(opml('<outline text="A" xmlUrl="https://a.example/f" language="?"/>'), "x")
    assert (feeds[0].language, feeds[0].attributes) == (None, (("language", "?"),))
    assert read_opml(write_opml(sources, feeds), "x") == (sources, feeds)


TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"), max_size=6
)
VALUES = st.one_of(st.sampled_from(["", " ", "A", "B", "rss", "a\nb\tc", "\"<&>'"]), TEXTS)
ATTRIBUTES = st.fixed_dictionaries(
    {
        "xmlUrl": st.sampled_from(
            [f"https://{host}.example/{path}" for host in "ab" for path in ("f", "g?x=1&y=2", "h i")]
        )
    },
    optional={
        "htmlUrl": st.sampled_from(["https://a.example/", "https://www.a.example/ru", "https://c.example", " ", ""]),
        "text": VALUES,
        "title": VALUES,
        "type": VALUES,
        "id": st.sampled_from(["a", "b", "a.example", ""]),
        "source": VALUES,
        "site": st.sampled_from(["https://a.example/", "https://d.example/"]),
        "country": st.sampled_from(["KZ", "kg", ""]),
        "kind": VALUES,
        "language": st.sampled_from(["ru", "uz-Latn", "unknown", "?", "русский"]),
        "form": st.sampled_from(["feed", "sitemap", "Section", ""]),
        "category": VALUES,
        "{https://freshrss.org/opml}xPathItem": VALUES,
        "{urn:else}Id": VALUES,
    },
)
FOLDERS = st.recursive(ATTRIBUTES, lambda inner: st.tuples(VALUES, st.lists(inner, max_size=4)), max_leaves=12)


def outline_of(parent: etree._Element, node: object) -> None:
    if isinstance(node, tuple):
        folder = etree.SubElement(parent, "outline", {"text": node[0]})
        for inner in node[1]:
            outline_of(folder, inner)
    elif isinstance(node, dict):
        etree.SubElement(parent, "outline", node)


def list_of(nodes: list[object]) -> tuple[list[Source], list[Feed]]:
    root = etree.Element("opml", version="2.0")
    body = etree.SubElement(root, "body")
    for node in [*nodes, {"xmlUrl": "https://z.example/f"}]:
        outline_of(body, node)
    return read_opml(etree.tostring(root), "x")


@settings(deadline=None)
@given(st.lists(FOLDERS, max_size=5))
def test_any_list_reads_back_as_it_was_written(nodes: list[object]) -> None:
    found = list_of(nodes)
    assert read_opml(write_opml(*found), "x") == found


@settings(deadline=None)
@given(st.lists(FOLDERS, max_size=5), st.randoms())
def test_the_order_of_a_list_changes_nothing_of_its_feeds(nodes: list[object], chance: Random) -> None:
    sources, feeds = list_of(nodes)
    mixed = chance.sample(feeds, len(feeds))
    again_sources, again = read_opml(write_opml(sources, mixed), "x")
    assert (set(again_sources), again) == (set(sources), mixed)


@pytest.mark.parametrize(
    ("attributes", "told"),
    [
        (
            'description="By <a href="https://x.example/">X</a>, <b>Y</b>"',
            'By <a href="https://x.example/">X</a>, <b>Y</b>',
        ),
        ('description="The "Courier" of today"', 'The "Courier" of today'),
        ('description=""Unfailing", they say."', '"Unfailing", they say.'),
        ('description="3 < 4 & 5 &nbsp;!"', "3 < 4 & 5 \xa0!"),
        ('description="bell\x07 &unknown; &#65;"', "bell &unknown; A"),
    ],
)
def test_a_fault_with_one_meaning_is_mended(attributes: str, told: str) -> None:
    listed = opml(
        f'<outline text="A" {attributes} xmlUrl="https://a.example/f" type="rss" />\n<outline text="F"></outline>'
    )
    _, feeds = read_opml(listed, "x")
    assert feeds == [
        Feed(
            stable_key("https://a.example/f"),
            "a.example",
            "https://a.example/f",
            None,
            attributes=(("description", told),),
        )
    ]


@pytest.mark.parametrize(
    "attributes",
    [
        'description="<a href="https://x.example/" title="X">X</a>" title="A"',
        'description="a "b" text="c"',
        "description='<b>'",
    ],
)
def test_a_fault_with_two_meanings_is_told(attributes: str) -> None:
    with pytest.raises(Config, match="x:4: not well-formed"):
        read_opml(opml(f'<outline text="A" {attributes} xmlUrl="https://a.example/f" />'), "x")


NEW = Feed(
    stable_key("https://new.example/f?a=1&b=2"), "new.example", "https://new.example/f?a=1&b=2", "kk", "Asia/Kazakhstan"
)
NEW_SOURCE = Source("new.example", 'The "New" <Post>', "https://new.example/", "KZ", None)


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("folder", ["", "Asia", "Asia/Kazakhstan", "Asia/Kyrgyzstan", "Europe"])
def test_a_feed_is_added_without_touching_another_byte(folder: str, newline: str) -> None:
    before = b"<?xml version='1.0'?>\n<!-- </body> & comments -->\n" + LISTED.partition(b"\n")[2] + b"\n<!-- end -->"
    before = before.replace(b"\n", newline.encode())
    feed = Feed(NEW.id, NEW.source_id, NEW.url, NEW.language, folder)
    after = insert_feeds(before, "x", [NEW_SOURCE], [feed])
    at = next(place for place, (old, new) in enumerate(zip(before, after, strict=False)) if old != new)
    added = len(after) - len(before)
    assert any(before == after[:start] + after[start + added :] for start in range(at - added, at + 1))
    assert after.count(b"\r") == (after.count(b"\n") if newline == "\r\n" else 0)
    sources, feeds = read_opml(after, "x")
    assert NEW_SOURCE in sources
    assert feed in feeds
    assert len(feeds) == 4


def test_feeds_are_indented_like_their_neighbours() -> None:
    before = (
        b"<opml><body>\n\t<outline text='A'>\n\t\t<outline xmlUrl='https://a.example/f'/>\n\t</outline>\n</body></opml>"
    )
    feed = Feed(NEW.id, NEW.source_id, NEW.url, None, "A")
    added = insert_feeds(before, "x", [NEW_SOURCE], [feed]).splitlines()[3]
    assert added.startswith(b"\t\t<outline type=")


def test_letters_that_the_files_encoding_lacks_are_added_as_references() -> None:
    before = "<?xml version='1.0' encoding='windows-1251'?><opml><body><outline text='Имя' xmlUrl='https://a.example/f'/></body></opml>"
    source = Source("new.example", "Қазақ 世界", "", None, None)
    after = insert_feeds(before.encode("windows-1251"), "x", [source], [NEW])
    assert source in read_opml(after, "x")[0]
    assert "Имя".encode("windows-1251") in after


@pytest.mark.parametrize("data", [b"<opml><body><outline xmlUrl='https://a.example/?a=1&b=2'/></body></opml>"])
def test_a_file_that_would_need_mending_is_not_added_to(data: bytes) -> None:
    with pytest.raises(Config, match=r"x: .*Mend the line"):
        insert_feeds(data, "x", [NEW_SOURCE], [NEW])
