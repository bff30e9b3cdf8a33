"""The texts that the topic model learns from: our own, in this package, and labelled sets of others, in a folder.

Our own are in news/<language>.tsv (topics, headline, lead, and here and there an English translation) and in
glosses/<language>.tsv (an English word, and what it is in the language). A set of others is a file of JSON lines with
`id`, `set`, `lang`, `title`, `text` and `topics`, the codes of which any is right; the vocabulary itself is one with
`code`, `broader`, `labels` and `definitions`.
"""

import gzip
import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from silkwire.errors import Config
from silkwire.label.matching.tables import table_rows
from silkwire.label.topics.vocabulary import topic_codes, topic_positions

FOLDS = 5
WEAK = "weak"  # the corpus of stored articles that the outlet's section labels
_SENTENCES = "sib"  # sets of parallel sentences begin so; the number behind an id's last hyphen is the sentence's
# The languages of sentences, which are named as FLORES names them, by BCP 47.
_FLORES = {
    "arb_Arab": "ar", "deu_Latn": "de", "eng_Latn": "en", "fra_Latn": "fr", "spa_Latn": "es", "rus_Cyrl": "ru",
    "tur_Latn": "tr", "zho_Hans": "zh", "zho_Hant": "zh-Hant", "kaz_Cyrl": "kk", "kir_Cyrl": "ky", "uzn_Latn": "uz",
    "tgk_Cyrl": "tg", "tuk_Latn": "tk", "uig_Arab": "ug", "khk_Cyrl": "mn", "pes_Arab": "fa",
}  # fmt: skip
_VOCABULARY_LANGUAGES = ("ar", "en-GB", "fr", "zh-Hans")  # more of them add nothing (docs/topics.md)
_NUMBER = re.compile(r"-(\d+)$")


@dataclass(frozen=True, slots=True)
class TopicText:
    """A text and its topics, positions in a row of scores of which any is right. `number` is a parallel sentence's."""

    corpus: str
    language: str
    title: str
    text: str
    topics: tuple[int, ...]
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Material:
    """All there is to learn from.

    `news` holds the sets of others by name, `ours` our own items and their translations, `weak` what only the outlet
    labels.
    """

    news: dict[str, tuple[TopicText, ...]]
    sentences: tuple[TopicText, ...]
    vocabulary: tuple[TopicText, ...]
    ours: tuple[TopicText, ...]
    glosses: dict[str, tuple[tuple[str, str], ...]]
    digests: dict[str, str]
    weak: tuple[TopicText, ...] = ()

    def block(self, fold: int) -> range:
        """Return the numbers of the sentences that are held out in a fold: neighbours (-1: none are)."""
        numbers = sorted({text.number for text in self.sentences if text.number is not None})
        edges = [len(numbers) * edge // FOLDS for edge in range(FOLDS + 1)]
        found = numbers[edges[fold] : edges[fold + 1]] if fold >= 0 else []
        return range(found[0], found[-1] + 1) if found else range(0)


def read_material(folder: Path, weak: tuple[TopicText, ...] = ()) -> Material:
    """Read the sets of a folder and our own texts; raise `Config` that names the file and line of what is wrong."""
    paths = sorted(folder.rglob("*.jsonl.gz"))
    if not paths:
        raise Config(f"{folder}: holds no labelled sets (*.jsonl.gz); name a folder that does with --data")
    news: dict[str, tuple[TopicText, ...]] = {}
    sentences: list[TopicText] = []
    vocabulary: tuple[TopicText, ...] = ()
    for path in paths:
        rows = tuple(_json_lines(path))
        if "broader" in rows[0]:
            vocabulary = tuple(_vocabulary(rows))
        elif rows[0]["set"].startswith(_SENTENCES):
            sentences += _texts(path, rows) if rows[0]["lang"] in _FLORES else ()
        else:
            news[path.name.removesuffix(".jsonl.gz")] = tuple(_texts(path, rows))
    if not news or not sentences:
        raise Config(f"{folder}: needs a set of news and one of parallel sentences ({_SENTENCES}-…) to learn from")
    own, glosses = files(__package__).joinpath("news"), files(__package__).joinpath("glosses")
    digests = {path.name.removesuffix(".jsonl.gz"): _digest(path) for path in paths}
    digests |= own_digests()
    return Material(
        news,
        tuple(sentences),
        vocabulary,
        tuple(text for entry in _sorted(own) for text in own_texts(entry)),
        {entry.name.removesuffix(".tsv"): _glosses(entry) for entry in _sorted(glosses)},
        digests | ({WEAK: f"{len(weak):,} stored articles"} if weak else {}),
        weak,
    )


def own_digests() -> dict[str, str]:
    """Return the digest of each file of our own texts and glosses by its name."""
    shelves = (files(__package__).joinpath(name) for name in ("news", "glosses"))
    return {f"{shelf.name}/{entry.name}": _digest(entry) for shelf in shelves for entry in _sorted(shelf)}


def targets(texts: Sequence[TopicText]) -> NDArray[np.float32]:
    """Return the sets of right topics as ones in an array of shape (texts, topics)."""
    found = np.zeros((len(texts), len(topic_codes())), np.float32)
    for row, text in zip(found, texts, strict=True):
        row[list(text.topics)] = 1
    return found


def _sorted(folder: Traversable) -> list[Traversable]:
    return sorted((entry for entry in folder.iterdir() if entry.name.endswith(".tsv")), key=lambda entry: entry.name)


def _digest(path: Path | Traversable) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


def _json_lines(path: Path) -> Iterator[dict[str, Any]]:
    number = 0
    try:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                row = json.loads(line)
                if not isinstance(row, dict) or not ({"set", "lang", "id", "topics"} <= row.keys() or "broader" in row):
                    raise Config(f"{path}, line {number}: needs set, lang, id and topics")
                yield row
    except (OSError, EOFError, ValueError) as error:
        raise Config(f"{path}, line {number + 1}: is no line of JSON in gzip ({error})") from error
    if not number:
        raise Config(f"{path}: is empty")


def _texts(path: Path, rows: Iterable[dict[str, Any]]) -> Iterator[TopicText]:
    positions = topic_positions()
    for line, row in enumerate(rows, 1):
        try:
            topics = tuple(positions[code] for code in row["topics"]) if isinstance(row["topics"], list) else ()
            if not topics:
                raise Config(f"{path}, line {line}: topics must be a list of codes such as {next(iter(positions))}")
            language = _FLORES.get(row["lang"], row["lang"])
            number = _NUMBER.search(row["id"]) if row["set"].startswith(_SENTENCES) else None
            title, text = row.get("title") or "", row.get("text") or ""
            corpus = _SENTENCES if number else row["set"]
            yield TopicText(corpus, language, title, text, topics, int(number[1]) if number else None)
        except (KeyError, TypeError) as error:
            raise Config(
                f"{path}, line {line}: {error} is no topic, or lacks; topics are {', '.join(positions)}"
            ) from error


def _vocabulary(rows: Sequence[dict[str, Any]]) -> Iterator[TopicText]:
    """Yield each concept's label and definition in each language, as a text on its topmost concept."""
    broader = {row["code"]: [f"medtop:{code.removeprefix('medtop:')}" for code in row["broader"]] for row in rows}
    positions = topic_positions()

    def topmost(code: str) -> set[str]:
        above = broader.get(code) or []
        return {top for parent in above for top in topmost(parent)} if above else {code}

    for row in rows:
        topics = tuple(sorted(positions[code] for code in topmost(row["code"]) if code in positions))
        for language in _VOCABULARY_LANGUAGES if topics else ():
            if label := row["labels"].get(language):
                definition = (row.get("definitions") or {}).get(language, "")
                yield TopicText("iptc-mediatopics", language.partition("-")[0], label, definition, topics)


def own_texts(path: Path | Traversable) -> Iterator[TopicText]:
    """Yield the items of a file named for its language, and their English translations as texts of their own."""
    language = path.name.removesuffix(".tsv")
    names = list(topic_codes())
    for number, (topics, title, *rest) in enumerate(table_rows(path), 1):
        text, *translation = rest or [""]
        try:
            positions = tuple(names.index(name.strip()) for name in topics.split(","))
        except ValueError as error:
            raise Config(f"{path}, row {number}: {error}: topics are {', '.join(names)}") from error
        yield TopicText(f"own-{language}", language, title, text, positions)
        for english in translation:
            yield TopicText(f"own-{language}", "en", "", english, positions)


def _glosses(path: Traversable) -> tuple[tuple[str, str], ...]:
    return tuple((english, words) for english, words, *_ in table_rows(path))
