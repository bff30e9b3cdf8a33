"""The root of the command line's tree, and how errors end a command. Its branches: `commands.py`."""

import logging
from typing import Any

import typer
from typer.core import TyperGroup

from silkwire.errors import SilkwireError


class _Group(TyperGroup):
    """Ends a command on our own errors with their message alone: they say what to mend, a traceback would bury it."""

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401 - click's own signature
        """Run the command."""
        try:
            return super().invoke(ctx)
        except SilkwireError as error:
            typer.echo(f"silkwire: {error}", err=True)
            raise typer.Exit(1) from error


app = typer.Typer(
    name="silkwire",
    help="Scheduled media monitoring: feeds to labelled articles in a PostgreSQL warehouse.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    cls=_Group,
)
sources_app = typer.Typer(no_args_is_help=True, help="The list of sources: import, export, list, add.")
db_app = typer.Typer(no_args_is_help=True, help="The warehouse itself.")
app.add_typer(sources_app, name="sources")
app.add_typer(db_app, name="db")


@app.callback()
def main(*, verbose: bool = typer.Option(False, "--verbose", "-v", help="Show what the libraries log.")) -> None:
    """Set up logging: libraries are quiet unless asked."""
    logging.basicConfig(level=logging.INFO if verbose else logging.ERROR, format="%(levelname)s %(name)s: %(message)s")
