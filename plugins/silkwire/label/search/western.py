"""Stems of languages whose words change little: English, French, German and Spanish."""

import re
from collections.abc import Callable

_VOWEL = re.compile("[aeiouy]")
_DOUBLED = re.compile(r"([bdfgmnprt])\1$")
_GERMAN = ("innen", "ern", "em", "en", "er", "es", "in", "e", "n", "s")
_SPANISH = ("amente", "es", "as", "os", "s", "a", "o", "e")
_LEAST = 3


def english(word: str) -> str:
    """Take off plural, -ed and -ing: mines, mined and mining are `min`."""
    reduced = word
    if reduced.endswith("ies") and len(reduced) > _LEAST + 1:
        reduced = f"{reduced[:-3]}y"
    elif reduced.endswith("s") and len(reduced) > _LEAST and not reduced.endswith(("ss", "us", "is")):
        reduced = reduced[:-1]
        if reduced.endswith(("she", "che", "sse", "xe")):
            reduced = reduced[:-1]
    for suffix in ("ing", "ed"):
        rest = reduced.removesuffix(suffix)
        if rest != reduced and len(rest) >= _LEAST and _VOWEL.search(rest):
            reduced = _DOUBLED.sub(r"\1", rest)
            break
    if len(reduced) > _LEAST and reduced.endswith("e"):
        reduced = reduced[:-1]
    return f"{reduced[:-1]}i" if len(reduced) > _LEAST and reduced.endswith("y") else reduced


def french(word: str) -> str:
    """Take off plural and gender: nucléaires is `nucleair`, ouzbèke and ouzbeks are `ouzbek`."""
    if len(word) <= _LEAST:
        return word
    if word.endswith("aux") and not word.endswith("eaux"):
        return f"{word[:-3]}al"
    reduced = re.sub("(?<=...)[sx]$", "", word)
    reduced = re.sub("(?<=..)euse$", "eu", reduced)
    reduced = re.sub("(?<=..)ive$", "if", reduced)
    reduced = re.sub("(?<=...)s?e+$", "", reduced)
    return re.sub(r"(?<=...)([lnt])\1$", r"\1", reduced)


def german(word: str) -> str:
    """Take off the endings of cases, numbers and women."""
    return _first_off(word, _GERMAN, 4)


def spanish(word: str) -> str:
    """Take off number and gender."""
    return _first_off(word, _SPANISH, _LEAST + 1)


def _first_off(word: str, suffixes: tuple[str, ...], least: int) -> str:
    for suffix in suffixes:
        if word.endswith(suffix) and len(word) - len(suffix) >= least:
            return word[: -len(suffix)]
    return word


WESTERN: dict[str, Callable[[str], str]] = {"en": english, "fr": french, "de": german, "es": spanish}
