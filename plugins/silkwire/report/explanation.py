"""Why an article is labelled as it is, on a terminal: the text with its evidence in place, the labels, the doubts."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table
from rich.text import Text

from silkwire.label.regions.places import EVIDENCE_KEPT
from silkwire.records import Dropped, Evidence, Explanation, Role
from silkwire.report.names import country_name, topic_name

_STYLES = {Role.ABOUT: "bold green", Role.MENTIONED: "cyan"}
_DROPPED = "yellow"
# What stands behind a span, so that the text can be read without colour too.
_MARKS = {Role.ABOUT: "[{}]", Role.MENTIONED: "({})"}
_DROPPED_MARK = "{{{}?}}"
_WORDS = {"adj": "adjective", "short": "short form"}

_TERMS = 6  # distinct terms shown of a topic
# A page's own escape sequences must not reach the terminal; each is one character still, so that offsets hold.
_CONTROLS = {code: "\ufffd" for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in "\n\t"}


@dataclass(frozen=True, slots=True)
class _Mark:
    """A span to show in the text: its style, and what is written behind it."""

    start: int
    end: int
    style: str
    behind: str


def show_explanation(console: Console, title: str, text: str, explanation: Explanation) -> None:
    """Print the article with its evidence in place, then tables of its labels and of the names not believed."""
    labels = explanation.labels
    marks = list(_marks(explanation))
    for number, paragraph in enumerate(_marked(f"{title}\n{text}", marks).split("\n")):
        if number == 0:
            paragraph.stylize("bold")
        console.print(paragraph, soft_wrap=False)
        console.print()
    if marks:
        console.print(_legend(marks), soft_wrap=False)
    evidence = [label.evidence for label in labels.countries] + [label.evidence for label in labels.regions]
    if any(len(spans) >= EVIDENCE_KEPT for spans in evidence):
        console.print(f"A label keeps {EVIDENCE_KEPT} pieces of evidence; what comes after them is not marked.")
    console.print(f"Language {labels.language}; outcome {labels.outcome.kind}", end="")
    console.print(f": {labels.outcome.reason.words}." if labels.outcome.reason else ".")
    for table in _tables(explanation):
        console.print()
        console.print(table, soft_wrap=False)


def _marks(explanation: Explanation) -> Iterator[_Mark]:
    """Yield a mark a span: of the countries it speaks for, of regions where it speaks for none, or what was dropped."""
    labels = explanation.labels
    spoken: dict[tuple[int, int], list[tuple[str, Role]]] = defaultdict(list)
    for country in labels.countries:
        for span in country.evidence:
            if span.end > span.start:
                spoken[span.start, span.end].append((country.code, country.role))
    for region in labels.regions:
        for span in region.evidence:
            if not any(code != region.id for code, _ in spoken[span.start, span.end]):
                spoken[span.start, span.end].append((region.id, region.role))
    for (start, end), names in spoken.items():
        strongest = Role.ABOUT if any(role is Role.ABOUT for _, role in names) else Role.MENTIONED
        # A city that is a division too is evidence twice.
        behind = "".join(_MARKS[role].format(name) for name, role in dict.fromkeys(names))
        yield _Mark(start, end, _STYLES[strongest], behind)
    doubted: dict[tuple[int, int], list[str]] = defaultdict(list)
    for name in explanation.dropped:
        doubted[name.evidence.start, name.evidence.end].append(name.code)
    for (start, end), codes in doubted.items():
        yield _Mark(start, end, _DROPPED, "".join(_DROPPED_MARK.format(code) for code in codes))


def _marked(whole: str, marks: Sequence[_Mark]) -> Text:
    """Return a text with its spans styled, and with what each stands for written behind it."""
    text = Text(whole.translate(_CONTROLS))
    behind: dict[int, list[_Mark]] = defaultdict(list)
    for mark in sorted(marks, key=lambda mark: (mark.end, -mark.start)):
        text.stylize(mark.style, mark.start, mark.end)
        behind[mark.end].append(mark)
    pieces = text.divide(sorted(behind))
    marked = Text()
    for piece, end in zip(pieces, [*sorted(behind), None], strict=True):
        marked.append_text(piece)
        for mark in behind[end] if end is not None else ():
            marked.append(mark.behind, style=f"{mark.style} not bold dim")
    return marked


def _legend(marks: Sequence[_Mark]) -> Text:
    """Explain the marks that occur."""
    words = {
        _STYLES[Role.ABOUT]: "[…] what it is about",
        _STYLES[Role.MENTIONED]: "(…) what it only mentions",
        _DROPPED: "{…?} what was not believed",
    }
    used = {mark.style for mark in marks}
    return Text("   ").join(Text(said, style=style) for style, said in words.items() if style in used)


def _tables(explanation: Explanation) -> Iterator[Table]:
    """Yield a table for each kind of label there is, and one of the names that were not believed."""
    labels = explanation.labels
    if labels.countries:
        yield _table(
            "Countries",
            ("code", "country", "role", "score", "evidence"),
            (
                (label.code, country_name(label.code), label.role, f"{label.score:.2f}", _kinds(label.evidence))
                for label in labels.countries
            ),
        )
    if labels.regions:
        yield _table(
            "Regions",
            ("region", "role", "score", "evidence"),
            ((label.id, label.role, f"{label.score:.2f}", _kinds(label.evidence)) for label in labels.regions),
        )
    if labels.topics:
        yield _table(
            "Topics",
            ("code", "topic", "score", "evidence"),
            (
                (label.code, topic_name(label.code), f"{label.score:.2f}", _terms(label.evidence))
                for label in labels.topics
            ),
        )
    if labels.watch:
        yield _table(
            "Watch topics",
            ("topic", "score", "evidence"),
            ((label.id, f"{label.score:.2f}", _terms(label.evidence)) for label in labels.watch),
        )
    if explanation.dropped:
        yield _table("Not believed", ("name", "at", "could have been", "why not"), _doubts(explanation.dropped))


def _table(title: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Table:
    table = Table(title=title, title_justify="left", header_style="bold")
    for column in columns:
        table.add_column(column, justify="right" if column == "score" else "left", no_wrap=column in ("code", "role"))
    for row in rows:
        table.add_row(*(Text(cell.translate(_CONTROLS)) for cell in row))
    return table


def _kinds(evidence: Sequence[Evidence]) -> str:
    """Tell what kinds of names speak for a place: names counted, cities and the like by name."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for span in evidence:
        # A capital speaks for its country and has no name of its own; the text has.
        found[span.kind][span.text if span.kind == "city" and span.place.isupper() else span.place] += 1
    return ", ".join(_kind(kind, places) for kind, places in found.items())


def _kind(kind: str, places: Counter[str]) -> str:
    if kind == "outlet":
        return "none in the text: the outlet's own country"
    if kind in ("city", "town", "division", "leader", "organisation"):
        return f"{kind} {', '.join(places)}"
    word = _WORDS.get(kind, kind)
    return word if places.total() == 1 else f"{word} ×{places.total()}"


def _terms(evidence: Sequence[Evidence]) -> str:
    """List the distinct terms of a topic's evidence in reading order."""
    terms = list(dict.fromkeys(span.text.casefold() for span in evidence))
    return ", ".join(terms[:_TERMS]) + (" …" if len(terms) > _TERMS else "")


def _doubts(dropped: Sequence[Dropped]) -> Iterator[tuple[str, str, str, str]]:
    """Yield a row a name, meaning and reason; the same one at several places is one row."""
    places: dict[tuple[str, str, str], list[Evidence]] = defaultdict(list)
    for name in dropped:
        places[name.evidence.text, name.code, name.why].append(name.evidence)
    for (text, code, why), spans in places.items():
        named = country_name(code)
        meant = code if named == code else f"{code} {named}"
        yield text, ", ".join(f"{span.start}–{span.end}" for span in spans), meant, why
