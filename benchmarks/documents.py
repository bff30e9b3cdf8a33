"""Writes what `make eval` measured into docs: the tables of topics.md, and accuracy.md, a card for each language."""

import gzip
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from babel import Locale

from benchmarks import topic_headlines, topics
from benchmarks.accuracy import FLOORS
from benchmarks.language import SENTENCES, TAGS, first_words
from silkwire.extract.languages.language import detect_language
from silkwire.label.topics.training.trainer import HeldOut, accuracy
from silkwire.settings import ROOT

TOPICS = ROOT / "docs" / "topics.md"
ACCURACY = ROOT / "docs" / "accuracy.md"
_BEGIN, _END = "<!-- figures: written by make eval -->", "<!-- end of figures -->"
_LANGUAGES = ("en", "fr", "de", "ru", "uk", "zh-Hans", "kk", "ky", "uz-Latn", "tg", "tk", "tr", "ug", "mn", "fa", "ar")
_PAGES = {
    "en": [("extraction/aeb.jsonl.gz", "text F1"), ("extraction/fundus-en-de.jsonl.gz", "text F1")],
    "de": [("extraction/fundus-en-de.jsonl.gz", "text F1")],
    "zh-Hans": [("extraction/zh-pages-no-gold.jsonl.gz", "paragraph F1")],
}
_HEAD = """# What to trust, language by language

Written by `make eval` from what it measured; nothing here is typed by hand. How each figure is made: countries in
[regions.md](regions.md), topics in [topics.md](topics.md), texts in [extraction.md](extraction.md).

Read a figure as: from .90 **count with it**; from .80 **trends hold, read an article before you quote it**; below
**a hint, read before you use it**; and where nothing was measured it says so. Countries and topics were measured on
sentences and news of other desks, in most languages of Central Asia on sentences and on texts of our own that no native
reader has checked. Texts of pages were measured on English, German and Chinese pages alone.
"""


@dataclass(frozen=True, slots=True)
class Line:
    """A figure of a card, and what it was measured on; None where nothing was."""

    what: str
    figure: float | None
    on: str


def write() -> str:
    """Write both documents; tell which."""
    if not topics.DATA.is_dir():
        return f"{TOPICS.name} and {ACCURACY.name} stay as they are: there are no sets at {topics.DATA}"
    told = TOPICS.read_text(encoding="utf-8")
    before, after = told.split(_BEGIN)[0], told.split(_END)[1]
    TOPICS.write_text(f"{before}{_BEGIN}\n\n{_topic_tables()}\n{_END}{after}", encoding="utf-8")
    ACCURACY.write_text("\n".join((_HEAD, *(_card(tag) for tag in _LANGUAGES))), encoding="utf-8")
    return f"written: {TOPICS.relative_to(ROOT)}, {ACCURACY.relative_to(ROOT)}"


def _topic_tables() -> str:
    heads = ("set", "texts", "accuracy", "macro-F1", "P at 70%", "labelled", "P", "TF-IDF", "zero-shot")
    sets = _table(heads, (topics.row(held) for held in topics.held_out()))
    headings = ("language", "all", *topic_headlines.TOPICS, "labelled", "P")
    ours = _table(headings, (topic_headlines.row(language) for language in topic_headlines.LANGUAGES))
    return f"{sets}\n\nOur own headlines of the topics that no labelled news has, 30 of each:\n\n{ours}\n"


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heads, ["---"] + ["--:"] * (len(heads) - 1), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _card(tag: str) -> str:
    name = Locale("en").languages.get(tag.partition("-")[0], tag)
    rows = (
        [line.what, "–" if line.figure is None else _points(line.figure), _verdict(line.figure), line.on]
        for line in (*_language_lines(tag), *_country_lines(tag), *_topic_lines(tag), _page_line(tag))
    )
    return f"## {name} (`{tag}`)\n\n{_table(('', 'figure', 'so', 'measured on'), rows)}\n"


def _verdict(figure: float | None) -> str:
    if figure is None:
        return "not measured"
    return "count with it" if figure >= 0.9 else "trends hold" if figure >= 0.8 else "a hint"


def _language_lines(tag: str) -> list[Line]:
    asked = _sentences(tag)
    whole = sum(detect_language(text) == tag for text in asked) / len(asked)
    short = sum(detect_language(first_words(text, tag)) == tag for text in asked) / len(asked)
    return [
        Line("language told", whole, f"{len(asked)} sentences"),
        Line("language told of a headline", short, "their first six words, or twelve characters"),
    ]


@cache
def _sentences(tag: str) -> tuple[str, ...]:
    with gzip.open(SENTENCES, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    codes = [code for code, known in TAGS.items() if known == tag]
    return tuple(row["text"] for row in rows if row["lang"] in codes[:1])


def _country_lines(tag: str) -> list[Line]:
    found = [Line("countries, F1", _floor("regions/sib-countries.jsonl.gz", f"{tag} countries F1"), "sentences")]
    ours = _floor(f"benchmarks/gold/regions/{tag}.jsonl", "countries F1")
    if ours is not None:
        found.append(Line("countries, F1", ours, "paragraphs of our own"))
        found.append(
            Line("what it is about, F1", _floor(f"benchmarks/gold/regions/{tag}.jsonl", "about F1"), "the same")
        )
    for name in ("reuters-train", "lgl", "geovirus", "geowebnews") if tag == "en" else (f"slavicner-{tag}",):
        figure = _floor(f"regions/{name}.jsonl.gz", "countries F1")
        found += [Line("countries, F1", figure, name)] if figure is not None else []
    return found


def _topic_lines(tag: str) -> list[Line]:
    language = tag.partition("-")[0]
    held = [each for each in topics.held_out() if each.texts[0].language == language]
    found = [Line("topic, accuracy", accuracy(each), _set_name(each)) for each in held if len(each.texts) >= 100]
    for each in held:
        share, right = topics.labelled(each)
        found.append(Line("topic, where one is given", right, f"{_set_name(each)}: {share:.0%} get one"))
    if language in topic_headlines.LANGUAGES:
        found.append(Line("topic, accuracy", topic_headlines.scores(language)["all"], "270 headlines of our own"))
    return found or [Line("topic", None, "no labelled text in this language")]


def _set_name(held: HeldOut) -> str:
    return "sentences, by blocks" if held.name.startswith("sib") else held.name.split()[0]


def _page_line(tag: str) -> Line:
    figures = [figure for name, what in _PAGES.get(tag, ()) if (figure := _floor(name, what)) is not None]
    if not figures:
        return Line("text of a page", None, "no pages with gold in this language")
    return Line(
        "text of a page, F1", min(figures), ", ".join(name.split("/")[1].split(".")[0] for name, _ in _PAGES[tag])
    )


@cache
def _floors() -> dict[str, dict[str, dict[str, float]]]:
    return dict(json.loads(FLOORS.read_text(encoding="utf-8")))


def _floor(corpus: str, what: str) -> float | None:
    return _floors().get(corpus, {}).get("floors", {}).get(what)


def _points(figure: float) -> str:
    return f"{figure:.3f}".removeprefix("0")
