"""OPML, the format in which feed readers keep their subscriptions: an analyst's list of sources, read."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from lxml import etree

from silkwire.errors import Config
from silkwire.keys import stable_key
from silkwire.net.links import host_of
from silkwire.poll.countries import check_country
from silkwire.poll.opml_mending import mend_ampersands, mend_values
from silkwire.records import Feed, Form, Source

# Attributes that are read; every other one is another reader's, and kept for it.
_READ = frozenset(
    (
        *("xmlurl", "htmlurl", "text", "title", "type", "language", "form", "pattern"),
        *("id", "source", "site", "country", "kind"),
    )
)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")


def read_opml(data: bytes, name: str) -> tuple[list[Source], list[Feed]]:
    """Read the sources and feeds of an OPML file; `name` is the file's, for messages.

    Every outline with an `xmlUrl` (however it is capitalised) is a feed; `id`, `country` (ISO 3166-1 alpha-2),
    `language` (BCP 47), `kind`, `form` and `pattern` are attributes of ours, and `source` and `site` where the source
    is called otherwise than the feed or has another page; the texts of the outlines around it are its folder, and all
    other attributes are kept as they are. Two outlines with one `id`, or without one and with the
    same site, are two feeds of one source, whose name is the first one's. A feed listed twice, as readers do that have
    it in two folders, counts once, where it stands first. Raises `Config`, which names file, line and remedy.
    """
    sources: dict[str, Source] = {}
    found: dict[str, _Outline] = {}
    for element in _outlines(data, name):
        outline = _Outline.read(element, name)
        if outline is None or outline.feed.id in found:
            continue
        known = sources.get(outline.source.id)
        sources[outline.source.id] = _merged(known, outline.source) if known else outline.source
        found[outline.feed.id] = outline
    if not found:
        raise Config(f'{name}: no feed in it. Add <outline text="…" xmlUrl="https://…"/> below <body>.')
    return list(sources.values()), [outline.feed_of(sources[outline.source.id]) for outline in found.values()]


def _outlines(data: bytes, name: str) -> list[etree._Element]:
    root = _parse(data.lstrip(b"\xef\xbb\xbf \t\r\n") if data[:2] not in (b"\xff\xfe", b"\xfe\xff") else data, name)
    if etree.QName(root).localname.lower() != "opml":
        raise Config(f"{name}:1: the file is <{etree.QName(root).localname}>, not <opml>.")
    return [element for element in root.iter() if isinstance(element.tag, str) and _is_outline(element)]


def _parse(data: bytes, name: str) -> etree._Element:
    """Parse the file, mended where it must be; raise `Config` for a fault that has more than one meaning."""
    fault: etree.XMLSyntaxError | None = None
    for mend in (bytes, mend_ampersands, mend_values):
        data = mend(data)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            return etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            fault = error
    assert fault is not None  # noqa: S101 - for mypy
    raise Config(
        f"{name}:{fault.lineno}: not well-formed XML: {fault.msg}. Mend the line, or export the list again."
    ) from fault


def _is_outline(element: etree._Element) -> bool:
    return etree.QName(element).localname.lower() == "outline"


@dataclass(frozen=True, slots=True)
class _Outline:
    """A subscription as it is listed, before it is known what its source is called."""

    source: Source
    feed: Feed
    label: str
    page: str

    @classmethod
    def read(cls, element: etree._Element, name: str) -> "_Outline | None":
        """Read one outline; None where it is no subscription. An address is kept as it is written, as its identity."""
        own, others = _attributes(element)
        if "xmlurl" not in own:
            return None
        place = f"{name}:{element.sourceline}"
        url, site = own["xmlurl"], own.get("htmlurl", "")
        if not url.lower().startswith(("http://", "https://")) or not host_of(url):
            raise Config(f"{place}: xmlUrl={url!r} is not an http(s) address. Write it in full, as https://host/path.")
        identity = own.get("id") or host_of(site) or host_of(url)
        label = own.get("text") or own.get("title") or ""
        source = Source(
            id=identity,
            name=own.get("source") or label or identity,
            url=own.get("site") or site,
            country=check_country(own.get("country"), place),
            kind=own.get("kind"),
        )
        form = _form(own, place)
        feed = Feed(
            stable_key(url), identity, url, own.get("language"), _path(element), form, _pattern(own, form, place)
        )
        return cls(source, replace(feed, attributes=others), label, site)

    def feed_of(self, source: Source) -> Feed:
        """Return the feed: it has a title of its own, and a page of its own, where they are not its source's."""
        title = "" if self.label == source.name else self.label
        pages = (("htmlUrl", self.page),) if self.page not in ("", source.url) else ()
        return replace(self.feed, title=title, attributes=(*self.feed.attributes, *pages))


def _attributes(element: etree._Element) -> tuple[dict[str, str], tuple[tuple[str, str], ...]]:
    """Return the attributes that are read, by lower-case name and where they say something, and all others as they are.

    Readers write xmlUrl, xmlurl and XMLURL. Names with a namespace are in Clark notation, {uri}name. A `type` other
    than rss, a title beside another text, and a language that is none (`unknown`) are kept with the others.
    """
    own: dict[str, str] = {}
    others: list[tuple[str, str]] = []
    for name, value in ((str(key), str(value)) for key, value in element.attrib.items()):
        if name.lower() not in _READ:
            others.append((name, value))
        elif value.strip():
            own[name.lower()] = value.strip()
    if own.get("type", "rss") != "rss":
        others.append(("type", own["type"]))
    if "text" in own and own.get("title", own["text"]) != own["text"]:
        others.append(("title", own["title"]))
    if "language" in own and not _LANGUAGE.fullmatch(own["language"]):
        others.append(("language", own.pop("language")))
    return own, tuple(others)


def _form(own: Mapping[str, str], place: str) -> Form:
    written = own.get("form", Form.FEED.value)
    try:
        return Form(written.lower())
    except ValueError as error:
        forms = ", ".join(Form)
        raise Config(f"{place}: form={written!r} is none of {forms}. A feed needs no form.") from error


def _pattern(own: Mapping[str, str], form: Form, place: str) -> str | None:
    pattern = own.get("pattern")
    if pattern is not None and form is not Form.SECTION:
        raise Config(f'{place}: pattern={pattern!r} is of use to a section page only. Add form="section", or drop it.')
    return None if pattern is None else check_pattern(pattern, place)


def check_pattern(pattern: str, place: str) -> str:
    """Return the pattern of a section's articles; raise `Config`, naming `place`, for what is no regular expression."""
    try:
        re.compile(pattern)
    except re.error as error:
        raise Config(
            f"{place}: pattern={pattern!r} is no regular expression: {error}. "
            r"It is looked for in the address of each article, such as /politics/\d+"
        ) from error
    return pattern


def check_language(language: str | None, place: str) -> str | None:
    """Return a language as it is; raise `Config`, naming `place`, where it can't be one."""
    if language is None or _LANGUAGE.fullmatch(language):
        return language
    raise Config(f"{place}: {language!r} is no language. Write it as BCP 47 does: kk, uz-Latn, zh-Hans.")


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
            own, _ = _attributes(parent)
            names.append((own.get("text") or own.get("title") or "").replace("/", "\u2215"))
    return "/".join(name for name in reversed(names) if name)
