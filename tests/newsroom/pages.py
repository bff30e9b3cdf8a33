"""Pages of an outlet as HTML text, from the templates."""

from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from tests.newsroom.outlet import HERE, Article, Outlet, load_words

RIGHT_TO_LEFT = {"ar", "fa", "ug"}

TEMPLATES = Environment(
    loader=FileSystemLoader(HERE / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    keep_trailing_newline=True,
)
TEMPLATES.filters["rfc822"] = format_datetime


@dataclass(frozen=True, slots=True)
class Teaser:
    """A link to another article, as lists and related blocks show it."""

    url: str
    title: str
    teaser: str = ""


def article_page(outlet: Outlet, article: Article, url: str, published: datetime, others: list[Teaser]) -> str:
    """Render an article's page with its furniture; `others` are what the related block may link to."""
    language = article.language or outlet.language
    words = load_words()[language]
    elsewhere = [Teaser(f"/tag/{number}/", title) for number, title in enumerate(words.elsewhere, 1)]
    return TEMPLATES.get_template(f"{outlet.template}.html.j2").render(
        _frame(outlet, language),
        article=article,
        url=url,
        published=published,
        related=[teaser for teaser in others if teaser.url != url][:3] + elsewhere,
        json_ld=_json_ld(outlet, article, url, published),
    )


def listing_page(outlet: Outlet, title: str, links: list[Teaser]) -> str:
    """Render a home or section page."""
    return TEMPLATES.get_template("listing.html.j2").render(_frame(outlet, outlet.language), title=title, links=links)


def _frame(outlet: Outlet, language: str) -> dict[str, Any]:
    direction = "rtl" if language in RIGHT_TO_LEFT else "ltr"
    return {"outlet": outlet, "language": language, "direction": direction, "words": load_words()[language]}


def _json_ld(outlet: Outlet, article: Article, url: str, published: datetime) -> dict[str, Any]:
    return {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.title,
        "datePublished": published.isoformat(),
        "dateModified": published.isoformat(),
        "mainEntityOfPage": url,
        "author": {"@type": "Person", "name": article.author},
        "publisher": {"@type": "Organization", "name": outlet.name},
    } | ({"articleSection": article.section} if article.section else {})
