"""The categories of one item of an XML feed, kept as feedparser keeps its tags."""

from typing import NamedTuple

from lxml import etree

from silkwire.poll.xml_reader import Unsure

_READ = frozenset({"term", "label", "scheme", "domain", "text"})
_MOST = 200  # of an item: each is compared with all before it
_ITUNES, _MEDIA = "http://www.itunes.com/", "http://search.yahoo.com/mrss/category_schema"


class Category(NamedTuple):
    """What one element says; a scheme is kept because two that differ in it alone are two."""

    term: str | None
    label: str | None = None
    scheme: str | None = None

    @property
    def name(self) -> str:
        """What a person reads: the label, else the term."""
        return self.label or self.term or ""


def add_category(found: list[Category], element: etree._Element, name: str, text: str) -> None:
    """Add what an element `name` says in its attributes and in its text, which is the term where they tell none."""
    said = _attributes(element)
    if name == "itunes_category":
        _add(found, Category(said.get("text"), scheme=_ITUNES))
    else:
        scheme = said.get("scheme", _MEDIA if name == "media_category" else said.get("domain"))
        _add(found, Category(said.get("term"), said.get("label"), scheme))
    if not text:
        return
    if found and not found[-1].term:
        found[-1] = found[-1]._replace(term=text)
    else:
        _add(found, Category(text))


def add_keywords(found: list[Category], element: etree._Element, name: str, text: str) -> None:
    """Add each of a list's words. Attributes on a list that should have none hide it, as in feedparser."""
    if len(element.attrib) and name != "tags":
        return
    scheme = _ITUNES if name == "itunes_keywords" else None
    for word in text.split(","):
        _add(found, Category(word.strip(), scheme=scheme))


def _add(found: list[Category], category: Category) -> None:
    if len(found) < _MOST and any((category.term, category.label, category.scheme)) and category not in found:
        found.append(category)


def _attributes(element: etree._Element) -> dict[str, str]:
    said: dict[str, str] = {}
    for name, value in element.attrib.items():
        namespace, _, local = str(name).lower().rpartition("}")
        if namespace and local in _READ:
            raise Unsure(local)
        said[local] = str(value)
    return said
