"""One item of an XML feed, read as feedparser reads it: order, depth and the habits of publishers decide, as there.

What is not surely read the same way raises `Unsure`, and the whole feed goes through feedparser.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

from silkwire.poll.feed_names import PERSON, Meaning, meaning_of
from silkwire.poll.xml_category import Category, add_category, add_keywords
from silkwire.poll.xml_reader import HTML, PLAIN, TYPES, XHTML, Reader, Unsure, joined, mended

_RDF_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
_UNESCAPED = re.compile(r"&([A-Za-z0-9_]+);")
_MAIL = re.compile(
    r"([a-zA-Z0-9_\-.+]+@((\[[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}\.)|(([a-zA-Z0-9\-]+\.)+))([a-zA-Z]{2,4}|[0-9]{1,3})"
    r"(\]?))(\?subject=\S+)?"
)
_LONGEST_AUTHOR = 1_000  # characters; the search for an address takes their square
_OF_IMAGES = frozenset({"url", "title", "link", "width", "height"})
_STORED = {
    Meaning.PUBLISHED: "published",
    Meaning.UPDATED: "updated",
    Meaning.CREATED: "created",
    Meaning.ORIGINAL_LINK: "original_link",
}


@dataclass(slots=True)
class Found:
    """What a feed says of one item, before it is made plain.

    `texts` has those of id, link, title, summary, published, updated, created, author and original_link that are
    there; `types` the media types of title and summary; `links` the addresses of alternates; `contents` pairs of type
    and text; `authors` their name, email and href; `categories` what it is filed under.
    """

    texts: dict[str, str] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    links: list[str] = field(default_factory=list)
    contents: list[tuple[str, str]] = field(default_factory=list)
    authors: list[dict[str, str]] = field(default_factory=list)
    categories: list[Category] = field(default_factory=list)


class ItemReader:
    """Reads the items of one document, an element after the other."""

    def __init__(self, reader: Reader) -> None:
        """Read items of the document that `reader` reads."""
        self._reader = reader
        self._found = Found()
        self._depths: dict[str, int] = {}
        self._detail: dict[str, str] | None = None
        self._acts: dict[Meaning, Callable[[etree._Element, int, str], None]] = {
            Meaning.TITLE: self._title,
            Meaning.MEDIA_TITLE: self._title,
            Meaning.LINK: self._link,
            Meaning.ID: self._id,
            Meaning.DESCRIPTION: self._describe,
            Meaning.ABSTRACT: self._describe,
            Meaning.SUMMARY: self._describe,
            Meaning.CONTENT: self._fill,
            Meaning.ENCODED: self._fill,
            Meaning.BODY: self._fill,
            Meaning.PUBLISHED: self._text,
            Meaning.UPDATED: self._text,
            Meaning.CREATED: self._text,
            Meaning.ORIGINAL_LINK: self._text,
            Meaning.AUTHOR: self._author,
            Meaning.PEOPLE: self._people,
            Meaning.SOURCE: self._source,
            Meaning.IMAGE: self._image,
            Meaning.CATEGORY: self._category,
            Meaning.KEYWORDS: self._keywords,
            **dict.fromkeys((Meaning.ENTRY, Meaning.CHANNEL, Meaning.UNSURE), self._refuse),
        }

    def read(self, element: etree._Element) -> Found:
        """Return what the item `element` says; its own base address has been entered."""
        self._found, self._depths, self._detail = Found(), {}, None
        self._reader.title_depth = -1
        if element.get("lastmod") is not None or element.get("href") is not None:
            raise Unsure("CDF")
        about = element.get(_RDF_ABOUT)
        if about:
            self._found.texts["id"] = about
        self._children(element, 1)
        self._reader.has_content = False
        return self._found

    def _children(self, parent: etree._Element, depth: int) -> None:
        reader = self._reader
        around = reader.base
        for child in parent:
            name, meaning = reader.name(child)
            reader.enter(child)
            act = self._acts.get(meaning)
            if act is not None:
                act(child, depth, name)
            elif meaning is Meaning.OPEN:
                if len(child):
                    self._children(child, depth + 1)
            elif len(child) and meaning is not Meaning.CLOSED:
                raise Unsure(name)
            reader.leave(around)

    def _store(self, key: str, value: str, depth: int, kind: str | None = None) -> None:
        """Keep a text, the last one said least deep; the type is that of the last one."""
        known = self._depths.get(key)
        if known is None or depth <= known:
            self._depths[key] = depth
            self._found.texts[key] = value
        if kind is not None:
            self._found.types[key] = kind

    def _title(self, element: etree._Element, depth: int, name: str) -> None:
        reader = self._reader
        kind, value = reader.marked_up(element, PLAIN)
        if not -1 < reader.title_depth <= depth:
            self._store("title", value, depth, kind)
        if value and name != "media_title":
            reader.title_depth = depth

    def _link(self, element: etree._Element, _depth: int, _name: str) -> None:
        """Keep an address: of attributes the last alternate page, of a text the last."""
        found = self._found
        attributes = {str(name).lower(): str(value) for name, value in element.attrib.items()}
        href = attributes.get("url", attributes.get("uri", attributes.get("href"))) or attributes.get("href")
        alternate = attributes.get("rel", "alternate").lower() == "alternate"
        if href is not None:
            href = joined(self._reader.base, href)
            if alternate:
                found.links.append(href)
                if TYPES.get(attributes.get("type", HTML).lower()) in (HTML, XHTML):
                    found.texts["link"] = href
        else:
            value = self._reader.text(element)
            value = mended(joined(self._reader.base, value)) if value else value
            value = _UNESCAPED.sub(r"&\1", value.replace("&amp;", "&"))
            found.texts["link"] = value
            if value and alternate:
                found.links.append(value)

    def _id(self, element: etree._Element, depth: int, _name: str) -> None:
        """Keep the id; RSS takes it for an address where the item has none, unless it says isPermaLink="false"."""
        attributes = {str(name).lower(): value for name, value in element.attrib.items()}
        is_link = attributes.get("ispermalink", "true") == "true"
        value = self._reader.text(element)
        if is_link and value:
            value = mended(joined(self._reader.base, value))
        self._store("id", value, depth)
        if is_link:
            self._found.texts.setdefault("link", value)

    def _text(self, element: etree._Element, depth: int, name: str) -> None:
        """Keep a date, or FeedBurner's note of the address it hides."""
        if len(element.attrib) and name in ("date", "feedburner_origlink"):
            raise Unsure(name)
        self._store(_STORED[self._reader.name(element)[1]], self._reader.text(element), depth)

    def _describe(self, element: etree._Element, depth: int, name: str) -> None:
        """Keep a summary. A second one is a full text."""
        if "summary" in self._found.texts and not self._reader.has_content and name != "abstract":
            self._fill(element, depth, "content")
            return
        is_markup = self._reader.name(element)[1] is Meaning.DESCRIPTION
        kind, value = self._reader.marked_up(element, HTML if is_markup else PLAIN)
        self._store("summary", value, depth, kind)

    def _fill(self, element: etree._Element, _depth: int, name: str) -> None:
        """Keep a full text, which is the summary too where there is none."""
        meaning = meaning_of(name)
        self._reader.has_content |= meaning is not Meaning.BODY
        default = {Meaning.CONTENT: PLAIN, Meaning.BODY: XHTML}.get(meaning, HTML)
        kind, value = self._reader.marked_up(element, default)
        self._found.contents.append((kind, value))
        self._found.texts.setdefault("summary", value)

    def _source(self, element: etree._Element, depth: int, _name: str) -> None:
        """Pass over the feed that an item was taken from; what follows its title counts as a title again."""
        depths = [-1]
        for child in element:
            name, meaning = self._reader.name(child)
            if meaning is Meaning.TITLE:
                depths.append(depth + 1 if self._reader.marked_up(child, PLAIN)[1] else depths[-1])
            elif meaning in (Meaning.CONTENT, Meaning.ENCODED, Meaning.ENTRY, Meaning.IMAGE, Meaning.UNSURE):
                raise Unsure(name)
        self._reader.title_depth = depths[-1]

    def _image(self, element: etree._Element, depth: int, name: str) -> None:
        """Pass over a picture, which has a title and an address of its own; a title counts again after it."""
        self._reader.title_depth = -1
        for child in element:
            inner = self._reader.name(child)[0]
            if len(child) or child.attrib or name != "image" or inner not in _OF_IMAGES:
                raise Unsure(inner)
            if inner == "title":
                self._title(child, depth + 1, inner)

    def _category(self, element: etree._Element, _depth: int, name: str) -> None:
        add_category(self._found.categories, element, name, self._reader.text(element))

    def _keywords(self, element: etree._Element, _depth: int, name: str) -> None:
        add_keywords(self._found.categories, element, name, self._reader.text(element))

    def _people(self, element: etree._Element, _depth: int, name: str) -> None:
        if not all(self._reader.name(child)[0] in PERSON for child in element.iterdescendants()):
            raise Unsure(name)

    def _refuse(self, _element: etree._Element, _depth: int, name: str) -> None:
        raise Unsure(name)

    def _author(self, element: etree._Element, depth: int, _name: str) -> None:
        found = self._found
        found.authors.append({})
        for child in element:
            name, meaning = self._reader.name(child)
            if name not in PERSON:
                if len(child) or (child.text or "").strip() or meaning is not Meaning.OPEN:
                    raise Unsure(name)
                continue
            if len(child):
                raise Unsure(name)
            key = {"email": "email", "itunes_email": "email", "name": "name", "itunes_name": "name"}.get(name, "href")
            value = (child.text or "").strip()
            # feedparser means to note it apart, but that is the first author where he was told in one text.
            self._detail = {} if self._detail is None else self._detail
            self._detail[key] = value
            self._know_author()
            found.authors[-1][key] = value
        own = (element.text or "") + "".join(child.tail or "" for child in element)
        self._store("author", mended(own.strip()), depth)
        self._know_author()

    def _know_author(self) -> None:
        """Make the last author's name and address one text, or take them from the one text that there is."""
        texts, author = self._found.texts, self._found.authors[-1]
        if author:
            name, mail = author.get("name"), author.get("email")
            if name or mail:
                texts["author"] = f"{name} ({mail})" if name and mail else name or mail or ""
            return
        text = texts.get("author", "")
        mail_found = _MAIL.search(text) if len(text) <= _LONGEST_AUTHOR else None
        if mail_found:
            author["email"] = mail_found[0]
            text = text.replace(mail_found[0], "").replace("()", "").replace("<>", "").replace("&lt;&gt;", "").strip()
            text = text.removeprefix("(").removesuffix(")").strip()
        if text:
            author["name"] = text
        if author and self._detail is None:
            self._detail = author
