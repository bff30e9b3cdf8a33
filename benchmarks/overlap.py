"""How much of an article's own text a text has, and how much else.

The score is that of the article extraction benchmark (Scrapinghub 2020): overlap of word 4-grams (of characters in
Chinese and Japanese), precision and recall a page, averaged over pages, and the F1 of the two averages. The Chinese
pages have no text as gold but gold/zh.json: for 51 of them the digests of their body's paragraphs (twelve hex digits of
the SHA-256 of the paragraph without spaces, and its length), chosen from the page by reading, without captions, credits
and the title. There, paragraphs are counted by their length.
"""

import json
import re
from collections import Counter
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

PrecisionRecall = tuple[float, float]
Digests = list[tuple[str, int]]

_PARAGRAPHS = Path(__file__).parent / "gold" / "zh.json"
_DENSE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_TOKEN = re.compile(r"\w+")
_GRAM = 4


def paragraph_digests() -> dict[str, Digests]:
    """Return the digests and lengths of the body's paragraphs, by the id of the page."""
    stored = json.loads(_PARAGRAPHS.read_text("utf-8"))
    return {key: [(digest, length) for digest, length in pairs] for key, pairs in stored.items()}


def by_grams(gold: str, text: str) -> PrecisionRecall:
    """Return precision and recall of a text's 4-grams."""
    expected, found = _grams(gold), _grams(text)
    common = (expected & found).total()
    return common / max(1, found.total()), common / max(1, expected.total())


def by_paragraphs(gold: Digests, text: str) -> PrecisionRecall:
    """Return precision and recall of a text's paragraphs, weighed by their characters."""
    lines = ["".join(line.split()) for line in text.splitlines()]
    found = [(sha256(line.encode()).hexdigest()[:12], len(line)) for line in lines if line]
    expected, had = {digest for digest, _ in gold}, {digest for digest, _ in found}
    right = sum(length for digest, length in found if digest in expected)
    covered = sum(length for digest, length in gold if digest in had)
    return right / max(1, sum(length for _, length in found)), covered / sum(length for _, length in gold)


def means(scores: Sequence[PrecisionRecall]) -> PrecisionRecall:
    """Return mean precision and mean recall over pages."""
    return sum(precision for precision, _ in scores) / len(scores), sum(recall for _, recall in scores) / len(scores)


def f1(scores: Sequence[PrecisionRecall]) -> float:
    """Return the F1 of the means."""
    precision, recall = means(scores)
    return 2 * precision * recall / (precision + recall)


def _grams(text: str) -> Counter[tuple[str, ...]]:
    dense = len(_DENSE.findall(text)) * 3 > len(text)
    tokens = [letter for letter in text if letter.isalnum()] if dense else _TOKEN.findall(text)
    return Counter(tuple(tokens[at : at + _GRAM]) for at in range(max(1, len(tokens) - _GRAM + 1)) if tokens)
