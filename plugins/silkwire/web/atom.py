"""Atom (RFC 4287): a list of articles for feed readers."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from lxml import etree

from silkwire.web import names
from silkwire.web.untrusted import line, plain, web_address

MEDIA_TYPE = "application/atom+xml"
MOST_ENTRIES = 50
SUMMARY = 600  # characters
_ATOM = "http://www.w3.org/2005/Atom"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_TAG = "tag:silkwire,2026:"  # RFC 4151; an article's id is the same wherever Silkwire is served
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NAMES = (("regions", names.region_name), ("topics", names.topic_name), ("watch_topics", names.watch_name))


@dataclass(frozen=True, slots=True)
class Heading:
    """What a feed says of itself. `id` tells it from our other feeds; `self_url` and `page_url` are whole addresses.

    `articles_url` is what an article's id is put behind. `as_of` stands in for a time where there is no entry.
    """

    id: str
    title: str
    self_url: str
    page_url: str
    articles_url: str
    as_of: datetime


def updated(entries: Sequence[Mapping[Any, Any]], heading: Heading) -> datetime:
    """Return when a feed last had something new."""
    return max((entry["discovered_at"] for entry in entries), default=heading.as_of)


def write_feed(heading: Heading, entries: Sequence[Mapping[Any, Any]]) -> bytes:
    """Return a feed's document. Entries are rows of the mart `articles` with `authors` and `summary`."""
    feed = etree.fromstring(f'<feed xmlns="{_ATOM}" xml:lang="en"/>')
    _add(feed, "id", _TAG + heading.id)
    _add(feed, "title", heading.title)
    _add(feed, "updated", _time(updated(entries, heading)))
    _add(feed, "link", rel="self", type=MEDIA_TYPE, href=heading.self_url)
    _add(feed, "link", rel="alternate", type="text/html", href=heading.page_url)
    _add(_add(feed, "author"), "name", "Silkwire")
    _add(feed, "generator", "Silkwire")
    for entry in entries:
        _entry(feed, entry, heading.articles_url)
    return bytes(etree.tostring(feed, xml_declaration=True, encoding="utf-8"))


def _entry(feed: etree._Element, entry: Mapping[Any, Any], articles_url: str) -> None:
    element = _add(feed, "entry", **{_XML_LANG: entry["language"] or "und"})
    _add(element, "id", f"{_TAG}article/{entry['article_id']}")
    _add(element, "title", line(entry["title"]) or "(no title)")
    _add(element, "updated", _time(entry["discovered_at"]))
    if entry["published_at"]:
        _add(element, "published", _time(entry["published_at"]))
    _add(element, "link", rel="alternate", type="text/html", href=f"{articles_url}{entry['article_id']}")
    if address := web_address(entry["url"]):
        _add(element, "link", rel="via", href=address)
    # An outlet is who wrote where nobody is named; an author is required.
    for name in (entry["authors"] or [entry["source"]])[:12]:
        _add(_add(element, "author"), "name", line(name, 120) or "unknown")
    for column, name_of in _NAMES:
        for label in entry[column]:
            _add(element, "category", term=label, scheme=f"{_TAG}{column}", label=name_of(label))
    _add(element, "summary", line(plain(entry["summary"]), SUMMARY))


def _add(parent: etree._Element, tag: str, text: str | None = None, **attributes: str) -> etree._Element:
    element = etree.SubElement(
        parent, f"{{{_ATOM}}}{tag}", {name: _NOT_IN_XML.sub("", value) for name, value in attributes.items()}
    )
    element.text = None if text is None else _NOT_IN_XML.sub("", text)
    return element


def _time(value: datetime) -> str:
    return value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
