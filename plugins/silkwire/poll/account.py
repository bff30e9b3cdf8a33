"""The account of one poll: what it makes of the feed's state, and whether anything may have slipped through."""

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

_WELL = (Kind.OK, Kind.UNCHANGED, Kind.MOVED)
# Reasons that lie in the body: they last until another body is read.
_CONTENT = frozenset({Reason.MALFORMED, Reason.NOT_A_FEED, Reason.TOO_COMPLEX, Reason.CRASHED})
# Items were lost: for this long the feed is polled faster than it asks for.
_AFTER_A_GAP = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Overlap:
    """How a body meets the warehouse: links new to it, and links that a poll before this one had seen already."""

    new: int = 0
    seen_before: int = 0


@dataclass(frozen=True, slots=True)
class Hole:
    """Items listed between `since` and `until` may be missing."""

    since: datetime
    until: datetime


def find_hole(feed: DueFeed, items: Items, overlap: Overlap, now: datetime) -> Hole | None:
    """Tell whether a body fails to overlap the one before: nothing that it lists was known.

    The hole begins with the last poll that saw everything and ends with the oldest item of this body that is newer.
    A feed that was empty or is read for the first time can't overlap anything.
    """
    if not feed.entries or not items.links or overlap.seen_before or feed.succeeded_at is None:
        return None
    dated = [link.published_at for link in items.links if link.published_at]
    later = [moment for moment in dated if feed.succeeded_at < moment <= now]
    return Hole(feed.succeeded_at, min(later, default=now))


def settle(  # noqa: PLR0913 - one poll's parts
    feed: DueFeed, reading: Reading, overlap: Overlap, now: datetime, floor: timedelta, *, lost_items: bool
) -> Polled:
    """Return what the feed is after this poll, which may have `lost_items`; `floor` is the least time between two."""
    response, parsed = reading.response, reading.parsed
    move = judge_move(feed, response, reading.outcome)
    outcome = _named(reading.outcome, move)
    well = outcome.kind in _WELL
    entries = len(parsed.entries) if parsed else feed.entries
    rate = _rate(feed, reading, overlap, now)
    asked = _asked(feed, reading)
    validators = _validators(feed, reading)
    pause = interval(
        Pulse(
            items_a_day=rate,
            entries=entries or 0,
            silence=timedelta(0) if overlap.new else now - (feed.new_link_at or now),
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
        body_at=now if reading.body_hash else feed.body_at,
        content_reason=_content_reason(feed, outcome),
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
    )


def _named(outcome: Outcome, move: Move) -> Outcome:
    return Outcome.moved(move.url) if outcome.kind is Kind.OK and move.url else outcome


def _content_reason(feed: DueFeed, outcome: Outcome) -> str | None:
    """Why the last body could not be read: an answer without a new body changes nothing about it."""
    if outcome.kind in (Kind.OK, Kind.MOVED):
        return None
    if outcome.reason in _CONTENT:
        return outcome.reason
    return feed.content_reason


def _rate(feed: DueFeed, reading: Reading, overlap: Overlap, now: datetime) -> float | None:
    if reading.parsed is None:
        return feed.items_a_day
    if feed.entries is None:
        return first_rate(reading.parsed.entries, now)
    return next_rate(feed.items_a_day, overlap.new, feed.new_link_at or feed.added_at, now)


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
