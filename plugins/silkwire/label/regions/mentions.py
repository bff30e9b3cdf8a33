"""From hits to mentions: overlaps are settled, names that mean something else here are dropped with a reason."""

from bisect import bisect
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from silkwire.label.matching.matcher import Hit
from silkwire.label.matching.normal import NormalText
from silkwire.label.regions import doubts
from silkwire.label.regions.ambiguity import doubtful
from silkwire.label.regions.cities import City
from silkwire.label.regions.divisions import division_of
from silkwire.label.regions.doubts import code_of, country_of
from silkwire.label.regions.leaders import leader
from silkwire.label.regions.towns import Context, judge_towns
from silkwire.records import Dropped

PLACE_KINDS = frozenset(
    ("name", "adj", "city", "government", "county", "short", "division", "leader", "town", "region", "stop")
)


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
        code = code_of(hit)
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
    settled = _settle(sieve.keep(hits, doubts.towns_over_countries(hits)), sieve)
    settled = [hit for hit in settled if hit.pattern.speaker.kind != "stop"]
    firm = {country_of(hit) for hit in settled if hit.pattern.sure and hit.pattern.speaker.kind != "town"}
    settled = sieve.keep(settled, doubts.unsure(settled, firm))
    settled = sieve.keep(settled, doubts.organisations(settled, text))
    settled = sieve.keep(settled, doubts.namesakes(settled, text))
    names = [hit for hit in settled if hit.pattern.speaker.kind != "town"]
    names = sieve.keep(names, doubtful(names, text))
    names = sieve.keep(names, doubts.out_of_office(names, day))
    names = sieve.keep(names, doubts.tickers(names, text))
    names = sieve.keep(names, doubts.persons(names, text, language))
    names = sieve.keep(names, doubts.other_sides(names))
    names = sieve.keep(names, doubts.asides(names, settled, text, language))
    by_weight = sorted(names, key=lambda hit: hit.pattern.weight)  # Қытай is the country, though қытай is its adjective
    mentions: dict[tuple[int, int, str], Mention] = {}
    for hit in by_weight:
        _put(mentions, _mention(hit))
    towns = [hit for hit in settled if hit.pattern.speaker.kind == "town"]
    if towns:
        cities = {(hit.start, hit.end): code_of(hit) for hit in settled if hit.pattern.speaker.kind == "city"}
        believed, doubted = judge_towns(towns, cities, text, _context(mentions.values(), outlet, language))
        sieve.keep(towns, doubted)
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
