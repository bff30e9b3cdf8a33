"""Kazakh has two alphabets in its press: a word is written once, in Cyrillic or the Latin of 2021, and read in both.

Cyrillic to Latin is certain but for ң, which the drafts of 2021 write ñ or ŋ. Back, `i` is и or, after a vowel, й.
"""

import re

from silkwire.label.matching.letters import with_case

_LETTERS = dict(zip("абвгғдежзийкқлмнңоөпрстуұүфхһцчшщъыіьэюяё", [
    "a", "b", "v", "g", "ğ", "d", "e", "j", "z", "i", "i", "k", "q", "l", "m", "n", "ñ", "o", "ö", "p", "r", "s", "t",
    "u", "ū", "ü", "f", "h", "h", "ts", "ch", "ş", "şş", "", "y", "ı", "", "e", "iu", "ia", "io",
], strict=True)) | {"ә": "ä"}  # fmt: skip
_BACK = {
    "iu": "ю", "ia": "я", "io": "ё", "ts": "ц", "ch": "ч", "şş": "щ", "ä": "ә", "ğ": "ғ", "ı": "і", "ñ": "ң", "ŋ": "ң",
    "ö": "ө", "ş": "ш", "ū": "ұ", "ü": "ү", "c": "к", "w": "у", "x": "кс",
} | dict(zip("abdefghijklmnopqrstuvyz", "абдефгхижклмнопқрстувыз", strict=True))  # fmt: skip
_CAPITALS = {
    letter.upper(): "İ" + written[1:] if written[:1] == "i" else written.capitalize()
    for letter, written in _LETTERS.items()
}
_LATIN = str.maketrans(_LETTERS | _CAPITALS)
_SMALL = str.maketrans({"I": "ı", "İ": "i"})  # as Turkish has them
_PIECE = re.compile("[iİ][uaoUAO]|[tT][sS]|[cC][hH]|[şŞ]{2}|[a-zA-ZäğıñŋöşūüÄĞİÑŊÖŞŪÜ]")
_GLIDE = re.compile("(?<=[аәеоөуұүыіэ])и", re.IGNORECASE)


def latin(word: str) -> str:
    """Write a Cyrillic Kazakh word or phrase in the Latin alphabet of 2021, capitals kept."""
    return word.translate(_LATIN)


def cyrillic(word: str) -> str:
    """Write a Latin Kazakh word or phrase in Cyrillic, capitals kept."""
    written = _PIECE.sub(_to_cyrillic, word)
    return _GLIDE.sub(lambda match: "Й" if match.group().isupper() else "й", written)


def _to_cyrillic(match: re.Match[str]) -> str:
    piece = match.group()
    return with_case(_BACK[piece.translate(_SMALL).lower()], piece)
