"""Letters of the wrong script in terms: a Latin `a` in a Russian word looks right and is never found."""

import re
import unicodedata
from collections.abc import Iterator

from silkwire.label.topics.watch_findings import Finding, Level
from silkwire.label.topics.watch_topic import Term

_LATIN, _CYRILLIC, _ARABIC, _HAN, _KANA = "LATIN", "CYRILLIC", "ARABIC", "CJK", ("HIRAGANA", "KATAKANA")
_SCRIPTS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("en", "fr", "de", "es", "it", "pt", "nl", "pl", "tr", "az", "tk"), (_LATIN,)),
    **dict.fromkeys(("ru", "uk", "be", "bg", "ky", "tg", "mn", "tt", "ba"), (_CYRILLIC,)),
    **dict.fromkeys(("ar", "fa", "prs", "ps", "ur", "ug"), (_ARABIC,)),
    "kk": (_CYRILLIC, _LATIN, _ARABIC),
    "uz": (_LATIN, _CYRILLIC),
    "zh": (_HAN,),
    "ja": (_HAN, *_KANA),
}
_NAMES = {_LATIN: "Latin", _CYRILLIC: "Cyrillic", _ARABIC: "Arabic", _HAN: "Chinese"}
_WORD = re.compile(r"[^\W\d_]+")
_DOUBTFUL_I = re.compile("(?<![aäeoöuūüyı])i(?![uao])")
_LATIN_TWINS, _CYRILLIC_TWINS = "aABcCeEHiIjJKMoOpPTxXyYhS", "аАВсСеЕНіІјЈКМоОрРТхХуУһЅ"
_TO_CYRILLIC = dict(zip(_LATIN_TWINS, _CYRILLIC_TWINS, strict=True))
_TO_LATIN = dict(zip(_CYRILLIC_TWINS, _LATIN_TWINS, strict=True))


def wrong_letters(topic: str, term: Term) -> Iterator[Finding]:
    """Yield a finding for each word of a term that mixes scripts or is in one that its language is not written in."""
    if term.language == "kk":
        yield from _kazakh_i(topic, term)
    for word in _WORD.findall(term.written):
        if word.isascii() and _SCRIPTS.get(term.language, (_LATIN,))[0] == _LATIN:
            continue
        scripts = dict.fromkeys(filter(None, map(_script, word)))
        if len(scripts) > 1 and _LATIN in scripts and (_CYRILLIC in scripts or _ARABIC in scripts):
            yield _mixed(topic, term, word)
        elif problem := _foreign(term.language, word, tuple(scripts)):
            level, what, remedy = problem
            yield Finding(level, term.line, topic, f"{term.language} term {term.written!r}: {what}", remedy)


def _kazakh_i(topic: str, term: Term) -> Iterator[Finding]:
    """Tell a Latin Kazakh word with an i that is not read as й, ю, я or ё: some write it for і.

    A capital makes a name (TikTok).
    """
    for word in _WORD.findall(term.written):
        is_latin = all(_script(letter) in (_LATIN, "") for letter in word)
        if is_latin and word.islower() and _DOUBTFUL_I.search(word):
            what = f"kk term {term.written!r}: the i of {word!r} is read as и"
            yield Finding(Level.NOTICE, term.line, topic, what, "write it in Cyrillic, or ı for і")
            return


def _script(letter: str) -> str:
    """Return the first word of a letter's Unicode name; a modifier (Uzbek ʻ) is of no script."""
    return "" if unicodedata.category(letter) == "Lm" else unicodedata.name(letter, "").partition(" ")[0]


def _mixed(topic: str, term: Term, word: str) -> Finding:
    counts = {script: sum(_script(letter) == script for letter in word) for script in (_LATIN, _CYRILLIC)}
    own = _SCRIPTS.get(term.language, (_CYRILLIC,))
    main = _LATIN if own == (_LATIN,) or (len(own) > 1 and counts[_LATIN] > counts[_CYRILLIC]) else _CYRILLIC
    strange = [letter for letter in word if _script(letter) not in (main, "")]
    twins = _TO_LATIN if main == _LATIN else _TO_CYRILLIC
    what = f"{term.language} term {term.written!r}: {word!r} mixes {_NAMES[main]} letters with {' '.join(strange)}"
    if all(letter in twins for letter in strange):
        right = "".join(twins[letter] if letter in strange else letter for letter in word)
        return Finding(Level.ERROR, term.line, topic, what, f"copy this: {right}")
    return Finding(Level.ERROR, term.line, topic, what, f"type the word anew in {_NAMES[main]} letters")


def _foreign(language: str, word: str, scripts: tuple[str, ...]) -> tuple[Level, str, str] | None:
    """Tell a word in a script that its language is not written in. Latin names stand in texts of any language."""
    allowed = _SCRIPTS.get(language)
    if allowed is None or not scripts or set(scripts) <= set(allowed):
        return None
    if scripts != (_LATIN,):
        names = " or ".join(_NAMES.get(script, script.capitalize()) for script in allowed)
        return Level.ERROR, f"{word!r} is not in {names} letters", f"list it under its own language, not {language}"
    if _CYRILLIC in allowed and len(word) > 1 and word.islower() and all(letter in _TO_CYRILLIC for letter in word):
        right = "".join(_TO_CYRILLIC[letter] for letter in word)
        return Level.NOTICE, f"{word!r} is in Latin letters that look like Cyrillic ones", f"if so meant, copy: {right}"
    return None
