"""`sources` and `db`: the list of sources in and out of the warehouse, and the warehouse's own upkeep."""

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from silkwire.cli.app import db_app, sources_app
from silkwire.cli.output import AsJson, console, print_json
from silkwire.errors import Config
from silkwire.poll.opml import read_opml
from silkwire.poll.opml_writer import write_opml
from silkwire.settings import get_settings
from silkwire.stages import utc_now
from silkwire.warehouse import sources
from silkwire.warehouse.engine import open_engine, transaction
from silkwire.warehouse.migration import upgrade
from silkwire.warehouse.server import warehouse_url
from silkwire.warehouse.sources import Imported


def import_sources(url: str, path: Path) -> Imported:
    """Make the warehouse at `url` follow an OPML file; raise `Config` where the file can't be used."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise Config(f"The list of sources can't be read: {error}. Name another with SILKWIRE_SOURCES.") from error
    listed_sources, listed_feeds = read_opml(data, str(path))
    with transaction(open_engine(url)) as connection:
        return sources.import_list(connection, listed_sources, listed_feeds, utc_now())


@sources_app.command("import")
def import_command(
    path: Annotated[Path | None, typer.Argument(help="An OPML file; SILKWIRE_SOURCES where none is given.")] = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Make the warehouse follow an OPML file: new feeds are added, absent ones retired, nothing is deleted."""
    settings = get_settings()
    with warehouse_url(settings) as url:
        upgrade(open_engine(url))
        done = import_sources(url, path or settings.sources)
    if as_json:
        print_json(done)
    else:
        console.print(
            f"{done.sources} sources with {done.feeds} feeds are on the list; {done.added} feeds are new, "
            f"{done.retired} left the list."
        )


@sources_app.command("export")
def export_command(
    path: Annotated[Path | None, typer.Argument(help="Where to; standard output if not given.")] = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Write the active sources as OPML, for any feed reader and for `sources import`; with --json as plain records."""
    with warehouse_url(get_settings()) as url, transaction(open_engine(url)) as connection:
        listed_sources, listed_feeds = sources.listed(connection)
    document = write_opml(listed_sources, listed_feeds)
    if as_json:
        print_json({"sources": listed_sources, "feeds": listed_feeds})
    elif path is None:
        typer.echo(document.decode("utf-8"), nl=False)
    else:
        path.write_bytes(document)


@sources_app.command("list")
def list_command(*, as_json: AsJson = False) -> None:
    """List the active sources with their feeds."""
    with warehouse_url(get_settings()) as url, transaction(open_engine(url)) as connection:
        listed_sources, listed_feeds = sources.listed(connection)
    by_id = {source.id: source for source in listed_sources}
    rows = [
        {
            "source": by_id[feed.source_id].name,
            "country": by_id[feed.source_id].country,
            "kind": by_id[feed.source_id].kind,
            "language": feed.language,
            "folder": feed.folder,
            "feed": feed.url,
        }
        for feed in listed_feeds
        if feed.source_id in by_id
    ]
    if as_json:
        print_json(rows)
        return
    table = Table("source", "country", "kind", "language", "feed", header_style="bold")
    for row in rows:
        table.add_row(*(str(row[name] or "") for name in ("source", "country", "kind", "language", "feed")))
    console.print(table)


@db_app.command("upgrade")
def upgrade_command(*, as_json: AsJson = False) -> None:
    """Bring the warehouse's tables and marts up to date."""
    with warehouse_url(get_settings()) as url:
        revision = upgrade(open_engine(url))
    if as_json:
        print_json({"revision": revision})
    else:
        console.print(f"The warehouse is at revision {revision}, its marts are current.")
