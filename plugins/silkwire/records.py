"""The records that pass between stages: frozen, made of plain values, every datetime aware and in UTC."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from silkwire.reasons import Reason


class Kind(StrEnum):
    """What became of an item. The column `outcome` and the field `outcome` in JSON hold these values."""

    OK = "ok"
    UNCHANGED = "unchanged"  # poll: the server or the body's hash says nothing is new
    MOVED = "moved"  # poll: fetched well, from an address the server says is permanent
    GONE = "gone"  # poll: 410, the feed is retired
    RETRY = "retry"  # tried again by a later run, not before `after`
    SKIPPED = "skipped"  # decided against, on purpose
    FAILED = "failed"  # given up
    ABSTAINED = "abstained"  # label: no label is sure enough


@dataclass(frozen=True, slots=True)
class Outcome:
    """The fate of one item at one stage: made where it is known, stored, counted by (kind, reason).

    `detail` is for a person and is never counted; `after` is the earliest time of the next try of a RETRY.
    """

    kind: Kind
    reason: Reason | None = None
    detail: str = ""
    after: datetime | None = None

    @property
    def went_well(self) -> bool:
        """Say whether a poll reached what it asked for."""
        return self.kind in (Kind.OK, Kind.UNCHANGED, Kind.MOVED)

    @classmethod
    def ok(cls) -> "Outcome":
        """Say that the item went through."""
        return cls(Kind.OK)

    @classmethod
    def unchanged(cls) -> "Outcome":
        """Say that there is nothing new."""
        return cls(Kind.UNCHANGED)

    @classmethod
    def moved(cls, detail: str) -> "Outcome":
        """Say that the body was read, and that `detail` is its new permanent address."""
        return cls(Kind.MOVED, Reason.FEED_MOVED, detail)

    @classmethod
    def gone(cls, reason: Reason, detail: str = "") -> "Outcome":
        """Say that the server removed it for good."""
        return cls(Kind.GONE, reason, detail)

    @classmethod
    def retry(cls, reason: Reason, detail: str = "", after: datetime | None = None) -> "Outcome":
        """Have a later run try again, not before `after`."""
        return cls(Kind.RETRY, reason, detail, after)

    @classmethod
    def skipped(cls, reason: Reason, detail: str = "") -> "Outcome":
        """Decide against it, on purpose."""
        return cls(Kind.SKIPPED, reason, detail)

    @classmethod
    def failed(cls, reason: Reason, detail: str = "") -> "Outcome":
        """Give it up."""
        return cls(Kind.FAILED, reason, detail)

    @classmethod
    def abstained(cls, reason: Reason) -> "Outcome":
        """Say that no label is sure enough."""
        return cls(Kind.ABSTAINED, reason)


@dataclass(frozen=True, slots=True)
class Shard:
    """One of `count` disjoint parts of a stage's work."""

    index: int = 0
    count: int = 1


@dataclass(frozen=True, slots=True)
class Source:
    """An outlet: what dashboards call a source. `country` is ISO 3166-1 alpha-2, `kind` says who runs it."""

    id: str
    name: str
    url: str
    country: str | None
    kind: str | None


class Form(StrEnum):
    """What lies at a feed's address: how a source lists its articles."""

    FEED = "feed"  # RSS, Atom, RDF or JSON Feed
    SITEMAP = "sitemap"  # a news sitemap, or an index of sitemaps
    SECTION = "section"  # a page of the site whose links are the articles


@dataclass(frozen=True, slots=True)
class Feed:
    """One address of a source that lists its articles. `language` is BCP 47.

    `pattern` is a regular expression that the addresses of a section's articles match. `title` is the feed's own name
    where it is not its source's, `attributes` are those of other feed readers, kept for them.
    """

    id: str
    source_id: str
    url: str
    language: str | None
    folder: str = ""
    form: Form = Form.FEED
    pattern: str | None = None
    title: str = ""
    attributes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of a feed as the feed tells it.

    `url` is the cleaned http(s) address, the feed's own text where that is unusable, or None where there is none.
    `content` is the full text where the feed carries it: plain, a paragraph a line. `categories` are the outlet's own
    (see `sections.named`).
    """

    guid: str | None
    url: str | None
    title: str
    summary: str
    published_at: datetime | None
    authors: tuple[str, ...]
    content: str = ""
    categories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """What a feed's body says: its title, its language, and its entries in document order.

    `interval` is how long it asks to be left alone between two polls (ttl, sy:updatePeriod), as it says it.
    """

    title: str
    language: str | None
    entries: tuple[Entry, ...]
    interval: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """An article's address, discovered in a feed, with what the feed told about it.

    `item_key` is there where the address has a rotating token: the same item has the same key under its next address.
    """

    id: str
    feed_id: str
    source_id: str
    host: str
    url: str
    guid: str | None
    title: str
    summary: str
    authors: tuple[str, ...]
    published_at: datetime | None
    discovered_at: datetime
    content: str = ""
    item_key: str | None = None
    categories: tuple[str, ...] = ()


class TextFrom(StrEnum):
    """Whose words an article is made of."""

    PAGE = "page"
    FEED = "feed"  # the page was refused, so the feed's own text stands in for it


@dataclass(frozen=True, slots=True)
class Page:
    """What was kept of a link in the archive: a WARC record at `warc_path`, `warc_length` bytes from `warc_offset`.

    It is the server's HTML, or the feed's entry where the server refused it (`text_from`).
    """

    link_id: str
    url: str
    status: int
    content_type: str
    digest: str
    fetched_at: datetime
    warc_path: str
    warc_offset: int
    warc_length: int
    text_from: TextFrom = TextFrom.PAGE


@dataclass(frozen=True, slots=True)
class StoredRobots:
    """A host's answer to robots.txt, as it is kept between runs."""

    status: int
    body: str
    fetched_at: datetime


class TextPath(StrEnum):
    """Which way led to an article's text, in the order they are tried."""

    MARKUP = "markup"  # trafilatura, by the page's elements
    MARKUP_THOROUGH = "markup-thorough"  # a second look: at a region, or by trafilatura's slower rules
    JSON_LD = "json-ld"  # the page's declaration, articleBody
    STATE = "state"  # the data that the page's own scripts are started with
    FEED = "feed"  # the feed's entry


class LanguageFrom(StrEnum):
    """Which evidence an article's language comes from."""

    TEXT = "text"
    SOURCE = "source"  # the text could be in either of two languages, and one is its feed's


@dataclass(frozen=True, slots=True)
class Told:
    """What the feed told of a link; `language` is the feed's own, BCP 47 where known."""

    title: str = ""
    summary: str = ""
    content: str = ""
    authors: tuple[str, ...] = ()
    published_at: datetime | None = None
    language: str | None = None
    categories: tuple[str, ...] = ()


class PublishedFrom(StrEnum):
    """Which evidence a date of an article comes from."""

    JSON_LD = "json-ld"
    META = "meta"
    FEED = "feed"
    URL = "url"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Extraction:
    """An article as its page tells it: the output of extract, the input of label.

    `text` keeps paragraphs, one a line. `language` is BCP 47 with a script where a language has two (`uz-Latn`,
    `zh-Hans`) or `und`. `published_at` and `modified_at` are None where nothing says, never a guess.
    `feed_days_apart` is how many days the feed's date is after the page's own (negative: before), None unless both
    tell one. `sections` are the outlet's own words for where the article belongs, the page's before the feed's (see
    `sections.named`).
    """

    title: str
    text: str
    authors: tuple[str, ...]
    published_at: datetime | None
    published_from: PublishedFrom | None
    language: str
    canonical_url: str
    site_name: str | None
    text_from: TextFrom = TextFrom.PAGE
    text_path: TextPath = TextPath.MARKUP
    language_from: LanguageFrom = LanguageFrom.TEXT
    modified_at: datetime | None = None
    modified_from: PublishedFrom | None = None
    feed_days_apart: int | None = None
    image_url: str | None = None
    sections: tuple[str, ...] = ()


class Role(StrEnum):
    """How an article relates to a place: it carries the article, or it is only named in it.

    A text that names no country is presumed to be of its outlet's: a domestic story. That is no evidence of the text's
    own, so it never mixes with the other two in counts.
    """

    ABOUT = "about"
    MENTIONED = "mentioned"
    PRESUMED = "presumed"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A receipt: `text` is the matched span, found at [start, end) characters of title, newline, text.

    For places, `kind` says what was matched (name, adj, city, division, county, government, leader, short, region;
    outlet for a presumed country, with no span) and `place` what it spoke for: an ISO 3166 code, a region's id, or the
    name of a city, a leader or an institution.
    """

    text: str
    start: int
    end: int
    kind: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class CountryLabel:
    """A country an article is about or mentions. `code` is ISO 3166-1 alpha-2, `score` in [0, 1]."""

    code: str
    score: float
    role: Role
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class RegionLabel:
    """A region of `config/regions.yaml`. Its evidence is that of its countries and of its own name."""

    id: str
    score: float
    role: Role
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class TopicLabel:
    """A topic: `code` is `medtop:NNNNNNNN` (IPTC Media Topics), `score` in [0, 1]."""

    code: str
    score: float
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class WatchLabel:
    """A topic of the analyst's own, from `config/topics.yaml`."""

    id: str
    score: float
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Labels:
    """Everything the labeller says of one article. Empty tuples with an ABSTAINED outcome where it is not sure."""

    language: str
    countries: tuple[CountryLabel, ...]
    regions: tuple[RegionLabel, ...]
    topics: tuple[TopicLabel, ...]
    watch: tuple[WatchLabel, ...]
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Dropped:
    """A name in a text that could have spoken for a country or region (`code`) and was not believed, and why."""

    code: str
    evidence: Evidence
    why: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """The labels of an article, and the names that were not believed."""

    labels: Labels
    dropped: tuple[Dropped, ...]


@dataclass(frozen=True, slots=True)
class Response:
    """One HTTP exchange, redirects followed. `body` is after content decoding; header names are lower-case.

    `permanent` says that there were redirects on the way and each was permanent (301 or 308).
    """

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    fetched_at: datetime
    permanent: bool = False

    @property
    def content_type(self) -> str:
        """The Content-Type header; empty where there is none."""
        return self.headers.get("content-type", "")
