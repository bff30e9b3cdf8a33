"""Which names of cities are meant: far too many words and persons are also called like a town somewhere.

A name is believed where its country or another city of it speaks too, or where the city is large and the sentence
reads as one of a place. Between homonyms the country named beside it decides, then the countries the text names, the
outlet's own, and last a size that leaves no doubt.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from silkwire.label.matching.languages import WRITTEN, primary, spoken
from silkwire.label.matching.matcher import Hit
from silkwire.label.matching.normal import NormalText, fold
from silkwire.label.matching.tables import table_rows
from silkwire.label.regions.cities import City, cities_named
from silkwire.label.regions.divisions import division_of
from silkwire.label.regions.reading import Reading, read
from silkwire.label.regions.scripts import ARABIC, HAN
from silkwire.label.regions.watched import WATCHED

_BESIDE = re.compile(r"(?:, ?| \(| )?$")  # what stands between a city and the country named with it
_COUNTRY = 2  # letters of a country's code; a division's is longer
_DOMINANCE = 4  # times the fame of the next
_GREAT = 1_000_000  # inhabitants
_NOUNS_HAVE_CAPITALS = frozenset(("de", "lb"))
_SURE_SIZE = 400_000
_SURE_SIZE_CASELESS = 700_000
_SURE_SIZE_WATCHED = 50_000
_PAIR = 2  # cities of a country, each large enough to be meant
_THREE = 3  # small places of a country, each where a sentence has a place


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
    elsewhere: bool  # beside a division that has no city of the name: Kenilworth, N.J.


def judge_towns(
    hits: Sequence[Hit], ours: Mapping[tuple[int, int], str], text: NormalText, context: Context
) -> tuple[dict[Hit, City], dict[Hit, str]]:
    """Return the city that each believed hit means, and why each other one is not believed.

    `ours` are the spans of the great cities that have a country already: only what stands beside one can move it to
    another country (Paris, Texas).
    """
    candidates = [_candidate(hit, text, context) for hit in hits]
    candidates = [each for each in candidates if each.anchored or (each.hit.start, each.hit.end) not in ours]
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
    term = candidate.hit.pattern.term
    if candidate.anchored:
        return candidate.anchored, ""
    if candidate.elsewhere:
        return None, "beside a division of another country"
    if candidate.reading is Reading.NAME and term not in places:
        return None, "beside another name: a person or an organisation"
    if _is_word(candidate, context.language):
        return None, "a common word or a person's name"
    if supported := _supported(candidate, context):
        return supported, ""
    why = _doubt(candidate, text, context, often=counts[term] > 1)
    return (None, why) if why else (candidate.cities[0], "")


def _doubt(candidate: _Candidate, text: NormalText, context: Context, *, often: bool) -> str:
    """Say why a name that nothing supports is not believed by itself; nothing where it is."""
    largest, *others = candidate.cities
    if not largest.known and candidate.reading < Reading.DATELINE:
        return "a small place, and its country is not named"
    rivals = [city for city in others if city.country != largest.country and city.known >= largest.known]
    if rivals and rivals[0].fame * _DOMINANCE > largest.fame:
        return f"a city of {largest.country} and of {rivals[0].country}, and neither is named"
    if _in_lower_case(candidate.hit, text):
        return "also a common word in this text"
    if candidate.reading >= Reading.PLACE:
        return ""
    if primary(context.language) in _NOUNS_HAVE_CAPITALS:
        return "" if largest.population >= _GREAT else "it may be a common noun, and its country is not named"
    if often or largest.population >= _sure_size(largest, candidate.hit.pattern.speaker.id[:4]):
        return ""
    return "named once, and its country is not named"


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
    least = Reading.PLACE if primary(context.language) in _NOUNS_HAVE_CAPITALS else Reading.OPEN
    open_ones = [
        candidate
        for candidate in candidates
        if candidate.hit in doubts and candidate.reading >= least and not _is_word(candidate, context.language)
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
    anchored, elsewhere = None, False
    for start in range(hit.end, hit.end + 3):
        place = context.beside.get(start)
        if place and _BESIDE.fullmatch(text.folded[hit.end : start]):
            ranked = sorted(cities, key=lambda city: place not in (city.country, _division(city)))
            anchored = next((city for city in ranked if place[:2] == city.country), None)
            elsewhere = anchored is None and len(place) > _COUNTRY
    return _Candidate(hit, cities, read(hit, text, context.language), anchored, elsewhere)


def _division(city: City) -> str | None:
    return division_of(city.country, city.admin1)


def _supported(candidate: _Candidate, context: Context) -> City | None:
    """Return the city whose division, country or outlet the text has; the best named of several.

    An outlet alone supports no small place, unless the sentence reads as one of a place: half of all words are one.
    """
    ranked = [
        ((_division(city) in context.divisions, city.fame * (1 + context.countries.get(city.country, 0))), city)
        for city in candidate.cities
        if city.country in context.countries
        or (city.country == context.outlet and (city.known or candidate.reading >= Reading.PLACE))
    ]
    return max(ranked, key=lambda pair: pair[0])[1] if ranked else None


def _in_lower_case(hit: Hit, text: NormalText) -> bool:
    """Say whether the text has the name as a word in lower case too."""
    word = text.evidence(hit.start, hit.end).text.lower()
    return word != word.upper() and _has_word(text.original, word)


@lru_cache(maxsize=1_000)
def _has_word(text: str, word: str) -> bool:
    """Search a text for a word, once: a long one may name the same town a thousand times."""
    return word in text and re.search(rf"(?<!\S){re.escape(word)}\b", text) is not None


def _is_word(candidate: _Candidate, language: str) -> bool:
    """Say whether a name is a common word in a language, or a person's where no sentence reads as of a place."""
    reason = _words(language).get(candidate.hit.pattern.term, "")
    is_person = any(word in reason for word in ("surname", "given name"))
    return bool(reason) and not (is_person and candidate.reading >= Reading.PLACE)


@cache
def _words(language: str) -> dict[str, str]:
    """Return the folded names that are commoner as other words or as persons' names, each with its reason."""
    table = table_rows(files(__package__).joinpath("data/not_cities.tsv"))
    code = primary(language)
    languages = {"und", *((code,) if code in WRITTEN else spoken(language))}
    return {fold(name): reason for written, name, reason in table if written in languages}
