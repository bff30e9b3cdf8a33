"""Reads `config/topics.yaml`, whose header says what a topic may have."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import yaml
from babel.localedata import exists

from silkwire.label.configuration import Document, Misplaced
from silkwire.label.matching.collector import collector_at_rest
from silkwire.label.matching.languages import primary
from silkwire.label.matching.terms import FARTHEST, MOST_WORDS, explain_bad_term
from silkwire.label.regions.cldr import ISO_CODES
from silkwire.label.regions.divisions import division_codes
from silkwire.label.topics.watch_findings import Finding, Level
from silkwire.label.topics.watch_topic import Term, WatchTopic

_KEYS = ("labels", "threshold", "any", "all", "none", "near", "region", "parent")
# A term without marks, which needs no closer look. The Arabic stroke that only lengthens a word is no letter.
_ID = re.compile("[a-z0-9][a-z0-9-]{0,62}")
_MOST_NEAR = 6  # groups; more are never meant, and the ways to choose of them are countless
_PLAIN = re.compile(r'[^"*~<>|]*[^\W_\u0640][^"*~<>|]*')

_CAPITALS = re.compile(r"[^\W_](?:[^\W_]|[ .-](?=[^\W_]))*")  # what YAML needs no quotes for, if it is in capitals

Report = Callable[[str, Misplaced], None]  # the topic's id, and what is wrong
Hint = Callable[[Finding], None]


def read_watch_topics(path: Path, regions: Collection[str] | None = None) -> tuple[WatchTopic, ...]:
    """Read the file; raise `Config` that names the line and the nearest valid word.

    `regions` are the ids that a topic may ask for beside ISO 3166 codes; None: which there are is not known here.
    """

    def fail(_: str, mistake: Misplaced) -> None:
        raise mistake

    return read_reporting(path, regions, fail)


def read_reporting(
    path: Path, regions: Collection[str] | None, report: Report, hint: Hint = lambda _: None
) -> tuple[WatchTopic, ...]:
    """Read the file as `read_watch_topics` does, but hand each mistake to `report` and go on without that part.

    What is read but seems to be meant otherwise is handed to `hint`.
    """
    reader = _Reader(Document(path), regions, report, hint)
    with collector_at_rest():
        entries = reader.document.entries("topics")
        topics = tuple(reader.topic(key, body) for key, body in entries)
    reader.check_families(topics, {key.value: key for key, _ in entries})
    return topics


@dataclass(slots=True)
class _Reader:
    """Reads topic after topic of one file, and tells mistakes."""

    document: Document
    regions: Collection[str] | None
    report: Report
    hint: Hint
    _languages: dict[str, str] = field(default_factory=dict)
    _parents: dict[str, yaml.Node] = field(default_factory=dict)
    _mistaken: set[str] = field(default_factory=set)

    def topic(self, key: yaml.ScalarNode, body: yaml.Node) -> WatchTopic:
        """Read one topic, as much of it as is right."""
        name = key.value
        found: dict[str, Any] = {}
        if not _ID.fullmatch(name):
            what = f"{name!r} is no id of a topic; write a-z, 0-9 and hyphens, at most 63 of them"
            self._mistake(name, self.document.error(key, what))
        with self._going_on(name):
            for word, value in self.document.mapping(body, f"topic {name!r}"):
                with self._going_on(name):
                    found |= self._read(name, word, value)
        topic = WatchTopic(name, line=key.start_mark.line + 1, **found)
        if topic.near is not None and not 1 < len(topic.all) <= _MOST_NEAR:
            what = f"topic {name!r} has near, which needs two groups under all, and takes {_MOST_NEAR} at most"
            self.report(name, self.document.error(key, what))
        return topic

    def check_families(self, topics: Sequence[WatchTopic], keys: Mapping[str, yaml.Node]) -> None:
        """Tell parents that are unknown or go round, and topics that nothing can make hold."""
        parents = {topic.id: topic.parent for topic in topics if topic.parent is not None}
        unknown = set(parents.values()) - set(keys)
        for name in parents:
            with self._going_on(name):
                self.document.choice(self._parents[name], keys, "topic of this file")
                if name in _ancestors(name, parents):
                    raise self.document.error(self._parents[name], f"topic {name!r} is its own parent in the end")
        for topic in topics:
            has_terms = topic.any or topic.all or topic.id in parents.values()
            # A parent whose name is written wrong below is not told twice.
            meant = has_terms or any(get_close_matches(parent, (topic.id,)) for parent in unknown)
            if not meant and topic.id not in self._mistaken:
                mistake = self.document.error(keys[topic.id], f"topic {topic.id!r} needs terms under any or all")
                self.report(topic.id, mistake)

    @contextmanager
    def _going_on(self, name: str) -> Iterator[None]:
        """Report a mistake in a topic, and go on with what comes after."""
        try:
            yield
        except Misplaced as mistake:
            self._mistake(name, mistake)

    def _mistake(self, name: str, mistake: Misplaced) -> None:
        self._mistaken.add(name)
        self.report(name, mistake)

    def _read(self, name: str, key: yaml.ScalarNode, value: yaml.Node) -> dict[str, Any]:
        """Read one key of a topic."""
        document = self.document
        match word := document.choice(key, _KEYS, "key of a topic"):
            case "labels":
                return {word: document.words_by_language(value, word)}
            case "threshold":
                return {word: document.number(value, word)}
            case "all":
                return {word: tuple(self._group(name, group) for group in document.sequence(value, word))}
            case "near":
                return {word: self._distance(value)}
            case "region":
                return {word: self._regions(value)}
            case "parent":
                self._parents[name] = value
                return {word: document.text(value, word)}
        return {word: self._terms(name, value)}

    def _distance(self, node: yaml.Node) -> int:
        text = self.document.text(node, "near")
        if not text.isdecimal() or not 0 < int(text) <= FARTHEST:
            raise self.document.error(node, f"near must be a number of words from 1 to {FARTHEST}, not {text!r}")
        return int(text)

    def _regions(self, node: yaml.Node) -> tuple[str, ...]:
        items = [node] if isinstance(node, yaml.ScalarNode) else self.document.sequence(node, "region")
        if not items:
            raise self.document.error(node, "region names no place; take it away, or name one")
        if self.regions is None:
            return tuple(self.document.text(item, "a region") for item in items)
        valid = {*self.regions, *ISO_CODES, *division_codes()}
        return tuple(self.document.choice(item, valid, "region of regions.yaml or ISO 3166 code") for item in items)

    def _group(self, name: str, node: yaml.Node) -> tuple[Term, ...]:
        """Read a group of `all`, which can't be found if it is empty."""
        terms = self._terms(name, node)
        if not terms and name not in self._mistaken:
            self._mistake(name, self.document.error(node, "a group of all has no terms; add some, or take it away"))
        return terms

    def _terms(self, name: str, node: yaml.Node) -> tuple[Term, ...]:
        """Read terms by language: `{en: [Belt and Road, {New Silk Road: 0.5}]}`."""
        terms: list[Term] = []
        for key, value in self.document.mapping(node, "terms"):
            with self._going_on(name):
                language = self._language(key)
                for item in self.document.sequence(value, f"the terms of {language}"):
                    if _is_plain(item):
                        terms.append(Term(language, item.value.strip(), 1.0, item.start_mark.line + 1))
                    else:
                        with self._going_on(name):
                            terms.extend(self._weighted(name, language, item))
        return tuple(terms)

    def _weighted(self, name: str, language: str, item: yaml.Node) -> Iterator[Term]:
        """Read an item of a list of terms that has weights, marks or quotes, or is none."""
        document = self.document
        pairs = document.mapping(item, "a term") if isinstance(item, yaml.MappingNode) else [(item, None)]
        for node, weight in pairs:
            written = document.text(node, "a term")
            if problem := explain_bad_term(written):
                raise document.error(node, problem)
            if _looks_quoted(node, written):
                what = f"{language} term {written!r} is found in small letters too: YAML takes these quotes away"
                line = node.start_mark.line + 1
                self.hint(Finding(Level.NOTICE, line, name, what, f"""write '"{written}"', or leave the quotes out"""))
            number = 1.0 if weight is None else document.number(weight, "a weight")
            yield Term(language, written, number, node.start_mark.line + 1)

    def _language(self, key: yaml.ScalarNode) -> str:
        """Read the language of terms: a primary code, since both scripts of a language are read."""
        if key.value not in self._languages:
            word = self.document.text(key, "a language")
            language = primary(word)
            if language != word and exists(language):
                raise self.document.error(key, f"terms are listed under {language}, not {word!r}")
            self._languages[key.value] = self.document.language(key)
        return self._languages[key.value]


def _is_plain(item: yaml.Node) -> bool:
    """Say whether an item of a list is a short term without weight, marks and quotes, which needs no closer look."""
    if not isinstance(item, yaml.ScalarNode) or item.style or len(item.value) >= 2 * MOST_WORDS:
        return False
    return _PLAIN.fullmatch(item.value) is not None


def _looks_quoted(node: yaml.Node, written: str) -> bool:
    """Say whether a term in capitals is in quotes that YAML does not need: its author meant them to count."""
    quoted = isinstance(node, yaml.ScalarNode) and node.style in ("'", '"')
    return quoted and written.isupper() and _CAPITALS.fullmatch(written) is not None


def _ancestors(name: str, parents: Mapping[str, str]) -> set[str]:
    """Return the topics above one, itself included where they go round."""
    found: set[str] = set()
    above = parents.get(name)
    while above is not None and above not in found:
        found.add(above)
        above = parents.get(above)
    return found
