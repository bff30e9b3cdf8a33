"""The scripts in which places are named, by their ISO 15924 codes."""

from collections import Counter

LATIN, CYRILLIC, ARABIC, HAN = "Latn", "Cyrl", "Arab", "Hani"
SCRIPTS = (LATIN, CYRILLIC, ARABIC, HAN)
_SAMPLE = 2_000  # letters tell enough
_RANGES = (
    (LATIN, "A", "z"),
    (LATIN, "\u00c0", "\u024f"),
    (LATIN, "\u0259", "\u0259"),  # Azerbaijani
    (LATIN, "\u1e00", "\u1eff"),
    (CYRILLIC, "\u0400", "\u052f"),
    (ARABIC, "\u0600", "\u06ff"),
    (ARABIC, "\u0750", "\u077f"),
    (HAN, "\u3400", "\u9fff"),
)


def script_of(text: str) -> str | None:
    """Return the script that most letters of a text are in; None where it is none of these."""
    counts = Counter(map(_script, text[:_SAMPLE]))
    del counts[""]
    return counts.most_common(1)[0][0] if counts else None


def only_script(name: str) -> str | None:
    """Return the script of a name all of whose letters are in one of these; None for any other."""
    found = {_script(character) if character.isalpha() else "" for character in name} - {""}
    letters = [character for character in name if character.isalpha()]
    return found.pop() if len(found) == 1 and all(map(_script, letters)) else None


def _script(character: str) -> str:
    return (
        next((script for script, first, last in _RANGES if first <= character <= last), "")
        if character.isalpha()
        else ""
    )
