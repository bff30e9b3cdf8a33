"""OPML, the format in which feed readers keep their subscriptions: an analyst's list of sources, in and out."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from difflib import get_close_matches
from functools import cache

from lxml import etree

from silkwire.errors import Config
from silkwire.keys import stable_key
from silkwire.net.links import host_of
from silkwire.records import Feed, Source

# Codes that CLDR lists beside the countries of ISO 3166-1: groupings, islands without a code, private use (XK is
# Kosovo's, which ISO leaves open and everybody uses).
_NOT_COUNTRIES = frozenset(("AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"))

_ALPHA2 = re.compile(r"^[A-Z]{2}$")
_BARE_AMPERSAND = re.compile(rb"&(?!(?:#[0-9]+|#x[0-9a-fA-F]+|[a-zA-Z]+);)")


def read_opml(data: bytes, name: str) -> tuple[list[Source], list[Feed]]:
    """Read the sources and feeds of an OPML file; `name` is the file's, for messages.

    Every outline with an `xmlUrl` (however it is capitalised) is a feed; `country` (ISO 3166-1 alpha-2), `language`
    (BCP 47), `kind` and `id` are attributes of ours, the texts of the outlines around it are its folder. Two outlines
    with one `id`, or without one and with the same site, are two feeds of one source. A feed listed twice counts once.
    Raises `Config`, which names file, line and remedy.
    """
    outlines = _outlines(data, name)
    sources: dict[str, Source] = {}
    feeds: dict[str, Feed] = {}
    for outline in outlines:
        attributes = _attributes(outline)
        if "xmlurl" not in attributes:
            continue
        source, feed = _subscription(outline, attributes, name)
        known = sources.get(source.id)
        sources[source.id] = _merged(known, source) if known else source
        feeds.setdefault(feed.id, feed)
    if not feeds:
        raise Config(f'{name}: no feed in it. Add <outline text="…" xmlUrl="https://…"/> below <body>.')
    listed = {feed.source_id for feed in feeds.values()}
    return [source for source in sources.values() if source.id in listed], list(feeds.values())


def write_opml(sources: Iterable[Source], feeds: Iterable[Feed]) -> bytes:
    """Write what `read_opml` reads back as the same sources and feeds, in any feed reader's reach."""
    by_id = {source.id: source for source in sources}
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = "Silkwire sources"
    body = etree.SubElement(root, "body")
    folders: dict[tuple[str, ...], etree._Element] = {(): body}
    for feed in feeds:
        parent = _folder(folders, tuple(part for part in feed.folder.split("/") if part))
        etree.SubElement(parent, "outline", _written(by_id[feed.source_id], feed))
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def _outlines(data: bytes, name: str) -> list[etree._Element]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    # A bare & in a title or an address is the commonest fault of lists made by hand, and has only one meaning.
    mended = _BARE_AMPERSAND.sub(b"&amp;", data.lstrip(b"\xef\xbb\xbf \t\r\n"))
    try:
        root = etree.fromstring(mended, parser)
    except etree.XMLSyntaxError as error:
        raise Config(
            f"{name}:{error.lineno}: not well-formed XML: {error.msg}. Mend the line, or export the list again."
        ) from error
    if etree.QName(root).localname.lower() != "opml":
        raise Config(f"{name}:1: the file is <{etree.QName(root).localname}>, not <opml>.")
    return [element for element in root.iter() if isinstance(element.tag, str) and _is_outline(element)]


def _is_outline(element: etree._Element) -> bool:
    return etree.QName(element).localname.lower() == "outline"


def _attributes(outline: etree._Element) -> dict[str, str]:
    """Attributes that say something, by lower-case name: readers write xmlUrl, xmlurl and XMLURL."""
    return {str(key).lower(): str(value).strip() for key, value in outline.attrib.items() if str(value).strip()}


def _subscription(outline: etree._Element, attributes: dict[str, str], name: str) -> tuple[Source, Feed]:
    """One source and one feed from one outline. An address is kept as it is written, it is the feed's identity."""
    url, site = attributes["xmlurl"], attributes.get("htmlurl", "")
    line = outline.sourceline
    if not url.lower().startswith(("http://", "https://")) or not host_of(url):
        raise Config(
            f"{name}:{line}: xmlUrl={url!r} is not an http(s) address. Write it in full, as https://host/path."
        )
    identity = attributes.get("id") or host_of(site) or host_of(url)
    source = Source(
        id=identity,
        name=attributes.get("text") or attributes.get("title") or identity,
        url=site,
        country=_country(attributes.get("country"), f"{name}:{line}"),
        kind=attributes.get("kind"),
    )
    feed = Feed(stable_key(url), identity, url, attributes.get("language"), _path(outline))
    return source, feed


def _merged(first: Source, later: Source) -> Source:
    """Return the source as its first outline has it; a later one fills what that left open."""
    return replace(
        first, url=first.url or later.url, country=first.country or later.country, kind=first.kind or later.kind
    )


def _path(outline: etree._Element) -> str:
    """Join the texts of the outlines around this one, outermost first; a slash inside one would be another folder."""
    names = []
    for parent in outline.iterancestors():
        if _is_outline(parent):
            attributes = _attributes(parent)
            names.append((attributes.get("text") or attributes.get("title") or "").replace("/", "\u2215"))
    return "/".join(name for name in reversed(names) if name)


def _country(code: str | None, place: str) -> str | None:
    """Return the code in capitals; raise `Config` for an unknown one, naming the country that was meant."""
    if code is None or code.upper() in _countries():
        return code.upper() if code else None
    names = {country.casefold(): known for known, country in _countries().items()}
    near = get_close_matches(code.casefold(), names, n=1, cutoff=0.6)
    meant = names[near[0]] if near else next(iter(get_close_matches(code.upper(), _countries(), n=1, cutoff=0.5)), None)
    hint = f" Did you mean {meant} ({_countries()[meant]})?" if meant else ""
    raise Config(f"{place}: country={code!r} is no ISO 3166-1 alpha-2 code.{hint}")


@cache
def _countries() -> dict[str, str]:
    """ISO 3166-1 alpha-2 codes with English names, from CLDR."""
    from babel import Locale

    territories = {str(code): str(country) for code, country in Locale("en").territories.items()}
    return {
        code: territories[code] for code in sorted(territories) if _ALPHA2.match(code) and code not in _NOT_COUNTRIES
    }


def _folder(folders: dict[tuple[str, ...], etree._Element], path: Sequence[str]) -> etree._Element:
    """Return the outline of a folder, made with those around it where it is not there yet."""
    path = tuple(path)
    if path not in folders:
        folders[path] = etree.SubElement(_folder(folders, path[:-1]), "outline", {"text": path[-1]})
    return folders[path]


def _written(source: Source, feed: Feed) -> dict[str, str]:
    attributes = {
        "type": "rss",
        "text": source.name,
        "title": source.name,
        "xmlUrl": feed.url,
        "htmlUrl": source.url,
        "id": source.id,
        "country": source.country,
        "language": feed.language,
        "kind": source.kind,
    }
    return {name: value for name, value in attributes.items() if value}
