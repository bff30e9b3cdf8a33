"""An article made of what the feed itself said, where the server refused the page."""

from datetime import datetime

from silkwire.extract.language import detect_language
from silkwire.reasons import Reason
from silkwire.records import Extraction, Outcome, PublishedFrom, TextFrom


def feed_article(  # noqa: PLR0913 - what a feed tells of an item
    url: str, title: str, summary: str, content: str, authors: tuple[str, ...], published_at: datetime | None
) -> tuple[Extraction | None, Outcome]:
    """Make an article of a feed's entry: its full text where it has one, else its summary, else its title alone.

    The outcome is ok, or skipped NO_TEXT where the feed told nothing. Every such article is marked `text_from` feed.
    """
    text = max(content, summary, key=len) or title
    if not text:
        return None, Outcome.skipped(Reason.NO_TEXT, "the page was refused and the feed tells nothing")
    extraction = Extraction(
        title=title,
        text=text,
        authors=authors,
        published_at=published_at,
        published_from=PublishedFrom.FEED if published_at else None,
        language=detect_language(f"{text}\n{title}"),
        canonical_url=url,
        site_name=None,
        text_from=TextFrom.FEED,
    )
    return extraction, Outcome.ok()
