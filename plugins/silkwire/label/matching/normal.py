"""Text as the matcher sees it, with the way back to the original's offsets.

One table maps every character to what it counts as: lower case, Latin letters without marks, one apostrophe, one
hyphen, one space, simplified Chinese, one form of each Arabic letter. It maps one character to one, so that offsets
stay; only invisible characters and decomposed letters need a map.
"""

import re
import unicodedata
from dataclasses import dataclass
from importlib.resources import files

from silkwire.records import Evidence

_INVISIBLE = "\x00"
# A letter with marks written apart, or characters that nobody sees.
_ODD = re.compile("[\\S\\s][\u0300-\u036f\u064b-\u0655]+|[\u00ad\u200b\u200d-\u200f\u2060\ufeff\u0640]+")
_PLAIN = {
    "'": "\u02bb\u02bc\u2018\u2019\u201b`\u00b4\u02b9\uff07",  # Uzbek writes oʻ with any of them
    "-": "\u2010\u2011\u2212\ufe63",
    " ": "\u00a0\u2009\u202f\u3000\t\u200c",  # Persian joins by U+200C what others write apart
    "i": "ıİ",
    "n": "ŋŊ",  # to Unicode no n with a mark; Kazakh writes ñ or ŋ
    "о": "\ua64b",
    "е": "ё",
    "и": "ӣ",  # Tajik writes its long i as it likes
    "ک": "كﻙ",
    "ی": "يىﻱﻯ",
    "ا": "أإآٱ",
    "ه": "ةھۀ",
    _INVISIBLE: "\u00ad\u200b\u200d\u200e\u200f\u2060\ufeff\u0640",
}


@dataclass(frozen=True, slots=True)
class NormalText:
    """A text and its folded form. `starts`, `ends`: original offsets of each folded character; None: the same."""

    original: str
    folded: str
    starts: tuple[int, ...] | None = None
    ends: tuple[int, ...] | None = None

    def start(self, position: int) -> int:
        """Return the original offset of a folded character."""
        return position if self.starts is None else self.starts[position]

    def evidence(self, start: int, end: int) -> Evidence:
        """Return the original span of the folded characters [start, end), end > start."""
        first = self.start(start)
        last = end if self.ends is None else self.ends[end - 1]
        return Evidence(self.original[first:last], first, last)


def normalise(text: str) -> NormalText:
    """Fold a text, keeping the way back. Most texts have nothing odd and need no map."""
    if _ODD.search(text) is None:
        return NormalText(text, text.translate(_TABLE))
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    position = 0
    for odd in _ODD.finditer(text):
        begin, end = odd.span()
        parts.append(text[position:begin].translate(_TABLE))
        starts.extend(range(position, begin))
        ends.extend(range(position + 1, begin + 1))
        piece = fold(odd.group())
        parts.append(piece)
        starts.extend([begin] * len(piece))
        ends.extend([end] * len(piece))
        position = end
    parts.append(text[position:].translate(_TABLE))
    starts.extend(range(position, len(text)))
    ends.extend(range(position + 1, len(text) + 1))
    return NormalText(text, "".join(parts), tuple(starts), tuple(ends))


def fold(term: str) -> str:
    """Fold a name or a term of the data as texts are folded."""
    return unicodedata.normalize("NFC", term).translate(_TABLE).replace(_INVISIBLE, "")


def _fold_character(character: str) -> str:
    """Lower-case a character, take Latin letters' marks away, and make full-width forms plain."""
    if "\uff01" <= character <= "\uff5e":
        character = chr(ord(character) - 0xFEE0)
    elif "\u00c0" <= character <= "\u024f" or "\u1e00" <= character <= "\u1eff":
        base = unicodedata.normalize("NFD", character)[0]
        character = base if base.isascii() else character
    elif "\uf900" <= character <= "\ufaff":
        character = unicodedata.normalize("NFC", character)  # the same Han character, encoded twice
    elif "\u0300" <= character <= "\u036f" or "\u064b" <= character <= "\u0655":
        return _INVISIBLE  # stress marks and vowel points
    lower = character.lower()
    return lower if len(lower) == 1 else character


def _build_table() -> str:
    table = [_fold_character(chr(code)) for code in range(0x10000)]
    for plain, variants in _PLAIN.items():
        for variant in variants:
            table[ord(variant)] = plain
    pairs = files(__package__).joinpath("data/hanzi.txt").read_text("utf-8")
    for pair in pairs.split():
        table[ord(pair[0])] = pair[1]
    return "".join(table)


_TABLE = _build_table()
