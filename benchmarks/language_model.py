"""Train the n-grams that tell close languages apart: `python -m benchmarks.language_model`.

From the SIB-200 sentences (CC BY-SA 4.0) beside the checkout, those of the language benchmark left out. Only counts are
kept, no text. The same data gives the same file. Uzbek in Cyrillic and Kazakh in Latin and Arabic letters have no
corpus there: their sentences are the Latin Uzbek and the Cyrillic Kazakh ones, written anew letter by letter.
"""

import gzip
import json
import math
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.language import SENTENCES, TAGS
from silkwire.extract.languages import language_model
from silkwire.extract.languages.alphabets import letters_of, main_script, only_script
from silkwire.extract.languages.language_model import NGRAMS, STEPS, ngrams_of
from silkwire.label.matching.uzbek import cyrillic
from silkwire.settings import ROOT

SIB = ROOT.parent / "shared" / "data" / "topics" / "sib"
_PARTS = ("train", "dev")
_SCRIPTS = ("Arab", "Cyrl", "Latn")
_FEWEST = 6  # times an n-gram must stand in the sentences of a script
_MOST = 24_000  # n-grams of a script
_UNSEEN = 0.1  # times
_WHOLE_SENTENCE = 10_000  # characters, more than any has

_KAZAKH = "абвгғдежзийкқлмнңоөпрстуұүфхһцчшщыіэюяә"
# The alphabet of 2021, that of 2018 (acutes), and that of China (ٴ marks a word with front vowels, see `_of_china`).
_LATIN_2021 = "a b v g ğ d e j z i i k q l m n ñ o ö p r s t u ū ü f h h ts ch ş ş y ı e iu ia ä"
_LATIN_2018 = "a b v g ǵ d e j z ı ı k q l m n ń o ó p r s t ý u ú f h h ts ch sh sh y i e ıý ıa á"
_OF_CHINA = "ا ب ۆ گ ع د ە ج ز ي ي ك ق ل م ن ڭ و و پ ر س ت ۋ ۇ ۇ ف ح ھ تس چ ش شش ى ى ە يۋ يا ا"


def train(parts: tuple[str, ...] = _PARTS, path: Path | None = None) -> Path:
    """Count, weigh and write; return the file's place."""
    target = path or Path(language_model.__file__).with_name("data") / Path(NGRAMS).name
    counts: dict[str, dict[str, Counter[str]]] = {script: {} for script in _SCRIPTS}
    for tag, text in _training_texts(parts):
        sample = letters_of(text, _WHOLE_SENTENCE)
        script, _ = main_script(sample)
        if script in counts:
            counts[script].setdefault(tag, Counter()).update(ngrams_of(only_script(sample, script)))
    arrays: dict[str, Any] = {}
    for script, languages in counts.items():
        arrays |= {f"{script}.{part}": array for part, array in _weigh(languages).items()}
    target.parent.mkdir(exist_ok=True)
    np.savez_compressed(target, **arrays)
    return target


def _training_texts(parts: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    with gzip.open(SENTENCES, "rt", encoding="utf-8") as lines:
        measured = {json.loads(line)["text"].strip() for line in lines}
    for part in parts:
        for archive in sorted(SIB.glob(f"*-{part}.jsonl.gz")):
            with gzip.open(archive, "rt", encoding="utf-8") as lines:
                rows = [json.loads(line) for line in lines]
            for row in rows:
                if row["text"].strip() not in measured:
                    yield from _writings(TAGS[row["lang"]], row["text"])


def _writings(tag: str, text: str) -> Iterator[tuple[str, str]]:
    yield tag, text
    if tag == "uz-Latn":
        yield "uz-Cyrl", cyrillic(text)
    if tag == "kk":
        yield "kk-Latn", _rewrite(text, _LATIN_2021)
        yield "kk-Latn", _rewrite(text, _LATIN_2018)
        yield "kk-Arab", re.sub(r"\w+", _of_china, text.lower())


def _rewrite(text: str, letters: str) -> str:
    pairs = {**dict(zip(_KAZAKH, letters.split(), strict=True)), "ё": "e", "ъ": "", "ь": ""}
    both = {**pairs, **{letter.upper(): other.title() for letter, other in pairs.items()}}
    return "".join(both.get(character, character) for character in text)


def _of_china(match: re.Match[str]) -> str:
    word = match.group()
    front = set("әөүі").intersection(word) and not set("егкэ").intersection(word)
    return ("ٴ" if front else "") + _rewrite(word, _OF_CHINA)


def _weigh(languages: dict[str, Counter[str]]) -> dict[str, np.ndarray]:
    """Return logarithms of the n-grams' frequencies, each relative to its mean over the languages."""
    total: Counter[str] = Counter()
    for counts in languages.values():
        total.update(counts)
    frequent = sorted(total.items(), key=lambda found: (-found[1], found[0]))[:_MOST]
    ngrams = sorted(ngram for ngram, times in frequent if times >= _FEWEST)
    tags = sorted(languages)
    weights = np.empty((len(ngrams), len(tags)))
    for column, tag in enumerate(tags):
        size = math.log(sum(languages[tag][ngram] + _UNSEEN for ngram in ngrams))
        weights[:, column] = [math.log(languages[tag][ngram] + _UNSEEN) - size for ngram in ngrams]
    weights -= weights.mean(axis=1, keepdims=True)
    return {
        "tags": np.frombuffer("\n".join(tags).encode(), np.uint8),
        "ngrams": np.frombuffer("\n".join(ngrams).encode(), np.uint8),
        "weights": np.clip(np.rint(weights * STEPS), -127, 127).astype(np.int8),
    }


if __name__ == "__main__":
    place = train()
    print(f"{place}: {place.stat().st_size:,} bytes")
