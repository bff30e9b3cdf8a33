"""Faults of OPML files that have one possible meaning, mended; lines stay where they are."""

import re
from html.entities import html5

_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_XML_NAMES = frozenset(("amp", "lt", "gt", "quot", "apos"))
_AMPERSAND = re.compile(rb"&(?:(#[0-9]{1,7}|#x[0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});)?")
# No character of XML, and of no meaning in a title.
_CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]+")

_NAME = rb"[A-Za-z_][\w.-]*(?::[\w.-]+)?"
_KNOWN = (
    rb"(?:text|title|type|xmlurl|htmlurl|url|description|category|language|version|created|iscomment|isbreakpoint|id"
    rb"|country|kind|form|pattern|[A-Za-z][\w.-]*:[\w.-]+)"
)
# A value ends with a quote that another attribute follows, or the end of the tag: no text stands between outlines.
_VALUE_END = rb'"(?=\s+' + _KNOWN + rb'\s*=\s*"|\s*/?>\s*(?:<(?:/?outline|/body|!--)|\Z))'
_ATTRIBUTE = re.compile(rb"\s+(" + _NAME + rb')\s*=\s*"(.*?)' + _VALUE_END, re.DOTALL | re.IGNORECASE)
# Signs in a value that it was cut in the wrong place: a tag of HTML still open, an attribute in single quotes.
_UNSURE = re.compile(rb"<[a-z/!][^<>]*\Z|[\"']\s+" + _KNOWN + rb"\s*=\s*'", re.IGNORECASE)
_OUTLINE = re.compile(rb"<outline(?=\s)", re.IGNORECASE)
_TAG_END = re.compile(rb"\s*/?>")


def mend_ampersands(data: bytes) -> bytes:
    """Write a bare & as one, `&nbsp;` and the other names of HTML as their letters, and drop control characters."""
    return data if data.startswith(_UTF16) else _AMPERSAND.sub(_mended_ampersand, _CONTROLS.sub(b"", data))


def mend_values(data: bytes) -> bytes:
    """Escape `<` and quotes inside the values of outlines, where it is certain where each value ends.

    Generators of lists paste descriptions as they find them: `description="By <a href="https://…">X</a>"`. An outline
    whose attributes can be told apart in one way only is mended, any other stays as it is.
    """
    if data.startswith(_UTF16):
        return data
    parts, done = [], 0
    for outline in _OUTLINE.finditer(data):
        tag = _mended_tag(data, outline.end()) if outline.start() >= done else None
        if tag is not None:
            text, end = tag
            parts += [data[done : outline.end()], text]
            done = end
    return b"".join((*parts, data[done:]))


def _mended_ampersand(found: re.Match[bytes]) -> bytes:
    name = (found[1] or b"").decode()
    if name.startswith("#") or name in _XML_NAMES:
        return found[0]
    letters = html5.get(f"{name};")
    if letters is None:
        return b"&amp;" + found[0][1:]
    return "".join(f"&#{ord(letter)};" for letter in letters).encode()


def _mended_tag(data: bytes, start: int) -> tuple[bytes, int] | None:
    """Return the attributes from `start` on, their values escaped, and where they end; None where that is unsure."""
    written, names, at = [], set(), start
    while found := _ATTRIBUTE.match(data, at):
        name, value = found[1], found[2]
        if name.lower() in names or _UNSURE.search(value):
            return None
        names.add(name.lower())
        escaped = value.replace(b"<", b"&lt;").replace(b'"', b"&quot;")
        written.append(data[at : found.start(2)] + escaped + b'"')
        at = found.end()
    return (b"".join(written), at) if written and _TAG_END.match(data, at) else None
