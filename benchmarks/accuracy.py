"""How right the extraction is, end to end, on real pages with gold; the floors in CI stand on these figures.

Every page goes through `extract_article`, verdict included: a page that is refused counts as an empty text, a date not
told as a wrong one. Body texts are scored as `overlap` says.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta

from rich.table import Table

from benchmarks import language
from benchmarks.overlap import by_grams, by_paragraphs, f1, paragraph_digests
from benchmarks.pages import DATA, PageSample, read_set
from silkwire.extract.article import extract_article
from silkwire.moments import in_utc, parse_moment
from silkwire.records import Extraction, Told

Scores = dict[str, float]

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
}


def present() -> list[str]:
    """Return the corpora that are there to be measured on."""
    return [name for name in CORPORA if (DATA / name).exists()]


def digest(name: str) -> str:
    """Return the SHA-256 of a corpus, so that figures are compared only on the same one."""
    return hashlib.sha256((DATA / name).read_bytes()).hexdigest()


def measure() -> Table:
    """Measure all corpora; return the table."""
    table = Table("corpus", "measure", "score", title="accuracy of the extraction, end to end")
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
