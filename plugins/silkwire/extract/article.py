"""A page to an article: the pure middle of the extract stage, which ties the parts of this package together."""

from datetime import datetime
from urllib.parse import urlsplit

from silkwire.extract.dates.publication import find_dates
from silkwire.extract.decoding.tree import parse_page, storable
from silkwire.extract.facts.address import canonical_address
from silkwire.extract.facts.bylines import find_authors
from silkwire.extract.facts.image import find_image
from silkwire.extract.facts.page_facts import read_facts
from silkwire.extract.facts.page_sections import find_sections
from silkwire.extract.facts.site_name import site_name_of
from silkwire.extract.facts.title import find_title
from silkwire.extract.feed_text import feed_article
from silkwire.extract.languages.language import detect_language, tell_language
from silkwire.extract.texts.text import find_text
from silkwire.extract.verdicts.verdict import judge
from silkwire.reasons import Reason
from silkwire.records import Extraction, Outcome, Told

EXTRACTOR_VERSION = "4"  # raise it when the same page gives another article: stored pages are then extracted again

# A page that is a stub is not believed against the feed's own full text of the same article.
_FEED_MAY_HELP = (Reason.NO_TEXT, Reason.PAYWALL, Reason.MEDIA_STUB)


def warm_up() -> None:
    """Load what the first page would wait for: the models of languages."""
    detect_language("The quick brown fox jumps over the lazy dog")


def extract_article(
    body: bytes, url: str, content_type: str, told: Told, fetched_at: datetime
) -> tuple[Extraction | None, Outcome]:
    """Extract the article of one archived page, or say why there is none.

    `content_type` is the HTTP header, `told` is what the feed told of the link, `fetched_at` bounds the dates. Without
    an extraction the outcome is failed NOT_HTML or BAD_URL, or skipped with what the page is instead of an article
    (see `judge`).
    """
    try:
        urlsplit(url)
    except ValueError as error:
        return None, Outcome.failed(Reason.BAD_URL, str(error))
    tree = parse_page(body, content_type)
    if tree is None:
        empty = not body.strip()
        return None, Outcome.skipped(Reason.NO_TEXT, "empty page") if empty else Outcome.failed(Reason.NOT_HTML)
    facts = read_facts(tree, url)
    title = find_title(facts, url, told.title)
    text, path = find_text(tree, facts, url, title)
    outcome = judge(tree, facts, text, url)
    if outcome.reason in _FEED_MAY_HELP and told.content:
        return feed_article(url, told)
    if outcome.reason is not None:
        return None, outcome
    language, language_from = tell_language(text, title, told.language)
    dates = find_dates(tree, facts, url, told.published_at, fetched_at)
    site = site_name_of(facts.site_name, url)
    extraction = Extraction(
        title=storable(title),
        text=storable(text),
        authors=tuple(map(storable, find_authors(tree, facts))),
        published_at=dates.published_at,
        published_from=dates.published_from,
        language=language,
        canonical_url=canonical_address(tree, url, facts.article),
        site_name=storable(site) if site else None,
        text_path=path,
        language_from=language_from,
        modified_at=dates.modified_at,
        modified_from=dates.modified_from,
        feed_days_apart=dates.feed_days_apart,
        image_url=find_image(tree, facts, url),
        sections=tuple(map(storable, find_sections(facts, told.categories))),
    )
    return extraction, outcome
