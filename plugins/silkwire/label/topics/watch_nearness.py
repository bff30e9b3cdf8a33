"""Which finds stand near each other: within so many words, not on top of each other, not across the title's end."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import takewhile
from operator import attrgetter
from typing import NamedTuple

from silkwire.label.matching.tokens import WordDistance
from silkwire.label.topics.watch_topic import Term

_MOST_TRIED = 20  # finds of one group beside an anchor
_MOST_TRIES = 1_000  # of finds to go with one anchor


Span = tuple[int, int]  # of the folded text


class Find(NamedTuple):
    """A term found: where it begins and ends in the folded text, and the spans that show it."""

    start: int
    end: int
    term: Term
    spans: tuple[Span, ...]


class Space:
    """Measures a folded text, which is a title, a line's end and the text."""

    def __init__(self, folded: str) -> None:
        """Keep where the title ends."""
        self._title_end = folded.find("\n")
        self._words = WordDistance(folded)

    def within(self, first: Find, second: Find, words: int) -> bool:
        """Say whether `second`, after `first`, is at most that many words on: 1 is the very next."""
        if second.start < first.end or first.start <= self._title_end < second.start:
            return False
        return self._words.between(first.end, second.start) <= words - 1


def pairs(left: Sequence[Find], right: Sequence[Find], words: int, space: Space) -> Iterator[tuple[Find, Find]]:
    """Yield each find of either side with the nearest ones of the other that stand within so many words."""
    yield from {**_followed(left, right, words, space), **_followed(right, left, words, space)}.values()


def _followed(
    firsts: Sequence[Find], seconds: Sequence[Find], words: int, space: Space
) -> dict[tuple[int, int], tuple[Find, Find]]:
    """Return each find with the nearest one of the others that follows it within so many words."""
    ordered = sorted(seconds, key=attrgetter("start"))
    starts = [find.start for find in ordered]
    found: dict[tuple[int, int], tuple[Find, Find]] = {}
    for first in firsts:
        place = bisect_left(starts, first.end)
        if place < len(ordered) and space.within(first, ordered[place], words):
            found[first.start, ordered[place].start] = first, ordered[place]
    return found


def together(groups: Sequence[Sequence[Find]], words: int, space: Space) -> Iterator[tuple[Find, ...]]:
    """Yield, for each find that has one of every other group within so many words after it, these together."""
    lines = [_Line(group) for group in groups]
    for number, line in enumerate(lines):
        others = lines[:number] + lines[number + 1 :]
        for anchor in line.finds:
            near = [other.after(anchor, words, space) for other in others]
            if all(near) and (chosen := _choose((anchor,), sorted(near, key=len), _Tries())):
                yield chosen


class _Line:
    """The finds of a group in reading order."""

    def __init__(self, finds: Sequence[Find]) -> None:
        self.finds = sorted(finds, key=attrgetter("start", "end"))
        self._starts = [find.start for find in self.finds]

    def after(self, anchor: Find, words: int, space: Space) -> list[Find]:
        """Return those that begin after `anchor` within so many words, the nearest first."""
        place = bisect_left(self._starts, anchor.end)
        return list(takewhile(lambda find: space.within(anchor, find, words), self.finds[place : place + _MOST_TRIED]))


class _Tries:
    """How many tries are left. Where groups share their terms the ways to choose are countless."""

    def __init__(self) -> None:
        self.left = _MOST_TRIES


def _choose(chosen: tuple[Find, ...], groups: Sequence[Sequence[Find]], tries: _Tries) -> tuple[Find, ...] | None:
    """Choose one find of each group so that none stands on another; nothing where the tries run out."""
    if not groups:
        return chosen
    for find in groups[0]:
        tries.left -= 1
        if tries.left < 0:
            return None
        if all(find.start >= other.end or find.end <= other.start for other in chosen) and (
            complete := _choose((*chosen, find), groups[1:], tries)
        ):
            return complete
    return None
