"""Feeds of an outlet in the four formats."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tests.newsroom.outlet import Feed, Outlet
from tests.newsroom.pages import TEMPLATES

CONTENT_TYPES = {
    "rss": "application/rss+xml; charset=utf-8",
    "atom": "application/atom+xml; charset=utf-8",
    "rdf": "application/rdf+xml",
    "json": "application/feed+json",
}


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a feed. `link` is None where the feed is broken there."""

    title: str
    link: str | None
    guid: str
    published: datetime
    author: str | None = None
    paragraphs: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()


def feed_body(outlet: Outlet, feed: Feed, home: str, items: Sequence[Item]) -> bytes:
    """Render a feed, newest item first; `home` is the outlet's address with its final slash."""
    newest_first = sorted(items, key=lambda item: item.published, reverse=True)
    if feed.format == "json":
        return json.dumps(_json_feed(outlet, feed, home, newest_first), ensure_ascii=False, indent=1).encode()
    text = TEMPLATES.get_template(f"{feed.format}.xml.j2").render(
        outlet=outlet,
        feed=feed,
        home=home,
        url=home.rstrip("/") + feed.path,
        language=feed.language or outlet.language,
        items=newest_first,
        updated=newest_first[0].published,
    )
    return text.encode()


def _json_feed(outlet: Outlet, feed: Feed, home: str, items: Sequence[Item]) -> dict[str, object]:
    return {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": home,
        "feed_url": home.rstrip("/") + feed.path,
        "language": feed.language or outlet.language,
        "items": [_json_item(item) for item in items],
    }


def _json_item(item: Item) -> dict[str, object]:
    entry: dict[str, object] = {
        "id": item.guid,
        "title": item.title,
        "date_published": item.published.isoformat(),
        "summary": item.paragraphs[0] if item.paragraphs else "",
    }
    if item.link:
        entry["url"] = item.link
    if item.author:
        entry["authors"] = [{"name": item.author}]
    if item.categories:
        entry["tags"] = list(item.categories)
    return entry
