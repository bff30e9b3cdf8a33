"""An address that could be polled, described for the person who chooses."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from silkwire.records import Entry, Form, Kind, Outcome, ParsedFeed

_FRESH, _STALE = timedelta(days=7), timedelta(days=60)
_AHEAD = timedelta(days=1)
_SHORTEST_SPAN = timedelta(minutes=10)
_COMMENTS = re.compile(r"\bcomments\b|комментари[ий]|пікірлер|评论|\byorumlar\b|نظرات", re.IGNORECASE)
_FORMS = tuple(Form)


@dataclass(frozen=True, slots=True)
class Offer:
    """An address that lists articles, or was said to: what it is, and how many and how fresh they are.

    `newest` is the youngest date of an entry, `items_a_day` counts over the time that the dated entries span; both are
    None where the dates do not tell. An outcome other than ok says why it is of no use. `asked` is the address that was
    asked for, where permanent redirects lead from there to `url`.
    """

    url: str
    form: Form
    outcome: Outcome
    title: str = ""
    language: str | None = None
    entries: int = 0
    newest: datetime | None = None
    items_a_day: float | None = None
    pattern: str | None = None
    asked: str = ""

    @property
    def is_usable(self) -> bool:
        """Say whether it lists anything at all."""
        return self.outcome.kind is Kind.OK and self.entries > 0

    @property
    def is_comments(self) -> bool:
        """Say whether it lists what readers write, not the newsroom."""
        return _COMMENTS.search(f"{urlsplit(self.url).path} {self.title}") is not None

    def age(self, now: datetime) -> timedelta | None:
        """Return how old its newest entry is at `now`."""
        return None if self.newest is None else now - self.newest


def describe(url: str, form: Form, feed: ParsedFeed, now: datetime, pattern: str | None = None) -> Offer:
    """Return the offer of an address that was read."""
    newest, a_day = _pace(feed.entries, now)
    return Offer(
        url=url,
        form=form,
        outcome=Outcome.ok(),
        title=feed.title,
        language=feed.language,
        entries=len(feed.entries),
        newest=newest,
        items_a_day=a_day,
        pattern=pattern,
    )


def _pace(entries: Iterable[Entry], now: datetime) -> tuple[datetime | None, float | None]:
    """Return the youngest date, and how many entries a day there were between it and the oldest."""
    dates = sorted(entry.published_at for entry in entries if entry.published_at and entry.published_at <= now + _AHEAD)
    if not dates:
        return None, None
    span = dates[-1] - dates[0]
    return dates[-1], (len(dates) - 1) / (span / timedelta(days=1)) if span >= _SHORTEST_SPAN else None


def rank(offer: Offer, now: datetime) -> tuple[bool, bool, int, int, float, int, int, str]:
    """Order offers: of use, news before comments, fresh before stale, feeds before the rest, then the fullest."""
    age = offer.age(now)
    freshness = 1 if age is None else 0 if age <= _FRESH else 1 if age <= _STALE else 2
    return (
        not offer.is_usable,
        offer.is_comments,
        freshness,
        _FORMS.index(offer.form),
        -(offer.items_a_day or 0.0),
        -offer.entries,
        len(offer.url),
        offer.url,
    )
