"""The analyst's own watch topics, by the rules of `config/topics.yaml`: any, all, none. The file documents its form."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import yaml

from silkwire.label.configuration import Document
from silkwire.label.matching.matcher import Hit, Speaker, Spelling
from silkwire.label.matching.normal import NormalText
from silkwire.label.matching.terms import explain_bad_term, term_spellings
from silkwire.records import WatchLabel

_KEYS = ("labels", "threshold", "any", "all", "none")
_EVIDENCE_KEPT = 20

Term = tuple[str, str, float]  # language, the term as written, weight


@dataclass(frozen=True, slots=True)
class WatchTopic:
    """A rule: the weights of the `any` terms found reach `threshold`, each group of `all` has one, `none` has none."""

    id: str
    labels: tuple[tuple[str, tuple[str, ...]], ...] = ()
    threshold: float = 1.0
    any: tuple[Term, ...] = ()
    all: tuple[tuple[Term, ...], ...] = ()
    none: tuple[Term, ...] = ()

    def groups(self) -> Iterator[tuple[str, tuple[Term, ...]]]:
        """Yield the kind under which the patterns of each group of terms speak."""
        yield "any", self.any
        yield from ((f"all {number}", group) for number, group in enumerate(self.all))
        yield "none", self.none


def read_watch_topics(path: Path) -> tuple[WatchTopic, ...]:
    """Read the file; raise `Config` that names the line and the nearest valid word."""
    document = Document(path)
    return tuple(_read_topic(document, name.value, body) for name, body in document.entries("topics"))


def watch_spellings(topics: tuple[WatchTopic, ...], language: str) -> Iterator[Spelling]:
    """Spell all watch topics in one language."""
    for topic in topics:
        for kind, terms in topic.groups():
            for spoken, written, weight in terms:
                if spoken == language:
                    yield from term_spellings(written, language, Speaker(f"watch {kind}", topic.id), weight)


def label_watch(topics: tuple[WatchTopic, ...], hits: Iterable[Hit], text: NormalText) -> tuple[WatchLabel, ...]:
    """Label the watch topics whose rule a text fulfils, the strongest first."""
    found: dict[Speaker, list[Hit]] = {}
    for hit in hits:
        if hit.pattern.speaker.kind.startswith("watch "):
            found.setdefault(hit.pattern.speaker, []).append(hit)
    labels = (_judge(topic, found, text) for topic in topics) if found else ()
    return tuple(sorted((label for label in labels if label), key=lambda label: (-label.score, label.id)))


def _judge(topic: WatchTopic, found: dict[Speaker, list[Hit]], text: NormalText) -> WatchLabel | None:
    groups = {kind: found.get(Speaker(f"watch {kind}", topic.id), []) for kind, _ in topic.groups()}
    required = [hits for kind, hits in groups.items() if kind.startswith("all ")]
    if groups["none"] or not all(required):
        return None
    weights = {hit.pattern.term: hit.pattern.weight for hit in groups["any"]}
    strength = sum(weights.values())
    if topic.any and strength < topic.threshold:
        return None
    strength = strength or topic.threshold
    spans = sorted({(hit.start, hit.end) for hits in (groups["any"], *required) for hit in hits})
    evidence = tuple(text.evidence(*span) for span in spans[:_EVIDENCE_KEPT])
    return WatchLabel(topic.id, round(strength / (strength + topic.threshold), 4), evidence)


def _read_topic(document: Document, name: str, body: yaml.Node) -> WatchTopic:
    topic = WatchTopic(name)
    for key, value in document.mapping(body, f"topic {name!r}"):
        match document.choice(key, _KEYS, "key of a topic"):
            case "labels":
                topic = replace(topic, labels=document.words_by_language(value, "labels"))
            case "threshold":
                topic = replace(topic, threshold=document.number(value, "threshold"))
            case "all":
                groups = document.sequence(value, "all")
                topic = replace(topic, all=tuple(_read_terms(document, group) for group in groups))
            case "any":
                topic = replace(topic, any=_read_terms(document, value))
            case _:
                topic = replace(topic, none=_read_terms(document, value))
    if not (topic.any or topic.all):
        raise document.error(body, f"topic {name!r} needs terms under any or all")
    return topic


def _read_terms(document: Document, node: yaml.Node) -> tuple[Term, ...]:
    """Read terms by language: `{en: [Belt and Road, {New Silk Road: 0.5}]}`."""
    terms: list[Term] = []
    for key, value in document.mapping(node, "terms"):
        language = document.language(key)
        for item in document.sequence(value, f"the terms of {language}"):
            pairs = document.mapping(item, "a term") if isinstance(item, yaml.MappingNode) else [(item, None)]
            for term, weight in pairs:
                written = document.text(term, "a term")
                if problem := explain_bad_term(written):
                    raise document.error(term, problem)
                terms.append((language, written, 1.0 if weight is None else document.number(weight, "a weight")))
    return tuple(terms)
