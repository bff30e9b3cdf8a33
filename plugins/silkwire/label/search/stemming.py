"""The stem of a word: what its inflected forms have in common, made alike of a text's words and of a query's.

Endings are taken off until none is left, not parsed: a stem need not be a word (Қазақстан is `қазақс`), but all forms
of a word must come to the same one. That is why what is left is made alike at the end: кітаб- is `кітап`, халқ- and
халық are `халқ`.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from silkwire.label.matching.endings import ends_well
from silkwire.label.matching.normal import fold
from silkwire.label.matching.tables import table_rows
from silkwire.label.matching.uzbek import latin
from silkwire.label.search.western import WESTERN

_TURKIC = frozenset(("az", "kk", "ky", "tk", "tr", "tt", "ug", "uz"))
_BY_ENDINGS = _TURKIC | {"fa", "mn", "tg"}
_MOST_ROUNDS = 8
_LEAST = 3  # letters that must stay
_LEAST_BEFORE_ONE = 5  # before a single letter, such as a dative's а, which ends too many other words
_HIGH = frozenset("ыіиуүөiuyی")  # the vowels of possessives, which are everywhere: темір жолы, yoʻli
_LONGEST = 7  # letters of a suffix
_HARMONIC = frozenset(("kk", "ky", "tr", "tt"))
_VOICELESS = frozenset("пткқсшщчцхфһpcfhkstç")
_DEVOICED = str.maketrans({"б": "п", "г": "к", "ғ": "қ", "b": "p", "g": "k", "ب": "پ", "گ": "ک", "غ": "ق"})
_DENTAL = str.maketrans({"d": "t"})
_HUSHED = {"tr": _DENTAL, "az": _DENTAL, "tk": _DENTAL}
_FLEETING = {
    "turkic": re.compile(r"(?<=..[бвгғджзйкқлмнңпрстфхһцчшbcdfghjklmnpqrstvxz])[ыіиуүiuy](?=[лмнрсзқкhlmnrsz]$)"),
    "mn": re.compile(r"(?<=..[бвгджзклмнпрстфхцчш])[аэоөиу](?=[вгджзлмнрсхцчш]$)"),
    "slavic": re.compile(r"(?<=..)(?<=[бвгджзйклмнпрстфхцчш])[оеё](?=[кц]$)"),
}
_FINAL_VOWEL = {"ug": re.compile("(?<=...)[اە]$"), "mn": re.compile("(?<=...)[аэоөиуьй]$")}


@dataclass(frozen=True, slots=True)
class _Rules:
    """What is taken off the words of a language: suffix to how many letters must stay, first and after that."""

    first: Mapping[str, int]
    again: Mapping[str, int]
    prefixes: Mapping[str, int] = field(default_factory=dict)
    irregular: Mapping[str, str] = field(default_factory=dict)


def has_stems(language: str) -> bool:
    """Say whether the words of a language, by its primary subtag, have stems here."""
    return language in _languages()


def stem(word: str, language: str) -> str:
    """Return the stem of a folded word without apostrophes; Uzbek in Latin. Never empty, and pure."""
    rules = _rules(language)
    reduced = _without(word, rules.prefixes, at_front=True) if rules.prefixes else word
    if (western := WESTERN.get(language)) is not None:
        return rules.irregular.get(reduced) or western(reduced)
    for turn in range(_MOST_ROUNDS):
        if (known := _irregular(reduced, rules.irregular, language)) is not None:
            return known
        shorter = _without(reduced, rules.again if turn else rules.first, is_harmonic=language in _HARMONIC)
        if shorter == reduced:
            break
        reduced = shorter
    return _finisher(language)(reduced)


def _irregular(word: str, irregular: Mapping[str, str], language: str) -> str | None:
    """Return the stem of an irregular word, also with endings of the language."""
    if word[:_LEAST] not in _heads(language):
        return None
    for length in range(len(word), _LEAST - 1, -1):
        known = irregular.get(word[:length])
        if known is not None and (
            length == len(word) or (language in _BY_ENDINGS and ends_well(word[length:], language))
        ):
            return known
    return None


@cache
def _heads(language: str) -> frozenset[str]:
    return frozenset(word[:_LEAST] for word in _rules(language).irregular)


def _without(word: str, affixes: Mapping[str, int], *, at_front: bool = False, is_harmonic: bool = False) -> str:
    """Return a word without the longest affix that leaves enough of it."""
    for length in range(min(len(word) - 2, _LONGEST), 0, -1):
        affix = word[:length] if at_front else word[-length:]
        least = affixes.get(affix)
        if least is None or len(word) - length < least:
            continue
        if not is_harmonic or _follows(affix[0], word[-length - 1]):
            return word[length:] if at_front else word[:-length]
    return word


def _follows(letter: str, before: str) -> bool:
    """Say whether a Turkic suffix that begins with a letter may follow another: т a voiceless one, д and н no such."""
    if letter in "тt":
        return before in _VOICELESS
    return letter not in "дdнn" or before not in _VOICELESS


@cache
def _finisher(language: str) -> Callable[[str], str]:
    """Return what makes the ends of stems alike that a language changes before endings."""
    if language in _TURKIC:
        hushed, final = _HUSHED.get(language, {}), _FINAL_VOWEL.get(language)

        def turkic(word: str) -> str:
            plain = final.sub("", word) if final else word
            plain = plain[:-1] + plain[-1:].translate(_DEVOICED).translate(hushed)
            plain = f"{plain[:-1]}k" if language == "uz" and plain.endswith("q") else plain  # ogʻ is both oq and og
            return _FLEETING["turkic"].sub("", plain)

        return turkic
    if language == "mn":
        return lambda word: _FLEETING["mn"].sub("", _FINAL_VOWEL["mn"].sub("", word))
    if language in ("ru", "uk"):
        return lambda word: _FLEETING["slavic"].sub("", word)
    return lambda word: word


@cache
def _rules(language: str) -> _Rules:
    first = _endings(language) if language in _BY_ENDINGS else {}
    tables = _tables()
    for suffix, least in tables.get(language, ()):
        first[_spelled(suffix, language)] = least
    again = dict(tables.get(f"{language} again", ()))
    irregular = {
        _spelled(word, spoken): _spelled(stem_, spoken)
        for spoken, word, stem_ in table_rows(files(__package__).joinpath("data/irregular.tsv"))
        if spoken == language
    }
    return _Rules(first, again or first, dict(tables.get(f"{language} prefix", ())), irregular)


@cache
def _tables() -> dict[str, list[tuple[str, int]]]:
    tables: dict[str, list[tuple[str, int]]] = {}
    for language, least, suffixes in table_rows(files(__package__).joinpath("data/suffixes.tsv")):
        tables.setdefault(language, []).extend((fold(suffix), int(least)) for suffix in suffixes.split())
    return tables


@cache
def _languages() -> frozenset[str]:
    named = {language for language in _tables() if " " not in language}
    return frozenset(named | _BY_ENDINGS | set(WESTERN))


def _endings(language: str) -> dict[str, int]:
    """Read the suffixes of endings.tsv, whatever their slot."""
    found: dict[str, int] = {}
    for spoken, suffixes in table_rows(files("silkwire.label.matching").joinpath("data/endings.tsv")):
        if spoken == language:
            for suffix in suffixes.split():
                spelled = _spelled(suffix, language)
                single = len(spelled) == 1 and spelled not in _HIGH
                found[spelled] = _LEAST_BEFORE_ONE if single else _LEAST
    return found


def _spelled(suffix: str, language: str) -> str:
    folded = fold(suffix)
    return latin(folded).replace("'", "") if language == "uz" else folded
