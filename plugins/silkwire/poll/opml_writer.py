"""OPML written: a whole list anew, or a few feeds into a list that stays as it is otherwise."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from xml.parsers import expat

from lxml import etree

from silkwire.errors import Config
from silkwire.poll.opml import read_opml
from silkwire.records import Feed, Form, Source

_PREFIXES = {"https://freshrss.org/opml": "frss", "https://miniflux.app/opml": "miniflux"}
_INDENT_BEFORE = re.compile(rb"(\r?\n)([ \t]*)\Z")


def write_opml(sources: Iterable[Source], feeds: Iterable[Feed]) -> bytes:
    """Write what `read_opml` reads back as the same sources and feeds in the same order, in any feed reader's reach."""
    by_id = {source.id: source for source in sources}
    feeds = list(feeds)
    root = etree.Element("opml", nsmap=_namespaces(feeds), version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = "Silkwire sources"
    # The folders that are open: a feed closes those it is not in, so that the order of the list is the document's.
    open_folders: list[tuple[str, etree._Element]] = [("", etree.SubElement(root, "body"))]
    for feed in feeds:
        path = [part for part in feed.folder.split("/") if part]
        common = 0
        while common < min(len(path), len(open_folders) - 1) and open_folders[common + 1][0] == path[common]:
            common += 1
        del open_folders[common + 1 :]
        for part in path[common:]:
            open_folders.append((part, etree.SubElement(open_folders[-1][1], "outline", {"text": part})))
        etree.SubElement(open_folders[-1][1], "outline", _written(by_id[feed.source_id], feed))
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def _namespaces(feeds: Iterable[Feed]) -> dict[str, str]:
    """Return the prefixes of the namespaces that are used."""
    used = {name[1:].partition("}")[0] for feed in feeds for name, _ in feed.attributes if name.startswith("{")}
    return {_PREFIXES[uri]: uri for uri in sorted(used) if uri in _PREFIXES}


def _written(source: Source, feed: Feed) -> dict[str, str]:
    """Return the attributes of a feed's outline. Those kept for other readers come last, and count."""
    label = feed.title or source.name
    own = {
        "type": "rss" if feed.form is Form.FEED else None,
        "text": label,
        "title": label,
        "xmlUrl": feed.url,
        "htmlUrl": source.url,
        "id": source.id,
        # What a reader of the list would else take from the outline that happens to come first.
        "source": source.name if feed.title else None,
        "site": source.url if "htmlUrl" in dict(feed.attributes) else None,
        "country": source.country,
        "language": feed.language,
        "kind": source.kind,
        "form": None if feed.form is Form.FEED else feed.form.value,
        "pattern": feed.pattern,
    }
    return {name: value for name, value in own.items() if value} | dict(feed.attributes)


def insert_feeds(data: bytes, name: str, sources: Iterable[Source], feeds: Sequence[Feed]) -> bytes:
    """Return an OPML file with feeds added to it: each into its folder where that is there, else at the end.

    Every other byte stays as it is. Raises `Config` where that can't be done: the file, called `name` in the message,
    has no closing </body>, or would not read back as before with the new feeds.
    """
    before_sources, before = read_opml(data, name)
    by_id = {source.id: source for source in (*sources, *before_sources)}
    for feed in feeds:
        data = _inserted(data, name, by_id[feed.source_id], feed)
    _, after = read_opml(data, name)
    known = {feed.id for feed in before}
    if [feed for feed in after if feed.id in known] != before or len(after) != len(before) + len(feeds):
        raise Config(f"{name}: the new outlines can't be placed in it. Add them by hand, or export the list again.")
    return data


def _inserted(data: bytes, name: str, source: Source, feed: Feed) -> bytes:
    places = _find_places(data, name)
    path = tuple(part for part in feed.folder.split("/") if part)
    depth = next(depth for depth in range(len(path), -1, -1) if path[:depth] in places.ends)
    at = places.ends[path[:depth]]
    newline = _INDENT_BEFORE.search(data[:at])
    indent = (newline[2] if newline else b"").decode("ascii")
    step = "\t" if "\t" in indent else "  "
    lines = [
        *(f"<outline{_as_xml({'text': part})}>" for part in path[depth:]),
        f"<outline{_as_xml(_written(source, feed))}/>",
        *("</outline>" for _ in path[depth:]),
    ]
    levels = [*range(1, len(path) - depth + 1), len(path) - depth + 1, *range(len(path) - depth, 0, -1)]
    end = newline[1].decode("ascii") if newline else ""
    text = end.join(
        f"{indent + step * level if newline else ''}{line}" for level, line in zip(levels, lines, strict=True)
    )
    written = f"{text}{end}".encode(places.encoding, "xmlcharrefreplace")
    start = at - len(indent) if newline else at
    return data[:start] + written + data[start:]


def _as_xml(attributes: Mapping[str, str]) -> str:
    """Return attributes as they stand in a tag."""
    tag = etree.tostring(etree.Element("a", dict(attributes)), encoding="unicode")
    return tag.removeprefix("<a").removesuffix("/>")


@dataclass(slots=True)
class _Places:
    """Where a file can take more: by folder, the byte at which the tag that closes it begins; () is the body's."""

    ends: dict[tuple[str, ...], int]
    encoding: str = "utf-8"


def _find_places(data: bytes, name: str) -> _Places:
    parser = expat.ParserCreate()
    places = _Places({})
    open_elements: list[tuple[str, str]] = []

    def declare(_version: str, encoding: str | None, _standalone: int) -> None:
        places.encoding = encoding or "utf-8"

    def start(tag: str, attributes: dict[str, str]) -> None:
        own = {key.lower(): value.strip() for key, value in attributes.items()}
        text = (own.get("text") or own.get("title") or "").replace("/", "\u2215")
        open_elements.append(("feed" if "xmlurl" in own else tag.lower(), text))

    def end(_tag: str) -> None:
        at = parser.CurrentByteIndex
        tag, _ = open_elements[-1]
        if tag in ("outline", "body") and data[at : at + 2] == b"</":
            path = tuple(text for kind, text in open_elements if kind in ("outline", "feed") and text)
            if tag == "outline" or not path:
                places.ends[path] = at
        open_elements.pop()

    parser.XmlDeclHandler, parser.StartElementHandler, parser.EndElementHandler = declare, start, end
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, LookupError) as error:
        raise Config(f"{name}: {error}. Mend the line before anything is added to the file.") from error
    if () not in places.ends:
        raise Config(f"{name}: it has no closing </body>, before which to add feeds.")
    return places
