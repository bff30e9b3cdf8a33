"""Which language a text is in, told from the text alone: tags on pages and feeds are wrong too often.

The order of evidence: the script most letters are in; Chinese characters that one writing has; letters of one Cyrillic
or Arabic alphabet (ұ is Kazakh); then the models of `language_model`. docs/extraction.md has the figures.
"""

from silkwire.extract.languages.alphabets import (
    ONE_LANGUAGE,
    by_own_letters,
    han_language,
    letters_of,
    main_script,
    only_script,
)
from silkwire.records import LanguageFrom

UNDETERMINED = "und"

_SAMPLE = 300  # characters; more of them do not change the answer and cost time
_FEWEST_LETTERS = 10
_FEWEST_OF_ONE = 5  # in a script that one language is written in
_LEAST_CONFIDENCE = 0.12
_TIE = 0.25  # the second best is at least this share as likely as the best

# What a feed's tag says of the script without saying it: Chinese of these regions is Traditional.
_TRADITIONAL = frozenset(("TW", "HK", "MO"))
_CHINESE = ("zh-Hans", "zh-Hant")


def detect_language(text: str) -> str:
    """Return the BCP 47 tag of the language `text` is written in, or `und`.

    A script is part of the tag where a language of the watch has several: always for Chinese and Uzbek (`zh-Hans`,
    `zh-Hant`, `uz-Latn`, `uz-Cyrl`), and where it is not the usual one, for Kazakh (`kk-Latn`, `kk-Arab`) and Mongolian
    (`mn-Mong`). Plain `kk` and `mn` are Cyrillic, `sr` is either. `und` means fewer than some 10 letters (4 in
    Chinese), or no language the model believes in.
    """
    return _likely(text)[0]


def tell_language(text: str, title: str, source_language: str | None) -> tuple[str, LanguageFrom]:
    """Return the BCP 47 tag of an article's language and the evidence for it.

    `source_language` is what its feed is said to be written in; it decides only where the text leaves two open, and
    it is one of them.
    """
    found = _likely(f"{title}\n{text}" if len(text) < _SAMPLE else text)
    if len(found) == 1 or not source_language:
        return found[0], LanguageFrom.TEXT
    told = next((tag for tag in found if _means(source_language, tag)), None)
    return (told, LanguageFrom.SOURCE) if told else (found[0], LanguageFrom.TEXT)


def _likely(text: str) -> tuple[str, ...]:
    """Return the language of a text, and after it the one that is nearly as likely, if there is one."""
    sample = letters_of(text, _SAMPLE)
    script, letters = main_script(sample)
    if letters < (_FEWEST_OF_ONE if script in ONE_LANGUAGE else _FEWEST_LETTERS):
        return (UNDETERMINED,)
    if script in ONE_LANGUAGE:
        return (ONE_LANGUAGE[script],)
    if script == "Jpan":
        tag, decided_by = han_language(sample)
        return (tag,) if decided_by else _CHINESE
    sample = only_script(sample, script)
    own = by_own_letters(sample, script)
    return (own,) if own else _by_model(sample, script)


def _by_model(sample: str, script: str) -> tuple[str, ...]:
    # numpy and the models take half a second, which only who asks pays.
    from silkwire.extract.languages.language_model import candidates

    found = candidates(sample, script)[:2]
    if not found or found[0][1] < _LEAST_CONFIDENCE:
        return (UNDETERMINED,)
    best = found[0][1]
    return tuple(tag for tag, probability in found if probability >= best * _TIE)


def _means(source_language: str, tag: str) -> bool:
    """Say whether a feed's tag (`zh-TW`, `uz`) names the language, and the script as far as it names one."""
    language, *parts = source_language.replace("_", "-").split("-")
    if language.lower() != tag.partition("-")[0]:
        return False
    script = next((part.title() for part in parts if len(part) == 4), "")
    if not script and language.lower() == "zh":
        script = "Hant" if _TRADITIONAL.intersection(part.upper() for part in parts) else "Hans"
    return not script or script == tag.partition("-")[2] or "-" not in tag
