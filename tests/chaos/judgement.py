"""What the chaos run owes, by the server's own record, and what the warehouse holds."""

from collections import Counter
from dataclasses import dataclass, fields
from datetime import timedelta
from itertools import pairwise
from urllib.parse import urlsplit

from sqlalchemy import Engine, text

from silkwire.warehouse.engine import transaction
from tests.chaos.hosts import DAY, START, Host, Visit
from tests.chaos.run import HOST_DELAY
from tests.chaos.server import CALM, HANGS, Chaos

Item = tuple[str, int]

LONG_ENOUGH = timedelta(hours=48)
_EARLY = 0.002  # an event loop's clock is that coarse
_LEFT_EARLY = 0.1  # a client that gives up began to count before the server did

_LINKS = """
    select links.host, links.url, links.outcome, pages.link_id is not null and articles.id is not null
    from links
    left join pages on pages.link_id = links.id
    left join articles on articles.id = pages.article_id
"""


@dataclass(frozen=True, slots=True)
class Findings:
    """What is wrong: all empty where nothing is."""

    missing: list[Item]  # owed, and not in the warehouse
    doubled: list[Item]  # in it twice
    foreign: list[str]  # addresses that no host published
    without_article: list[Item]  # owed, and the page or its article is not there
    unnoticed: list[str]  # hosts that lost items, without a gap in the ledger
    false_alarms: list[str]  # hosts that lost none, with one
    too_soon: list[str]  # requests that came before their host's delay was over
    at_once: list[str]  # requests that came while another was being answered

    def __str__(self) -> str:
        """Count each kind, with the first few."""
        found = [(each.name, getattr(self, each.name)) for each in fields(self)]
        return "\n".join(f"{name}: {len(items)} {items[:5] or ''}" for name, items in found)

    @property
    def is_clean(self) -> bool:
        return not any(getattr(self, each.name) for each in fields(self))


def judge(chaos: Chaos, engine: Engine) -> Findings:
    """Compare the warehouse with what the hosts know."""
    with transaction(engine) as connection:
        links = [tuple(row) for row in connection.execute(text(_LINKS))]
        gaps = set(connection.scalars(text("select feed_id from gaps")))
    held = Counter(item for _, url, _, _ in links if (item := _item(url)))
    whole = {_item(url) for _, url, outcome, has_article in links if outcome == "ok" and has_article}
    due = {(host.name, item) for host in chaos.hosts for item in owed(host)}
    too_soon, at_once = _manners(chaos)
    return Findings(
        missing=sorted(due - set(held)),
        doubled=sorted(item for item, count in held.items() if count > 1),
        foreign=sorted(url for _, url, _, _ in links if _item(url) is None),
        without_article=sorted((due & set(held)) - whole),
        unnoticed=sorted(host.name for host in chaos.hosts if lost(host) and host.name not in gaps),
        false_alarms=sorted(host.name for host in chaos.hosts if overlaps_throughout(host) and host.name in gaps),
        too_soon=too_soon,
        at_once=at_once,
    )


def owed(host: Host) -> set[int]:
    """Return the items of a host that must be in the warehouse: see the package's docstring for the rule."""
    times = Counter(item for handed in host.handed for item in handed.items)
    end = START + host.days * DAY + CALM
    news_ends = START + host.days * DAY

    def listed_for(item: int) -> timedelta:
        left = host.left_at(item)
        return (left if left <= news_ends else end) - max(host.published_at(item), START)

    long_listed = {item for item in range(host.published(end)) if listed_for(item) >= LONG_ENOUGH}
    return {item for item, count in times.items() if count >= 2} | long_listed


def lost(host: Host) -> set[int]:
    """Return the items that a host listed between two good answers and never handed over."""
    return {item for before, after in pairwise(host.handed) for item in range(before.items.stop, after.items.start)}


def overlaps_throughout(host: Host) -> bool:
    """Say whether each good answer lists an item of the one before: nothing can have been lost then."""
    return all(after.items.start < before.items.stop for before, after in pairwise(host.handed))


def _item(url: str) -> Item | None:
    parts = urlsplit(url)
    number = parts.path.removeprefix("/news/")
    return ((parts.hostname or "", int(number))) if number.isdigit() else None


def _manners(chaos: Chaos) -> tuple[list[str], list[str]]:
    """Return the requests that came too soon after the one before, and those that came during it."""
    too_soon, at_once = [], []
    for host in chaos.hosts:
        for before, after in pairwise(sorted(host.visits, key=lambda visit: visit.began)):
            ended = before.began + HANGS - _LEFT_EARLY if before.ended is None else before.ended
            if after.began < ended:
                at_once.append(f"{host.name}{after.path} during {before.path}")
            elif after.began - ended < _delay(host, before, after) - _EARLY and before.ended is not None:
                too_soon.append(f"{host.name}{after.path} {after.began - ended:.3f} s after {before.path}")
    return too_soon, at_once


def _delay(host: Host, before: Visit, after: Visit) -> float:
    """Return the pause that is owed between two requests: what robots.txt asks for is known once it was read."""
    pages = before.path.startswith("/news/") and after.path.startswith("/news/")
    return max(HOST_DELAY, host.crawl_delay if pages else 0)
