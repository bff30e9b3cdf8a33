"""What an outlet's file says: its feeds, its articles, and the links that lead to no article."""

from datetime import date, datetime, time, timedelta, tzinfo
from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict

HERE = Path(__file__).parent


class Model(BaseModel):
    """A frozen record read from YAML; a misspelt key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Words(Model):
    """The furniture of one language: what stands around an article."""

    nav: tuple[str, ...]
    related: str
    elsewhere: tuple[str, ...]
    cookies: str
    accept: str
    share: str
    subscribe: str
    comments: str
    comment: str
    rights: str


class Fate(Model):
    """Where the pipeline ends with a link that gives no article, and why; values of `Kind` and `Reason`."""

    stage: Literal["poll", "fetch", "extract"]
    outcome: str
    reason: str


class Dated(Model):
    """Something published at a local time so many days from the anchor day."""

    title: str
    at: tuple[int, time]

    def published(self, anchor: date, zone: tzinfo) -> datetime:
        """Return the moment of publication, aware, in the outlet's zone."""
        days, clock = self.at
        return datetime.combine(anchor + timedelta(days=days), clock, zone)


class Article(Dated):
    """An article with what a careful editor expects of it. `fate` marks one that must not come through.

    `via` is the address in the feed where that redirects to the page, `tracking` adds utm_ parameters to it.
    `categories` are the feed's, `section` is the page's own (in JSON-LD).
    """

    slug: str
    author: str | None
    countries: tuple[str, ...]
    topics: tuple[str, ...]
    text: str
    path: str | None = None
    feeds: tuple[str, ...] = ()
    language: str | None = None
    caption: str | None = None
    signature: str | None = None
    story: str | None = None
    via: str | None = None
    tracking: bool = False
    categories: tuple[str, ...] = ()
    section: str | None = None
    slow: bool = False
    fate: Fate | None = None

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The text, one paragraph an item."""
        return tuple(paragraph.strip() for paragraph in self.text.strip().split("\n\n"))


class Stray(Dated, Fate):
    """A feed item that leads to no article. `link` is a path, an address with a scheme, or None for no link."""

    link: str | None
    answer: Literal["missing", "pdf", "listing", "nothing"]


class Feed(Model):
    """A feed of an outlet. `relative` feeds (Atom) write paths below xml:base, `conditional` ones answer 304."""

    path: str
    format: Literal["rss", "atom", "rdf", "json"]
    title: str
    language: str | None = None
    dated: bool = True
    full_text: bool = False
    relative: bool = False
    conditional: bool = True
    answer: Literal["feed", "missing", "html"] = "feed"


class Outlet(Model):
    """A fictional outlet. `announced` is the charset that its pages claim, where that is not the one they are in."""

    host: str
    name: str
    language: str
    country: str
    kind: str
    zone: str
    template: Literal["jsonld", "opengraph", "semantic", "portal", "table", "bare"]
    robots: Literal["allow", "private", "missing"]
    feeds: tuple[Feed, ...]
    articles: tuple[Article, ...]
    strays: tuple[Stray, ...] = ()
    charset: str = "utf-8"
    announced: str | None = None
    since: int | None = None
    dated_paths: bool = False

    @property
    def announced_charset(self) -> str:
        """The charset in the pages' meta element."""
        return self.announced or self.charset

    @property
    def tz(self) -> tzinfo:
        """The zone of the outlet's clock."""
        zone = datetime.strptime(self.zone, "%z").tzinfo
        assert zone is not None
        return zone

    def listed(self, feed: Feed) -> tuple[Article, ...]:
        """Return the articles that a feed lists; those that name no feed are in the first one."""
        first = self.feeds[0].path
        return tuple(article for article in self.articles if feed.path in (article.feeds or (first,)))

    def path(self, article: Article, anchor: date) -> str:
        """Return the path and query of an article's page."""
        if self.dated_paths:
            return f"{article.published(anchor, self.tz):/%Y/%m/%d}/{article.slug}"
        return article.path or f"/news/{article.slug}"


@cache
def load_outlets() -> tuple[Outlet, ...]:
    """Read every outlet; its file's name is its host's first label."""
    files = sorted((HERE / "outlets").glob("*.yaml"))
    return tuple(
        Outlet.model_validate({**yaml.safe_load(file.read_text("utf-8")), "host": f"{file.stem}.localhost"})
        for file in files
    )


@cache
def load_words() -> dict[str, Words]:
    """Read the furniture of every language."""
    raw = yaml.safe_load((HERE / "furniture.yaml").read_text("utf-8"))
    return {language: Words.model_validate(words) for language, words in raw.items()}
