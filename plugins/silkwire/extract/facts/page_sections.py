"""Where an outlet files an article: its page's own words, then its feed's."""

from collections.abc import Iterable
from html import unescape

from silkwire.extract.facts.page_facts import PageFacts, names
from silkwire.extract.facts.wording import one_line, visible
from silkwire.sections import named

_META = ("article:section", "og:article:section", "articlesection")


def find_sections(facts: PageFacts, categories: Iterable[str]) -> tuple[str, ...]:
    """Return the sections that the page's JSON-LD and meta elements declare, then the feed's `categories`.

    They stay as they are written, paths ("News > Sport") and lists in one text too.
    """
    declared = names(facts.article.get("articleSection"))
    declared += [unescape(facts.meta.get(name, "")) for name in _META]
    return named([*(visible(one_line(name)) for name in declared), *categories])
