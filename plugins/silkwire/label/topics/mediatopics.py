"""The 17 top-level IPTC Media Topics by weighted terms: data/<language>.tsv, a line per topic.

A term is written as `terms.py` reads it, with `:2` behind it where it weighs 2. A text's strength in a topic is the sum
of its terms' weights, repeated terms and long texts damped, titles counted more; a topic holds when its score passes a
threshold and comes near the text's best.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from math import log, sqrt

from silkwire.label.matching.matcher import Hit, Speaker, Spelling
from silkwire.label.matching.normal import NormalText
from silkwire.label.matching.tables import table_rows
from silkwire.label.matching.terms import term_spellings
from silkwire.label.regions.standing import Layout
from silkwire.records import TopicLabel

_TITLE_WEIGHT = 2.0
_LEAD_WEIGHT = 1.3
_TYPICAL_LENGTH = 1500  # characters; longer texts must say more
_HALF = 3.0  # the strength that scores 0.5
_THRESHOLD = 0.3
_NEAR_BEST = 0.55
_MOST_TOPICS = 4
_EVIDENCE_KEPT = 20


def topic_spellings(language: str) -> Iterator[Spelling]:
    """Spell every topic's terms in one language."""
    path = files(__package__).joinpath(f"data/{language}.tsv")
    if not path.is_file():
        return
    for name, terms in table_rows(path):
        speaker = Speaker("topic", topic_codes()[name])
        for written in terms.split(","):
            term, _, weight = written.strip().partition(":")
            yield from term_spellings(term, language, speaker, float(weight or 1))


@cache
def topic_codes() -> dict[str, str]:
    """Return the codes of the topics by the short names that the data files use."""
    return {name: code for code, name, _ in _vocabulary()}


@cache
def topic_labels() -> dict[str, str]:
    """Return the English labels of the topics by their codes."""
    return {code: label for code, _, label in _vocabulary()}


def _vocabulary() -> list[list[str]]:
    return table_rows(files(__package__).joinpath("data/mediatopics.tsv"))


def label_topics(hits: Iterable[Hit], text: NormalText, layout: Layout) -> tuple[TopicLabel, ...]:
    """Label the topics a text is sure to have, the strongest first; none where none is."""
    by_topic: dict[str, list[Hit]] = defaultdict(list)
    for hit in hits:
        if hit.pattern.speaker.kind == "topic":
            by_topic[hit.pattern.speaker.id].append(hit)
    damping = sqrt(max(1.0, layout.length / _TYPICAL_LENGTH))
    strengths = {code: _strength(found, layout) / damping for code, found in by_topic.items()}
    best = max(strengths.values(), default=0.0)
    ranked = sorted(strengths.items(), key=lambda item: (-item[1], item[0]))
    labels = []
    for code, strength in ranked[:_MOST_TOPICS]:
        score = strength / (strength + _HALF)
        if score >= _THRESHOLD and strength >= _NEAR_BEST * best:
            spans = sorted({(hit.start, hit.end) for hit in by_topic[code]})[:_EVIDENCE_KEPT]
            labels.append(TopicLabel(code, round(score, 4), tuple(text.evidence(*span) for span in spans)))
    return tuple(labels)


def _strength(hits: list[Hit], layout: Layout) -> float:
    """Sum the weights of the terms found; the tenth time a term is said adds less than the first."""
    by_term: dict[str, list[Hit]] = defaultdict(list)
    for hit in hits:
        by_term[hit.pattern.term].append(hit)
    total = 0.0
    for found in by_term.values():
        places = [_emphasis(hit, layout) for hit in found]
        total += found[0].pattern.weight * max(places) * (1 + log(len({hit.start for hit in found})))
    return total


def _emphasis(hit: Hit, layout: Layout) -> float:
    if hit.end <= layout.title_end:
        return _TITLE_WEIGHT
    return _LEAD_WEIGHT if hit.start < layout.lead_end else 1.0
