"""Feeds parsed apart, in workers that may be killed."""

from silkwire.poll.feed_parser import parse_feed
from silkwire.records import Outcome, ParsedFeed
from silkwire.workers import WorkerPool


class ParserPool(WorkerPool):
    """Workers that parse feeds."""

    def parse(self, body: bytes, url: str, content_type: str) -> tuple[ParsedFeed | None, Outcome]:
        """Read a feed as `parse_feed` does; never raises, and fails as `call` says."""
        answer = self.call(parse_feed, body, url, content_type)
        return (None, answer) if isinstance(answer, Outcome) else answer
