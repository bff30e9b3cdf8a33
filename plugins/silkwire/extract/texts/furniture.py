"""Lines of a page that are not the article's: invitations to read on, share, subscribe or accept cookies; credits.

Only whole lines go, and only by the closed lists of furniture.yaml: a sentence that merely contains such words stays.
"""

import re
import unicodedata
from collections.abc import Iterable
from importlib.resources import files

import yaml

from silkwire.extract.facts.wording import key_of

_WORDS = yaml.load(files(__package__).joinpath("furniture.yaml").read_text("utf-8"), yaml.CSafeLoader)
_NOTICE = re.compile(f"(?:{'|'.join(_WORDS['notices'])})", re.IGNORECASE)
_LONGEST_NOTICE = int(_WORDS["longest_notice"])
# Letters that have no decomposition, beside the apostrophes of Oʻqing, O‘qing and O'qing.
_LETTERS = str.maketrans("əғқңөұүһіҳҷəıў", "агкноуухихчaiу") | dict.fromkeys(map(ord, "’‘ʻʼ`´ʹ"), "'")
_LINK_LIKE = 140  # characters of a headline
_LONGEST_ENTRY = 80
_SENTENCE_END = re.compile(r"[.!?…。！？؟۔]['\"”»）)]*$")
_BULLET = re.compile(r"^[-•*·▪►▶→>|\s]+|[\s:：►▶→»>|]+$")
_RULE = frozenset("-•*·|–—_= ")

# A day and a time, with the few words that stand about them: "Stand: 22.04.2024, 06:00 Uhr", "2024年3月5日 10:20".
_MOMENT = re.compile(
    r"\d{4}\s?[./\-年]\s?\d{1,2}(?!\d)|(?<!\d)\d{1,2}[./\-]\d{1,2}[./\-]\d{2,4}|\d{1,2}:\d{2}"
    r"|(?<!\d)\d{1,2}(?:\.?\s|-)[^\W\d_]{3,12}\.?,?\s\d{4}|[^\W\d_]{3,12}\.?\s\d{1,2},?\s\d{4}"
    r"|\d{4}\s?년\s?\d{1,2}월\s?\d{1,2}일|\d{4}\sоны\s\d{1,2}(?:[-\s]?р)?\sсарын\s\d{1,2}"
    r"|\d{4}[-\s](?:yil|йил|жыл|يىل)\w*,?\s\d{1,2}[-\s][^\W\d_]{3,12}|^\d{1,2}-[^\W\d_]{3,12},\s[^\W\d_]{4,12}$"
)
_WORD = re.compile(r"[^\W\d_]+")
_DATELINE_WORDS = 5
_LONGEST_DATELINE = 70
# A bullet, a section in brackets or a date before a linked headline, and a date or a count after it.
_LABEL = re.compile(
    r"^(?:[-•*·▪►▶→>|\s]+|[\[【「].{1,12}?[\]】」]|\d[\d./:\-年月日 ]*)+"
    r"|[\s(（\[]*\d[\d./:\-年月日 ]*[^\W\d]{0,6}[)）\]]*$"
)
_LONGEST_LABEL, _FARTHEST = 30, 3
_TOP = 6  # lines in which a title, a byline and a date stand above the text
_HEAD_LINE = 90  # characters; what is longer above the text is its lead


def cut_furniture(
    text: str, title: str = "", links: frozenset[str] = frozenset(), sites: frozenset[str] = frozenset()
) -> str:
    """Return the article's lines only, one paragraph a line.

    `links` are the texts of the page's links, `sites` the keys (see `key_of`) of what the site calls itself.

    A line that is nothing but furniture goes, wherever it stands; one that introduces other articles takes those after
    it along when the rest of the text is a list of short lines without a sentence's end. What stands above the text
    goes too: the title repeated and the short lines before it, and lines that hold only a date. The site's name alone
    goes from the first line, where old layouts have their masthead, and from the last, where it signs the text.
    """
    lines = [" ".join(line.split()) for line in text.splitlines()]
    lines = [line for line in lines if line and not _RULE.issuperset(line)]
    lines = _without_head(lines, _folded(title))
    lines = _without_linked_tail(lines, links)
    kept: list[str] = []
    short_tail = _short_tail(lines)
    for at, line in enumerate(lines):
        if len(line) > _LONGEST_NOTICE:
            kept.append(line)
            continue
        introduces = _introduces_links(line)
        if introduces and at + 1 >= short_tail:
            break
        if not introduces and not _is_housekeeping(line):
            kept.append(line)
    return "\n".join(_without_site(kept, sites))


def _without_site(lines: list[str], sites: frozenset[str]) -> list[str]:
    """Cut the site's name from either end, whatever signs stand about it; what is nothing else stays."""
    if len(lines) > 1 and key_of(lines[0]) in sites:
        lines = lines[1:]
    if len(lines) > 1 and key_of(lines[-1]) in sites:
        lines = lines[:-1]
    return lines


def _without_head(lines: list[str], title: str) -> list[str]:
    """Cut the title that is repeated above the text, with a breadcrumb before it, and lines of only a date."""
    if title:
        for at, line in enumerate(lines[:_TOP]):
            if _folded(line) == title:
                lines = lines[at + 1 :]
                break
            if len(line) > _HEAD_LINE or _SENTENCE_END.search(line):
                break
    top = [line for line in lines[:_TOP] if not _is_dateline(line)]
    return top + lines[_TOP:]


def _without_linked_tail(lines: list[str], links: frozenset[str]) -> list[str]:
    """Cut links at the end, and what is short between them (dates, names of sections)."""
    end = at = len(lines)
    while at:
        line = lines[at - 1]
        if line in links or (len(line) <= _LONGEST_NOTICE and _LABEL.sub("", line) in links):
            end = at - 1
        elif not _is_link_like(line) or len(line) > _LONGEST_LABEL or at + _FARTHEST < end:
            break
        at -= 1
    return lines[:end]


def _is_dateline(line: str) -> bool:
    return (
        len(line) <= _LONGEST_DATELINE
        and bool(_MOMENT.search(line))
        and len(_WORD.findall(line)) <= _DATELINE_WORDS
        and not _SENTENCE_END.search(line)
    )


def _short_tail(lines: list[str]) -> int:
    """Return from which line on all lines look like headlines."""
    at = len(lines)
    while at and _is_link_like(lines[at - 1]):
        at -= 1
    return at


def _is_housekeeping(line: str) -> bool:
    return (len(line) <= _LONGEST_ENTRY and _folded(line) in _HOUSEKEEPING) or bool(_NOTICE.match(line.lstrip("-•* ")))


def _introduces_links(line: str) -> bool:
    """Whether a line is `Read also`, with or without the headline it points to behind a colon."""
    lead, colon, rest = line.replace("：", ":", 1).partition(":")
    if len(lead) > _LONGEST_ENTRY or len(rest) > _LINK_LIKE:
        return False
    if not colon or not rest.strip():
        return _folded(lead) in _READ_ON
    return _folded(lead) in _BEFORE_A_LINK


def _is_link_like(line: str) -> bool:
    return len(line) <= _LINK_LIKE and not _SENTENCE_END.search(line)


def _folded(line: str) -> str:
    """Drop bullet, colon, case and marks, so that one entry stands for Oʻqing, O'qing and O‘qing."""
    line = _BULLET.sub("", line).casefold()
    if not line.isascii():
        decomposed = unicodedata.normalize("NFKD", line)
        line = "".join(character for character in decomposed if not unicodedata.combining(character))
    return line.translate(_LETTERS).strip(' ."!')


def _entries(languages: Iterable[str]) -> frozenset[str]:
    return frozenset(_folded(entry) for entries in languages for entry in entries.split("|"))


_READ_ON = _entries(_WORDS["read_on"].values())
_HOUSEKEEPING = _entries(_WORDS["housekeeping"].values())
# One plain word before a colon may begin a sentence ("Watch: …"), but for these.
_BEFORE_A_LINK = frozenset(entry for entry in _READ_ON if " " in entry or (len(entry) > 3 and not entry.isascii())) | {
    *("more", "related", "weiterlesen"),
}
