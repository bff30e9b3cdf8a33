"""Why a name that stands in a text is not believed: each doubt tells the hits that it drops, with the reason."""

import re
from bisect import bisect
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from silkwire.label.matching.matcher import Case, Hit
from silkwire.label.matching.normal import NormalText
from silkwire.label.regions.cities import cities_named
from silkwire.label.regions.leaders import leader
from silkwire.label.regions.organisations import in_organisations
from silkwire.label.regions.reading import Reading, names_a_person, names_a_street, read
from silkwire.label.regions.watched import CLOSE

Doubts = dict[Hit, str]

_OVERRIDES = 100_000  # inhabitants of a city whose name may hold a country's: New Mexico's are fewer than Mexico City's
_TICKER = re.compile(r"(?:<|\b(?:NYSE|NASDAQ|AMEX|LSE|TSX|ASX|HKEX|SEHK|SSE|SZSE|KASE|MOEX)\s?:\s?)$", re.IGNORECASE)
_REACH = 12  # characters
_OPENING = 60  # characters that say what a text is about
_LONG = 700  # characters of a text in which one adjective says nothing


def code_of(hit: Hit) -> str:
    """Return what a hit would speak for: a country, division or region."""
    match hit.pattern.speaker.kind:
        case "leader":
            return leader(hit.pattern.speaker).country
        case "town":
            return cities_named(hit)[0].country
    return hit.pattern.speaker.id


def country_of(hit: Hit) -> str:
    """Return the country that a hit would speak for; of a division, the one that it is in."""
    return code_of(hit)[:2] if hit.pattern.speaker.kind == "division" else code_of(hit)


def towns_over_countries(hits: Sequence[Hit]) -> Doubts:
    """Tell the small towns whose name holds a country's: China Grove does not silence China."""
    countries = sorted(
        ((hit.start, hit.end, hit.pattern.speaker.id) for hit in hits if hit.pattern.speaker.kind in ("name", "adj")),
    )
    starts = [start for start, _, _ in countries]
    held = {}
    for hit in hits:
        if hit.pattern.speaker.kind != "town":
            continue
        largest = cities_named(hit)[0]
        for start, end, code in countries[bisect(starts, hit.start - 1) : bisect(starts, hit.end)]:
            inside = hit.start <= start and end <= hit.end and (start, end) != (hit.start, hit.end)
            if inside and largest.country != code and largest.population < _OVERRIDES:
                held[hit] = "holds a country's name"
    return held


def unsure(hits: Iterable[Hit], firm: set[str]) -> Doubts:
    """Tell the short forms of countries that are not among the `firm`, those that a sure name speaks for."""
    return {
        hit: "a short form, and its country is not named"
        for hit in hits
        if not hit.pattern.sure and code_of(hit) not in firm
    }


def organisations(hits: Sequence[Hit], text: NormalText) -> Doubts:
    """Tell the organisations' names of countries that the text names nowhere else."""
    inside = in_organisations(hits, text)
    outside = {code_of(hit) for hit in hits if hit not in inside}
    return {hit: "in the name of an organisation" for hit in inside if code_of(hit) not in outside}


def namesakes(hits: Iterable[Hit], text: NormalText) -> Doubts:
    """Tell the streets, cinemas and persons that bear a place's name."""
    found = {}
    for hit in hits:
        if hit.pattern.speaker.kind in ("name", "adj", "city", "town", "division"):
            if names_a_street(hit, text):
                found[hit] = "the name of a street or a house"
            elif hit.pattern.speaker.kind == "name" and names_a_person(hit, text):
                found[hit] = "a person's given name"
    return found


def out_of_office(hits: Iterable[Hit], day: date | None) -> Doubts:
    """Tell the leaders who did not stand for their country on the day of publication."""
    leaders = ((hit, leader(hit.pattern.speaker)) for hit in hits if hit.pattern.speaker.kind == "leader")
    return {hit: f"{person.name} was not in office then" for hit, person in leaders if not person.stands_on(day)}


def persons(hits: Sequence[Hit], text: NormalText, language: str) -> Doubts:
    """Tell the cities and divisions that only ever read as persons or companies: Jack London, Virginia Woolf."""
    doubted = [hit for hit in hits if hit.pattern.speaker.kind in ("city", "division") and " " not in hit.surface]
    named = {country_of(hit) for hit in hits if hit.pattern.speaker.kind in ("name", "adj", "short")}
    readings = [(hit, read(hit, text, language)) for hit in doubted if hit.pattern.case is not Case.EXACT]
    places = {hit.pattern.speaker for hit, reading in readings if reading > Reading.NAME}
    return {
        hit: "beside another name: a person or an organisation"
        for hit, reading in readings
        if reading is Reading.NAME and hit.pattern.speaker not in places and country_of(hit) not in named
    }


def other_sides(hits: Sequence[Hit]) -> Doubts:
    """Tell, of a city that two countries share (Khorgos), the side of a country that is not named where one is."""
    named = {country_of(hit) for hit in hits if hit.pattern.speaker.kind != "city"}
    sides: dict[tuple[int, int], list[Hit]] = {}
    for hit in hits:
        if hit.pattern.speaker.kind == "city":
            sides.setdefault((hit.start, hit.end), []).append(hit)
    return {
        hit: "a city on both sides of a border, and the other side is named"
        for shared in sides.values()
        if any(code_of(side) in named for side in shared)
        for hit in shared
        if code_of(hit) not in named
    }


def tickers(hits: Iterable[Hit], text: NormalText) -> Doubts:
    """Tell the stock tickers: (NYSE: CHAD), <TURK>."""
    found = {}
    for hit in hits:
        span = text.evidence(hit.start, hit.end)
        if span.text.isupper() and _TICKER.search(text.original[max(0, span.start - _REACH) : span.start]):
            found[hit] = "a stock ticker"
    return found


def asides(names: Sequence[Hit], settled: Sequence[Hit], text: NormalText, language: str) -> Doubts:
    """Tell the countries that a text touches once, below its title, and does not name.

    By an adjective in a long text (French wine, English law), by a leader below the opening, by a division, unless
    it is one of a country that is watched, or in a dateline or an address (Kenilworth, N.J.).
    """
    counts = Counter(map(country_of, (*names, *(hit for hit in settled if hit.pattern.speaker.kind == "town"))))
    title_end = text.folded.find("\n")
    found = {}
    for hit in names:
        kind, country = hit.pattern.speaker.kind, country_of(hit)
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
