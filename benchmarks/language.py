"""How often the language is told right: whole sentences, and their first six words in place of headlines."""

import gzip
import json
import time
from collections import Counter
from collections.abc import Callable

from rich.table import Table

from silkwire.extract.languages.language import detect_language
from silkwire.settings import ROOT

SENTENCES = ROOT.parent / "shared" / "data" / "language" / "sentences.jsonl.gz"
# FLORES-200 codes → what we call it. Dari is Persian, and Cantonese news is written in standard Chinese.
TAGS = {
    "arb_Arab": "ar",
    "azj_Latn": "az",
    "bak_Cyrl": "ba",
    "bod_Tibt": "bo",
    "ckb_Arab": "ckb",
    "deu_Latn": "de",
    "eng_Latn": "en",
    "fra_Latn": "fr",
    "hin_Deva": "hi",
    "hye_Armn": "hy",
    "ita_Latn": "it",
    "jpn_Jpan": "ja",
    "kat_Geor": "ka",
    "kaz_Cyrl": "kk",
    "khk_Cyrl": "mn",
    "kir_Cyrl": "ky",
    "kor_Hang": "ko",
    "pbt_Arab": "ps",
    "pes_Arab": "fa",
    "pol_Latn": "pl",
    "por_Latn": "pt",
    "prs_Arab": "fa",
    "rus_Cyrl": "ru",
    "spa_Latn": "es",
    "tat_Cyrl": "tt",
    "tgk_Cyrl": "tg",
    "tuk_Latn": "tk",
    "tur_Latn": "tr",
    "uig_Arab": "ug",
    "ukr_Cyrl": "uk",
    "urd_Arab": "ur",
    "uzn_Latn": "uz-Latn",
    "yue_Hant": "zh-Hant",
    "zho_Hans": "zh-Hans",
    "zho_Hant": "zh-Hant",
}
_UNSPACED = frozenset(("bo", "ja", "zh-Hans", "zh-Hant"))
_WORDS = 6
_CHARACTERS = 12
_SHOWN = 8


def first_words(text: str, tag: str) -> str:
    """Return six words, or twelve characters where words are not written apart."""
    words = " ".join(text.split()[:_WORDS])
    return words[:_CHARACTERS] if tag in _UNSPACED else words


_LENGTHS: dict[str, Callable[[str, str], str]] = {
    "whole sentences": lambda text, tag: text,
    "six words": lambda text, tag: " ".join(text.split()[:_WORDS]),
    "six words or twelve characters": first_words,
}


def measure() -> Table:
    """Return accuracy, the commonest mistakes and the time of one answer, for each length."""
    table = Table("length", "sentences", "right", "mistakes", "ms each", title="language of a text")
    if not SENTENCES.exists():
        table.caption = f"skipped: there are no sentences at {SENTENCES}"
        return table
    for name, cut in _LENGTHS.items():
        texts = _texts(cut)
        detect_language("The model is loaded before the clock starts.")
        started = time.perf_counter()
        wrong = _mistakes(texts)
        took = (time.perf_counter() - started) / len(texts) * 1000
        mistakes = ", ".join(f"{mistake} {times}" for mistake, times in wrong.most_common(_SHOWN))
        right = 1 - wrong.total() / len(texts)
        table.add_row(name, f"{len(texts):,}", f"{right:.4f}", mistakes, f"{took:.2f}")
    return table


def scores() -> dict[str, float]:
    """Return the share of right answers for each length."""
    found = {}
    for name, cut in _LENGTHS.items():
        texts = _texts(cut)
        found[name] = 1 - _mistakes(texts).total() / len(texts)
    return found


def _texts(cut: Callable[[str, str], str]) -> list[tuple[str, str]]:
    """Return (tag, text) of every sentence, cut to a length."""
    with gzip.open(SENTENCES, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [(TAGS[row["lang"]], cut(row["text"], TAGS[row["lang"]])) for row in rows]


def _mistakes(texts: list[tuple[str, str]]) -> Counter[str]:
    answers = ((tag, detect_language(text)) for tag, text in texts)
    return Counter(f"{tag} as {said}" for tag, said in answers if tag != said)
