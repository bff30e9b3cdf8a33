"""The analyst's own watch topics, by the rules of `config/topics.yaml`, which documents its form."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from silkwire.label.matching.collector import collector_at_rest
from silkwire.label.matching.normal import NormalText
from silkwire.label.matching.term_index import TermIndex
from silkwire.label.matching.terms import term_sides
from silkwire.label.matching.tokens import Tokens, join_letters
from silkwire.label.topics.watch_file import read_watch_topics
from silkwire.label.topics.watch_judgement import Found, judge
from silkwire.label.topics.watch_nearness import Space
from silkwire.label.topics.watch_topic import Term, WatchTopic
from silkwire.records import Evidence, WatchLabel

__all__ = ["Watch", "WatchTopic", "read_watch_topics"]

_EVIDENCE_KEPT = 20


class _Owner(NamedTuple):
    """Whose term it is: the topic's number, the slot of its group, and which side of two it is, if there are two."""

    topic: int
    slot: int
    term: Term
    side: int
    distance: int


class _Held(NamedTuple):
    """A topic that holds: how strongly, the receipts that it needs, and others."""

    score: float
    needed: tuple[Evidence, ...]
    others: tuple[Evidence, ...]

    def label(self, name: str) -> WatchLabel:
        """Return its label: what it needs and then some others, as they stand in the text, places last."""
        kept = tuple(dict.fromkeys((*self.needed, *self.others)))[:_EVIDENCE_KEPT]
        ordered = sorted(kept, key=lambda span: (bool(span.kind), span.start, span.end))
        return WatchLabel(name, round(self.score, 4), tuple(ordered))

    def joined(self, child: "_Held") -> "_Held":
        """Return what a parent has that holds by itself, or by another child, and by this child too."""
        others = (*self.others, *child.others)
        return _Held(max(self.score, child.score), (*self.needed, *child.needed), others)


class Watch:
    """Finds watch topics in texts; a language is compiled when it is first met."""

    def __init__(self, topics: Sequence[WatchTopic]) -> None:
        """Keep the topics."""
        self.topics = tuple(topics)
        self._parents = {topic.id: topic.parent for topic in topics if topic.parent is not None}
        self._listed: dict[str, list[tuple[int, int, Term]]] = defaultdict(list)
        for number, topic in enumerate(topics):
            for slot, terms in topic.groups():
                for term in terms:
                    self._listed[term.language].append((number, slot, term))
        self._compiled: dict[str, tuple[TermIndex, list[list[_Owner]]]] = {}

    def compile(self, languages: Iterable[str] | None = None) -> None:
        """Compile languages before texts are met: all that have terms, unless said otherwise."""
        for language in languages or list(self._listed):
            self._language(language)

    def label(
        self, text: NormalText, languages: Iterable[str], places: Callable[[], Mapping[str, Evidence]] = dict
    ) -> tuple[WatchLabel, ...]:
        """Label the topics whose rule a text fulfils, the strongest first.

        `text` is title, line's end, text; `languages` are those it may hold words of. `places` returns the codes and
        regions that it names, each with a receipt; it is asked where the rest of a topic with a region holds.
        """
        space = Space(text.folded)
        receipt = cache(text.evidence)  # many topics may rest on the same words
        held: dict[str, _Held] = {}
        named: Mapping[str, Evidence] | None = None
        for number, found in self._find(text, languages).items():
            topic = self.topics[number]
            verdict = judge(topic, found, space)
            if verdict is None:
                continue
            if topic.region and named is None:
                named = places()
            region = _named(topic, named or {})
            if region is not None:
                needed = tuple(receipt(*span) for span in verdict.needed)
                others = tuple(receipt(*span) for span in verdict.others[:_EVIDENCE_KEPT])
                held[topic.id] = _Held(verdict.score, (*region, *needed), others)
        labels = [each.label(name) for name, each in self._with_parents(held).items()]
        return tuple(sorted(labels, key=lambda label: (-label.score, label.id)))

    def _find(self, text: NormalText, languages: Iterable[str]) -> dict[int, Found]:
        """Find the terms of all topics, by the number of the topic."""
        plain = Tokens(text.folded)
        found: dict[int, Found] = defaultdict(Found)
        for language in languages:
            if language not in self._listed:
                continue
            index, owners = self._language(language)
            joined = join_letters(text.folded, language)
            tokens = plain if joined == text.folded else Tokens(joined)
            for number, places in index.find(text, tokens).items():
                for topic, slot, term, side, distance in owners[number]:
                    if distance:
                        found[topic].add_side(slot, term, distance, side, places)
                    else:
                        found[topic].terms.setdefault(slot, []).append((term, places))
        return found

    def _language(self, language: str) -> tuple[TermIndex, list[list[_Owner]]]:
        if language not in self._compiled:
            with collector_at_rest():
                self._compiled[language] = _compile(language, self._listed.get(language, ()))
        return self._compiled[language]

    def _with_parents(self, held: Mapping[str, _Held]) -> dict[str, _Held]:
        """Add the parents of the topics that hold, with their children's evidence."""
        every = dict(held)
        for name, child in held.items():
            for parent in self._above(name):
                every[parent] = every[parent].joined(child) if parent in every else child
        return every

    def _above(self, name: str) -> Iterator[str]:
        parent = self._parents.get(name)
        while parent is not None:
            yield parent
            parent = self._parents.get(parent)


def _compile(language: str, listed: Iterable[tuple[int, int, Term]]) -> tuple[TermIndex, list[list[_Owner]]]:
    """Compile the terms of a language, each once, and list whose each is."""
    owners: dict[str, list[_Owner]] = {}
    for topic, slot, term in listed:
        sides, distance = term_sides(term.written)
        for side, alternatives in enumerate(sides):
            for written in alternatives:
                owners.setdefault(written, []).append(_Owner(topic, slot, term, side, distance))
    return TermIndex(language, list(owners)), list(owners.values())


def _named(topic: WatchTopic, places: Mapping[str, Evidence]) -> tuple[Evidence, ...] | None:
    """Return the receipt of the region that a topic needs; nothing where it needs none, None where it is not named."""
    if not topic.region:
        return ()
    return next(((places[code],) for code in topic.region if code in places), None)
