"""How right the extraction is, end to end, on real pages with gold; the floors in CI stand on these figures.

Every page goes through `extract_article`, verdict included: a page that is refused counts as an empty text, a date not
told as a wrong one. Body text is scored as the article extraction benchmark does (Scrapinghub 2020): overlap of word
4-grams, precision and recall a page, averaged over pages, and F1 of the averages.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta

from rich.table import Table

from benchmarks import language
from benchmarks.pages import DATA, PageSample, read_set
from silkwire.extract.article import extract_article
from silkwire.moments import in_utc, parse_moment
from silkwire.records import Extraction, Told

Scores = dict[str, float]

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
_WORD = re.compile(r"\w+")
_GRAM = 4  # words of a shingle


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """Return the word 4-grams of a text with their counts; a shorter text is one of its own."""
    words = _WORD.findall(text)
    return Counter(tuple(words[at : at + _GRAM]) for at in range(max(1, len(words) - _GRAM + 1)) if words)


def f1(pairs: Iterable[tuple[str, str]]) -> float:
    """Return the F1 of (gold, found) texts: mean precision and mean recall over pages, then their harmonic mean."""
    precisions, recalls = [], []
    for gold, found in pairs:
        wanted, got = shingles(gold), shingles(found)
        both = (wanted & got).total()
        precisions.append(both / got.total() if got else float(not wanted))
        recalls.append(both / wanted.total() if wanted else float(not got))
    precision, recall = sum(precisions) / len(precisions), sum(recalls) / len(recalls)
    return 2 * precision * recall / (precision + recall)


def _extracted(name: str) -> list[tuple[PageSample, Extraction | None]]:
    samples = read_set(DATA / name)
    return [(s, extract_article(s.body, s.url, s.content_type, Told(), NOW)[0]) for s in samples]


def _aeb(name: str) -> Scores:
    return {"text F1": f1((sample.told["text"], found.text if found else "") for sample, found in _extracted(name))}


def _fundus(name: str) -> Scores:
    pages = _extracted(name)
    text = f1((sample.told["text"], found.text if found else "") for sample, found in pages)
    return {
        "text F1": text,
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
