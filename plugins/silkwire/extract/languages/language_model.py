"""Which languages a sample may be in, best first: py3langid's model, corrected by character n-grams of our own.

py3langid knows 140 languages and takes a short Portuguese headline for Galician, a Tatar one for Bashkir. Two things
mend that: what is read here is likelier than what is not, and a naive Bayes over n-grams of one to four characters
(Cavnar and Trenkle 1994) ranks the languages it was trained on. `python -m benchmarks.language_model` trains it.
"""

import math
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

NGRAMS = "data/ngrams.npz"
LONGEST = 4  # characters of an n-gram
STEPS = 16  # weights are kept as whole sixteenths of a nat, clipped to one byte

# The model's label → what we call it. Egyptian and Moroccan news is written in standard Arabic; it knows no Sorani and
# answers with its nearest relative.
_ALIASES = {"sdh": "ckb", "uzs": "uz", "arz": "ar", "ary": "ar"}
# Scripts with several languages. Whatever is in none of the other sets is written in Latin.
_WRITTEN = {
    "Cyrl": frozenset(("ru", "uk", "be", "bg", "mk", "sr", "kk", "ky", "mn", "tg", "tt", "ba", "uz")),
    "Arab": frozenset(("ar", "fa", "ps", "ur", "ckb", "ug", "kk")),
    "Deva": frozenset(("hi", "mr", "ne")),
    "Beng": frozenset(("bn", "as")),
}
_LATIN_TOO = frozenset(("sr", "uz"))
_ELSEWHERE = frozenset(
    (
        *("el", "hy", "he", "pa", "gu", "or", "ta", "te", "kn", "ml", "si", "th", "lo", "bo", "dz", "my", "ka", "ko"),
        *("am", "km", "ja", "zh", "wuu", "yue"),
    )
)
# Dead, constructed or hardly published languages, which the model prefers now and then on a short English, Italian,
# Spanish or Tatar sentence.
_NOT_WATCHED = frozenset(
    (
        *("ace", "an", "bcl", "crh", "eo", "ext", "fuv", "gcf", "gcr", "gom", "grc", "guw", "hbo", "kab", "kik", "la"),
        *("lij", "ltg", "pcm", "sa", "se", "sn", "vec", "vo", "wa", "zxx"),
    )
)
# How much likelier (nats, on the scale of the model's tempered score) a language is that is watched or has a big press.
_WATCHED = frozenset(
    ("en", "fr", "de", "es", "it", "ru", "uk", "ar", "fa", "tr", "az", "kk", "ky", "uz", "tg", "tk", "ug", "mn")
)
_BIG = frozenset(("pt", "pl", "hi", "ur", "ps", "tt", "ba", "nl", "sv", "da", "no", "fi", "cs", "hu", "ro"))
_WATCHED_BONUS = 1.5
_BIG_BONUS = 1.0
# Languages py3langid does not know in that script: as likely to it as the likeliest of their kin.
_KIN = {
    "kk-Latn": ("kk", "uz", "az", "tr", "tk", "tt"),
    "kk-Arab": ("kk", "ug"),
}
# Letters that a language our n-grams do not know has not: a short Russian headline of names passes for Bulgarian.
_LACKING = {"bg": "ыэё", "mk": "ыэёщъьюяй", "sr": "ыэёщъьюяй"}
_LACKING_COST = 1.0  # nats for each such letter used
_FLOOR = 1e-30


@dataclass(frozen=True, slots=True)
class NGrams:
    """N-grams of one script: the row of each in `weights`, whose columns are the languages of `tags`."""

    tags: tuple[str, ...]
    rows: dict[str, int]
    weights: "np.ndarray[Any, np.dtype[np.int8]]"


def candidates(sample: str, script: str) -> list[tuple[str, float]]:
    """Return tags with their probabilities, the likeliest first; `[]` for a script the model knows nothing of."""
    scores = _known(sample, script)
    for tag, score in _trained(sample, script).items():
        scores[tag] = scores.get(tag, _kin_score(tag, scores)) + score
    if not scores:
        return []
    best = max(scores.values())
    odds = {tag: math.exp(score - best) for tag, score in scores.items()}
    total = sum(odds.values())
    return sorted(((tag, odd / total) for tag, odd in odds.items()), key=lambda found: (-found[1], found[0]))


def ngrams_of(sample: str) -> list[str]:
    """Return every n-gram of a sample, words bounded by spaces, in small letters."""
    text = f" {sample.lower()} "
    return [text[i : i + size] for size in range(1, LONGEST + 1) for i in range(len(text) - size + 1)]


def _known(sample: str, script: str) -> dict[str, float]:
    """Return py3langid's scores of the languages written in a script, by tag."""
    scores: dict[str, float] = {}
    used = set(sample.lower())
    for label, probability in _identifier().rank(sample):
        tag = _ALIASES.get(label, label)
        if label in _NOT_WATCHED or not _is_written(tag, script):
            continue
        bonus = _WATCHED_BONUS if tag in _WATCHED else _BIG_BONUS if tag in _BIG else 0.0
        cost = _LACKING_COST * len(used.intersection(_LACKING.get(tag, "")))
        score = math.log(max(probability, _FLOOR)) + bonus - (cost if script == "Cyrl" else 0.0)
        scores.setdefault(f"uz-{script}" if tag == "uz" else tag, score)
    return scores


def _is_written(tag: str, script: str) -> bool:
    if script in _WRITTEN:
        return tag in _WRITTEN[script]
    return tag in _LATIN_TOO or not (tag in _ELSEWHERE or any(tag in tags for tags in _WRITTEN.values()))


def _kin_score(tag: str, scores: dict[str, float]) -> float:
    kin = [scores[relative] for relative in _KIN.get(tag, ()) if relative in scores]
    return max(kin, default=math.log(_FLOOR))


def _trained(sample: str, script: str) -> dict[str, float]:
    """Return our n-grams' scores, 0 for the best language and below it for the others, tempered like py3langid's."""
    model = _ngrams().get(script)
    if model is None:
        return {}
    rows = [model.rows[ngram] for ngram in ngrams_of(sample) if ngram in model.rows]
    if not rows:
        return {}
    sums = model.weights[rows].sum(axis=0, dtype=np.int32) / STEPS / math.sqrt(len(sample) * LONGEST)
    return dict(zip(model.tags, (sums - sums.max()).tolist(), strict=True))


@cache
def _identifier() -> "LanguageIdentifier":
    """Return the model, loaded once a process and not at import."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


@cache
def _ngrams() -> dict[str, NGrams]:
    with files(__package__).joinpath(NGRAMS).open("rb") as file, np.load(file) as arrays:
        scripts = sorted({name.partition(".")[0] for name in arrays.files})
        return {
            script: _read(*(arrays[f"{script}.{part}"] for part in ("tags", "ngrams", "weights"))) for script in scripts
        }


def _read(tags: "np.ndarray[Any, Any]", ngrams: "np.ndarray[Any, Any]", weights: "np.ndarray[Any, Any]") -> NGrams:
    names = tags.tobytes().decode().split("\n")
    rows = {ngram: row for row, ngram in enumerate(ngrams.tobytes().decode().split("\n"))}
    return NGrams(tuple(names), rows, weights)
