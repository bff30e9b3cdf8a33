"""Whether a watch topic's rule is fulfilled by what was found in a text."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter

from silkwire.label.topics.watch_nearness import Find, Space, Span, pairs, together
from silkwire.label.topics.watch_topic import ANY, NONE, Term, WatchTopic, weight_of

Places = Sequence[Span]  # where a term stands in the folded text


@dataclass(slots=True)
class Found:
    """What was found for one topic: whole terms by slot, and the two sides of each proximity term by its distance."""

    terms: dict[int, list[tuple[Term, Places]]] = field(default_factory=dict)
    sides: dict[tuple[int, Term, int], tuple[list[Span], list[Span]]] = field(default_factory=dict)

    def add_side(self, slot: int, term: Term, distance: int, side: int, places: Places) -> None:
        """Add where a side (0 or 1) of a proximity term stands."""
        self.sides.setdefault((slot, term, distance), ([], []))[side].extend(places)


@dataclass(frozen=True, slots=True)
class Verdict:
    """A topic holds: how strongly, by which spans of the folded text, and what other spans say so too."""

    score: float
    needed: tuple[Span, ...]
    others: tuple[Span, ...]


def judge(topic: WatchTopic, found: Found, space: Space) -> Verdict | None:
    """Judge one topic by its own terms."""
    pairs_by_slot = _pairs(found, space) if found.sides else {}
    if NONE in found.terms or NONE in pairs_by_slot:
        return None
    strength = 0.0
    if topic.any:
        terms = [term for term, _ in found.terms.get(ANY, ())]
        terms += [find.term for find in pairs_by_slot.get(ANY, ())]
        strength = weight_of(terms) if len(terms) > 1 else sum(term.weight for term in terms)
        if strength < topic.threshold:
            return None
    groups = _required(topic, found, pairs_by_slot, space) if topic.all else []
    if groups is None or not (topic.any or topic.all):
        return None
    required = list(dict.fromkeys(find for group in groups for find in group))
    if not topic.any:
        strength = topic.threshold * len({find.term.written for find in required}) / len(topic.all)
    finds = [*required, *_finds(ANY, found, pairs_by_slot)]
    needed = [group[0] for group in groups] if topic.near is None or not groups else list(groups[0])
    needed += _enough(finds[len(required) :], topic.threshold) if topic.any else ()
    return Verdict(strength / (strength + topic.threshold), *_spans(needed, finds))


def _enough(finds: Iterable[Find], threshold: float) -> Iterator[Find]:
    """Yield the first find of each term, the heaviest terms first, until their weights reach the threshold."""
    reached = 0.0
    seen: set[str] = set()
    for find in sorted(finds, key=lambda find: (-find.term.weight, find.start)):
        if reached < threshold and find.term.written not in seen:
            seen.add(find.term.written)
            reached += find.term.weight
            yield find


def _spans(needed: Iterable[Find], finds: Sequence[Find]) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Return the spans that are needed, and the others: of each term the first one first."""
    firsts: dict[Term, Find] = {}
    for find in sorted(finds, key=attrgetter("start", "end")):
        firsts.setdefault(find.term, find)
    decisive = dict.fromkeys(span for find in needed for span in find.spans)
    others = dict.fromkeys(span for find in firsts.values() for span in find.spans)
    others |= dict.fromkeys(sorted({span for find in finds for span in find.spans}))
    return tuple(decisive), tuple(span for span in others if span not in decisive)


def _pairs(found: Found, space: Space) -> Mapping[int, list[Find]]:
    """Return the proximity terms whose sides stand near each other, by slot."""
    slots: dict[int, list[Find]] = {}
    for (slot, term, distance), sides in found.sides.items():
        left, right = ([Find(*span, term, (span,)) for span in side] for side in sides)
        for first, second in pairs(left, right, distance, space):
            both = Find(first.start, second.end, term, (*first.spans, *second.spans))
            slots.setdefault(slot, []).append(both)
    return slots


def _finds(slot: int, found: Found, pairs_by_slot: Mapping[int, Sequence[Find]]) -> Iterator[Find]:
    """Yield everything found in one slot."""
    for term, places in found.terms.get(slot, ()):
        for span in places:
            yield Find(*span, term, (span,))
    yield from pairs_by_slot.get(slot, ())


def _required(
    topic: WatchTopic, found: Found, pairs_by_slot: Mapping[int, Sequence[Find]], space: Space
) -> Sequence[Sequence[Find]] | None:
    """Return what was found of each group of `all`, or with `near` what stands together; None where one misses."""
    groups = [list(_finds(slot, found, pairs_by_slot)) for slot in range(1, len(topic.all) + 1)]
    if not all(groups):
        return None
    if topic.near is None:
        return groups
    return list(together(groups, topic.near, space)) or None
