"""How much an article is about a place: where it is named, how often, and beside how many others."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from silkwire.label.matching.matcher import Hit, Speaker
from silkwire.label.matching.normal import NormalText
from silkwire.records import Evidence

_TITLE_WEIGHT = 3.0
_LEAD_WEIGHT = 1.5
_HALF = 2.0  # the strength that scores 0.5
_LEAD_LENGTH = 400
_OPENING = 250
_EVIDENCE_KEPT = 20
_SHORT_TEXT = 600
_REPEATED = 2
_OFTEN = 3
_NOTABLE_SHARE = 0.15
_GOOD_SHARE = 0.3
_TITLE_LIST = 5  # a title that names more places is a list
_DATELINE = re.compile(r"\s*(?:[,/(—–-]|\d)")


@dataclass(frozen=True, slots=True)
class Place:
    """What a text says of one place: a score in [0, 1], whether the place carries the article, and the receipts."""

    score: float
    about: bool
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a text's parts end, in folded characters."""

    title_end: int
    lead_end: int
    length: int


def lay_out(text: NormalText, title: NormalText) -> Layout:
    """Find the parts of title + newline + text: the lead is the first 400 characters, to the paragraph's end."""
    title_end = len(title.folded)
    paragraph = text.folded.find("\n", title_end + _LEAD_LENGTH)
    lead_end = title_end + 1 + _LEAD_LENGTH
    if 0 <= paragraph < lead_end + _LEAD_LENGTH:
        lead_end = paragraph
    return Layout(title_end, lead_end, len(text.folded))


def weigh(mentions: Iterable[Hit], text: NormalText, layout: Layout) -> dict[Speaker, Place]:
    """Weigh the mentions of every place."""
    by_place: dict[Speaker, list[Hit]] = defaultdict(list)
    for mention in mentions:
        by_place[mention.pattern.speaker].append(mention)
    titled = sum(any(hit.end <= layout.title_end for hit in hits) for hits in by_place.values())
    total = sum(len(hits) for place, hits in by_place.items() if place.kind == "country") or 1
    shares = {place: len(hits) / total for place, hits in by_place.items()}
    carriers = {place for place, hits in by_place.items() if _carries(hits, shares[place], layout, titled)}
    first = next(iter(by_place), None)  # mentions come in reading order
    if not carriers and first and _opens(by_place[first][0], shares[first], layout):
        carriers = {first}
    places = {}
    for place, hits in by_place.items():
        strength = sum(hit.pattern.weight * _emphasis(hit, text, layout) for hit in hits)
        evidence = tuple(text.evidence(hit.start, hit.end) for hit in hits[:_EVIDENCE_KEPT])
        places[place] = Place(round(strength / (strength + _HALF), 4), place in carriers, evidence)
    return places


def _opens(hit: Hit, share: float, layout: Layout) -> bool:
    """Say whether the first place named is where a story plays that never repeats it: in its opening, beside few."""
    return hit.start < layout.title_end + _OPENING and share >= _GOOD_SHARE


def _emphasis(hit: Hit, text: NormalText, layout: Layout) -> float:
    if hit.end <= layout.title_end:
        return _TITLE_WEIGHT
    if hit.start == layout.title_end + 1 and hit.pattern.weight < 1 and _DATELINE.match(text.folded, hit.end):
        return 0.5  # "BEIJING, March 3": where the reporter sits
    return _LEAD_WEIGHT if hit.start < layout.lead_end else 1.0


def _carries(hits: list[Hit], share: float, layout: Layout, titled: int) -> bool:
    """Decide between about and mentioned; `titled` is how many places the title names."""
    count = len(hits)
    in_title = any(hit.end <= layout.title_end for hit in hits)
    in_lead = any(layout.title_end < hit.start < layout.lead_end for hit in hits)
    if in_title:
        return count > 1 or titled <= _TITLE_LIST
    if layout.length < _SHORT_TEXT:
        return in_lead and share >= _GOOD_SHARE
    repeated = count >= _REPEATED
    often = count >= _OFTEN or (repeated and not titled and share >= _NOTABLE_SHARE)
    return (in_lead and often) or (repeated and share >= _GOOD_SHARE)
