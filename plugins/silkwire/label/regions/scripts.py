"""The scripts in which places are named, by their ISO 15924 codes."""

import re

LATIN, CYRILLIC, ARABIC, HAN = "Latn", "Cyrl", "Arab", "Hani"
SCRIPTS = (LATIN, CYRILLIC, ARABIC, HAN)
_SAMPLE = 1_000  # characters tell enough
# The scripts of languages that are not written in Latin alone.
_WRITTEN = {
    **dict.fromkeys(("ru", "uk", "ky", "tg", "mn", "tt", "be", "bg"), (CYRILLIC,)),
    **dict.fromkeys(("fa", "ar", "ug", "prs", "ur", "ps"), (ARABIC,)),
    **dict.fromkeys(("zh", "ja"), (HAN,)),
    "kk": (CYRILLIC, LATIN, ARABIC),
    "uz": (LATIN, CYRILLIC),
}
_LETTERS = {
    LATIN: re.compile("[A-Za-z\u00c0-\u024f\u0259\u1e00-\u1eff]"),  # \u0259 is Azerbaijani
    CYRILLIC: re.compile("[\u0400-\u052f]"),
    ARABIC: re.compile("[\u0600-\u06ff\u0750-\u077f]"),
    HAN: re.compile("[\u3400-\u9fff]"),
}


def script_of(text: str) -> str | None:
    """Return the script that most letters of a text are in; None where it is none of these."""
    sample = text[:_SAMPLE]
    counts = {script: len(letters.findall(sample)) for script, letters in _LETTERS.items()}
    most = max(SCRIPTS, key=counts.__getitem__)
    return most if counts[most] else None


def scripts_of(language: str) -> tuple[str, ...]:
    """Return the scripts in which a language (a primary subtag) is written."""
    return _WRITTEN.get(language, (LATIN,))


def only_script(name: str) -> str | None:
    """Return the script of a name all of whose letters are in one of these; None for any other."""
    letters = [character for character in name if character.isalpha()]
    found = script_of(name)
    return found if found and all(map(_LETTERS[found].match, letters)) else None
