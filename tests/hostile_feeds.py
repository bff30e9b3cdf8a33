"""Attacks on the feed parser: what a feed may hold that is to be read within bounds, or refused."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

from silkwire.net.links import clean_link
from silkwire.poll.parser import ParserPool
from silkwire.reasons import Reason
from silkwire.records import Kind, Outcome, Response
from tests.hostile_steps import Again, Attack, Reads, Step, Steps, endless, head, raw, whole

_NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
_RSS = "application/rss+xml"
_ITEM = b"<item><title>A title</title><link>https://news.example/1</link><guid>1</guid></item>"

REFUSED = tuple(map(str, (Reason.MALFORMED, Reason.NOT_A_FEED, Reason.TOO_COMPLEX)))


def read_feed(pool: ParserPool, response: Response) -> Outcome:
    """Parse a body, and hold what comes out to what every caller relies on."""
    parsed, outcome = pool.parse(response.body, response.url, response.content_type)
    if parsed is None:
        return outcome
    for entry in parsed.entries:
        written = f"{entry.title}{entry.summary}{entry.content}"
        assert "root:" not in written, "a local file was read"
        assert not any(ord(sign) < 32 and sign not in "\n\t" for sign in entry.title), "a control character"
        assert not any(sign in entry.title for sign in "\u202e\u200b\ufeff"), "an invisible character"
        assert len(written) < 2**22, "an entity grew"
        if entry.url is not None and clean_link(entry.url, None) is not None:
            assert entry.url.startswith(("http://", "https://"))
        if entry.published_at is not None:
            assert datetime(1990, 1, 1, tzinfo=UTC) < entry.published_at < _NOW + timedelta(days=370), "a wild date"
    return outcome if parsed.entries or outcome.kind is not Kind.OK else Outcome.failed(Reason.MALFORMED, "no entry")


def rss(*inside: bytes, before: bytes = b'<?xml version="1.0"?>') -> bytes:
    return before + b'<rss version="2.0"><channel><title>News</title>' + b"".join(inside) + b"</channel></rss>"


def feed(name: str, make: Callable[[], bytes], outcomes: tuple[str, ...], content_type: str = _RSS) -> Attack:
    """Serve what `make` makes, when it is asked for; a feed has two seconds of processor."""

    def answer(port: int, _rest: str) -> Steps:
        yield whole(make().replace(b"{port}", b"%d" % port), content_type=content_type)

    return Attack(name, answer, outcomes, seconds=12, megabytes=80, reads=Reads.FEED)


def entities(depth: int, width: int) -> bytes:
    """Entities of entities (a billion laughs)."""
    lines = b'<!ENTITY e0 "ha">' + b"".join(
        b'<!ENTITY e%d "%b">' % (level, b"&e%d;" % (level - 1) * width) for level in range(1, depth)
    )
    return rss(b"<item><title>&e%d;</title></item>" % (depth - 1), before=b"<!DOCTYPE rss [" + lines + b"]>")


def quadratic() -> bytes:
    """One long entity, used often."""
    return rss(
        b"<item><title>" + b"&a;" * 50_000 + b"</title></item>",
        before=b'<!DOCTYPE rss [<!ENTITY a "' + b"a" * 100_000 + b'">]>',
    )


def external(target: bytes) -> bytes:
    return rss(
        b"<item><title>&file;</title><link>https://news.example/1</link></item>",
        before=b'<!DOCTYPE rss [<!ENTITY file SYSTEM "' + target + b'">]>',
    )


def enclosures() -> bytes:
    many = b'<enclosure url="https://news.example/a.mp3" length="1"/>' * 200_000
    return rss(b"<item><title>A title</title><link>https://news.example/1</link>" + many + b"</item>")


def hundred_megabytes() -> Iterator[Step]:
    yield head(content_type=_RSS)
    yield b'<rss version="2.0"><channel>'
    yield from endless(_ITEM * 1000)


def dated(*dates: bytes) -> bytes:
    items = (
        b"<item><title>%d</title><link>https://news.example/%d</link><pubDate>%b</pubDate></item>" % (n, n, date)
        for n, date in enumerate(dates)
    )
    return rss(*items)


OK = ("ok",)
FEED_ATTACKS = (
    feed("feed-of-a-billion-laughs", lambda: entities(12, 10), (*REFUSED, "ok")),
    feed("feed-of-quadratic-laughs", quadratic, REFUSED),
    feed("feed-with-a-local-file", lambda: external(b"file:///etc/passwd"), (*REFUSED, "ok")),
    feed("feed-with-a-remote-entity", lambda: external(b"http://127.0.0.1:{port}/hit"), (*REFUSED, "ok")),
    feed("feed-with-a-remote-doctype", lambda: rss(
        _ITEM, before=b'<!DOCTYPE rss SYSTEM "http://127.0.0.1:{port}/hit">'), (*REFUSED, "ok")),
    feed("feed-nested-deep", lambda: rss(b"<item><title>" + b"<b>" * 100_000), (*REFUSED, "ok")),
    feed("feed-nested-in-description", lambda: rss(
        _ITEM, b"<item><title>2</title><link>https://news.example/2</link><description>"
        + b"&lt;div&gt;" * 100_000 + b"</description></item>"), (*REFUSED, "ok")),
    feed("feed-with-nul-bytes", lambda: rss(_ITEM.replace(b"A title", b"A \0 title")), OK),
    feed("feed-of-mixed-encodings", lambda: rss(
        _ITEM.replace(b"A title", "Новости".encode("cp1251") + "新闻".encode()),
        before=b'<?xml version="1.0" encoding="utf-8"?>'), OK),
    feed("feed-with-a-wrong-encoding", lambda: rss(
        _ITEM, before=b'<?xml version="1.0" encoding="utf-16"?>'), (*REFUSED, "ok")),
    feed("feed-with-an-unknown-encoding", lambda: rss(_ITEM, before=b'<?xml version="1.0" encoding="x-evil"?>'), OK),
    feed("feed-of-enclosures", enclosures, (str(Reason.TOO_COMPLEX), "ok")),
    feed("feed-of-attributes", lambda: rss(
        b"<item " + b" ".join(b'a%d="x"' % n for n in range(100_000)) + b">" + _ITEM[6:]), (*REFUSED, "ok")),
    feed("feed-of-namespaces", lambda: b"<rss " + b" ".join(b'xmlns:n%d="u:%d"' % (n, n) for n in range(20_000))
         + b"><channel>" + _ITEM + b"</channel></rss>", (*REFUSED, "ok")),
    Attack("feed-of-100-megabytes", raw(Again(hundred_megabytes)), (str(Reason.TOO_LARGE),), reads=Reads.FEED),
    feed("feed-of-tiny-items", lambda: rss(b"<item><title>x</title></item>" * 100_000), (*REFUSED, "ok")),
    feed("feed-of-wild-dates", lambda: dated(
        b"Fri, 31 Dec 9999 23:59:59 GMT", b"Thu, 01 Jan 1970 00:00:00 GMT", b"0000-00-00", b"-1", b"9" * 5000,
        b"Tue, 24 Nov 2026 12:00:00 +9999", b"Mon, 32 Nov 2026 25:61:61 GMT", b"2026-11-24T12:00:00+99:99"), OK),
    feed("feed-of-script-links", lambda: rss(
        b"<item><title>&lt;script&gt;x&lt;/script&gt;A \xe2\x80\xae\xe2\x80\x8b title</title>"
        b"<link>javascript:alert(1)</link></item>",
        b"<item><title>B</title><link>file:///etc/passwd</link></item>"), OK),
    feed("feed-of-one-long-title", lambda: rss(
        b"<item><title>" + b"a " * 2_000_000 + b"</title><link>https://news.example/1</link></item>"),
         (*REFUSED, "ok")),
    feed("json-feed-nested-deep", lambda: b'{"version":"https://jsonfeed.org/version/1.1","items":' + b"[" * 200_000,
         REFUSED, "application/feed+json"),
    feed("json-feed-of-a-long-number", lambda: b'{"version":"https://jsonfeed.org/version/1.1","items":[{"id":'
         + b"9" * 2_000_000 + b"}]}", (*REFUSED, "ok"), "application/feed+json"),
    feed("page-as-feed", lambda: b"<!doctype html><html><p>No feed</html>", (str(Reason.NOT_A_FEED),)),
)  # fmt: skip
