"""Where on a page its title stands."""

from itertools import islice

from lxml.html import HtmlElement

from silkwire.extract.facts.page_facts import PageFacts
from silkwire.extract.facts.wording import key_of

_MOST_HEADINGS = 60
_MOST_PARTS = 40  # of the text of a heading
_SHORTEST, _SHORTEST_PART = 5, 10  # letters of a heading that repeats the title, or a part of it


def title_element(tree: HtmlElement, facts: PageFacts) -> HtmlElement | None:
    """Return the heading that repeats the page's declared title, else the first h1 with a text, else None."""
    titles = [key for key in map(key_of, (facts.heading, facts.meta.get("og:title", ""), facts.head_title)) if key]
    first: HtmlElement | None = None
    for element in islice(tree.iter("h1", "h2", "h3", "h4"), _MOST_HEADINGS):
        key = key_of("".join(islice(element.itertext(), _MOST_PARTS)))
        if any(_is_like(key, title) for title in titles):
            return element
        if first is None and key and element.tag == "h1":
            first = element
    plain = _plain_title(tree, facts)
    return first if plain is None else plain


def _plain_title(tree: HtmlElement, facts: PageFacts) -> HtmlElement | None:
    """Return the first element of the body that is no heading but repeats the title, as on many Chinese sites."""
    declared = f"{facts.meta.get('og:title', '')}\n{facts.head_title}"
    for element in tree.iter("div", "p", "span", "strong", "b", "td", "font"):
        text = (element.text or "").strip()
        if len(text) >= _SHORTEST_PART and text in declared:
            return element
    return None


def _is_like(key: str, title: str) -> bool:
    if len(key) < _SHORTEST_PART:
        return len(key) >= _SHORTEST and key == title
    return key in title or title in key
