"""Uzbek has two alphabets in daily use: a word of the data is written once, in Latin, and read in both."""

import re

from silkwire.label.matching.letters import with_case

_DIGRAPHS = {
    "o'": "ў", "g'": "ғ", "sh": "ш", "ch": "ч", "ya": "я", "yu": "ю", "yo": "ё", "ye": "е", "ts": "ц",
}  # fmt: skip
_LETTERS = dict(zip("abdefghijklmnopqrstuvxyz'", "абдефгҳижклмнопқрстувхйзъ", strict=True))
_PIECE = re.compile("o'|g'|sh|ch|ya|yu|yo(?!')|ye|ts|[a-z']", re.IGNORECASE)
# Back: ye where a word begins or a vowel stands before it.
_BACK = {letter: piece for piece, letter in _DIGRAPHS.items() if piece != "ye"} | {
    **{letter: piece for piece, letter in _LETTERS.items()}, "э": "e", "ь": "", "ы": "i", "щ": "sh",
}  # fmt: skip
_INITIAL_E = re.compile(r"\bе|(?<=[аеёиоуўэюя])е", re.IGNORECASE)
_CYRILLIC_PIECE = re.compile("[а-яёўқғҳ]", re.IGNORECASE)
# Where a loanword may have ц: written ts, or s where a consonant or the word's beginning stands before it.
_LOAN = re.compile("ts|тс|ц|(?<=[klnprклнпр])[sс](?=[ieие])|\\b[sс](?=[ieие])")
_APOSTROPHES = str.maketrans(dict.fromkeys("ʻʼ‘’`", "'"))


def cyrillic(word: str) -> str:
    """Write a Latin Uzbek word or phrase in Cyrillic, capitals kept."""
    plain = re.sub(r"\bE", "Э", re.sub(r"\be", "э", word.translate(_APOSTROPHES)))
    return _PIECE.sub(_replace, plain)


def _replace(match: re.Match[str]) -> str:
    piece = match.group()
    return with_case(_DIGRAPHS.get(piece.lower()) or _LETTERS.get(piece.lower(), piece), piece)


def latin(word: str) -> str:
    """Write a Cyrillic Uzbek word or phrase in Latin, capitals kept."""
    return _CYRILLIC_PIECE.sub(_replace_back, _INITIAL_E.sub(lambda match: with_case("ye", match.group()), word))


def _replace_back(match: re.Match[str]) -> str:
    return with_case(_BACK[match.group().lower()], match.group())


def loan_spellings(folded: str) -> tuple[str, ...]:
    """Return a word of either alphabet as its ц may be written: akciya is aksiya and aktsiya, аксия is акция."""
    if not _LOAN.search(folded):
        return (folded,)
    cyrillic_word = _CYRILLIC_PIECE.search(folded) is not None
    letters = ("ц", "с") if cyrillic_word else ("ts", "s")
    return tuple(dict.fromkeys((folded, *(_LOAN.sub(letter, folded) for letter in letters))))
