"""`label`: the stage, the filter, and the explanation of one article."""

import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from silkwire.cli.app import app
from silkwire.cli.filters import Jobs, Jsonl, run_filter
from silkwire.cli.output import AsJson, console, print_json
from silkwire.cli.stage_commands import one_stage
from silkwire.errors import Config
from silkwire.poll.countries import check_country
from silkwire.report.explanation import show_explanation

Explain = Annotated[
    Path | None,
    typer.Option(
        "--explain",
        metavar="FILE",
        help="Label this text file, title in its first line (-: standard input), and show why; needs no database.",
    ),
]
Dropped = Annotated[bool, typer.Option("--dropped", help="With --jsonl: tell the names that were not believed too.")]
Language = Annotated[str | None, typer.Option("--language", help="With --explain: BCP 47; else told from the text.")]
Country = Annotated[
    str | None, typer.Option("--source-country", help="With --explain: the outlet's country, ISO 3166-1 alpha-2.")
]
Day = Annotated[
    datetime | None,
    typer.Option(
        "--day", formats=["%Y-%m-%d"], help="With --explain: the day of publication, which leaders depend on."
    ),
]


@app.command()
def label(  # noqa: PLR0913 - options of a command
    *,
    jsonl: Jsonl = False,
    jobs: Jobs = 1,
    dropped: Dropped = False,
    explain: Explain = None,
    language: Language = None,
    source_country: Country = None,
    day: Day = None,
    as_json: AsJson = False,
) -> None:
    """Label the articles that are pending; with --jsonl, those on standard input instead; with --explain, one file."""
    if explain is None and (language or source_country or day):
        raise typer.BadParameter("--language, --source-country and --day go with --explain FILE.")
    if dropped and not jsonl:
        raise typer.BadParameter("--dropped goes with --jsonl.")
    if jsonl and explain is not None:
        raise typer.BadParameter("--jsonl and --explain exclude each other.")
    if explain is not None:
        _explain(explain, language, source_country, day, as_json=as_json)
    elif jsonl:
        run_filter("label-dropped" if dropped else "label", jobs)
    else:
        one_stage("label", as_json=as_json)


def _explain(
    path: Path, language: str | None, source_country: str | None, day: datetime | None, *, as_json: bool
) -> None:
    from silkwire.cli.documents import configured_labeller, explained

    country = check_country(source_country, "--source-country")
    title, text = _read(path)
    found = configured_labeller().explain(
        title, text, language, source_country=country, day=day.date() if day else None
    )
    if as_json:
        print_json({"title": title, "text": text, "outcome": found.labels.outcome.kind} | explained(found))
    else:
        show_explanation(console, title, text, found)


def _read(path: Path) -> tuple[str, str]:
    """Read a title and a text as an article has them: a paragraph a line, no empty lines."""
    try:
        data = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
        whole = data.decode("utf-8-sig")
    except OSError as error:
        raise Config(f"{path} can't be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise Config(f"{path} is no text in UTF-8: {error.reason} at byte {error.start}.") from error
    lines = [line.strip() for line in whole.splitlines() if line.strip()]
    if not lines:
        raise Config(f"{path} holds no text.")
    return lines[0], "\n".join(lines[1:])
