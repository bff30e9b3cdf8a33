"""How the trial of a watch topic is shown: what it adds and drops, with the words it rests on."""

from collections.abc import Iterator
from typing import Any

from rich.console import Console
from rich.text import Text

from silkwire.label.topics.watch_trial import Trial
from silkwire.records import Evidence, WatchLabel
from silkwire.warehouse.labels import receipts

_SHOWN = 3  # pieces of evidence of an article
_AROUND = 40  # characters of the text on each side
_STYLES = {"+": "green", "-": "red"}


def show_trial(console: Console, trial: Trial) -> None:
    """Print one article that the rule adds or drops."""
    line = Text(f"{trial.sign} ", style=f"bold {_STYLES[trial.sign]}")
    line.append(str(trial.day or "no day"), style="not bold")
    line.append(f"  {_label(trial).score:.2f}  {_printable(trial.source)}  ", style="not bold")
    line.append(_printable(trial.article.title))
    console.print(line, soft_wrap=True)
    for before, found, after in _contexts(trial):
        context = Text("    ").append(before).append(found, style=f"bold {_STYLES[trial.sign]}").append(after)
        console.print(context, soft_wrap=True)


def trial_document(trial: Trial) -> dict[str, Any]:
    """Return one article that the rule adds or drops, for JSON."""
    return {
        "id": trial.article.id,
        "url": trial.url,
        "title": trial.article.title,
        "day": trial.day,
        "source": trial.source,
        "language": trial.article.language,
        "score": _label(trial).score,
        "evidence": receipts(_label(trial).evidence),
    }


def _label(trial: Trial) -> WatchLabel:
    """Return the label that is added or dropped."""
    return trial.now or trial.stored or WatchLabel(trial.article.id, 0.0, ())


def _contexts(trial: Trial) -> Iterator[tuple[str, str, str]]:
    """Yield the first pieces of evidence, each with what stands around it in its paragraph."""
    whole = f"{trial.article.title}\n{trial.article.text}"
    for span in _label(trial).evidence[:_SHOWN]:
        yield _context(whole, span)


def _context(whole: str, span: Evidence) -> tuple[str, str, str]:
    if whole[span.start : span.end] != span.text:  # the article was extracted anew since
        return "", _printable(span.text), ""
    line_start = whole.rfind("\n", 0, span.start) + 1
    line_end = (whole + "\n").index("\n", span.end)
    before, after = whole[line_start : span.start], whole[span.end : line_end]
    if len(before) > _AROUND:
        cut = before[-_AROUND:]
        before = "… " + (cut.partition(" ")[2] or cut)
    if len(after) > _AROUND:
        cut = after[:_AROUND]
        after = (cut.rpartition(" ")[0] or cut) + " …"
    return _printable(before), _printable(span.text), _printable(after)


def _printable(text: str) -> str:
    """Take the control characters of a page away, which must not reach a terminal."""
    return "".join(character if character.isprintable() else " " for character in text)
