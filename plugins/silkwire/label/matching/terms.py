"""Topic terms as people write them: `gas pipeline` in all its forms, `pipeline*` with any ending, `"BRI"` as is."""

from collections.abc import Iterator
from dataclasses import replace

from silkwire.label.matching.matcher import Case, Speaker, Spelling, Tail, Word, spell, written_case
from silkwire.label.matching.uzbek import cyrillic
from silkwire.label.matching.words import inflected


def explain_bad_term(written: str) -> str | None:
    """Return what is wrong with a term, or None."""
    core = written.removesuffix("*")
    if "*" in core:
        return f"{written!r}: a * can only end a term"
    if written.startswith('"') != (written.endswith('"') and len(written) > 1):
        return f"{written!r}: a quote is open"
    if not any(character.isalnum() for character in core):
        return f"{written!r} has no letter"
    return None


def term_spellings(written: str, language: str, speaker: Speaker, weight: float) -> Iterator[Spelling]:
    """Spell a term in one language. Case does not matter unless the term is quoted."""
    word = Word(written, language, speaker, weight, Case.ANY)
    if written.startswith('"'):
        name = written.strip('"')
        yield from inflected(replace(word, written=name, case=written_case(name)))
    elif written.endswith("*"):
        stem = written[:-1]
        yield from spell((stem, cyrillic(stem)) if language == "uz" else (stem,), word, Tail.PREFIX)
    else:
        yield from inflected(word)
