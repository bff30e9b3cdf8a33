"""The Media Topics by weighted terms: data/<language>.tsv, a line per topic. They speak beside the model.

A term is written as `terms.py` reads it, with `:2` behind it where it weighs 2. A text's strength in a topic is the sum
of its terms' weights, repeated terms and long texts damped, titles counted more.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from importlib.resources import files
from math import log, sqrt

from silkwire.label.matching.matcher import Hit, Speaker, Spelling
from silkwire.label.matching.tables import table_rows
from silkwire.label.matching.terms import term_spellings
from silkwire.label.regions.standing import Layout
from silkwire.label.topics.vocabulary import topic_codes

_TITLE_WEIGHT = 2.0
_LEAD_WEIGHT = 1.3
_TYPICAL_LENGTH = 1500  # characters; longer texts must say more


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


def hits_by_topic(hits: Iterable[Hit]) -> dict[str, list[Hit]]:
    """Return the hits of topics' terms by the topics' codes."""
    found: dict[str, list[Hit]] = defaultdict(list)
    for hit in hits:
        if hit.pattern.speaker.kind == "topic":
            found[hit.pattern.speaker.id].append(hit)
    return found


def strength(hits: Iterable[Hit], layout: Layout) -> float:
    """Sum the weights of one topic's terms; the tenth time a term is said adds less than the first."""
    by_term: dict[str, list[Hit]] = defaultdict(list)
    for hit in hits:
        by_term[hit.pattern.term].append(hit)
    total = 0.0
    for found in by_term.values():
        places = [_emphasis(hit, layout) for hit in found]
        total += found[0].pattern.weight * max(places) * (1 + log(len({hit.start for hit in found})))
    return total / sqrt(max(1.0, layout.length / _TYPICAL_LENGTH))


def _emphasis(hit: Hit, layout: Layout) -> float:
    if hit.end <= layout.title_end:
        return _TITLE_WEIGHT
    return _LEAD_WEIGHT if hit.start < layout.lead_end else 1.0
