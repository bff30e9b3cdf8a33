"""Feeds parsed in processes of their own: bounded time and memory, and whatever a feed does, an outcome."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest

from silkwire.poll.feed_parser import parse_feed
from silkwire.poll.parser import ParserPool
from silkwire.reasons import Reason
from silkwire.records import Kind, Outcome

URL = "https://news.example/feed.xml"
PACKAGES = Path(__file__).parents[1] / "plugins"


def rss(items: str) -> bytes:
    return f'<rss version="2.0"><channel><title>x</title>{items}</channel></rss>'.encode()


SMALL = rss("<item><title>One</title><link>https://news.example/1</link></item>")
LINK = "<link>https://news.example/1</link></item>"


@pytest.fixture(scope="module")
def pool() -> Iterator[ParserPool]:
    with ParserPool(2.0, workers=1) as pool:
        yield pool


def workers() -> list[psutil.Process]:
    children = psutil.Process().children(recursive=True)
    return [child for child in children if "silkwire.workers" in " ".join(child.cmdline())]


# What a test has a worker do; the names are sent, so they are functions of this module.
def spin() -> None:
    while True:
        pass


def fill_memory() -> int:
    return len(bytearray(3 * 2**30))


def fail() -> None:
    raise LookupError("no such thing")


def die() -> None:
    os._exit(7)


def die_once(marker: str) -> str:
    if not Path(marker).exists():
        Path(marker).touch()
        os._exit(7)
    return "alive"


def test_a_worker_says_what_the_parser_itself_says(pool: ParserPool) -> None:
    assert pool.parse(SMALL, URL, "text/xml") == parse_feed(SMALL, URL, "text/xml")
    assert pool.parse(b"words", URL, "text/html") == parse_feed(b"words", URL, "text/html")


def test_a_worker_is_started_when_it_is_needed_and_used_again() -> None:
    before = {process.pid for process in workers()}
    with ParserPool(2.0) as pool:
        assert {process.pid for process in workers()} == before
        for _ in range(3):
            pool.parse(SMALL, URL, "")
        assert len({process.pid for process in workers()} - before) == 1
    assert {process.pid for process in workers()} == before


def test_too_much_processor_is_too_complex_and_the_next_feed_is_read() -> None:
    with ParserPool(0.3, workers=1) as pool:
        started = time.monotonic()
        outcome = pool.call(spin)
        assert time.monotonic() - started < 3
        assert isinstance(outcome, Outcome)
        assert (outcome.kind, outcome.reason) == (Kind.FAILED, Reason.TOO_COMPLEX)
        assert "0.3 s of processor" in outcome.detail
        assert pool.parse(SMALL, URL, "")[1].kind is Kind.OK


def test_too_much_memory_is_too_complex_and_the_next_feed_is_read(pool: ParserPool) -> None:
    outcome = pool.call(fill_memory)
    assert isinstance(outcome, Outcome)
    assert outcome.reason is Reason.TOO_COMPLEX
    assert "memory" in outcome.detail
    assert pool.parse(SMALL, URL, "")[1].kind is Kind.OK


def test_a_worker_that_does_nothing_is_not_waited_for() -> None:
    with ParserPool(0.1, workers=1) as pool:
        outcome = pool.call(time.sleep, 60)
        assert isinstance(outcome, Outcome)
        assert (outcome.reason, outcome.detail) == (Reason.TOO_COMPLEX, "more than 1 s")


def test_an_exception_is_a_crash_with_its_name(pool: ParserPool) -> None:
    outcome = pool.call(fail)
    assert outcome == Outcome.failed(Reason.CRASHED, "LookupError: no such thing")


def test_a_worker_that_dies_gets_one_more_try(pool: ParserPool, tmp_path: Path) -> None:
    assert pool.call(die_once, str(tmp_path / "died")) == "alive"
    outcome = pool.call(die)
    assert outcome == Outcome.failed(Reason.CRASHED, "the worker ended with 7")
    assert pool.parse(SMALL, URL, "")[1].kind is Kind.OK


def test_a_worker_killed_between_two_feeds_is_replaced(pool: ParserPool) -> None:
    pool.parse(SMALL, URL, "")
    for process in workers():
        process.kill()
    assert pool.parse(SMALL, URL, "")[1].kind is Kind.OK


def test_a_hostile_feed_holds_up_nobody_while_there_is_another_worker() -> None:
    with ThreadPoolExecutor(9) as threads, ParserPool(5.0, workers=2) as pool:
        hostile = threads.submit(pool.call, spin)
        small = [threads.submit(pool.parse, SMALL, URL, "") for _ in range(40)]
        assert {one.result()[1].kind for one in small} == {Kind.OK}
        assert not hostile.done()


def test_leaving_ends_a_worker_that_is_busy() -> None:
    with ParserPool(30.0, workers=1) as pool:
        thread = threading.Thread(target=pool.call, args=(time.sleep, 60))
        thread.start()
        while not workers():
            time.sleep(0.01)
    thread.join(5)
    assert not thread.is_alive()
    assert pool.parse(SMALL, URL, "")[1] == Outcome.failed(
        Reason.CRASHED, "a worker can't be started: the pool is closed"
    )


def test_a_killed_parent_leaves_no_worker_behind() -> None:
    program = (
        "import os, signal, sys; from silkwire.poll.parser import ParserPool; pool = ParserPool(2.0);"
        "print(pool.call(os.getpid), flush=True); os.kill(os.getpid(), signal.SIGKILL)"
    )
    parent = subprocess.run(
        [sys.executable, "-c", program],
        env=os.environ | {"PYTHONPATH": str(PACKAGES)},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert parent.returncode == -signal.SIGKILL
    worker = int(parent.stdout)
    deadline = time.monotonic() + 5
    while psutil.pid_exists(worker) and psutil.Process(worker).status() != psutil.STATUS_ZOMBIE:
        assert time.monotonic() < deadline
        time.sleep(0.02)


def entities(count: int, of: str) -> str:
    return "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else of}">' for n in range(count))


HOSTILE = {
    "billion laughs": f"<!DOCTYPE rss [{entities(12, 'ha')}]>".encode() + rss(f"<item><title>&e11;</title>{LINK}"),
    "quadratic blow-up": f'<!DOCTYPE rss [<!ENTITY a "{"a" * 100_000}">]>'.encode()
    + rss(f"<item><title>{'&a;' * 100_000}</title>{LINK}"),
    "deep nesting": rss(f"<item>{'<a>' * 100_000}{'</a>' * 100_000}{LINK}"),
    "deep nesting in a text": rss(f"<item><description>{'<b>' * 100_000}{'</b>' * 100_000}</description>{LINK}"),
    "deep nesting, never closed": rss("<item>" + "<a>" * 1_000_000),
    "deep JSON": b"[" * 1_000_000,
    "many enclosures": rss("<item>" + '<enclosure url=""/>' * 800_000 + LINK),
    "many enclosures, malformed": rss("<item><title>a & b</title>" + '<enclosure url=""/>' * 800_000 + LINK),
    "many attributes": rss("<item " + " ".join(f'a{n}="1"' for n in range(1_000_000)) + f">{LINK}"),
    "many openings of comments": b"<rss><channel><item>" + b"<!--" * 3_000_000,
    "ampersands": rss(f"<item><title>{'&' * 10_000_000}</title>{LINK}"),
    "zeros": b"<rss>" + b"\0" * 15_000_000,
    "one long text": rss(f"<item><title>{'a' * 14_000_000}</title>{LINK}"),
    "one long author": rss(f"<item><author>{'a' * 1_000_000}@</author>{LINK}"),
    "one long date": rss(f"<item><pubDate>{'1 ' * 1_000_000}</pubDate>{LINK}"),
    "many scripts": rss(f"<item><description><![CDATA[{'<script>' * 1_000_000}]]></description>{LINK}"),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_feed_ends_in_bounded_time_with_an_entry_or_a_reason(name: str, pool: ParserPool) -> None:
    started = time.monotonic()
    feed, outcome = pool.parse(HOSTILE[name], URL, "text/xml")
    assert time.monotonic() - started < 15
    if outcome.kind is Kind.OK:
        assert feed is not None
        assert len(feed.entries) == 1
        assert len(feed.entries[0].title) <= 100_000
    else:
        assert outcome.reason in (Reason.TOO_COMPLEX, Reason.MALFORMED, Reason.NOT_A_FEED)
        assert outcome.detail
