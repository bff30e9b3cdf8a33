"""An article made of what the feed itself said, where the server refused the page."""

from silkwire.extract.languages.language import tell_language
from silkwire.reasons import Reason
from silkwire.records import Extraction, Outcome, PublishedFrom, TextFrom, TextPath, Told


def feed_article(url: str, told: Told) -> tuple[Extraction | None, Outcome]:
    """Make an article of a feed's entry: its full text where it has one, else its summary, else its title alone.

    The outcome is ok, or skipped NO_TEXT where the feed told nothing. Every such article is marked `text_from` feed.
    """
    text = max(told.content, told.summary, key=len) or told.title
    if not text:
        return None, Outcome.skipped(Reason.NO_TEXT, "the page was refused and the feed tells nothing")
    language, language_from = tell_language(text, told.title, told.language)
    extraction = Extraction(
        title=told.title,
        text=text,
        authors=told.authors,
        published_at=told.published_at,
        published_from=PublishedFrom.FEED if told.published_at else None,
        language=language,
        canonical_url=url,
        site_name=None,
        text_from=TextFrom.FEED,
        text_path=TextPath.FEED,
        language_from=language_from,
        sections=told.categories,
    )
    return extraction, Outcome.ok()
