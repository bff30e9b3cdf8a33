"""From hits to mentions: overlaps are settled, names that mean something else here are dropped."""

from bisect import bisect
from collections.abc import Iterable

from silkwire.label.matching.matcher import Hit
from silkwire.label.matching.normal import NormalText
from silkwire.label.regions.ambiguity import doubtful


def settle(hits: Iterable[Hit]) -> list[Hit]:
    """Keep, of hits that overlap, the longest: `South China Sea` over `China`, 塔吉克斯坦 over 塔吉.

    Among equals a sure name goes before a short form (其中美国: 美国, not 中美), and then the first.
    """
    spans: set[tuple[int, int]] = set()
    taken: list[tuple[int, int]] = []  # the same, sorted: no two overlap
    kept: list[Hit] = []
    for hit in sorted(set(hits), key=_precedence):
        span = (hit.start, hit.end)
        if span not in spans:
            place = bisect(taken, span)
            if (place and taken[place - 1][1] > hit.start) or (place < len(taken) and taken[place][0] < hit.end):
                continue
            spans.add(span)
            taken.insert(place, span)
        kept.append(hit)
    return sorted(kept, key=lambda hit: hit.start)


def find_mentions(hits: Iterable[Hit], text: NormalText) -> list[Hit]:
    """Return the places that a text means, in reading order, once a span and speaker."""
    settled = [hit for hit in settle(hits) if hit.pattern.speaker.kind != "stop"]
    firm = {hit.pattern.speaker for hit in settled if hit.pattern.sure}
    candidates = [hit for hit in settled if hit.pattern.sure or hit.pattern.speaker in firm]
    dropped = doubtful(candidates, text)
    once = {(hit.start, hit.end, hit.pattern.speaker): hit for hit in candidates if hit not in dropped}
    return list(once.values())


def _precedence(hit: Hit) -> tuple[int, bool, bool, int]:
    short = hit.pattern.weight < 1.0 and hit.pattern.speaker.kind != "stop"
    return (hit.start - hit.end, short, not hit.pattern.sure, hit.start)
