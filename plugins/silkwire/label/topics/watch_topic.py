"""A watch topic as its author wrote it: terms in groups, and what else must be so."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

ANY, NONE = 0, -1  # slots of terms; the groups of `all` are 1, 2 and so on


class Term(NamedTuple):
    """A term as written, with its marks; `line` is where it stands in the file, from 1."""

    language: str
    written: str
    weight: float
    line: int


def weight_of(terms: Iterable[Term]) -> float:
    """Add weights up, of what is spelled alike in two languages the larger one alone."""
    weights: dict[str, float] = {}
    for term in terms:
        weights[term.written] = max(term.weight, weights.get(term.written, 0.0))
    return sum(weights.values())


@dataclass(frozen=True, slots=True)
class WatchTopic:
    """A rule: the weights of the `any` terms found reach `threshold`, each group of `all` has one, `none` has none.

    With `near`, one term of each group of `all` stands within that many words of the others. With `region`, one of
    these codes (ISO 3166, or ids of regions.yaml) is named in the text. Where this topic holds, its `parent` does.
    """

    id: str
    labels: tuple[tuple[str, tuple[str, ...]], ...] = ()
    threshold: float = 1.0
    any: tuple[Term, ...] = ()
    all: tuple[tuple[Term, ...], ...] = ()
    none: tuple[Term, ...] = ()
    near: int | None = None
    region: tuple[str, ...] = ()
    parent: str | None = None
    line: int = 0

    def groups(self) -> Iterator[tuple[int, tuple[Term, ...]]]:
        """Yield each group of terms with its slot."""
        if self.any:
            yield ANY, self.any
        yield from enumerate(self.all, 1)
        if self.none:
            yield NONE, self.none


def with_descendants(topics: Sequence[WatchTopic], name: str) -> tuple[WatchTopic, ...]:
    """Return a topic and all that make it hold: its children, theirs and so on; nothing where it is unknown."""
    family = {name}
    grown = True
    while grown:
        more = {topic.id for topic in topics if topic.parent in family} - family
        family |= more
        grown = bool(more)
    return tuple(topic for topic in topics if topic.id in family)
