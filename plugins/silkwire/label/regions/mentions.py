"""From hits to mentions: overlaps are settled, names that mean something else here are dropped with a reason."""

import re
from bisect import bisect
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from silkwire.label.matching.matcher import Case, Hit
from silkwire.label.matching.normal import NormalText
from silkwire.label.regions.ambiguity import doubtful
from silkwire.label.regions.cities import City, cities_named
from silkwire.label.regions.divisions import division_of
from silkwire.label.regions.leaders import leader
from silkwire.label.regions.organisations import in_organisations
from silkwire.label.regions.reading import Reading, names_a_person, names_a_street, read
from silkwire.label.regions.towns import Context, judge_towns
from silkwire.label.regions.watched import CLOSE
from silkwire.records import Dropped

COUNTRY_KINDS = frozenset(("name", "adj", "city", "government", "county", "short"))
PLACE_KINDS = COUNTRY_KINDS | {"division", "leader", "town", "region", "stop"}
_OVERRIDES = 100_000  # inhabitants of a city whose name may hold a country's: New Mexico's are fewer than Mexico City's

_TICKER = re.compile(r"(?:<|\b(?:NYSE|NASDAQ|AMEX|LSE|TSX|ASX|HKEX|SEHK|SSE|SZSE|KASE|MOEX)\s?:\s?)$", re.IGNORECASE)
_REACH = 12  # characters
_OPENING = 60  # characters that say what a text is about
_LONG = 700  # characters of a text in which one adjective says nothing


@dataclass(frozen=True, slots=True)
class Mention:
    """A name that a text means, at [start, end) of its folded form, and what it speaks for."""

    start: int
    end: int
    kind: str
    weight: float
    place: str
    country: str | None
    division: str | None = None
    region: str | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """The mentions of a text in reading order, and the names in it that were not believed."""

    mentions: tuple[Mention, ...]
    dropped: tuple[Dropped, ...]


class _Sieve:
    """Collects what is dropped on the way, with reasons."""

    def __init__(self, text: NormalText) -> None:
        self.text = text
        self.dropped: dict[tuple[int, int, str], Dropped] = {}

    def drop(self, hit: Hit, why: str) -> None:
        code = _code(hit)
        if hit.pattern.speaker.kind != "stop" and code:
            span = self.text.evidence(hit.start, hit.end)
            self.dropped.setdefault((hit.start, hit.end, code), Dropped(code, span, why))

    def keep(self, hits: Iterable[Hit], reasons: dict[Hit, str]) -> list[Hit]:
        kept = []
        for hit in hits:
            if hit in reasons:
                self.drop(hit, reasons[hit])
            else:
                kept.append(hit)
        return kept


def find_mentions(
    hits: Sequence[Hit], text: NormalText, language: str, *, outlet: str | None = None, day: date | None = None
) -> Found:
    """Return the places that a text means. `outlet` is its source's country, `day` that of its publication."""
    sieve = _Sieve(text)
    settled = _settle(sieve.keep(hits, _towns_over_countries(hits)), sieve)
    settled = [hit for hit in settled if hit.pattern.speaker.kind != "stop"]
    firm = {_country(hit) for hit in settled if hit.pattern.sure and hit.pattern.speaker.kind != "town"}
    settled = sieve.keep(settled, _unsure(settled, firm))
    settled = sieve.keep(settled, _organisations(settled, text))
    settled = sieve.keep(settled, _namesakes(settled, text))
    names = [hit for hit in settled if hit.pattern.speaker.kind != "town"]
    names = sieve.keep(names, doubtful(names, text))
    names = sieve.keep(names, _out_of_office(names, day))
    names = sieve.keep(names, _tickers(names, text))
    names = sieve.keep(names, _persons(names, text, language))
    names = sieve.keep(names, _other_sides(names))
    names = sieve.keep(names, _asides(names, settled, text, language))
    by_weight = sorted(names, key=lambda hit: hit.pattern.weight)  # Қытай is the country, though қытай is its adjective
    mentions: dict[tuple[int, int, str], Mention] = {}
    for hit in by_weight:
        _put(mentions, _mention(hit))
    towns = [hit for hit in settled if hit.pattern.speaker.kind == "town"]
    if towns:
        cities = {(hit.start, hit.end): _code(hit) for hit in settled if hit.pattern.speaker.kind == "city"}
        believed, doubts = judge_towns(towns, cities, text, _context(mentions.values(), outlet, language))
        sieve.keep(towns, doubts)
        for hit, city in believed.items():
            mentions.pop((hit.start, hit.end, cities.get((hit.start, hit.end), "")), None)
            _put(mentions, _town(hit, city))
    ordered = sorted(mentions.values(), key=lambda mention: (mention.start, mention.end, str(mention.country)))
    return Found(tuple(ordered), tuple(sieve.dropped[key] for key in sorted(sieve.dropped)))


def _put(mentions: dict[tuple[int, int, str], Mention], mention: Mention) -> None:
    """Add a mention, once a span and country: Almaty the city and Almaty the division are one, and both are kept."""
    key = (mention.start, mention.end, mention.country or str(mention.region))
    before = mentions.get(key)
    mentions[key] = replace(mention, division=mention.division or before.division) if before else mention


def _settle(hits: Iterable[Hit], sieve: _Sieve) -> list[Hit]:
    """Keep, of hits that overlap, the longest: `South China Sea` over `China`, 塔吉克斯坦 over 塔吉.

    Among equals a sure name goes before a short form (其中美国: 美国, not 中美), and then the first.
    """
    spans: dict[tuple[int, int], Hit] = {}
    taken: list[tuple[int, int]] = []  # the same, sorted: no two overlap
    kept: list[Hit] = []
    for hit in sorted(hits, key=_precedence):
        span = (hit.start, hit.end)
        if span not in spans:
            place = bisect(taken, span)
            over = next(
                (
                    other
                    for other in (*taken[max(0, place - 1) : place], *taken[place : place + 1])
                    if other[1] > hit.start and other[0] < hit.end
                ),
                None,
            )
            if over:
                sieve.drop(hit, f"part of {sieve.text.evidence(*over).text!r}")
                continue
            spans[span] = hit
            taken.insert(place, span)
        elif spans[span].pattern.speaker.kind == "stop" or _gives_way(hit, spans[span]):
            continue
        kept.append(hit)
    return sorted(kept, key=lambda hit: hit.start)


def _gives_way(hit: Hit, other: Hit) -> bool:
    """Say whether a hit gives way to another on its span: an inflected form to a plain one, a city to a country.

    Paris of ours stays beside Paris in Texas.
    """
    if len(hit.surface) < len(other.surface) and hit.pattern.speaker.kind != "leader":
        return True
    return hit.pattern.speaker.kind == "town" and other.pattern.speaker.kind != "city"


def _precedence(hit: Hit) -> tuple[int, int, int, bool, bool, int]:
    kind = hit.pattern.speaker.kind
    short = hit.pattern.weight < 1.0 and kind != "stop"
    ending = hit.end - hit.start - len(hit.surface)  # түрікмен is Turkmen, and not түрік with an ending
    order = ("division", "stop").index(kind) if kind in ("division", "stop") else 2 + (kind == "town")
    return (hit.start - hit.end, order, ending, short, not hit.pattern.sure, hit.start)


def _code(hit: Hit) -> str:
    """Return what a hit would speak for: a country, division or region."""
    match hit.pattern.speaker.kind:
        case "leader":
            return leader(hit.pattern.speaker).country
        case "town":
            return cities_named(hit)[0].country
    return hit.pattern.speaker.id


def _country(hit: Hit) -> str:
    """Return the country that a hit would speak for; of a division, the one that it is in."""
    return _code(hit)[:2] if hit.pattern.speaker.kind == "division" else _code(hit)


def _towns_over_countries(hits: Sequence[Hit]) -> dict[Hit, str]:
    """Tell the small towns whose name holds a country's: China Grove does not silence China."""
    countries = sorted(
        ((hit.start, hit.end, hit.pattern.speaker.id) for hit in hits if hit.pattern.speaker.kind in ("name", "adj")),
    )
    starts = [start for start, _, _ in countries]
    held = {}
    for hit in hits:
        if hit.pattern.speaker.kind != "town":
            continue
        for start, end, code in countries[bisect(starts, hit.start - 1) : bisect(starts, hit.end)]:
            cities = cities_named(hit)
            inside = hit.start <= start and end <= hit.end and (start, end) != (hit.start, hit.end)
            if inside and cities[0].country != code and cities[0].population < _OVERRIDES:
                held[hit] = "holds a country's name"
    return held


def _unsure(hits: Iterable[Hit], firm: set[str]) -> dict[Hit, str]:
    return {
        hit: "a short form, and its country is not named"
        for hit in hits
        if not hit.pattern.sure and _code(hit) not in firm
    }


def _organisations(hits: Sequence[Hit], text: NormalText) -> dict[Hit, str]:
    """Tell the organisations' names of countries that the text names nowhere else."""
    inside = in_organisations(hits, text)
    outside = {_code(hit) for hit in hits if hit not in inside}
    return {hit: "in the name of an organisation" for hit in inside if _code(hit) not in outside}


def _namesakes(hits: Iterable[Hit], text: NormalText) -> dict[Hit, str]:
    """Tell the streets, cinemas and persons that bear a place's name."""
    found = {}
    for hit in hits:
        if hit.pattern.speaker.kind in ("name", "adj", "city", "town", "division"):
            if names_a_street(hit, text):
                found[hit] = "the name of a street or a house"
            elif hit.pattern.speaker.kind == "name" and names_a_person(hit, text):
                found[hit] = "a person's given name"
    return found


def _out_of_office(hits: Iterable[Hit], day: date | None) -> dict[Hit, str]:
    leaders = ((hit, leader(hit.pattern.speaker)) for hit in hits if hit.pattern.speaker.kind == "leader")
    return {hit: f"{person.name} was not in office then" for hit, person in leaders if not person.stands_on(day)}


def _persons(hits: Sequence[Hit], text: NormalText, language: str) -> dict[Hit, str]:
    """Tell the cities and divisions that only ever read as persons or companies: Jack London, Virginia Woolf."""
    doubted = [hit for hit in hits if hit.pattern.speaker.kind in ("city", "division") and " " not in hit.surface]
    named = {_country(hit) for hit in hits if hit.pattern.speaker.kind in ("name", "adj", "short")}
    readings = [(hit, read(hit, text, language)) for hit in doubted if hit.pattern.case is not Case.EXACT]
    places = {hit.pattern.speaker for hit, reading in readings if reading > Reading.NAME}
    return {
        hit: "beside another name: a person or an organisation"
        for hit, reading in readings
        if reading is Reading.NAME and hit.pattern.speaker not in places and _country(hit) not in named
    }


def _other_sides(hits: Sequence[Hit]) -> dict[Hit, str]:
    """Tell, of a city that two countries share (Khorgos), the side of a country that is not named where one is."""
    named = {_country(hit) for hit in hits if hit.pattern.speaker.kind != "city"}
    sides: dict[tuple[int, int], list[Hit]] = {}
    for hit in hits:
        if hit.pattern.speaker.kind == "city":
            sides.setdefault((hit.start, hit.end), []).append(hit)
    return {
        hit: "a city on both sides of a border, and the other side is named"
        for shared in sides.values()
        if any(_code(side) in named for side in shared)
        for hit in shared
        if _code(hit) not in named
    }


def _tickers(hits: Iterable[Hit], text: NormalText) -> dict[Hit, str]:
    """Tell the stock tickers: (NYSE: CHAD), <TURK>."""
    found = {}
    for hit in hits:
        span = text.evidence(hit.start, hit.end)
        if span.text.isupper() and _TICKER.search(text.original[max(0, span.start - _REACH) : span.start]):
            found[hit] = "a stock ticker"
    return found


def _asides(names: Sequence[Hit], settled: Sequence[Hit], text: NormalText, language: str) -> dict[Hit, str]:
    """Tell the countries that a text touches once, below its title, and does not name.

    By an adjective in a long text (French wine, English law), by a leader below the opening, by a division, unless
    it is one of a country that is watched, or in a dateline or an address (Kenilworth, N.J.).
    """
    counts = Counter(map(_country, (*names, *(hit for hit in settled if hit.pattern.speaker.kind == "town"))))
    title_end = text.folded.find("\n")
    found = {}
    for hit in names:
        kind, country = hit.pattern.speaker.kind, _country(hit)
        if counts[country] > 1 or hit.start < title_end:
            continue
        if kind == "adj" and len(text.folded) >= _LONG:
            found[hit] = "one adjective in a long text"
        elif kind == "leader" and hit.start > title_end + _OPENING:
            found[hit] = "one leader in passing, and the country is not named"
        elif kind == "division" and country not in CLOSE and not _is_address(hit, text, language):
            found[hit] = "one division in passing, and its country is not named"
    return found


def _is_address(hit: Hit, text: NormalText, language: str) -> bool:
    """Say whether a division tells where a story plays: after a town, in a dateline, as the one place of an article."""
    if text.folded.endswith(", ", 0, hit.start):
        return True
    return read(hit, text, language) >= (Reading.PLACE if len(text.folded) >= _LONG else Reading.DATELINE)


def _context(mentions: Iterable[Mention], outlet: str | None, language: str) -> Context:
    found = list(mentions)
    counts = Counter(mention.country for mention in found if mention.country)
    beside = {mention.start: mention.division or mention.country for mention in found}
    divisions = frozenset(mention.division for mention in found if mention.division)
    return Context(counts, divisions, {at: code for at, code in beside.items() if code}, outlet, language)


def _mention(hit: Hit) -> Mention:
    kind, code, weight = hit.pattern.speaker.kind, hit.pattern.speaker.id, hit.pattern.weight
    match kind:
        case "division":
            return Mention(hit.start, hit.end, kind, weight, code, code[:2], division=code)
        case "leader":
            person = leader(hit.pattern.speaker)
            return Mention(hit.start, hit.end, kind, weight, person.name, person.country)
        case "region":
            return Mention(hit.start, hit.end, kind, weight, code, None, region=code)
    place = hit.pattern.term if kind in ("city", "government", "county") else code
    return Mention(hit.start, hit.end, kind, weight, place, code)


def _town(hit: Hit, city: City) -> Mention:
    division = division_of(city.country, city.admin1)
    return Mention(hit.start, hit.end, "city", hit.pattern.weight, city.name, city.country, division=division)
