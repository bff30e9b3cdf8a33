"""Who wrote an article, as its page declares it: people and agencies; the outlet itself is not an author."""

import re
from collections.abc import Iterator, Mapping
from itertools import islice

from lxml.html import HtmlElement

from silkwire.extract.facts.page_facts import PageFacts, names
from silkwire.extract.facts.personal_names import people, unlabelled
from silkwire.extract.facts.wording import key_of, one_line, text_of

_META_NAMES = (
    *(
        "author",
        "article:author",
        "og:article:author",
        "article:author_name",
        "authors",
        "articleauthor",
        "byl",
        "byline",
    ),
    *(
        "dc.creator",
        "dc:creator",
        "dcterms.creator",
        "citation_author",
        "parsely-author",
        "sailthru.author",
        "book:author",
    ),
    *(
        "mediator_author",
        "dcsext.author",
        "cxenseparse:author",
        "news_authors",
        "og:author",
        "creator",
        "article.author",
    ),
)
_HOLDERS = (
    "//*[@rel='author' or @itemprop='author' or contains(@class, 'author') or contains(@class, 'Author')"
    " or contains(@class, 'byline') or contains(@class, 'Byline') or contains(@class, 'avtor')]"
    "[not(ancestor-or-self::*[contains(@class, 'comment') or self::footer or self::aside or self::nav])]"
)
_NO_HOLDERS = frozenset({"script", "style", "meta", "body", "html", "img", "input"})
_AUTHOR_PAGE = re.compile(
    r"/(?:by|authors?|avtory?|autor(?:es|en)?|auteurs?|people|profiles?|staff|contributors?|reporters?)[/-]"
)
_MOST_HOLDERS, _LONGEST_HOLDER = 8, 120
# A byline that only its words tell apart: "Автор: …", 作者：…; "By …" needs capitals.
_LABELLED = re.compile(
    r"^[\s\W]{0,3}(?:作者|记者|記者|撰文|文\s*[/|｜]|Авторы?|Автору|Муаллиф(?:он)?|Muallif|Awtor|Зохиогч|Сэтгүүлч|Yazar|Yazan"
    r"|Autor(?:en)?|Auteur|Written by|نویسنده|خبرنگار|بقلم|الكاتب)\s*[:：/|｜]\s*\S|^By\s+[A-Z]",
)
_LONGEST_LINE, _MOST_NODES = 80, 1500
_TEXTS = ("p", "span", "div", "li", "td", "em", "i", "b", "strong", "a", "h4", "h5", "address")


def find_authors(tree: HtmlElement, facts: PageFacts) -> tuple[str, ...]:
    """Return the authors' names, in order, each once: the first of these places that names any.

    JSON-LD, meta elements, elements that are marked as a byline, lines that are labelled as one.
    """
    for lines in _places(tree, facts):
        found = [name for name in people(lines) if not _is_outlet(key_of(name), facts)]
        if found:
            return tuple(found)
    return ()


def _places(tree: HtmlElement, facts: PageFacts) -> Iterator[list[str]]:
    yield [*names(facts.article.get("author")), *_by_parts(facts.article.get("author"))]
    if not facts.article.get("author"):
        yield names(facts.article.get("creator"))
    for key in _META_NAMES:
        if key in facts.meta:
            yield _contents(tree, key)
    yield _marked(tree)
    yield _labelled(tree)


def _by_parts(author: object) -> list[str]:
    """Return the names of people who are told as givenName and familyName only."""
    people_told = author if isinstance(author, list) else [author]
    whole: list[str] = []
    for person in people_told[:50]:
        if isinstance(person, Mapping) and not person.get("name"):
            given, family = one_line(person.get("givenName")), one_line(person.get("familyName"))
            whole.append(f"{given} {family}".strip())
    return whole


def _contents(tree: HtmlElement, key: str) -> list[str]:
    """Return all contents of one meta element: each author may have their own."""
    found: list[str] = []
    for element in tree.iter("meta"):
        told = (element.get(attribute) for attribute in ("property", "name", "itemprop"))
        if any((name or "").strip().lower() == key for name in told):
            found.append(one_line(element.get("content")))
    return found


def _marked(tree: HtmlElement) -> list[str]:
    """Return the names of the byline that stands first: of its links to authors, else its text's."""
    for holder in tree.xpath(_HOLDERS)[:_MOST_HOLDERS]:
        if holder.tag in _NO_HOLDERS:
            continue
        text = text_of(holder)
        if not text or len(text) > _LONGEST_HOLDER:
            continue
        linked = [text_of(child) for child in holder.iter() if child is not holder and _is_authors(child)]
        for lines in (linked, [text]):
            found = [name for name in people(lines) if _is_capitalised(name)]
            if found:
                return found
    return []


def _is_authors(element: HtmlElement) -> bool:
    """Whether an element within a byline is one author's name: marked so, or a link to a page of theirs."""
    marked = element.get("itemprop") == "name" or element.get("rel") == "author"
    return marked or (element.tag == "a" and _AUTHOR_PAGE.search(element.get("href") or "") is not None)


def _labelled(tree: HtmlElement) -> list[str]:
    for text in islice(tree.itertext(*_TEXTS), _MOST_NODES):
        if 3 < len(text) < _LONGEST_LINE and _LABELLED.match(text):
            names_told = unlabelled(one_line(text))
            found = [name for name in people([names_told or ""]) if _is_capitalised(name)]
            if found:
                return found
    return []


def _is_capitalised(name: str) -> bool:
    """Whether each word begins as a name's does; scripts without capitals have up to four letters, or two words."""
    words = name.split()
    if any(map(str.isupper, name)):
        small = sum(word[:1].islower() for word in words)
        return 1 < len(words) <= 5 and small <= len(words) // 3
    return not any(map(str.islower, name)) and (len(words) > 1 or len(name) <= 4)


def _is_outlet(name: str, facts: PageFacts) -> bool:
    """Whether a name (its key) is the outlet's: declared so, or at the end of <title>, as in Chinese portals.

    One may begin with the other: 网易 of 网易新闻, n-tv NACHRICHTEN of n-tv.
    """
    declared = [facts.site_name or "", *names(facts.article.get("publisher"))]
    declared += [facts.meta.get(key, "") for key in ("og:site_name", "application-name", "twitter:site")]
    least = 3 if name.isascii() else 2
    for key in map(key_of, declared):
        if min(len(name), len(key)) >= least and (key.startswith(name) or name.startswith(key)):
            return True
    return name == key_of(re.split(r"[_|-]", facts.head_title)[-1])
