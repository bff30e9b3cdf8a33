"""How right extraction and country labels are, on real texts with gold; the floors in CI stand on these figures.

Every page goes through `extract_article`, verdict included: a page that is refused counts as an empty text, a date not
told as a wrong one. Body texts are scored as `overlap` says.
"""

import hashlib
import json
import math
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta

from rich.table import Table

from benchmarks import language, regions
from benchmarks.overlap import by_grams, by_paragraphs, f1, paragraph_digests
from benchmarks.pages import DATA, PageSample, read_set
from benchmarks.region_sets import corpus_names, corpus_path
from silkwire.extract.article import extract_article
from silkwire.moments import in_utc, parse_moment
from silkwire.records import Extraction, Told
from silkwire.settings import ROOT

Scores = dict[str, float]

FLOORS = ROOT / "tests" / "floors.json"
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def _extracted(name: str) -> list[tuple[PageSample, Extraction | None]]:
    samples = read_set(DATA / name)
    return [(s, extract_article(s.body, s.url, s.content_type, Told(), NOW)[0]) for s in samples]


def _aeb(name: str) -> Scores:
    return {"text F1": f1([by_grams(s.told["text"], found.text if found else "") for s, found in _extracted(name)])}


def _chinese(name: str) -> Scores:
    gold = paragraph_digests()
    pages = [(s, found) for s, found in _extracted(name) if s.key in gold]
    return {"paragraph F1": f1([by_paragraphs(gold[s.key], found.text if found else "") for s, found in pages])}


def _fundus(name: str) -> Scores:
    pages = _extracted(name)
    return {
        "text F1": f1([by_grams(s.told["text"], found.text if found else "") for s, found in pages]),
        "title": _share(_line(s.told["title"]) == _line(found.title if found else "") for s, found in pages),
        "day": _share(_is_day(s.told["published_at"], found) for s, found in pages),
    }


def _dates(name: str) -> Scores:
    return {"day": _share(_is_day(sample.told["date"], found) for sample, found in _extracted(name))}


def _language(name: str) -> Scores:
    del name
    return language.scores()


# Each file, what is measured on it, and how the gold of a day is read: a day of its own zone counts too.
CORPORA: dict[str, Callable[[str], Scores]] = {
    "extraction/aeb.jsonl.gz": _aeb,
    "extraction/fundus-en-de.jsonl.gz": _fundus,
    "extraction/zh-pages-no-gold.jsonl.gz": _chinese,
    "dates/eval_default.jsonl.gz": _dates,
    "language/sentences.jsonl.gz": _language,
    **dict.fromkeys(corpus_names(), regions.scores),
}


def present() -> list[str]:
    """Return the corpora that are there to be measured on."""
    return [name for name in CORPORA if corpus_path(name).exists()]


def digest(name: str) -> str:
    """Return the SHA-256 of a corpus, so that figures are compared only on the same one."""
    return hashlib.sha256(corpus_path(name).read_bytes()).hexdigest()


def write_floors(part: str = "") -> str:
    """Measure the corpora whose name holds `part` and write their floors; keep those of the others. Tell what was done.

    A floor is its figure, rounded down to three digits.
    """
    kept = json.loads(FLOORS.read_text(encoding="utf-8"))
    measured = [name for name in present() if part in name]
    for name in measured:
        floors = {what: math.floor(score * 1000) / 1000 for what, score in CORPORA[name](name).items()}
        kept[name] = {"digest": digest(name), "floors": floors}
    ordered = {name: kept[name] for name in CORPORA if name in kept}
    FLOORS.write_text(json.dumps(ordered, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return f"{FLOORS}: measured {', '.join(measured) or 'nothing'}"


def measure() -> Table:
    """Measure all corpora; return the table."""
    table = Table(
        "corpus", "measure", "score", title="accuracy of extraction and country labels, as the floors have it"
    )
    for name in present():
        for what, score in CORPORA[name](name).items():
            table.add_row(name.removesuffix(".jsonl.gz"), what, f"{score:.4f}")
    if not table.rows:
        table.caption = f"skipped: there are no corpora at {DATA}"
    return table


def _share(right: Iterable[bool]) -> float:
    answers: Sequence[bool] = list(right)
    return sum(answers) / len(answers)


def _line(text: str) -> str:
    return " ".join(text.split())


def _is_day(gold: str, found: Extraction | None) -> bool:
    """Whether the day is that of the gold, as the page's zone or UTC has it."""
    wanted = parse_moment(gold)
    if found is None or found.published_at is None or wanted is None:
        return False
    return found.published_at.date() in (wanted.date(), in_utc(wanted).date()) or (
        abs(found.published_at - in_utc(wanted)) < timedelta(minutes=1)
    )
