"""Terms that get in each other's way: what is covered is found out by looking for all terms in each of them."""

from collections.abc import Collection, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from silkwire.label.matching.collector import collector_at_rest
from silkwire.label.matching.normal import fold, normalise
from silkwire.label.matching.term_index import TermIndex
from silkwire.label.matching.terms import Phrase, read_phrase, term_sides
from silkwire.label.matching.tokens import SOFT_SIGNS, Tokens, join_letters
from silkwire.label.topics.watch_findings import Finding, Level
from silkwire.label.topics.watch_topic import ANY, NONE, Term, WatchTopic


class _Placed(NamedTuple):
    """A term where it stands in the file: its place among the terms of its language, its topic, its group's slot."""

    place: int
    topic: WatchTopic
    slot: int
    term: Term


class _Cover(NamedTuple):
    """A term that is found wherever another one is, and what is to be said of it."""

    covered: int
    by: int
    finding: Finding


def overlap_findings(topics: Sequence[WatchTopic]) -> Iterator[Finding]:
    """Yield terms given twice, covered by others, forbidden by their own topic, or of full weight in two topics."""
    by_language: dict[str, list[_Placed]] = {}
    for topic in topics:
        for slot, terms in topic.groups():
            for term in terms:
                placed = by_language.setdefault(term.language, [])
                placed.append(_Placed(len(placed), topic, slot, term))
    for language, placed in by_language.items():
        twice = _twice(placed)
        yield from twice.values()
        yield from _in_two_topics(placed)
        yield from _covered(language, placed, set(twice))


def term_key(written: str) -> str:
    """Return what two ways of writing one term have in common: case, hyphens, dashes and marks on letters are gone."""
    plain = " ".join(SOFT_SIGNS.sub(" ", fold(written)).split())
    return written if written.startswith(('"', '~"')) else plain


def _twice(placed: Sequence[_Placed]) -> dict[int, Finding]:
    """Return what is to be said of terms given twice in a topic, by the place of the second."""
    found: dict[int, Finding] = {}
    first: dict[tuple[str, str, int], _Placed] = {}
    for each in placed:
        # The groups of all are one list here; under any a term does another thing than there.
        list_of_three = min(each.slot, 1)
        earlier = first.setdefault((each.topic.id, term_key(each.term.written), list_of_three), each)
        if earlier is not each:
            what = f"{_named(each)} stands in this topic already, in line {earlier.term.line}"
            remedy = "take one of them away"
            found[each.place] = Finding(Level.NOTICE, each.term.line, each.topic.id, what, remedy)
    return found


def _in_two_topics(placed: Sequence[_Placed]) -> Iterator[Finding]:
    first: dict[str, _Placed] = {}
    for each in placed:
        if each.slot != ANY or each.topic.all or each.term.weight < each.topic.threshold:
            continue
        earlier = first.setdefault(term_key(each.term.written), each)
        if earlier.topic.id != each.topic.id:
            what = f"{_named(each)} makes {earlier.topic.id!r} hold too, by line {earlier.term.line}"
            yield Finding(Level.NOTICE, each.term.line, each.topic.id, what, "keep it in one, or lower a weight")


def _covered(language: str, placed: Sequence[_Placed], twice: Collection[int]) -> Iterator[Finding]:
    """Yield what is to be said of terms that never stand in a text without another of their topic.

    Of those given `twice` that has been said.
    """
    owners: dict[str, list[_Placed]] = {}
    for each in placed:
        if not term_sides(each.term.written)[1]:
            owners.setdefault(each.term.written, []).append(each)
    with collector_at_rest():
        index = TermIndex(language, list(owners))
    listed = list(owners.values())
    covers = [cover for each in placed for cover in _covers(each, index, listed)]
    pairs = {(cover.covered, cover.by) for cover in covers}
    told: set[int] = set()
    for cover in sorted(covers, key=lambda cover: cover.finding.level is not Level.ERROR):
        # Of two terms that find each other the first in the file may stay.
        stays = cover.covered < cover.by and (cover.by, cover.covered) in pairs
        said = cover.covered in twice and cover.finding.level is Level.NOTICE
        if not (stays or said or cover.covered in told):
            told.add(cover.covered)
            yield cover.finding


def _covers(each: _Placed, index: TermIndex, listed: Sequence[Sequence[_Placed]]) -> Iterator[_Cover]:
    """Look for the terms of a topic in one of its terms, or in the sides of one that has two."""
    sides, distance = term_sides(each.term.written)
    for part in chain.from_iterable(sides):
        phrase = read_phrase(part)
        text = normalise(phrase.words)
        whole = (0, len(text.folded))
        for number, spans in index.find(text, Tokens(join_letters(text.folded, each.term.language))).items():
            rivals = [rival for rival in listed[number] if rival.topic is each.topic and rival.place != each.place]
            if rivals and any(_always(read_phrase(rivals[0].term.written), span, phrase, whole) for span in spans):
                for rival in rivals:
                    named = f"{part!r} of " if distance and any(len(side) > 1 for side in sides) else ""
                    if finding := _judge(each, rival, f"{named}{_named(each)}", whole in spans and not distance):
                        yield _Cover(each.place, rival.place, finding)


def _always(cover: Phrase, span: tuple[int, int], covered: Phrase, whole: tuple[int, int]) -> bool:
    """Say whether a cover found at `span` of a term is found in every form that the term is found in."""
    if cover.quoted and not covered.quoted:
        return False
    if covered.prefix and span[1] == whole[1]:
        return cover.prefix
    return cover.inflected or not covered.inflected or cover.prefix


def _judge(each: _Placed, rival: _Placed, named: str, is_whole: bool) -> Finding | None:  # noqa: FBT001 - private
    """Say what it means that `rival` is found wherever `each`, or the part of it that is `named`, is."""
    topic, term = each.topic, each.term
    if rival.slot == NONE and each.slot != NONE:
        what = f"{named} can never count: none has {rival.term.written!r}, in line {rival.term.line}"
        return Finding(Level.ERROR, term.line, topic.id, what, "take one of them away, or narrow the one under none")
    same_key = term_key(rival.term.written) == term_key(term.written)
    if rival.slot != each.slot or same_key:
        return None
    what = f"{named} is found by {rival.term.written!r} already, in line {rival.term.line}"
    if each.slot != ANY or rival.term.weight >= topic.threshold:
        return Finding(Level.NOTICE, term.line, topic.id, what, "take it away, it adds nothing")
    if is_whole and term.weight < topic.threshold:
        what = f"{what}: a text that has the one counts both"
        return Finding(Level.NOTICE, term.line, topic.id, what, f"take it away, or write ~{rival.term.written} there")
    return None


def _named(each: _Placed) -> str:
    return f"{each.term.language} term {each.term.written!r}"
