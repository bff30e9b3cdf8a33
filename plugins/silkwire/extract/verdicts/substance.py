"""What a text is worth as an article's body: how much of it is prose, and whether it is about what the page is titled.

Menus, link lists and notices are what is left of a page without its article (a script draws it, a wall hides it). They
are told by three measures that need no list of words: lines that are links, short lines without a sentence, and no word
in common with the page's own title and description. An article shares its words with both in every language.
"""

import re
from dataclasses import dataclass

from lxml.html import HtmlElement

from silkwire.extract.density import DENSE, is_dense
from silkwire.extract.facts.page_facts import PageFacts

_SENTENCE = re.compile(r"[.!?…؟۔]['\"”»）)]*(?:\s|$)|[。！？]")
_WORD = re.compile(rf"[{DENSE}]|[^\W\d_{DENSE}]{{3,}}|\d{{2,}}")
_LEAST_WORDS = 4  # fewer may miss by chance
_STEM = 5  # letters of a word that its inflected forms share: президент, президентінің
_PROSE, _DENSE_PROSE = 80, 30  # characters of a line of prose
_ENTRY, _DENSE_ENTRY = 40, 15  # characters of a menu's entry, at most
_COMPARED = 400  # characters of a description
_WHOLE = 300  # characters of a line after its title, which is no sentence that repeats it
_ENOUGH = 1_000  # characters of prose that are not compared with anything


@dataclass(frozen=True, slots=True)
class Substance:
    """Measures of one extracted text: counts in characters, shares from 0 to 1.

    `own` is the text without linked lines and the page's titles, `prose` its lines with a sentence; `menu` is the share
    of short lines without one. `titled` and `described` are the shares of the title's and the description's words that
    `own` has, None where the page has too few of them to tell, or so much prose that nobody asks.
    """

    dense: bool
    length: int
    own: str
    prose: int
    linked: float
    menu: float
    titled: float | None
    described: float | None


def has_sentence(text: str) -> bool:
    """Whether a sentence ends in the text."""
    return bool(_SENTENCE.search(text))


def link_texts(tree: HtmlElement) -> list[str]:
    """Return the words of every link, in the order of the page."""
    return [" ".join(link.text_content().split()) for link in tree.iter("a")]


def weigh(text: str, facts: PageFacts, links: frozenset[str]) -> Substance:
    """Measure the text of a page with these declarations and these texts of links."""
    dense = is_dense(text)
    lines = [line.lstrip("- ") for line in text.splitlines()]
    titles = {facts.meta.get("og:title", ""), _text(facts.article.get("headline")), facts.heading, facts.head_title}
    own_lines = [line for line in lines if line not in links and line not in titles]
    own = "\n".join(_without_title(line, titles) for line in own_lines)
    least = _DENSE_PROSE if dense else _PROSE
    entry = _DENSE_ENTRY if dense else _ENTRY
    prose = sum(len(line) for line in own_lines if len(line) >= least and has_sentence(line))
    menu = sum(len(line) for line in lines if len(line) < entry and not has_sentence(line))
    told = ("", "") if prose >= _ENOUGH else (page_title(facts), _description(facts)[:_COMPARED])
    words = _words(own) if any(told) else frozenset()
    return Substance(
        dense=dense,
        length=len(text),
        own=own.strip(),
        prose=prose,
        linked=sum(len(line) for line in lines if line in links) / max(1, len(text)),
        menu=menu / max(1, len(text)),
        titled=_share(told[0], own, words),
        described=_share(told[1], own, words),
    )


def page_title(facts: PageFacts) -> str:
    """Return the title that a page declares for itself, with the site's name where it stands in <title> alone."""
    declared = facts.meta.get("og:title") or _text(facts.article.get("headline"))
    return declared or facts.heading or facts.head_title


def _without_title(line: str, titles: set[str]) -> str:
    """Drop a title from a long line: one that holds the whole page, heading and all, says nothing by its title."""
    return next(
        (line.replace(title, "") for title in titles if title and len(line) > len(title) + _WHOLE and title in line),
        line,
    )


def _description(facts: PageFacts) -> str:
    return facts.meta.get("og:description") or facts.meta.get("description") or ""


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _share(told: str, text: str, words: frozenset[str]) -> float | None:
    """Say how much of what is told is in the text; None where too little is told, or in another script."""
    asked = _words(told)
    if len(asked) < _LEAST_WORDS or _is_latin(told) != _is_latin(text[:2000]):
        return None
    return len(asked & words) / len(asked)


def _is_latin(text: str) -> bool:
    letters = sum(map(str.isalpha, text))
    return sum(character < "\u0250" for character in text if character.isalpha()) * 2 > letters


def _words(text: str) -> frozenset[str]:
    """Return beginnings of words, and pairs of characters in scripts that don't part words."""
    found: set[str] = set()
    before = ""
    for word in _WORD.findall(text.casefold()):
        if len(word) > 1:
            found.add(word[:_STEM])
            before = ""
        else:
            if before:
                found.add(before + word)
            before = word
    return frozenset(found)
