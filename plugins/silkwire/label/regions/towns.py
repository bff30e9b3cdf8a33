"""Which names of cities are meant: far too many words and persons are also called like a town somewhere.

A name is believed where its country or another city of it speaks too, or where the city is large and the sentence
reads as one of a place. Between homonyms the country named beside it decides, then the countries the text names, the
outlet's own, and last a size that leaves no doubt.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from importlib.resources import files

from silkwire.label.matching.languages import primary
from silkwire.label.matching.matcher import Hit
from silkwire.label.matching.normal import NormalText, fold
from silkwire.label.regions.ambiguity import line_of, looks_titled
from silkwire.label.regions.cities import City, cities_named
from silkwire.label.regions.divisions import division_of
from silkwire.label.regions.scripts import ARABIC, HAN
from silkwire.label.regions.watched import WATCHED

# Words before a place, not before a person's surname.
_LOCATIVE = {
    "en": "in at from near to of outside around across via between through downtown greater",
    "fr": "à de en dans vers pour depuis près",
    "de": "in aus nach bei von vor um",
    "es": "en de desde a hacia cerca",
    "ru": "в во из под около близ до город города городе г",
    "uk": "в у з із зі до під біля місто міста місті м",
    "tg": "дар аз ба то шаҳри шаҳр",
}
# The case of a place, which persons seldom stand in; in scripts without case any noun does.
_LOCATIVE_ENDINGS = {
    "kk": "да де та те нда нде дағы дегі тағы тегі",
    "ky": "да де та те до дө то тө нда нде",
    "tt": "да дә та тә нда ндә",
    "uz": "da dagi да даги",
    "tk": "da de daky däki",
    "tr": "da de ta te daki deki taki teki",
    "az": "da də dakı dəki",
}
# Words with a capital before a name that make it neither a person's nor a company's.
_OPENING = frozenset(
    {
        *("the", "a", "la", "le", "der", "die", "das", "el", "and", "et", "und", "y", "и", "і", "та"),
        *("north", "south", "east", "west", "northern", "southern", "eastern", "western"),
    }
)
# What follows a city's name in the name of something of the city's.
_OF_THE_CITY = frozenset(
    {
        *(
            "county",
            "city",
            "university",
            "police",
            "airport",
            "council",
            "hospital",
            "island",
            "islands",
            "metropolitan",
        ),
        *("region", "province", "township", "parish", "international", "state"),
    }
)
_BEFORE = re.compile(r"([\w'’.-]+)[ \u00a0]+$")
_AFTER = re.compile(r"[ \u00a0]+([^\W\d_]+)")
_BESIDE = re.compile(r"(?:, ?| \(| )?$")  # what stands between a city and the country named with it
_DATELINE = re.compile(r",[^\n]{1,30}?\d| ?[(（][^\n)）]{2,40}[)）]| [—–-]{1,2} |(?:,[^\n]{1,20})? [—–-]{1,2} ")
_REACH = 30  # characters
_DOMINANCE = 4  # times the fame of the next
_SURE_SIZE = 400_000
_SURE_SIZE_CASELESS = 700_000
_SURE_SIZE_WATCHED = 50_000
_PAIR = 2  # cities of a country, each large enough to be meant
_THREE = 3  # small places of a country, each where a sentence has a place


class Reading(IntEnum):
    """How a name's surroundings read: as a person's or company's, as anything's, as a place's, as a dateline's."""

    NAME = 0
    OPEN = 1
    PLACE = 2
    DATELINE = 3


@dataclass(frozen=True, slots=True)
class Context:
    """What a text says beside its cities: how often each country is named, which divisions, where, and the outlet's."""

    countries: Mapping[str, int]
    divisions: frozenset[str]
    beside: Mapping[int, str]  # where a country or division is named, by where it starts
    outlet: str | None
    language: str


@dataclass(frozen=True, slots=True)
class _Candidate:
    hit: Hit
    cities: tuple[City, ...]
    reading: Reading
    anchored: City | None


def judge_towns(hits: Sequence[Hit], text: NormalText, context: Context) -> tuple[dict[Hit, City], dict[Hit, str]]:
    """Return the city that each believed hit means, and why each other one is not believed."""
    candidates = [_candidate(hit, text, context) for hit in hits]
    believed: dict[Hit, City] = {}
    doubts: dict[Hit, str] = {}
    counts = Counter(candidate.hit.pattern.term for candidate in candidates if candidate.reading > Reading.NAME)
    places = {candidate.hit.pattern.term for candidate in candidates if candidate.reading >= Reading.PLACE}
    for candidate in candidates:
        city, why = _judge(candidate, text, context, counts, places)
        if city is None:
            doubts[candidate.hit] = why
        else:
            believed[candidate.hit] = city
    _add_siblings(candidates, believed, doubts, context)
    return believed, doubts


def _judge(
    candidate: _Candidate, text: NormalText, context: Context, counts: Mapping[str, int], places: set[str]
) -> tuple[City | None, str]:
    """Judge a name by itself, its country and its repetitions."""
    if candidate.anchored:
        return candidate.anchored, ""
    if candidate.reading is Reading.NAME and candidate.hit.pattern.term not in places:
        return None, "beside another name: a person or an organisation"
    if supported := _supported(candidate, context):
        return supported, ""
    term = candidate.hit.pattern.term
    if term in _words(context.language):
        return None, "a common word or name, and its country is not named"
    largest, *others = candidate.cities
    if not largest.known and candidate.reading < Reading.DATELINE:
        return None, "a small place, and its country is not named"
    rivals = [city for city in others if city.country != largest.country and city.known >= largest.known]
    if rivals and rivals[0].fame * _DOMINANCE > largest.fame:
        return None, f"a city of {largest.country} and of {rivals[0].country}, and neither is named"
    if _in_lower_case(candidate.hit, text):
        return None, "also a common word in this text"
    if candidate.reading >= Reading.PLACE or counts[term] > 1:
        return largest, ""
    if largest.population >= _sure_size(largest, candidate.hit.pattern.speaker.id[:4]):
        return largest, ""
    return None, "named once, and its country is not named"


def _sure_size(city: City, script: str) -> int:
    """Return how large a city must be for one mention that reads as nothing in particular."""
    if city.country in WATCHED:
        return _SURE_SIZE_WATCHED
    return _SURE_SIZE_CASELESS if script in (ARABIC, HAN) else _SURE_SIZE


def _add_siblings(
    candidates: Iterable[_Candidate], believed: dict[Hit, City], doubts: dict[Hit, str], context: Context
) -> None:
    """Believe what another city of the same country supports: one believed, or one that is doubted only for itself."""
    firm = {city.country for city in believed.values()}
    open_ones = [
        candidate
        for candidate in candidates
        if candidate.hit in doubts
        and candidate.reading > Reading.NAME
        and candidate.hit.pattern.term not in _words(context.language)
    ]
    names: dict[str, set[str]] = {}
    small: dict[str, set[str]] = {}
    for candidate in open_ones:
        largest, term = candidate.cities[0], candidate.hit.pattern.term
        if largest.known:
            names.setdefault(largest.country, set()).add(term)
        if candidate.reading >= Reading.PLACE:
            small.setdefault(largest.country, set()).add(term)
    firm |= {country for country, terms in names.items() if len(terms) >= _PAIR}
    firm |= {country for country, terms in small.items() if len(terms) >= _THREE}
    for candidate in open_ones:
        city = next((city for city in candidate.cities if city.country in firm), None)
        if city:
            believed[candidate.hit] = city
            del doubts[candidate.hit]


def _candidate(hit: Hit, text: NormalText, context: Context) -> _Candidate:
    cities = cities_named(hit)
    anchored = None
    for start in range(hit.end, hit.end + 3):
        place = context.beside.get(start)
        if place and _BESIDE.fullmatch(text.folded[hit.end : start]):
            anchored = next((city for city in cities if place in (city.country, _division(city))), None)
    return _Candidate(hit, cities, _reading(hit, text, context.language), anchored)


def _division(city: City) -> str | None:
    return division_of(city.country, city.admin1)


def _supported(candidate: _Candidate, context: Context) -> City | None:
    """Return the city whose division, country or outlet the text has; the best named of several.

    An outlet alone supports no small place, unless the sentence reads as one of a place: half of all words are one.
    """
    ranked = [
        ((_division(city) in context.divisions, context.countries.get(city.country, 0), city.fame), city)
        for city in candidate.cities
        if city.country in context.countries
        or (city.country == context.outlet and (city.known or candidate.reading >= Reading.PLACE))
    ]
    return max(ranked, key=lambda pair: pair[0])[1] if ranked else None


def _reading(hit: Hit, text: NormalText, language: str) -> Reading:
    """Read the words beside a hit; a headline's capitals say nothing, nor do scripts without case."""
    span = text.evidence(hit.start, hit.end)
    before = _BEFORE.search(text.original[max(0, span.start - _REACH) : span.start])
    word = before[1] if before else ""
    if fold(word) in _locatives(primary(language)):
        return Reading.PLACE
    if (not hit.start or text.folded[hit.start - 1] == "\n") and _DATELINE.match(text.folded, hit.end):
        return Reading.DATELINE
    if text.folded[hit.start + len(hit.surface) : hit.end] in _endings_of_places(primary(language)):
        return Reading.PLACE
    line = line_of(hit, text)
    if looks_titled(line):
        return Reading.OPEN
    if word[:1].isupper() and fold(word) not in _OPENING and not word.endswith("."):
        return Reading.NAME
    after = _AFTER.match(text.original, span.end)
    if after is None or not after[1][0].isupper():
        return Reading.OPEN
    return Reading.PLACE if fold(after[1]) in _OF_THE_CITY else Reading.NAME


def _in_lower_case(hit: Hit, text: NormalText) -> bool:
    """Say whether the text has the name as a word in lower case too."""
    word = text.evidence(hit.start, hit.end).text.lower()
    return word != word.upper() and re.search(rf"(?<!\S){re.escape(word)}\b", text.original) is not None


@cache
def _locatives(language: str) -> frozenset[str]:
    return frozenset(map(fold, _LOCATIVE.get(language, "").split()))


@cache
def _endings_of_places(language: str) -> frozenset[str]:
    return frozenset(map(fold, _LOCATIVE_ENDINGS.get(language, "").split()))


@cache
def _words(language: str) -> frozenset[str]:
    """Return the folded names that are no cities in a language unless their country is named."""
    rows = files(__package__).joinpath("data/not_cities.tsv").read_text("utf-8").splitlines()
    split = (row.split("\t") for row in rows if row and not row.startswith("#"))
    return frozenset(fold(name) for spoken, name, _ in split if spoken in (primary(language), "und"))
