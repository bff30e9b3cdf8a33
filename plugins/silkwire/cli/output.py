"""How commands print: a table or sentence for a person, one JSON document with --json."""

import json
import sys
from dataclasses import asdict, is_dataclass
from typing import Annotated, Any

import typer
from rich.console import Console

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document instead of text.")]

# Where the output goes to a file or a pipe there is no width to fit; 120 columns are readable anywhere.
console = Console(highlight=False, soft_wrap=True) if sys.stdout.isatty() else Console(highlight=False, width=120)


def print_json(value: object) -> None:
    """Print a value, dataclasses included, as one JSON document."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2, default=_plain))


def _plain(value: object) -> Any:  # noqa: ANN401 - anything JSON can hold
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    return str(value)
