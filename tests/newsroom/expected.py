"""What a careful editor expects the pipeline to say of the newsroom, and of everything that is not an article."""

from collections.abc import Iterator
from datetime import UTC
from typing import Any

from tests.newsroom.answers import Site
from tests.newsroom.outlet import Article, load_words

TOPICS = {
    name: f"medtop:{number:02}000000"
    for number, name in enumerate(
        (
            "arts", "crime", "disaster", "economy", "education", "environment", "health", "human-interest", "labour",
            "lifestyle", "politics", "religion", "science", "society", "sport", "conflict", "weather",
        ),
        start=1,
    )
}  # fmt: skip
PAGE_EVIDENCE = {"jsonld": "json-ld", "opengraph": "meta", "semantic": "meta", "portal": "text", "table": "text"}
STRENGTH = ("json-ld", "meta", "feed", "url", "text")
FEED_FATES = {"feed": ("ok", None), "missing": ("retry", "not_found"), "html": ("retry", "not_a_feed")}


def expected_articles(site: Site) -> Iterator[dict[str, Any]]:
    """Give a row for each article that must come through. `day` is in UTC where the evidence has a zone."""
    outlet = site.outlet
    for article in outlet.articles:
        if article.fate:
            continue
        language = article.language or outlet.language
        evidence = _evidence(site, article)
        published = site.published(article)
        moment = published if evidence in ("url", "text") else published.astimezone(UTC)
        yield {
            "url": site.page_url(article),
            "outlet": outlet.name,
            "title": article.title,
            "language": language,
            "day": moment.date().isoformat() if evidence else None,
            "published_from": evidence,
            "countries_about": list(article.countries),
            "topics": [TOPICS[name] for name in article.topics],
            "story": article.story,
            "must_contain": article.paragraphs[-1],
            "must_not_contain": load_words()[language].related,
        }


def expected_outcomes(site: Site) -> Iterator[dict[str, Any]]:
    """Give a row for each feed, and one for each feed item that ends without an article."""
    for feed in site.outlet.feeds:
        outcome, reason = FEED_FATES[feed.answer]
        yield _outcome(site, "feed", feed.title, site.absolute(feed.path), ("poll", outcome, reason))
    for article in site.outlet.articles:
        if fate := article.fate:
            verdict = (fate.stage, fate.outcome, fate.reason)
            yield _outcome(site, "link", article.title, site.link_url(article), verdict)
    for stray in site.outlet.strays:
        verdict = (stray.stage, stray.outcome, stray.reason)
        yield _outcome(site, "link", stray.title, site.link_url(stray), verdict)


def _outcome(
    site: Site, what: str, title: str, url: str | None, verdict: tuple[str, str, str | None]
) -> dict[str, Any]:
    stage, outcome, reason = verdict
    return {
        "what": what,
        "outlet": site.outlet.name,
        "title": title,
        "url": url,
        "stage": stage,
        "outcome": outcome,
        "reason": reason,
    }


def _evidence(site: Site, article: Article) -> str | None:
    """Return the strongest evidence of an article's date that exists at all."""
    outlet = site.outlet
    found = {PAGE_EVIDENCE.get(outlet.template)}
    if any(feed.dated and article in outlet.listed(feed) for feed in outlet.feeds):
        found.add("feed")
    if outlet.dated_paths:
        found.add("url")
    return next((evidence for evidence in STRENGTH if evidence in found), None)
