"""Topic terms as people write them: `gas pipeline` in all its forms, `pipeline*` with any ending, `"BRI"` as is.

`~visa` is found in no other form, `gas <10> pipeline` where the two stand within ten words of each other. A side of
such a term may be a group, of which any one will do: `(gas|oil) <10> (pipeline|field)`.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from silkwire.label.matching.matcher import Case, Speaker, Spelling, Tail, Word, spell, written_case
from silkwire.label.matching.normal import fold
from silkwire.label.matching.uzbek import cyrillic
from silkwire.label.matching.words import inflected

_NEAR = re.compile(r"\s*<([^<>]*)>\s*")
_GROUP = re.compile(r"\(([^()]*)\)")
_WORD = re.compile(r"\w+")
MOST_WORDS = 20
FARTHEST = 100  # words; what stands farther apart than that says nothing together

Sides = tuple[tuple[str, ...], ...]  # of a term, each with what may stand there


class Phrase(NamedTuple):
    """One side of a term: its words, and what its marks say of them."""

    words: str
    inflected: bool = True
    prefix: bool = False
    quoted: bool = False


def explain_bad_term(written: str) -> str | None:
    """Return what is wrong with a term, or None."""
    if "<" not in written and ">" not in written:
        if "|" in written:
            return f"{written!r}: a group is a side of a distance, (gas|oil) <10> pipeline; list these terms apart"
        return _explain_bad_phrase(written)
    sides = _NEAR.split(written)
    if len(sides) == 1:
        return f"{written!r}: a distance is written in words between two terms, like gas <10> pipeline"
    if len(sides) > 3:
        return f"{written!r}: a distance stands between two terms; for three, give the topic groups under all, and near"
    if not sides[1].isdecimal() or not 0 < int(sides[1]) <= FARTHEST:
        return f"{written!r}: a distance is a number of words from 1 to {FARTHEST}, like gas <10> pipeline"
    if not (sides[0].strip() and sides[2].strip()):
        return f"{written!r}: a distance needs a term on both sides, like gas <10> pipeline"
    problem = _explain_bad_side(sides[0]) or _explain_bad_side(sides[2])
    return problem and f"{written!r}: {problem}"


def term_sides(written: str) -> tuple[Sides, int]:
    """Return the two sides of a proximity term and its distance in words, or a plain term alone and 0."""
    if "<" not in written:
        return ((written,),), 0
    left, distance, right = _NEAR.split(written)
    return (_alternatives(left), _alternatives(right)), int(distance)


def read_phrase(written: str) -> Phrase:
    """Read the marks of a good term that has one side."""
    if written.replace(" ", "").isalnum():
        return Phrase(written)
    words = written.removeprefix("~").strip()
    quoted = words.startswith('"')
    prefix = words.endswith("*")
    return Phrase(words.strip('"').removesuffix("*").strip(), not written.startswith("~"), prefix, quoted)


def _alternatives(side: str) -> tuple[str, ...]:
    """Return what may stand on a side: the terms of a group, or the one term."""
    group = _GROUP.fullmatch(side.strip())
    return tuple(term.strip() for term in group[1].split("|")) if group else (side.strip(),)


def _explain_bad_side(side: str) -> str | None:
    if "|" in side and not _GROUP.fullmatch(side.strip()):
        return f"{side!r}: a group stands in parentheses, like (gas|oil) <10> pipeline"
    return next(filter(None, map(_explain_bad_phrase, _alternatives(side))), None)


def _explain_bad_phrase(written: str) -> str | None:
    core = written.removeprefix("~")
    star = core.count("*")
    if core.startswith('"') and star:
        return f"{written!r}: quotes ask for the very word and * for any ending; take one of them away"
    if written.startswith("~") and core.endswith("*"):
        return f"{written!r}: ~ asks for no ending and * for any; take one of them away"
    if star > core.endswith("*"):
        return f"{written!r}: a * can only end a term"
    if core.startswith('"') != (core.endswith('"') and len(core) > 1):
        return f"{written!r}: a quote is open"
    if "~" in core:
        return f"{written!r}: a ~ can only begin a term, before its quotes"
    if not any(character.isalnum() for character in fold(core)):
        return f"{written!r} has no letter"
    if len(_WORD.findall(core)) > MOST_WORDS:
        return f"{written[:40] + '…'!r} has more than {MOST_WORDS} words; is a comma missing?"
    return None


def term_spellings(written: str, language: str, speaker: Speaker, weight: float) -> Iterator[Spelling]:
    """Spell a term in one language. Case does not matter unless the term is quoted.

    The word lists that use it have no `~`: it would be inflected all the same.
    """
    phrase = read_phrase(written)
    word = Word(written, language, speaker, weight, Case.ANY)
    if phrase.quoted:
        yield from inflected(replace(word, written=phrase.words, case=written_case(phrase.words)))
    elif phrase.prefix:
        stem = phrase.words
        yield from spell((stem, cyrillic(stem)) if language == "uz" else (stem,), word, Tail.PREFIX)
    else:
        yield from inflected(word)
