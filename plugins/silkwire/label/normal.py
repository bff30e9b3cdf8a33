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
_CLUSTER = re.compile("[\\S\\s][\u0300-\u036f\u0653-\u0655]*")
_PLAIN = {
    "'": "\u02bb\u02bc\u2018\u2019\u201b`\u00b4\u02b9\uff07",  # Uzbek writes oʻ with any of them
    "-": "\u2010\u2011\u2212\ufe63",
    " ": "\u00a0\u2009\u202f\u3000\t\u200c",  # Persian joins by U+200C what others write apart
    "i": "ıİ",
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
    """A text and its folded form. `starts`, `ends`: the original's offsets of each folded character, None if the same."""

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
    """Fold a text, keeping the way back."""
    composed = unicodedata.is_normalized("NFC", text)
    folded = text.translate(_TABLE)
    if composed and _INVISIBLE not in folded:
        return NormalText(text, folded)
    characters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for cluster in _CLUSTER.finditer(text):
        for character in unicodedata.normalize("NFC", cluster.group()).translate(_TABLE):
            if character != _INVISIBLE:
                characters.append(character)
                starts.append(cluster.start())
                ends.append(cluster.end())
    return NormalText(text, "".join(characters), tuple(starts), tuple(ends))


def fold(term: str) -> str:
    """Fold a name or a term of the data as texts are folded."""
    return unicodedata.normalize("NFC", term).translate(_TABLE).replace(_INVISIBLE, "")


def _fold_character(character: str) -> str:
    """Lower-case a character, take Latin letters' marks away, and make full-width forms plain."""
    code = ord(character)
    if 0xFF01 <= code <= 0xFF5E:
        character = chr(code - 0xFEE0)
    elif 0xC0 <= code <= 0x24F or 0x1E00 <= code <= 0x1EFF:
        base = unicodedata.normalize("NFD", character)[0]
        character = base if base.isascii() else character
    elif 0x300 <= code <= 0x36F or 0x64B <= code <= 0x652:
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
        if len(pair) == 2:
            traditional, simplified = pair
            table[ord(traditional)] = simplified
    return "".join(table)


_TABLE = _build_table()
