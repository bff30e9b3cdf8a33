"""Topic terms as people write them: `gas pipeline` in all its forms, `pipeline*` with any ending, `"BRI"` as it stands."""

from collections.abc import Iterator

from silkwire.label.gazetteer import inflected
from silkwire.label.matcher import Case, Pattern, Speaker, Tail, make_pattern, written_case
from silkwire.label.uzbek import cyrillic


def explain_bad_term(written: str) -> str | None:
    """Return what is wrong with a term, or None."""
    core = written[:-1] if written.endswith("*") else written
    if "*" in core:
        return f"{written!r}: a * can only end a term"
    if written.startswith('"') != (written.endswith('"') and len(written) > 1):
        return f"{written!r}: a quote is open"
    if not any(character.isalnum() for character in core):
        return f"{written!r} has no letter"
    return None


def term_patterns(written: str, language: str, speaker: Speaker, weight: float) -> Iterator[Pattern]:
    """Yield the patterns of a term in one language. Case does not matter unless the term is quoted."""
    if written.startswith('"'):
        name = written.strip('"')
        yield from inflected(name, language, speaker, weight, written_case(name))
    elif written.endswith("*"):
        stem = written[:-1]
        for spelling in (stem, cyrillic(stem)) if language == "uz" else (stem,):
            yield make_pattern(spelling, written, language, speaker, Tail.PREFIX, Case.ANY, weight)
    else:
        yield from inflected(written, language, speaker, weight, Case.ANY)
