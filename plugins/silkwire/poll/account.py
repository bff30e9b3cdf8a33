"""The account of one poll: what it makes of the feed's state, and whether anything may have slipped through."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from silkwire.poll.items import Items
from silkwire.poll.judgement import Move, judge_move, weight
from silkwire.poll.reading import Reading
from silkwire.poll.schedule import Pulse, Standing, asked_pause, first_rate, interval, next_poll, next_rate
from silkwire.poll.validators import Validators, validators_of
from silkwire.reasons import Reason
from silkwire.records import Kind, Outcome
from silkwire.warehouse.feeds import DueFeed, Polled

# Items were lost: for this long the feed is polled faster than it asks for.
_AFTER_A_GAP = timedelta(days=14)
# That many entries from before the last poll show that a body reaches back to it; one may be pinned.
_REACHING_BACK = 2


@dataclass(frozen=True, slots=True)
class Overlap:
    """How a body meets the warehouse.

    Of its links `listed`, `new` are new to the warehouse; `seen_before` were known before this feed's last good poll,
    `seen_lately` of these belong to the newest that it had then.
    """

    listed: int = 0
    new: int = 0
    seen_before: int = 0
    seen_lately: int = 0

    @property
    def fresh(self) -> int:
        """Links that are new to this feed, whoever found them first."""
        return self.listed - self.seen_before


@dataclass(frozen=True, slots=True)
class Hole:
    """Items listed between `since` and `until` may be missing."""

    since: datetime
    until: datetime


def find_hole(feed: DueFeed, items: Items, overlap: Overlap, now: datetime) -> Hole | None:
    """Tell whether a body fails to overlap the one before: nothing, or only something old and pinned, was known.

    The hole begins with the last poll that saw everything and ends with the oldest item of this body that is newer. A
    feed that is read for the first time can't overlap anything; one whose entries are all dated and reach back to the
    last poll has shown that nothing is missing, though their addresses may be new.
    """
    if feed.new_link_at is None or feed.succeeded_at is None or not items.links:
        return None
    is_pinned = overlap.seen_lately == 0 and 2 * overlap.seen_before < overlap.listed
    if overlap.seen_before and not is_pinned:
        return None
    dated = [link.published_at for link in items.links if link.published_at]
    since = _last_seen(feed, dated)
    if len(dated) == len(items.links) and sum(moment <= since for moment in dated) >= _REACHING_BACK:
        return None
    return Hole(since, min((moment for moment in dated if since < moment <= now), default=now))


def _last_seen(feed: DueFeed, dated: Sequence[datetime]) -> datetime:
    """Return when the feed was last seen whole: an item older than the last "unchanged" shows that it was a lie."""
    assert feed.succeeded_at is not None  # noqa: S101 - the caller's condition
    body_at = feed.body_at or feed.succeeded_at
    return body_at if any(body_at < moment <= feed.succeeded_at for moment in dated) else feed.succeeded_at


def settle(  # noqa: PLR0913 - one poll's parts
    feed: DueFeed, reading: Reading, overlap: Overlap, now: datetime, floor: timedelta, *, lost_items: bool
) -> Polled:
    """Return what the feed is after this poll, which may have `lost_items`; `floor` is the least time between two."""
    response, parsed = reading.response, reading.parsed
    move = judge_move(feed, response, reading.outcome)
    outcome = _named(reading.outcome, move)
    well = outcome.went_well
    entries = len(parsed.entries) if parsed else feed.entries
    rate = _rate(feed, reading, overlap, now)
    asked = _asked(feed, reading)
    validators = _validators(feed, reading)
    pause = interval(
        Pulse(
            items_a_day=rate,
            entries=entries or 0,
            silence=timedelta(0) if overlap.fresh else now - (feed.new_link_at or now),
            asked=asked,
            lost_items=lost_items or (feed.lost_items_at is not None and now - feed.lost_items_at < _AFTER_A_GAP),
        ),
        floor,
    )
    standing = Standing(feed.id, feed.failures, feed.succeeded_at or feed.added_at)
    return Polled(
        feed=feed,
        outcome=outcome,
        polled_at=now,
        next_poll_at=next_poll(outcome, pause, asked, standing, now),
        status=response.status if response else None,
        etag=validators.etag,
        last_modified=validators.last_modified,
        body_hash=reading.body_hash or feed.body_hash,
        body_at=now if reading.body_hash and well else feed.body_at,
        content_reason=_content_reason(feed, reading, outcome),
        entries=entries,
        failures=0 if well else feed.failures + weight(outcome.reason),
        items_a_day=rate,
        asked_interval=round(asked.total_seconds()),
        moved_to=move.url,
        moved_polls=move.polls,
        moves=move.is_due,
        read_entries=len(parsed.entries) if parsed else 0,
        known_links=overlap.seen_before,
        new_links=overlap.new,
        new_link_at=now if overlap.fresh else feed.new_link_at,
    )


def _named(outcome: Outcome, move: Move) -> Outcome:
    return Outcome.moved(move.url) if outcome.kind is Kind.OK and move.url else outcome


def _content_reason(feed: DueFeed, reading: Reading, outcome: Outcome) -> str | None:
    """Why the last body could not be read: an answer without a new body changes nothing about it."""
    if outcome.kind in (Kind.OK, Kind.MOVED):
        return None
    if reading.body_hash is not None and outcome.kind is not Kind.UNCHANGED:
        return outcome.reason
    return feed.content_reason


def _rate(feed: DueFeed, reading: Reading, overlap: Overlap, now: datetime) -> float | None:
    if reading.parsed is None:
        return feed.items_a_day
    if feed.items_a_day is None:
        return first_rate(reading.parsed.entries, now)
    return next_rate(feed.items_a_day, overlap.fresh, feed.new_link_at or feed.added_at, now)


def _asked(feed: DueFeed, reading: Reading) -> timedelta:
    """Return what feed and server ask for: said anew with each body, kept where none came."""
    if reading.parsed is not None and reading.response is not None:
        return asked_pause(reading.response, reading.parsed.interval)
    return timedelta(seconds=feed.asked_interval or 0)


def _validators(feed: DueFeed, reading: Reading) -> Validators:
    """Return the validators to send next: a new body has its own or none, a 304 may leave out what it confirms."""
    if reading.outcome.reason is Reason.BAD_RESPONSE:
        # Some servers send a 304 with a body, which HTTP can't read: without validators they answer in full.
        return Validators()
    if reading.response is not None and reading.response.status == 200:
        return validators_of(reading.response) if reading.body_hash else Validators()
    return Validators(feed.etag, feed.last_modified)
