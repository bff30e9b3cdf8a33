"""The body out of the data that a page's own scripts are started with, where the page itself is drawn by the reader.

Next.js (`__NEXT_DATA__`, and the stream of `self.__next_f.push`), Nuxt (`__NUXT_DATA__`), Fusion (`globalContent`),
Redux and Apollo (`__INITIAL_STATE__` and the like) all ship the article as JSON; its keys differ from site to site.
So every object is looked at: a body is the longest prose under a key that bodies have.
"""

import json
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from lxml.html import HtmlElement

from silkwire.extract.density import LEAST_DENSE_TEXT, LEAST_TEXT, is_dense, is_short
from silkwire.extract.texts.declared_text import lines_of_markup

_MOST_SCRIPT = 4_000_000  # characters of all scripts together
_MOST_NODES = 100_000
_MOST_ROWS, _MOST_LONG_ROWS, _LONGEST_ROW = 5_000, 100, 400_000
_DEEPEST = 40
_ASSIGNED = re.compile(r"[\w\]\"'.)]\s*=\s*(?=[{\[])")  # window.__STATE__ = {
_PARSED = re.compile(r"JSON\.parse\(\s*(?=\")")
_PUSHED = re.compile(r"self\.__next_f\.push\(\s*\[\s*\d+\s*,\s*(?=\")")
_ROW = re.compile(r"^[0-9a-f]+:(?:[A-Z]{0,2})(?=[\[{])", re.MULTILINE)
_LONG_ROW = re.compile(r"(?:^|\n)[0-9a-f]+:T([0-9a-f]+),")
_MOST_STATES = 20  # assignments tried in one script
# Keys under which content management systems keep the body, or its parts.
_BODY_KEYS = frozenset(
    {
        *("articlebody", "body", "bodyhtml", "bodytext", "content", "contents", "contenthtml", "contentelements"),
        *(
            "content_elements",
            "articlecontent",
            "article_content",
            "articletext",
            "article_body",
            "fulltext",
            "full_text",
        ),
        *(
            "html",
            "text",
            "detail",
            "story",
            "paragraphs",
            "blocks",
            "children",
            "value",
            "data",
            "description",
            "desc",
        ),
        *(
            "contenttext",
            "newscontent",
            "news_content",
            "maintext",
            "body_html",
            "richtext",
            "longtext",
            "dangerouslysetinnerhtml",
        ),
        "__html",
    }
)
_PARAGRAPH, _DENSE_PARAGRAPH = 40, 15
_SENTENCE = re.compile(r"[.!?…。！？؟۔]")


def state_text(tree: HtmlElement) -> str:
    """Return the longest body in the page's own data, a paragraph a line; empty where there is none."""
    best = ""
    left = _MOST_SCRIPT
    for script in tree.iter("script"):
        source = script.text or ""
        if script.get("src") or len(source) < LEAST_TEXT or script.get("type") == "application/ld+json":
            continue
        left -= len(source)
        if left < 0:
            break
        for state in _states(source, script.get("type") or ""):
            best = max(best, _longest_body(state), key=len)
    stream = "".join(_pushed(tree))
    if stream:
        for state in _rows(stream):
            best = max(best, _longest_body(state), key=len)
    return best


def _states(source: str, kind: str) -> Iterator[Any]:
    """Decode what a script assigns; values that are no JSON (functions, undefined) are passed over."""
    decoder = json.JSONDecoder(strict=False)
    if "json" in kind.lower():
        try:
            yield json.loads(source, strict=False)
        except (ValueError, RecursionError):
            return
        return
    at = tried = 0
    while tried < _MOST_STATES and (start := _ASSIGNED.search(source, at)):
        tried += 1
        at = start.end()
        try:
            state, at = decoder.raw_decode(source, at)
        except (ValueError, RecursionError):
            continue
        yield state
    for start in list(_PARSED.finditer(source))[:_MOST_STATES]:
        try:
            inner, _ = decoder.raw_decode(source, start.end())
            yield json.loads(inner, strict=False)
        except (ValueError, RecursionError):
            continue


def _pushed(tree: HtmlElement) -> Iterator[str]:
    """Yield the pieces of the stream that Next.js pushes script by script, `_MOST_SCRIPT` characters at most."""
    decoder = json.JSONDecoder(strict=False)
    left = _MOST_SCRIPT
    for script in tree.iter("script"):
        source = script.text or ""
        start = _PUSHED.search(source[:200])
        left -= len(source)
        if start is None or left < 0:
            continue
        try:
            piece, _ = decoder.raw_decode(source, start.end())
        except ValueError:
            continue
        if isinstance(piece, str):
            yield piece


def _rows(stream: str) -> Iterator[Any]:
    """Decode the rows of a stream: `id:json`, and `id:Tlength,text` for long strings."""
    decoder = json.JSONDecoder(strict=False)
    at = 0
    for row in islice(_ROW.finditer(stream), _MOST_ROWS):
        if row.start() < at:
            continue
        try:
            state, at = decoder.raw_decode(stream, row.end())
        except (ValueError, RecursionError):
            continue
        yield state
    for row in islice(_LONG_ROW.finditer(stream), _MOST_LONG_ROWS):
        length = min(int(row[1][:8], 16), _LONGEST_ROW)  # in bytes
        yield {"body": stream[row.end() : row.end() + length].encode()[:length].decode("utf-8", "ignore")}


def _longest_body(state: Any) -> str:  # noqa: ANN401 - whatever JSON holds
    """Return the longest prose of a state: one string with paragraphs, or the strings of one list of parts."""
    best = ""
    stack: list[tuple[Any, int]] = [(state, 0)]
    seen = 0
    while stack and seen < _MOST_NODES:
        value, depth = stack.pop()
        seen += 1
        if depth > _DEEPEST:
            continue
        if isinstance(value, dict):
            for key, inner in value.items():
                if isinstance(inner, str):
                    if key.lower() in _BODY_KEYS and len(inner) > max(LEAST_DENSE_TEXT, len(best)):
                        best = max(best, _prose(inner), key=len)
                elif isinstance(inner, dict | list):
                    stack.append((inner, depth + 1))
        elif isinstance(value, list):
            best = max(best, _joined(value), key=len)
            stack.extend((inner, depth + 1) for inner in value if isinstance(inner, dict | list))
    return best


def _prose(text: str) -> str:
    """Return the text of a string that is prose: long, with sentences, and no code."""
    if text.startswith(("http://", "https://", "data:", "{", "[", "function")):
        return ""
    lines = lines_of_markup(text) if "<" in text or "&" in text else text
    lines = "\n".join(filter(None, (" ".join(line.split()) for line in lines.splitlines())))
    return lines if not is_short(lines) and len(_SENTENCE.findall(lines)) > 1 else ""


def _joined(parts: list[Any]) -> str:
    """Return the paragraphs of a list whose items are paragraphs, objects that hold one, or React's elements."""
    paragraphs = [paragraph for part in parts[:2_000] if (paragraph := _paragraph(part))]
    return "\n".join(paragraphs) if len(paragraphs) > 1 else ""


def _paragraph(part: Any) -> str:  # noqa: ANN401 - whatever JSON holds
    text = part
    if isinstance(part, dict):
        text = next((part[key] for key in part if key.lower() in _BODY_KEYS and isinstance(part[key], str)), "")
    elif isinstance(part, list) and len(part) == 4 and part[0] == "$" and part[1] == "p" and isinstance(part[3], dict):
        text = _flat(part[3].get("children"), 0)
    if not isinstance(text, str) or text.startswith(("http", "$", "/")):
        return ""
    line = " ".join(lines_of_markup(text).split())
    return line if len(line) >= (_DENSE_PARAGRAPH if is_dense(line) else _PARAGRAPH) and _SENTENCE.search(line) else ""


def _flat(children: Any, depth: int) -> str:  # noqa: ANN401 - whatever JSON holds
    """Return the text in the children of a React element."""
    if isinstance(children, str):
        return "" if children.startswith("$") else children
    if depth > _DEEPEST or not isinstance(children, list):
        return ""
    if len(children) == 4 and children[0] == "$":
        return _flat(children[3].get("children"), depth + 1) if isinstance(children[3], dict) else ""
    return "".join(_flat(child, depth + 1) for child in children)
