"""Uzbek has two alphabets in daily use: a word of the data is written once, in Latin, and read in both."""

import re

_DIGRAPHS = {
    "o'": "ў", "g'": "ғ", "sh": "ш", "ch": "ч", "ya": "я", "yu": "ю", "yo": "ё", "ye": "е", "ts": "ц",
}  # fmt: skip
_LETTERS = dict(zip("abdefghijklmnopqrstuvxyz'", "абдефгҳижклмнопқрстувхйзъ", strict=True))
_PIECE = re.compile("o'|g'|sh|ch|ya|yu|yo|ye|ts|[a-z']", re.IGNORECASE)
_APOSTROPHES = str.maketrans(dict.fromkeys("ʻʼ‘’`", "'"))


def cyrillic(word: str) -> str:
    """Write a Latin Uzbek word or phrase in Cyrillic, capitals kept."""
    plain = re.sub(r"\bE", "Э", re.sub(r"\be", "э", word.translate(_APOSTROPHES)))
    return _PIECE.sub(_replace, plain)


def _replace(match: re.Match[str]) -> str:
    piece = match.group()
    letter = _DIGRAPHS.get(piece.lower()) or _LETTERS.get(piece.lower(), piece)
    return letter.upper() if piece[0].isupper() else letter
