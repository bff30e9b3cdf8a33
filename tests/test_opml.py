"""The analyst's list of sources: read from any feed reader's export, written so that it reads back the same."""

from pathlib import Path

import pytest

from silkwire.errors import Config
from silkwire.keys import stable_key
from silkwire.poll.opml import read_opml, write_opml
from silkwire.records import Feed, Source


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
        ('<outline text="only a folder"/>', ["s.opml", "no feed", "xmlUrl"]),
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
