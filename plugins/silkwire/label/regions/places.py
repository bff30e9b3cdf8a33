"""What a text says of each place it names: a score, whether the place carries the article, and the receipts."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from silkwire.label.matching.normal import NormalText
from silkwire.label.regions.mentions import Mention
from silkwire.label.regions.standing import ABOUT, Crowd, Layout, crowd_of, probability, rank
from silkwire.records import Evidence

EVIDENCE_KEPT = 20  # pieces of evidence that a label keeps

Key = tuple[str, str]  # country, division or region, and its code


@dataclass(frozen=True, slots=True)
class Place:
    """The probability in [0, 1] that a text is about a place, whether it is held to be, and the receipts.

    `rank` orders the places of a text: what is named most is its primary one, early names before late ones.
    """

    score: float
    about: bool
    rank: float
    evidence: tuple[Evidence, ...]


def weigh(
    mentions: Sequence[Mention], text: NormalText, layout: Layout, groups: Mapping[Key, Sequence[str]]
) -> dict[Key, Place]:
    """Weigh the mentions, in reading order, of every country and of every region.

    `groups` tells the regions of a member. A region is weighed by all mentions of its members together: an article
    that names each of the five states of Central Asia once is about Central Asia and about none of them.
    """
    by_place: dict[Key, list[Mention]] = defaultdict(list)
    for mention in mentions:
        if mention.country:
            by_place["country", mention.country].append(mention)
        for region in {region for key in _keys(mention) for region in groups.get(key, ())}:
            by_place["region", region].append(mention)
    crowd = crowd_of(mentions, text, layout)
    members: dict[str, set[str]] = defaultdict(set)
    for (kind, code), regions in groups.items():
        for region in regions if kind == "country" else ():
            members[region].add(code)
    return {
        key: _place(found, text, crowd.without_lists_of(members[key[1]]) if key[0] == "region" else crowd, layout)
        for key, found in by_place.items()
    }


def _place(mentions: Sequence[Mention], text: NormalText, crowd: Crowd, layout: Layout) -> Place:
    score = probability(mentions, crowd, layout)
    evidence = tuple(_evidence(mention, text) for mention in mentions[:EVIDENCE_KEPT])
    return Place(round(score, 4), score >= ABOUT, rank(mentions, crowd, layout), evidence)


def _keys(mention: Mention) -> Iterator[Key]:
    if mention.country:
        yield "country", mention.country
    if mention.division:
        yield "division", mention.division
    if mention.region:
        yield "region", mention.region


def _evidence(mention: Mention, text: NormalText) -> Evidence:
    return replace(text.evidence(mention.start, mention.end), kind=mention.kind, place=mention.place)
