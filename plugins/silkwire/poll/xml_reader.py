"""What all readers of an XML feed share: names, base addresses, and texts as they stand there or in mark-up."""

import re
from contextlib import suppress
from urllib.parse import urljoin

from feedparser.api import StrictFeedParser
from feedparser.urls import make_safe_absolute_uri
from lxml import etree

from silkwire.poll.feed_names import Meaning, canonical_name, inline_tag, meaning_of

PLAIN, HTML, XHTML = "text/plain", "text/html", "application/xhtml+xml"
TYPES = {"text": PLAIN, "plain": PLAIN, "html": HTML, "xhtml": XHTML, PLAIN: PLAIN, HTML: HTML, XHTML: XHTML}
_XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_EXTRA_SLASHES = re.compile(r"^([A-Za-z][A-Za-z0-9+-.]*://)/*")
_CONTROLS = re.compile(r"[\x80-\x9f]")
_WINDOWS = {code: bytes([code]).decode("cp1252") for code in range(128, 160) if code not in (129, 141, 143, 144, 157)}


class Unsure(Exception):  # noqa: N818 - it says what happened
    """The feed has something that only feedparser itself reads as feedparser does."""


class Reader:
    """What is remembered from element to element of one document: its base address, how deep the last title was."""

    def __init__(self, *, atom: bool, based: bool) -> None:
        """Begin a document. `atom`: texts are of the type they declare; `based`: base addresses may be declared."""
        self._atom = atom
        self._based = based
        self.base = ""
        self.title_depth = -1
        self.has_content = False
        self._names: dict[str, tuple[str, Meaning]] = {}

    def name(self, element: etree._Element) -> tuple[str, Meaning]:
        """Return the canonical name of an element and what it means."""
        known = self._names.get(element.tag)
        if known is None:
            name = canonical_name(element.tag, element.prefix)
            known = self._names[element.tag] = (name, meaning_of(name))
        return known

    def enter(self, element: etree._Element) -> None:
        """Take over the base address that an element declares."""
        if not self._based:
            return
        declared = element.get(_XML_BASE, element.get("base"))
        if declared:
            before = self.base
            self.base = make_safe_absolute_uri(before, declared) or before if before else joined("", declared)

    def leave(self, around: str) -> None:
        """Return to the base address of the element around; without one the last stays, as in feedparser."""
        self.base = around or self.base

    def text(self, element: etree._Element) -> str:
        """Return the text of an element that has no other elements in it."""
        if len(element):
            raise Unsure(element.tag)
        return mended((element.text or "").strip())

    def marked_up(self, element: etree._Element, default: str) -> tuple[str, str]:
        """Return the media type and the text of an element that may hold mark-up, escaped or not."""
        kind = TYPES.get(element.get("type", default).lower())
        if kind is None or element.get("mode") == "base64":
            raise Unsure("a type of content that is rare")
        if len(element):
            kind, value = self._inline(element, kind)
        else:
            value = element.text or ""
            value = _escaped(value) if kind == XHTML else value
        value = mended(value.strip())
        if kind == PLAIN and not self._atom and ("&" in value or "</" in value) and _guessed_html(value):
            kind = HTML
        return kind, value

    def _inline(self, element: etree._Element, kind: str) -> tuple[str, str]:
        """Write out elements that stand unescaped in a text, which becomes XHTML by the first of them."""
        pieces: list[str] = []

        def add(text: str | None) -> None:
            if text:
                pieces.append(_escaped(text) if kind == XHTML else text)

        def walk(parent: etree._Element) -> None:
            nonlocal kind
            add(parent.text)
            for child in parent:
                tag = inline_tag(self.name(child)[0])
                if tag is None or child.get(_XML_BASE) or child.get("base"):
                    raise Unsure(child.tag)
                if kind == XHTML or tag != "div":
                    kind = XHTML
                    pieces.append(f"<{tag}>")
                walk(child)
                if kind == XHTML or tag != "div":
                    kind = XHTML
                    pieces.append(f"</{tag}>")
                add(child.tail)

        walk(element)
        return kind, "".join(pieces)


def joined(base: str, address: str) -> str:
    """Make an address absolute; one that can't be read is empty."""
    address = _EXTRA_SLASHES.sub(r"\1", address)
    try:
        return urljoin(base, address)
    except ValueError:
        return ""


def mended(text: str) -> str:
    """Undo two habits: UTF-8 taken for Latin-1 and encoded again, and Windows' characters in the place of controls."""
    if text.isascii():
        return text
    with suppress(UnicodeError):
        text = text.encode("iso-8859-1").decode("utf-8")
    return text.translate(_WINDOWS) if _CONTROLS.search(text) else text


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace(">", "&gt;").replace("<", "&lt;")


def _guessed_html(text: str) -> bool:
    return bool(StrictFeedParser.looks_like_html(text))
