"""The body as a page's JSON-LD declares it: a text of its own, and a witness of what belongs to the page's text."""

import re
from html import unescape

from silkwire.extract.facts.page_facts import PageFacts

_TAG = re.compile(r"<[^<>]*>")
_BLOCK_END = re.compile(r"</(?:p|div|li|h[1-6]|tr|blockquote)\s*>|<(?:br|hr)\s*/?>", re.IGNORECASE)
_CODE = re.compile(r"<(/?)(script|style|figure|iframe)\b[^<>]*>", re.IGNORECASE)
_SIGNS = re.compile(r"[\W_]+")
_END = re.compile(r"""(?<!\.\.)[.!?。！？؟۔]["'”»“’」』）)\]]{0,3}$""")

_MOST = 300_000  # characters of a body; books are longer
_MOST_LINES = 3_000
_LEAST = 400  # letters of a declaration that is compared with a text
_SAMPLES, _SAMPLE = 8, 25
_START = 40  # letters by which a line is found in the declaration
_LEAST_LETTERS = 12  # of a line; a shorter one is in every long text by chance
_MOST_TIMES = 2.0  # a text that many times as long has a declaration that is a summary
_COVERED = 0.85  # the share of the declaration that the text has, where the two are the same
_LEADS, _LEAD = 3, 80  # lines before the declared body that may be its lead; characters of a lead


def declared_text(facts: PageFacts) -> str:
    """Return the article's `articleBody`, a paragraph a line; empty where the page declares none."""
    body = facts.article.get("articleBody")
    return lines_of_markup(body[:_MOST]) if isinstance(body, str) else ""


def lines_of_markup(markup: str) -> str:
    """Return the text of a fragment of HTML that travelled as a string, be it escaped once more or not at all."""
    if "<" not in markup and "&lt;" in markup:
        markup = unescape(markup)
    if "<" in markup:
        # Line breaks of the source mean nothing where paragraphs are marked.
        if _BLOCK_END.search(markup):
            markup = " ".join(markup.split())
        markup = _TAG.sub("", _BLOCK_END.sub("\n", _without_code(markup)))
    return unescape(unescape(markup)).replace("\xa0", " ")


def is_elsewhere(text: str, declared: str) -> bool:
    """Tell that an extracted text is not the article: of samples of the declared body it has hardly one."""
    body = _letters(declared)
    if len(body) < _LEAST:
        return False
    own = _letters(text)
    samples = [body[at : at + _SAMPLE] for at in range(0, len(body) - _SAMPLE, len(body) // _SAMPLES)]
    return sum(sample in own for sample in samples) * 4 <= len(samples)


def keep_declared(text: str, declared: str) -> str:
    """Return the lines of `text` that the page's own declaration of the body has too, where it has nearly all of it.

    Headings between such lines stay, and so does the lead, which many a page leaves out of `articleBody`. A text that
    is much longer, or one whose declaration is cut short, is returned as it is.
    """
    body = _letters(declared)
    lines = text.splitlines()
    if len(body) < _LEAST or len(lines) > _MOST_LINES or not _END.search(declared.rstrip()[-8:]):
        return text
    known = [_is_in(line, body) for line in lines]
    covered = sum(len(_letters(line)) for line, is_known in zip(lines, known, strict=True) if is_known)
    if covered < len(body) * _COVERED or len(text) > len(declared) * _MOST_TIMES:
        return text
    first, last = known.index(True), len(known) - 1 - known[::-1].index(True)
    lead = [line for line in lines[max(0, first - _LEADS) : first] if len(line) >= _LEAD and _END.search(line)]
    kept = (at for at in range(first, last + 1) if known[at] or (known[at + 1] and _is_heading(lines[at])))
    return "\n".join([*lead, *(lines[at] for at in kept)])


def _is_in(line: str, body: str) -> bool:
    own = _letters(line)
    return len(own) >= _LEAST_LETTERS and own[:_START] in body


def _is_heading(line: str) -> bool:
    return not _END.search(line[-8:]) and not line.startswith("- ")


def _letters(text: str) -> str:
    """Return letters and digits alone: declarations differ from the page in quotation marks, spaces and entities."""
    return _SIGNS.sub("", text)


def _without_code(markup: str) -> str:
    """Cut elements whose content is no text; one that is never closed stays."""
    kept, at, inside = [], 0, ""
    for tag in _CODE.finditer(markup):
        if not inside and not tag[1]:
            kept.append(markup[at : tag.start()])
            at, inside = tag.start(), tag[2].lower()
        elif tag[1] and tag[2].lower() == inside:
            at, inside = tag.end(), ""
    return "".join([*kept, markup[at:]])
