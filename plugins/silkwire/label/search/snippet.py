"""The piece of a text that shows why it was found."""

from bisect import bisect_right
from collections.abc import Sequence

from silkwire.label.matching.tokens import UNSPACED

_SLACK = 30  # characters: how far an edge moves inwards to a word's edge
_MARKS = "\u0300\u036f"


def snippet(text: str, spans: Sequence[tuple[int, int]], width: int = 300) -> list[tuple[str, bool]]:
    """Return about `width` characters of a text around its densest matches, as pieces (text, is a match).

    `spans` are in order and apart, as `Query.highlight` returns them; without any it is the text's beginning. No word
    is cut unless it alone is longer than the piece, no letter is parted from its marks. `…` stands where text is left
    out.
    """
    start, end = _window(len(text), spans, width)
    start, end = _edge(text, start, forwards=True), _edge(text, end, forwards=False)
    while 0 < start < end and not text[start].isalnum() and all(first != start for first, _ in spans):
        start += 1  # a full stop or a space that belongs to what is left out
    while start < end < len(text) and text[end - 1].isspace():
        end -= 1
    pieces: list[tuple[str, bool]] = [("…", False)] if start > 0 else []
    place = start
    for first, last in spans:
        first, last = max(first, start), min(last, end)  # noqa: PLW2901 - what of it is in the window
        if first < last:
            pieces += [(text[place:first], False), (text[first:last], True)]
            place = last
    pieces += [(text[place:end], False), ("…" if end < len(text) else "", False)]
    return _joined(pieces)


def _window(length: int, spans: Sequence[tuple[int, int]], width: int) -> tuple[int, int]:
    """Return the window with the most matches, the first of several, with the matches in its middle."""
    if length <= width or not spans:
        return 0, min(length, width)
    ends = [end for _, end in spans]
    starts = [start for start, _ in spans]
    best = max(range(len(spans)), key=lambda n: (bisect_right(ends, starts[n] + width) - n, -n))
    first = starts[best]
    last = ends[max(best, bisect_right(ends, first + width) - 1)]
    start = max(0, min(first - max(0, width - (last - first)) // 2, length - width))
    return start, min(length, start + width)


def _edge(text: str, place: int, *, forwards: bool) -> int:
    """Return the nearest place, inwards, at which no word is cut."""
    step = 1 if forwards else -1
    for moved in range(place, place + step * (_SLACK + 1), step):
        if not 0 < moved < len(text) or not _is_inside(text, moved):
            return min(max(moved, 0), len(text))
    while 0 < place < len(text) and _MARKS[0] <= text[place] <= _MARKS[1]:
        place += step
    return place


def _is_inside(text: str, place: int) -> bool:
    """Say whether a word, or a letter and its marks, stands on both sides of a place."""
    before, after = text[place - 1], text[place]
    if _MARKS[0] <= after <= _MARKS[1] or "\udc00" <= after <= "\udfff":
        return True
    return before.isalnum() and after.isalnum() and not (_is_unspaced(before) or _is_unspaced(after))


def _is_unspaced(character: str) -> bool:
    low, high = UNSPACED[0], UNSPACED[-1]
    return low <= character <= high


def _joined(pieces: Sequence[tuple[str, bool]]) -> list[tuple[str, bool]]:
    """Leave out empty pieces and join those of a kind that touch."""
    joined: list[tuple[str, bool]] = []
    for piece, is_match in pieces:
        if piece and joined and joined[-1][1] == is_match:
            joined[-1] = (joined[-1][0] + piece, is_match)
        elif piece:
            joined.append((piece, is_match))
    return joined
