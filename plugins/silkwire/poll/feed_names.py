"""What an element of an XML feed means, by its namespace and name: the vocabulary that feedparser understands."""

from enum import Enum, auto

from feedparser.api import StrictFeedParser


class Meaning(Enum):
    """What the reader does with an element of an entry."""

    # Members are single, so their identity will do; Enum's own hash is slow.
    __hash__ = object.__hash__

    ENTRY = auto()
    TITLE = auto()
    MEDIA_TITLE = auto()
    LINK = auto()
    ID = auto()
    DESCRIPTION = auto()
    ABSTRACT = auto()
    SUMMARY = auto()
    CONTENT = auto()
    ENCODED = auto()
    BODY = auto()
    PUBLISHED = auto()
    UPDATED = auto()
    CREATED = auto()
    ORIGINAL_LINK = auto()
    AUTHOR = auto()
    SOURCE = auto()
    IMAGE = auto()
    LANGUAGE = auto()
    TTL = auto()
    PERIOD = auto()
    FREQUENCY = auto()
    CHANNEL = auto()
    PEOPLE = auto()  # other people than authors; they have names and addresses of their own
    CATEGORY = auto()
    KEYWORDS = auto()  # categories in one text, parted by commas
    LEAF = auto()  # tells nothing that is wanted here
    CLOSED = auto()  # the same, with all that is in it
    OPEN = auto()  # unknown; what is in it counts as if it stood beside it
    UNSURE = auto()


_NAMES = {
    Meaning.ENTRY: "item entry",
    Meaning.TITLE: "title dc_title",
    Meaning.MEDIA_TITLE: "media_title",
    Meaning.LINK: "link",
    Meaning.ID: "guid id",
    Meaning.DESCRIPTION: "description dc_description media_description",
    Meaning.ABSTRACT: "abstract",
    Meaning.SUMMARY: "summary itunes_summary",
    Meaning.CONTENT: "content",
    Meaning.ENCODED: "content_encoded fullitem",
    Meaning.BODY: "body xhtml_body",
    Meaning.PUBLISHED: "published issued pubdate dcterms_issued",
    Meaning.UPDATED: "updated modified lastbuilddate dc_date dcterms_modified date",
    Meaning.CREATED: "created dcterms_created",
    Meaning.ORIGINAL_LINK: "feedburner_origlink",
    Meaning.AUTHOR: "author managingeditor dc_author dc_creator itunes_author",
    Meaning.SOURCE: "source",
    Meaning.IMAGE: "image textinput",
    Meaning.LANGUAGE: "language dc_language",
    Meaning.TTL: "ttl",
    Meaning.PERIOD: "sy_updateperiod",
    Meaning.FREQUENCY: "sy_updatefrequency",
    Meaning.CHANNEL: "channel",
    Meaning.PEOPLE: "contributor dc_contributor webmaster dc_publisher itunes_owner",
    Meaning.CATEGORY: "category keywords dc_subject itunes_category media_category",
    Meaning.KEYWORDS: "tags itunes_keywords media_keywords",
    Meaning.LEAF: (
        "enclosure cloud generator expirationdate newlocation name email url uri homepage width height dcterms_valid "
        "itunes_image itunes_link itunes_block itunes_explicit itunes_name itunes_email media_rating media_credit "
        "media_restriction media_license media_thumbnail media_player admin_generatoragent admin_errorreportsto"
    ),
    Meaning.CLOSED: (
        "subtitle tagline itunes_subtitle rights copyright dc_rights info feedburner_browserfriendly psc_chapters "
        "psc_chapter cc_license creativecommons_license where"
    ),
    Meaning.OPEN: "media_content media_group",
    # feedparser keeps an unknown element under its own name, which these would be mistaken for.
    Meaning.UNSURE: "authors links contributors author_detail title_detail summary_detail",
}
_MEANINGS = {name: meaning for meaning, names in _NAMES.items() for name in names.split()}
_CLOSED_PREFIXES = ("georss_", "gml_", "geo_")
_PREFIXES = {uri.lower(): prefix for uri, prefix in StrictFeedParser.namespaces.items() if uri}
# Those whose elements are read here; a document that gives one of them to another known namespace is odd.
USUAL_PREFIXES = frozenset({"content", "dc", "dcterms", "media", "itunes", "feedburner", "sy", "rdf", "xhtml"})
_USERLAND = "backend.userland.com/rss"

PERSON = frozenset({"name", "email", "uri", "url", "homepage", "itunes_name", "itunes_email"})
_PICTURES = frozenset({"svg", "math"})


def canonical_name(tag: str, given_prefix: str | None) -> str:
    """Return `prefix_name` in lower case, with the usual prefix of the namespace; the name alone for feeds' own ones.

    `tag` is lxml's: `{namespace}name`. An unknown namespace keeps the prefix it has in the document.
    """
    namespace, _, name = tag[1:].rpartition("}") if tag[0] == "{" else ("", "", tag)
    prefix = usual_prefix(namespace) if namespace else ""
    if prefix is None:
        prefix = (given_prefix or "").lower()
    return f"{prefix}_{name.lower()}" if prefix else name.lower()


def usual_prefix(namespace: str) -> str | None:
    """Return the prefix that this namespace usually has, '' for those of feeds themselves, None for an unknown one."""
    namespace = namespace.lower()
    return "" if _USERLAND in namespace else _PREFIXES.get(namespace)


def meaning_of(name: str) -> Meaning:
    """Return what an element does; `name` is canonical."""
    meaning = _MEANINGS.get(name)
    if meaning is not None:
        return meaning
    if name.startswith(_CLOSED_PREFIXES):
        return Meaning.CLOSED
    return Meaning.UNSURE if _has_handler("start", name) or _has_handler("end", name) else Meaning.OPEN


def inline_tag(name: str) -> str | None:
    """Return the HTML tag that an element within text stands for, or None where feedparser treats it as its own."""
    tag = name.rpartition("_")[2]
    return None if tag in _PICTURES or _has_handler("end", name) else tag


def _has_handler(event: str, name: str) -> bool:
    return hasattr(StrictFeedParser, f"_{event}_{name}")
