"""What an analyst types: words that must all be there, "phrases", -without, prefix*.

Nobody says in which language a query is, so each word becomes its terms in every language that its letters may be of,
joined by "or". Whatever is typed, nothing is raised.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from silkwire.label.matching.normal import NormalText, normalise
from silkwire.label.search.terms import is_latin_kazakh
from silkwire.label.search.tokens import PAIRED, Token, languages_of, spoken_in, tokens, written_alike

MOST_WORDS = 12
_LONGEST_QUERY = 2_000  # characters that are looked at
_MOST_IN_PHRASE = 24  # terms; a phrase in Chinese has one a character
_SHORTEST_BEGINNING = 3  # letters of `word*`; of fewer it is a word like another
_PAIRED = re.compile(rf"[{PAIRED}]")
_PIECE = re.compile(
    r'(?P<minus>(?<!\S)[-\u2212\u2013])?(?:["\u00ab\u201c\u201d\u201e\u300c](?P<phrase>[^"\u00bb\u201c\u201d\u300d]*)'
    r'["\u00bb\u201c\u201d\u300d]?|(?P<word>[^\s"\u00ab\u201c\u201d\u201e\u300c]+))'
)


class Way(NamedTuple):
    """Adjacent terms; with `is_begun` the last may go on."""

    terms: tuple[str, ...]
    is_begun: bool = False

    def tsquery(self) -> str:
        """Return it as PostgreSQL reads a `tsquery`. Terms have letters, digits and slashes, so none is escaped."""
        joined = " <-> ".join(f"'{term}'" for term in self.terms) + (":*" if self.is_begun else "")
        return f"({joined})" if len(self.terms) > 1 else joined

    def stands(self, row: Sequence[Token], place: int) -> bool:
        """Say whether a row of tokens has it at a place."""
        last = place + len(self.terms) - 1
        if last >= len(row):
            return False
        if any(row[place + step].term != term for step, term in enumerate(self.terms[:-1])):
            return False
        final = row[last].term
        return final.startswith(self.terms[-1]) if self.is_begun else final == self.terms[-1]


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing that must be there, or must not: any of some ways to say it."""

    ways: frozenset[Way]
    is_excluded: bool = False

    def tsquery(self) -> str:
        """Return it as PostgreSQL reads a `tsquery`."""
        return f"({' | '.join(way.tsquery() for way in sorted(self.ways))})"


@dataclass(frozen=True, slots=True)
class Query:
    """A query that was read: `tsquery` for PostgreSQL, None where there is nothing to search for.

    `is_cut` says that only its first 12 words are looked for.
    """

    asks: tuple[Ask, ...]
    is_cut: bool = False

    @property
    def tsquery(self) -> str | None:
        """Return the text to bind as `(:query)::tsquery`. Something must be asked for: `-word` alone is nothing."""
        wanted = [ask.tsquery() for ask in self.asks if not ask.is_excluded]
        unwanted = [f"!{ask.tsquery()}" for ask in self.asks if ask.is_excluded]
        return " & ".join((*wanted, *unwanted)) if wanted else None

    def highlight(self, text: str, language: str) -> list[tuple[int, int]]:
        """Return the spans of a text in a language (BCP 47) that answer the query; in order, none over another."""
        wanted = [ask for ask in self.asks if not ask.is_excluded]
        if not wanted:
            return []
        normal = normalise(text)
        row = list(tokens(normal, spoken_in(language), latin_kazakh=is_latin_kazakh(language)))
        by_first: dict[str, list[Way]] = {}
        begun: set[str] = set()
        for way in {way for ask in wanted for way in ask.ways}:
            if way.is_begun and len(way.terms) == 1:
                begun.add(way.terms[0])
            else:
                by_first.setdefault(way.terms[0], []).append(way)
        beginnings = tuple(begun)  # asked at once: a query may have a hundred, and a text ten thousand words
        found = [(token.start, token.end) for token in row if token.term.startswith(beginnings)]
        found += [
            (token.start, row[place + len(way.terms) - 1].end)
            for place, token in enumerate(row)
            for way in by_first.get(token.term, ())
            if way.stands(row, place)
        ]
        return _merged(normal, found)


def parse_query(text: str) -> Query:
    """Read a query. Never fails: signs that mean nothing are passed over, and words past the twelfth are left out."""
    asks: list[Ask] = []
    for piece in _PIECE.finditer(text[:_LONGEST_QUERY]):
        if len(asks) == MOST_WORDS:
            return Query(tuple(asks), is_cut=True)
        asks.extend(_asks(piece))
    return Query(tuple(dict.fromkeys(asks)), is_cut=len(text) > _LONGEST_QUERY)


def _asks(piece: re.Match[str]) -> Iterator[Ask]:
    phrase, word = piece["phrase"], piece["word"]
    written = word if phrase is None else phrase
    ways = frozenset(_ways(written, is_begun=phrase is None and written.endswith("*")))
    if ways:
        yield Ask(ways, is_excluded=piece["minus"] is not None)


def _ways(written: str, *, is_begun: bool) -> Iterator[Way]:
    """Yield a piece of a query as rows of adjacent terms, those of each language that it may be in."""
    normal = normalise(written)
    for language in languages_of(normal.folded):
        row = _without_last_characters(list(tokens(normal, language, latin_kazakh=True)))[:_MOST_IN_PHRASE]
        if not row:
            continue
        terms = tuple(token.term for token in row)
        if len(terms) == 1 and _PAIRED.fullmatch(terms[0]):
            yield Way(terms, is_begun=True)  # a character begins the pairs that the index has
            continue
        yield Way(terms)
        letters = normal.folded[row[-1].start : row[-1].end].replace("'", "")
        if is_begun and len(letters) >= _SHORTEST_BEGINNING:
            # The stem of a longer word is longer than these letters, or is theirs.
            head, slash, _ = terms[-1].rpartition("/")
            yield Way((*terms[:-1], f"{head}{slash}{written_alike(letters, language)}"), is_begun=True)


def _without_last_characters(row: list[Token]) -> list[Token]:
    """Leave out the single character at the end of each run of pairs: the last pair has it."""
    return [token for place, token in enumerate(row) if not (place and row[place - 1].end == token.end)]


def _merged(normal: NormalText, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return spans of the folded text as spans of the original, those that overlap as one."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(set(spans)):
        evidence = normal.evidence(start, end)
        if merged and evidence.start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], evidence.end))
        else:
            merged.append((evidence.start, evidence.end))
    return merged
