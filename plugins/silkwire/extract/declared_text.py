"""The body as a page's JSON-LD declares it."""

import re
from html import unescape

from silkwire.extract.page_facts import PageFacts

_TAG = re.compile(r"<[^<>]*>")
_BLOCK_END = re.compile(r"</(?:p|div|li|h[1-6]|tr|blockquote)\s*>|<(?:br|hr)\s*/?>", re.IGNORECASE)
_CODE = re.compile(r"<(script|style|figure|iframe)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)


def declared_text(facts: PageFacts) -> str:
    """Return the article's `articleBody`, a paragraph a line; empty where the page declares none."""
    body = facts.article.get("articleBody")
    return lines_of_markup(body) if isinstance(body, str) else ""


def lines_of_markup(markup: str) -> str:
    """Return the text of a fragment of HTML that travelled as a string, be it escaped once more or not at all."""
    if "<" not in markup and "&lt;" in markup:
        markup = unescape(markup)
    if "<" in markup:
        # Line breaks of the source mean nothing where paragraphs are marked.
        if _BLOCK_END.search(markup):
            markup = " ".join(markup.split())
        markup = _TAG.sub("", _BLOCK_END.sub("\n", _CODE.sub("", markup)))
    return unescape(unescape(markup)).replace("\xa0", " ")


def letters(text: str) -> str:
    """Return letters and digits alone: declarations differ from the page in quotation marks, spaces and entities."""
    return _SIGNS.sub("", text)


def is_elsewhere(text: str, declared: str) -> bool:
    """Tell that an extracted text is not the article: of samples of the declared body it has hardly one."""
    body = letters(declared)
    if len(body) < _LEAST:
        return False
    own = letters(text)
    samples = [body[at : at + _SAMPLE] for at in range(0, len(body) - _SAMPLE, len(body) // _SAMPLES)]
    return sum(sample in own for sample in samples) * 4 <= len(samples)


def keep_declared(text: str, declared: str) -> str:
    """Return the lines of `text` that the page's own declaration of the body has too, where it has nearly all of it.

    Headings between such lines stay, and so does the lead, which many a page leaves out of `articleBody`. A text that
    is much longer, or one whose declaration is cut short, is returned as it is.
    """
    whole = letters(declared)
    lines = text.splitlines()
    if not _LEAST < len(whole) or len(text) > _MOST_TIMES * len(declared) or not _END.search(declared.rstrip()):
        return text
    known = [_is_in(line, whole) for line in lines]
    if sum(len(letters(line)) for line, is_known in zip(lines, known, strict=True) if is_known) < _COVERED * len(whole):
        return text
    first, last = known.index(True), len(known) - 1 - known[::-1].index(True)
    kept = [line for line in lines[max(0, first - 3) : first] if len(line) >= 80 and _END.search(line)]
    for at in range(first, last + 1):
        if known[at] or (known[at + 1] and not _END.search(lines[at]) and not lines[at].startswith("- ")):
            kept.append(lines[at])
    return "\n".join(kept)


def _is_in(line: str, body: str) -> bool:
    own = letters(line)
    return len(own) >= _LEAST_LETTERS and own[:_START] in body


_LEAST_LETTERS = 12
_SIGNS = re.compile(r"[\W_]+")
_SAMPLES, _SAMPLE = 8, 25
_LEAST = 400
_MOST_TIMES = 2.0
_COVERED = 0.85
_START = 40
_END = re.compile(r"""(?<!\.\.)[.!?。！？؟۔]["'”»“’」』）)\]]*$""")
