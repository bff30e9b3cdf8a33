"""An article's words with the evidence of its labels in place, cut into pieces that do not overlap.

Offsets of evidence count the characters of title, newline and text. Spans nest and cross, since one word may speak for
a country, its regions and a topic: each piece knows all that it speaks for. What does not lie where it says, because
the text was read anew since, or lies outside, is told as a receipt without a place.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from silkwire.label.regions.places import EVIDENCE_KEPT
from silkwire.web.untrusted import line, plain
from silkwire.web.wording import label_name, matched_in_words

KINDS = ("region", "country", "watch_topic", "topic")
LONGEST_TEXT = 100_000  # characters that are shown; the longest real articles have half as many
_LONGEST_TITLE = 1_000
_LONGEST_RECEIPT = 80
_MOST_NAMED = 8  # labels that a tooltip names
_ONE_LINE = str.maketrans("\r\n", "  ")  # as the labeller reads a title


@dataclass(frozen=True, slots=True)
class Receipt:
    """Evidence: what was found, what that is in words, and the anchors of its places in reading order."""

    text: str
    matched: str
    anchors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReadLabel:
    """A label with its receipts; `kind`, `label`, `role` and `score` are those of the mart `article_labels`.

    `is_full` says that there may be more evidence than a label keeps.
    """

    kind: str
    label: str
    name: str
    role: str | None
    score: float
    receipts: tuple[Receipt, ...]
    is_full: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a line. `kinds` are the kinds of labels that it speaks for, `said` names them for a reader."""

    text: str
    kinds: tuple[str, ...] = ()
    said: str = ""
    anchor: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """An article to look at: its title and its paragraphs in pieces, and its labels. `is_cut`: there is more text."""

    title: tuple[Piece, ...]
    paragraphs: tuple[tuple[Piece, ...], ...]
    labels: tuple[ReadLabel, ...]
    is_cut: bool


@dataclass(frozen=True, slots=True)
class _Span:
    number: int  # in the order of the labels
    start: int
    end: int
    kind: str
    said: str


def read_article(
    title: str, text: str, labels: Sequence[Mapping[Any, Any]], *, most: int | None = LONGEST_TEXT
) -> Reading:
    """Lay an article out; `labels` are its rows of the mart `article_labels`. Pure; never fails on evidence."""
    shown = text if most is None else text[:most]
    whole = f"{title.translate(_ONE_LINE)}\n{shown}"
    lines = [(0, min(len(title), _LONGEST_TITLE)), *_lines(whole, len(title) + 1)]
    starts = [start for start, _ in lines]

    def is_seen(place: int) -> bool:
        start, end = lines[bisect_right(starts, place) - 1]
        return start <= place < end

    spans: list[_Span] = []
    read: list[ReadLabel] = []
    for row in labels:
        name = label_name(row["kind"], row["label"])
        found: dict[tuple[str, str], list[int]] = {}
        items = list(_items(row["evidence"]))
        for item in items:
            place = _place(item, whole)
            if place is not None and not is_seen(place[0]):
                place = None
            if place is not None:
                spans.append(_Span(len(spans), *place, row["kind"], f"{name} ({_kind_and_role(row)})"))
            found.setdefault(_receipt(item, row["kind"]), []).extend(place[:1] if place else ())
        receipts = tuple(Receipt(*said, tuple(f"e{start}" for start in sorted(set(at)))) for said, at in found.items())
        is_full = len(items) >= EVIDENCE_KEPT
        read.append(ReadLabel(row["kind"], row["label"], name, row["role"], float(row["score"]), receipts, is_full))
    first, *rest = (tuple(_pieces(whole, *each, here)) for each, here in _by_line(lines, spans))
    return Reading(first, tuple(rest), tuple(sorted(read, key=_order)), is_cut=len(shown) < len(text))


def _lines(whole: str, start: int) -> Iterator[tuple[int, int]]:
    """Yield the paragraphs of a text from `start` on as spans, without empty ones."""
    for paragraph in whole[start:].split("\n"):
        end = start + len(paragraph)
        if paragraph.strip():
            yield start, end
        start = end + 1


def _items(evidence: object) -> Iterator[Mapping[str, Any]]:
    if isinstance(evidence, list):
        yield from (item for item in evidence if isinstance(item, Mapping))


def _place(item: Mapping[Any, Any], whole: str) -> tuple[int, int] | None:
    """Return where a piece of evidence lies, None where it has no place or something else stands there."""
    start, end = item.get("start"), item.get("end")
    if not isinstance(start, int) or not isinstance(end, int) or not 0 <= start < end <= len(whole):
        return None
    return (start, end) if whole[start:end] == item.get("text") else None


def _receipt(item: Mapping[Any, Any], kind: str) -> tuple[str, str]:
    """Return what was found and what that is; the same at several places is one receipt."""
    matched = matched_in_words(str(item.get("kind") or ""), str(item.get("place") or ""), kind)
    return line(item.get("text"), _LONGEST_RECEIPT), matched


def _kind_and_role(row: Mapping[Any, Any]) -> str:
    kind = str(row["kind"]).replace("_", " ")
    return f"{kind}, {row['role']}" if row["role"] else kind


def _by_line(
    lines: Sequence[tuple[int, int]], spans: Sequence[_Span]
) -> Iterator[tuple[tuple[int, int], Sequence[_Span]]]:
    """Yield each line with the spans that touch it. A text may have thousands of both, so neither is walked twice."""
    waiting = sorted(spans, key=lambda span: -span.start)
    open_: list[_Span] = []
    for start, end in lines:
        while waiting and waiting[-1].start < end:
            open_.append(waiting.pop())
        open_ = [span for span in open_ if span.end > start]
        yield (start, end), open_


def _pieces(whole: str, start: int, end: int, here: Sequence[_Span]) -> Iterator[Piece]:
    """Yield a line in pieces, cut wherever a span begins or ends; `here` are its spans, as they begin."""
    begun = {span.start for span in here}
    cuts = sorted({start, end, *begun, *(span.end for span in here)})
    cuts = cuts[bisect_left(cuts, start) : bisect_right(cuts, end)]
    place, spoken = 0, list[_Span]()
    for left, right in pairwise(cuts):
        while place < len(here) and here[place].start <= left:
            spoken.append(here[place])
            place += 1
        spoken = sorted((span for span in spoken if span.end >= right), key=lambda span: span.number)
        kinds = tuple(kind for kind in KINDS if any(span.kind == kind for span in spoken))
        anchor = f"e{left}" if left in begun else None
        yield Piece(plain(whole[left:right]), kinds, _listed(span.said for span in spoken), anchor)


def _listed(said: Iterable[str]) -> str:
    """Join what a piece speaks for; a word may be evidence for a label twice."""
    named = list(dict.fromkeys(said))
    more = len(named) - _MOST_NAMED
    return "; ".join(named[:_MOST_NAMED]) + (f"; and {more} more" if more > 0 else "")


def _order(label: ReadLabel) -> tuple[int, int, float, str]:
    roles = {"about": 0, None: 0, "mentioned": 1}
    kind = KINDS.index(label.kind) if label.kind in KINDS else len(KINDS)
    return kind, roles.get(label.role, 2), -label.score, label.label
