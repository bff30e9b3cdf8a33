"""How fast many watch topics are read, compiled and found: 500 topics of 20 terms in each of 15 languages.

The file is made of the newsroom's own words and of words made of their syllables, the same ones every time. The texts
are the newsroom's articles repeated to 3,000 characters, which are the worst case, since the topics are made of their
words; words of the topics set at random, where every word is a hit; and the real news beside the checkout, where it is
there. `hold` is how many topics an article has.
"""

import gzip
import json
import random
import re
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TypeVar

from rich.table import Table
from tests.newsroom.answers import Site
from tests.newsroom.outlet import load_outlets

from benchmarks.pages import DATA
from silkwire.label.labeller import Labeller
from silkwire.label.matching.languages import primary, spoken
from silkwire.label.matching.normal import normalise
from silkwire.label.topics.watch import Watch, read_watch_topics
from silkwire.settings import ROOT

TOPICS, TERMS, WORDS = 500, 20, 4_000
LANGUAGES = ("en", "fr", "de", "ru", "uk", "zh", "kk", "ky", "uz", "tg", "tk", "tr", "ug", "fa", "ar")
LENGTH = 3_000
ROUNDS = 100
REAL = {
    "en": "bbc",
    "fr": "masakhane-fr",
    "ru": "tgcontest-exam-ru",
    "ky": "kg24-train",
    "tr": "ttc3600",
}

Result = TypeVar("Result")
Texts = Sequence[tuple[str, str]]  # title and text


def measure() -> Table:
    """Write the file, read it, compile it, label; return the table."""
    texts = newsroom_texts()
    words = {language: _words(language, [text for _, text in texts.get(language, ())]) for language in LANGUAGES}
    regions = ROOT / "config" / "regions.yaml"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "topics.yaml"
        path.write_text(topics_file(words), "utf-8")
        reading, topics = _timed(lambda: read_watch_topics(path))
        watch = Watch(topics)
        compiling, _ = _timed(watch.compile)
        labeller = Labeller.load(regions, path)
    ours = Labeller.load(regions, ROOT / "config" / "topics.yaml")
    table = Table(
        *("texts", "language", "these topics alone/s", "labels with these topics/s", "labels with ours/s", "hold"),
        title=f"{TOPICS} watch topics × {TERMS} terms × {len(LANGUAGES)} languages: "
        f"read in {reading:.2f} s, compiled in {compiling:.2f} s",
    )
    for name, language, listed in _all_texts(texts, words):
        held = sum(_watched(watch, title, text, language) for title, text in listed) / len(listed)
        ways = (partial(_watched, watch, language=language), partial(labeller.label, language=language))
        rates = [_rate(way, listed) for way in (*ways, partial(ours.label, language=language))]
        table.add_row(name, language, *(f"{rate:,.0f}" for rate in rates), f"{held:.1f}")
    return table


def topics_file(words: dict[str, Sequence[str]]) -> str:
    """Write the topics: two thirds of the terms are words, the others phrases of two or three."""
    chance = random.Random(7)  # noqa: S311 - a benchmark
    lines = ["topics:"]
    for number in range(TOPICS):
        lines += [f"  topic-{number}:", "    threshold: 2", "    any:"]
        for language, known in words.items():
            joint = "" if language == "zh" else " "
            terms = (joint.join(chance.choices(known, k=chance.choice((1, 1, 1, 1, 2, 3)))) for _ in range(TERMS))
            lines.append(f"      {language}: [{', '.join(json.dumps(term, ensure_ascii=False) for term in terms)}]")
    return "\n".join(lines) + "\n"


def newsroom_texts() -> dict[str, list[tuple[str, str]]]:
    """Return the newsroom's articles by language, each repeated to the length of an article."""
    texts: dict[str, list[tuple[str, str]]] = {}
    for site in (Site(outlet, date(2026, 11, 24), 8123) for outlet in load_outlets()):
        for article in site.outlet.articles:
            body = "\n".join(article.paragraphs)
            repeated = (body * (LENGTH // max(1, len(body)) + 1))[:LENGTH]
            texts.setdefault(primary(article.language or site.outlet.language), []).append((article.title, repeated))
    return texts


def _words(language: str, texts: Sequence[str]) -> list[str]:
    """Return the words of texts, and others made of their halves; nobody watches for words of four letters."""
    whole = " ".join(texts) or "salom dunyo bugun yangi xabar keldi va katta shahar haqida"
    pattern = "[\u4e00-\u9fff]{2,4}" if language == "zh" else r"[^\W\d_]{5,}"
    known = dict.fromkeys(re.findall(pattern, whole))
    chance = random.Random(language)  # noqa: S311
    halves = [(word[: len(word) // 2 + 1], word[len(word) // 2 :]) for word in known]
    for _ in range(WORDS):
        (first, _), middle, (_, last) = chance.choice(halves), chance.choice(halves), chance.choice(halves)
        known[first + chance.choice(middle) + last] = None
    return list(known)[:WORDS]


def _all_texts(
    texts: dict[str, list[tuple[str, str]]], words: dict[str, Sequence[str]]
) -> Iterator[tuple[str, str, Texts]]:
    chance = random.Random(11)  # noqa: S311
    for language in LANGUAGES:
        if language in texts:
            yield "newsroom", language, texts[language]
    for language in ("en", "ru", "zh", "kk"):
        joint = "" if language == "zh" else " "
        made = [joint.join(chance.choices(words[language], k=LENGTH // 6))[:LENGTH] for _ in range(10)]
        yield "random words", language, [("", text) for text in made]
    for language, name in REAL.items():
        path = DATA / "topics" / f"{name}.jsonl.gz"
        if path.is_file():
            with gzip.open(path, "rt", encoding="utf-8") as lines:
                rows = [json.loads(line) for line in islice(lines, ROUNDS)]
            yield name, language, [(str(row.get("title") or ""), str(row.get("text") or "")) for row in rows]


def _watched(watch: Watch, title: str, text: str, language: str) -> int:
    return len(watch.label(normalise(f"{title}\n{text}"), spoken(language)))


def _rate(label: Callable[[str, str], object], texts: Texts) -> float:
    """Return how many texts a second are labelled, warm."""
    label(*texts[0])
    rounds = max(1, ROUNDS // len(texts))
    seconds, _ = _timed(lambda: [label(*text) for _ in range(rounds) for text in texts])
    return rounds * len(texts) / seconds


def _timed(work: Callable[[], Result]) -> tuple[float, Result]:
    started = time.process_time()
    result = work()
    return time.process_time() - started, result
