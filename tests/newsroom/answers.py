"""The newsroom as a pure function: outlets, an anchor day and a port give every answer that the server will make."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from email.utils import format_datetime
from hashlib import sha256

from tests.newsroom.feeds import CONTENT_TYPES, Item, feed_body
from tests.newsroom.outlet import Article, Feed, Outlet, Stray
from tests.newsroom.pages import Teaser, article_page, listing_page

ROBOTS = {
    "allow": b"User-agent: *\nAllow: /\n",
    "private": b"User-agent: *\nDisallow: /private/\nDisallow: /subscribe\n",
}
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n%%EOF\n"
TRACKING = "utm_source=rss&utm_medium=feed&utm_campaign=latest"


@dataclass(frozen=True, slots=True)
class Answer:
    """One HTTP answer. A `slow` one is held back by the server."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    slow: bool = False


class Site:
    """One outlet on an anchor day, at a port: its addresses and what they answer."""

    def __init__(self, outlet: Outlet, anchor: date, port: int) -> None:
        self.outlet = outlet
        self.anchor = anchor
        self.home = f"http://{outlet.host}:{port}/"

    def absolute(self, path: str) -> str:
        """Return the address of a path of this outlet."""
        return self.home.rstrip("/") + path

    def page_url(self, article: Article) -> str:
        """Return the address where an article's page finally is."""
        return self.absolute(self.outlet.path(article, self.anchor))

    def link_url(self, item: Article | Stray) -> str | None:
        """Return the address that a feed gives, which may redirect, carry parameters, be absurd or be missing."""
        if isinstance(item, Stray):
            return self.absolute(item.link) if item.link and item.link.startswith("/") else item.link
        url = self.absolute(item.via) if item.via else self.page_url(item)
        return f"{url}?{TRACKING}" if item.tracking else url

    def published(self, item: Article | Stray) -> datetime:
        """Return when an item was published, aware, in the outlet's zone."""
        return item.published(self.anchor, self.outlet.tz)

    def answers(self) -> dict[str, Answer]:
        """Return every answer of this outlet by path and query; what is not here is a 404."""
        answers = {"/": self._html(listing_page(self.outlet, self.outlet.name, self._teasers()))}
        answers |= {feed.path: self._feed(feed) for feed in self.outlet.feeds if feed.answer != "missing"}
        if self.outlet.robots in ROBOTS:
            answers["/robots.txt"] = Answer(ROBOTS[self.outlet.robots], headers={"Content-Type": "text/plain"})
        for article in self.outlet.articles:
            answers |= self._article(article)
        for stray in self.outlet.strays:
            answers |= self._stray(stray)
        return answers

    def _article(self, article: Article) -> dict[str, Answer]:
        url = self.page_url(article)
        page = article_page(self.outlet, article, url, self.published(article), self._teasers())
        answers = {self.outlet.path(article, self.anchor): self._html(page, slow=article.slow)}
        if article.via:
            answers[article.via] = Answer(status=301, headers={"Location": url})
        return answers

    def _stray(self, stray: Stray) -> dict[str, Answer]:
        match stray.link, stray.answer:
            case str(path), "pdf":
                return {path: Answer(PDF, headers={"Content-Type": "application/pdf"})}
            case str(path), "listing":
                return {path: self._html(listing_page(self.outlet, stray.title, self._teasers()))}
        return {}

    def _html(self, text: str, *, slow: bool = False) -> Answer:
        """Encode a page. Only UTF-8 is named in the header: old sites leave the charset to the meta element."""
        charset = self.outlet.charset
        content_type = "text/html; charset=utf-8" if charset == "utf-8" else "text/html"
        return Answer(text.encode(charset), headers={"Content-Type": content_type}, slow=slow)

    def _feed(self, feed: Feed) -> Answer:
        if feed.answer == "html":
            return self._html(listing_page(self.outlet, feed.title, self._teasers()))
        body = feed_body(self.outlet, feed, self.home, list(self._items(feed)))
        headers = {"Content-Type": CONTENT_TYPES[feed.format]}
        if feed.conditional:
            midnight = datetime.combine(self.anchor, time(), UTC)
            headers["ETag"] = f'"{sha256(body).hexdigest()[:16]}"'
            headers["Last-Modified"] = format_datetime(midnight, usegmt=True)
        return Answer(body, headers=headers)

    def _items(self, feed: Feed) -> Iterator[Item]:
        """Give the feed's articles, and in the first feed the strays."""
        for article in self.outlet.listed(feed):
            guid = f"urn:{self.outlet.host}:{article.slug}"
            link, published = self.link_url(article), self.published(article)
            yield Item(article.title, link, guid, published, article.author, article.paragraphs, article.categories)
        if feed == self.outlet.feeds[0]:
            for number, stray in enumerate(self.outlet.strays):
                guid = f"urn:{self.outlet.host}:item-{number}"
                yield Item(stray.title, self.link_url(stray), guid, self.published(stray))

    def _teasers(self) -> list[Teaser]:
        return [
            Teaser(self.page_url(article), article.title, article.paragraphs[0]) for article in self.outlet.articles
        ]
