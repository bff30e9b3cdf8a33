"""`db dictionary`: what every column of the marts means."""

from typing import Annotated

import typer

from silkwire.cli.app import db_app
from silkwire.cli.output import AsJson, console, print_json
from silkwire.settings import ROOT, get_settings
from silkwire.warehouse.dictionary import as_markdown, put_into, read_dictionary
from silkwire.warehouse.engine import open_engine, transaction
from silkwire.warehouse.migration import upgrade
from silkwire.warehouse.server import warehouse_url

_PAGE = ROOT / "docs" / "warehouse.md"


@db_app.command("dictionary")
def dictionary(
    *,
    write: Annotated[bool, typer.Option("--write", help="Write it into docs/warehouse.md.")] = False,
    as_json: AsJson = False,
) -> None:
    """Print every column of the marts with its type and meaning, as Markdown."""
    with warehouse_url(get_settings()) as url:
        engine = open_engine(url)
        upgrade(engine)
        with transaction(engine) as connection:
            marts = read_dictionary(connection)
    if write:
        _PAGE.write_text(put_into(_PAGE.read_text(encoding="utf-8"), marts), encoding="utf-8")
        console.print(f"{len(marts)} marts are described in {_PAGE}.")
    elif as_json:
        print_json(marts)
    else:
        typer.echo(as_markdown(marts))
