"""What becomes of a feed after one HTTP exchange: its outcome, the weight of a failure, and whether it moves."""

from dataclasses import dataclass, replace

from silkwire.net.client import Exchange, Failure
from silkwire.net.status import judge_failure, judge_status
from silkwire.reasons import NETWORK, Reason
from silkwire.records import Kind, Outcome, Response
from silkwire.warehouse.feeds import DueFeed

# A permanent redirect is believed when it was seen on that many polls in a row: a misconfigured server sends one too.
_POLLS_TO_MOVE = 3
_LONGEST_ADDRESS = 2048

# How much one failure says against a feed. Live feeds answer 404, 429 and 5xx now and then, and names and networks
# fail for reasons that are not the feed's; whatever else goes wrong counts in full.
_SOFT = frozenset({Reason.NOT_FOUND, Reason.RATE_LIMITED, Reason.SERVER_ERROR})


@dataclass(frozen=True, slots=True)
class Move:
    """Where permanent redirects lead a feed, and on how many polls in a row they did; no address where they don't."""

    url: str | None = None
    polls: int = 0

    @property
    def is_due(self) -> bool:
        """Say whether the redirect has been seen often enough to be believed."""
        return self.url is not None and self.polls >= _POLLS_TO_MOVE


def judge_exchange(exchange: Exchange, body_hash: str | None, feed: DueFeed, *, conditional: bool) -> Outcome:
    """Decide a poll by its exchange; `ok` means that the body is worth parsing.

    `conditional` says that the request named a version. A feed is never given up: whatever fails may be mended
    tomorrow. Only 410 retires it. After a body that could not be read no version is named, so that nothing can be
    unchanged until one was read.
    """
    if isinstance(exchange, Failure):
        return never_given_up(judge_failure(exchange))
    if exchange.status == 304:
        if not conditional:
            return Outcome.retry(Reason.BAD_RESPONSE, "304 to a request that named no version")
        return Outcome.unchanged()
    if exchange.status == 410:
        # What a temporary redirect leads to speaks for itself: a page for maintenance, a portal.
        is_its_own = exchange.permanent or exchange.url == feed.url
        return Outcome.gone(Reason.FEED_GONE, exchange.url) if is_its_own else Outcome.retry(Reason.GONE, exchange.url)
    outcome = judge_status(exchange, exchange.fetched_at)
    if outcome.kind is not Kind.OK:
        return never_given_up(outcome)
    # What could not be read is tried again, though it is the same: the fault may have been the reader's.
    if body_hash is not None and body_hash == feed.body_hash and feed.content_reason is None:
        return Outcome.unchanged()
    return outcome


def judge_move(feed: DueFeed, response: Response | None, outcome: Outcome) -> Move:
    """Tell where the server says the feed has moved. No answer says nothing; one without a redirect takes it back."""
    if response is None:
        return Move(feed.moved_to, feed.moved_polls)
    well = outcome.kind in (Kind.OK, Kind.UNCHANGED)
    if not well or not response.permanent or response.url == feed.url or len(response.url) > _LONGEST_ADDRESS:
        return Move()
    return Move(response.url, feed.moved_polls + 1 if response.url == feed.moved_to else 1)


def weight(reason: Reason | None) -> float:
    """Return how much a failure for this reason adds to a feed's sum of failures."""
    if reason in NETWORK:
        return 0.25
    return 0.5 if reason in _SOFT else 1.0


def never_given_up(outcome: Outcome) -> Outcome:
    """Turn what would be final for an item into a retry: for a feed nothing but 410 is."""
    return outcome if outcome.kind in (Kind.OK, Kind.UNCHANGED) else replace(outcome, kind=Kind.RETRY)
