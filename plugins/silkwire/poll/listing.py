"""A body to what it lists, by the form of its address: the pure part of a poll, done where it may be killed."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from silkwire.poll.feed_parser import parse_feed
from silkwire.poll.parser import ParserPool
from silkwire.poll.section import parse_section
from silkwire.poll.sitemap import Child, parse_sitemap
from silkwire.records import Form, Outcome, ParsedFeed, Response


@dataclass(frozen=True, slots=True)
class Body:
    """What a server sent, and how it is to be read. `now` bounds dates, `pattern` is a section's."""

    form: Form
    content: bytes
    url: str
    content_type: str
    now: datetime
    pattern: str | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """What a body lists, None with an outcome other than ok; `children` are the sitemaps of an index."""

    feed: ParsedFeed | None
    outcome: Outcome
    children: tuple[Child, ...] = ()


async def read_apart(
    parsers: ParserPool, form: Form, response: Response, now: datetime, pattern: str | None = None
) -> Listing:
    """Read a response in a process of `parsers`; what asks too much of it is an outcome. Never raises.

    A thread waits for that process meanwhile, so that no body holds up the others.
    """
    body = Body(form, response.body, response.url, response.content_type, now, pattern)
    answer = await asyncio.to_thread(parsers.call, read_body, body)
    return answer if isinstance(answer, Listing) else Listing(None, answer)


def read_body(body: Body) -> Listing:
    """Read a body as its form says."""
    return _READERS[body.form](body)


def _read_feed(body: Body) -> Listing:
    return Listing(*parse_feed(body.content, body.url, body.content_type))


def _read_section(body: Body) -> Listing:
    return Listing(*parse_section(body.content, body.url, body.content_type, body.pattern))


def _read_sitemap(body: Body) -> Listing:
    sitemap, outcome = parse_sitemap(body.content, body.url, body.now)
    if sitemap is None:
        return Listing(None, outcome)
    return Listing(ParsedFeed(sitemap.title, sitemap.language, sitemap.entries), outcome, sitemap.children)


_READERS: dict[Form, Callable[[Body], Listing]] = {
    Form.FEED: _read_feed,
    Form.SECTION: _read_section,
    Form.SITEMAP: _read_sitemap,
}
