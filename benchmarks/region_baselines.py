"""What country labels are measured beside: two plain dictionaries, and two answers given blindly.

A dictionary's country is the primary where it is named most often, the first named on ties. Of names that overlap, the
longest counts, so that Equatorial Guinea is not Guinea.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import ahocorasick
import yaml
from babel import Locale

from benchmarks.pages import DATA
from benchmarks.region_sets import RegionSample, RegionSet

SEEDS = DATA / "regions" / "newsmap-seeds"
_SEED_FILES = {
    "ar": "arabic",
    "de": "german",
    "en": "english",
    "es": "spanish",
    "fr": "french",
    "ru": "russian",
    "tr": "turkish",
    "zh": "chinese_simplified",
    "zh-Hans": "chinese_simplified",
    "zh-Hant": "chinese_traditional",
}
_ABBREVIATIONS = (("US", "US"), ("US", "U.S."), ("GB", "UK"), ("GB", "U.K."))
_LOCALES = {"prs": "fa_AF"}
_NOT_ISO = frozenset(("AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"))
# Where the outlets of a set are; of parallel sentences, where most of those who read the language live.
OUTLETS = {
    "reuters-train": "US",
    "lgl": "US",
    "geovirus": "US",
    "geowebnews": "US",
    "slavicner-ru": "RU",
    "slavicner-uk": "UA",
    "kaznerd-valid": "KZ",
    "zhner": "CN",
    "ar": "EG",
    "az": "AZ",
    "de": "DE",
    "en": "US",
    "es": "ES",
    "fa": "IR",
    "fr": "FR",
    "kk": "KZ",
    "ky": "KG",
    "mn": "MN",
    "prs": "AF",
    "ru": "RU",
    "tg": "TJ",
    "tk": "TM",
    "tr": "TR",
    "tt": "RU",
    "ug": "CN",
    "uk": "UA",
    "uz-Cyrl": "UZ",
    "uz-Latn": "UZ",
    "zh-Hans": "CN",
    "zh-Hant": "TW",
}

Answers = list[tuple[str, ...]]  # of each sample the countries, the likeliest first


class PlainDictionary:
    """Phrases that speak for countries; `*` ends a word of any length, a lower-case phrase may be capitalised."""

    def __init__(self, phrases: Iterable[tuple[str, str]], *, spaced: bool = True) -> None:
        """Compile (code, phrase) pairs; without spaces between words, a phrase may stand anywhere."""
        entries: dict[str, set[tuple[str, re.Pattern[str]]]] = {}
        for code, phrase in phrases:
            for form in {phrase, phrase.capitalize(), phrase.upper()} if phrase.islower() else (phrase,):
                cjk = not spaced and not form.isascii()
                glob = re.escape(form).replace(r"\*", "" if cjk else r"\w*")
                pattern = re.compile(glob if cjk else rf"(?<!\w){glob}(?!\w)")
                entries.setdefault(form.partition("*")[0], set()).add((code, pattern))
        self._automaton = ahocorasick.Automaton()
        for literal, patterns in entries.items():
            self._automaton.add_word(literal, (len(literal), sorted(patterns, key=lambda entry: entry[0])))
        self._automaton.make_automaton()

    def countries(self, text: str) -> tuple[str, ...]:
        """Return the countries a text names, the most often named first."""
        hits = sorted(set(self._hits(text)), key=lambda hit: (hit[0], -hit[1], hit[2]))
        counts: Counter[str] = Counter()
        last = (-1, 0)
        for start, end, code in hits:
            if start >= last[1] or (start, end) == last:
                counts[code] += 1
                last = (start, end)
        return tuple(code for code, _ in counts.most_common())

    def _hits(self, text: str) -> Iterator[tuple[int, int, str]]:
        for position, (length, patterns) in self._automaton.iter(text):
            start = position - length + 1
            for code, pattern in patterns:
                found = pattern.match(text, start)
                if found:
                    yield start, found.end(), code


@cache
def cldr_names(language: str) -> PlainDictionary:
    """Return the names CLDR has for countries in a language and in English."""
    locales = (Locale.parse(_LOCALES.get(language, language.replace("-", "_"))), Locale("en"))
    names = {(code, name) for locale in locales for code, name in locale.territories.items()}
    countries = {(code, name) for code, name in names if len(code) == 2 and code.isalpha() and code not in _NOT_ISO}
    return PlainDictionary(countries, spaced=not language.startswith("zh"))


@cache
def newsmap_seeds(language: str) -> PlainDictionary:
    """Return Newsmap's seed words in a language, in English where it has none, as a plain dictionary."""
    path = SEEDS / f"{_SEED_FILES.get(language, 'english')}.yml"
    phrases = list(_seeds(path))
    if path.stem == "english":
        phrases += _ABBREVIATIONS
    return PlainDictionary(phrases, spaced=not path.stem.startswith("chinese"))


def by_cldr(region_set: RegionSet) -> Answers:
    """Label by CLDR's names alone."""
    return _by_dictionary(cldr_names(region_set.language), region_set.samples)


def by_newsmap(region_set: RegionSet) -> Answers:
    """Label by Newsmap's seeds; by nothing where those are absent."""
    if not SEEDS.exists():
        return [() for _ in region_set.samples]
    return _by_dictionary(newsmap_seeds(region_set.language), region_set.samples)


def by_outlet(region_set: RegionSet) -> Answers:
    """Label every text with the country of its outlet."""
    country = OUTLETS.get(region_set.name) or OUTLETS[region_set.language]
    return [(country,) for _ in region_set.samples]


def by_commonest(region_set: RegionSet) -> Answers:
    """Label every text with the country that is commonest in the gold of its set."""
    counts = Counter(code for sample in region_set.samples for code in sample.countries)
    commonest = tuple(code for code, _ in counts.most_common(1))
    return [commonest for _ in region_set.samples]


BASELINES = {
    "CLDR": by_cldr,
    "Newsmap": by_newsmap,
    "outlet's": by_outlet,
    "commonest": by_commonest,
}


def _by_dictionary(dictionary: PlainDictionary, samples: Iterable[RegionSample]) -> Answers:
    return [dictionary.countries(f"{sample.title}\n{sample.text}") for sample in samples]


def _seeds(path: Path) -> Iterator[tuple[str, str]]:
    """Yield code and seed; the files nest codes in regions of regions."""
    for subregions in yaml.safe_load(path.read_text(encoding="utf-8")).values():
        for countries in subregions.values():
            for code, seeds in countries.items():
                yield from ((code, seed.strip()) for seed in seeds or () if seed.strip(" *"))
