"""The sets with countries as gold: those beside the checkout, and the paragraphs of our own in `gold/regions`."""

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks.pages import DATA
from silkwire.settings import ROOT

PARALLEL = "sib-countries"  # the same sentences in many languages, told apart in the figures
PARAGRAPHS = "paragraphs"
EDITORS = "reuters-train"  # its countries are those a story is about
SETS = (
    EDITORS,
    "lgl",
    "geovirus",
    "geowebnews",
    "slavicner-ru",
    "slavicner-uk",
    "kaznerd-valid",
    "zhner",
    PARALLEL,
)
PARAGRAPH_LANGUAGES = ("kk", "ky", "uz-Latn", "uz-Cyrl", "tg", "tk", "ug", "mn")
# FLORES-200 codes → BCP 47, in the order of the table.
PARALLEL_LANGUAGES = {
    "kaz_Cyrl": "kk",
    "kir_Cyrl": "ky",
    "uzn_Latn": "uz-Latn",
    "tgk_Cyrl": "tg",
    "tuk_Latn": "tk",
    "khk_Cyrl": "mn",
    "uig_Arab": "ug",
    "zho_Hans": "zh-Hans",
    "zho_Hant": "zh-Hant",
    "rus_Cyrl": "ru",
    "pes_Arab": "fa",
    "prs_Arab": "prs",
    "tur_Latn": "tr",
    "azj_Latn": "az",
    "arb_Arab": "ar",
    "fra_Latn": "fr",
    "ukr_Cyrl": "uk",
    "tat_Cyrl": "tt",
    "deu_Latn": "de",
    "spa_Latn": "es",
    "eng_Latn": "en",
}


@dataclass(frozen=True, slots=True)
class RegionSample:
    """A text and its gold. `about` is None where the set does not tell what a text is about from what it mentions."""

    key: str
    language: str
    title: str
    text: str
    countries: frozenset[str]
    about: frozenset[str] | None
    primary: str | None


@dataclass(frozen=True, slots=True, eq=False)
class RegionSet:
    """Texts scored together: a set in one language. `corpus` names its file as the floors do."""

    name: str
    language: str
    corpus: str
    samples: tuple[RegionSample, ...]

    def __str__(self) -> str:
        """Return what the tables call it."""
        return f"{self.name} {self.language}" if self.name in (PARALLEL, PARAGRAPHS) else self.name


def corpus_names() -> list[str]:
    """Return the files of all sets, there or not, as the floors call them."""
    beside = [f"regions/{name}.jsonl.gz" for name in SETS]
    return beside + [f"benchmarks/gold/regions/{language}.jsonl" for language in PARAGRAPH_LANGUAGES]


def corpus_path(corpus: str) -> Path:
    """Return where a corpus lies: gold of our own in the checkout, the others beside it."""
    return (ROOT if corpus.startswith("benchmarks/") else DATA) / corpus


@cache
def read_corpus(corpus: str) -> tuple[RegionSet, ...]:
    """Read the sets of a file: one for each language; none where the file is absent."""
    path = corpus_path(corpus)
    if not path.exists():
        return ()
    name = PARAGRAPHS if path.suffix == ".jsonl" else path.name.removesuffix(".jsonl.gz")
    by_language: dict[str, list[RegionSample]] = {}
    for number, told in enumerate(_lines(path)):
        lang = told.get("lang", path.stem)
        sample = _sample(told, f"{lang}-{number + 1}", PARALLEL_LANGUAGES.get(lang, lang), editors=name == EDITORS)
        by_language.setdefault(sample.language, []).append(sample)
    order = list(PARALLEL_LANGUAGES.values())
    languages = sorted(by_language, key=order.index) if name == PARALLEL else list(by_language)
    return tuple(RegionSet(name, language, corpus, tuple(by_language[language])) for language in languages)


def all_sets() -> Iterator[RegionSet]:
    """Yield every set that is there."""
    for corpus in corpus_names():
        yield from read_corpus(corpus)


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    content = path.read_bytes()
    lines = (gzip.decompress(content) if path.suffix == ".gz" else content).decode().split("\n")
    yield from (json.loads(line) for line in lines if line.strip())


def _sample(told: dict[str, Any], key: str, language: str, *, editors: bool) -> RegionSample:
    """Read a line. A paragraph about one country alone has that one as its primary."""
    countries = frozenset(told["countries"])
    about = frozenset(told["about"]) if "about" in told else countries if editors else None
    primary = told.get("primary")
    if "about" in told and len(told["about"]) == 1:
        primary = told["about"][0]
    return RegionSample(told.get("id", key), language, told["title"], told["text"], countries, about, primary)
