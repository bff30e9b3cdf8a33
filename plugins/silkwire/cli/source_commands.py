"""`sources add`: see what a site offers, and add it to the list."""

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated

import typer

from silkwire.cli.app import sources_app
from silkwire.cli.contact import with_contact
from silkwire.cli.list_commands import import_sources
from silkwire.cli.offers import offer_table, remark
from silkwire.cli.output import AsJson, console, print_json
from silkwire.drain import run_async
from silkwire.errors import Config
from silkwire.keys import stable_key
from silkwire.net.client import open_client
from silkwire.net.links import clean_link, host_of
from silkwire.net.robots import Robots
from silkwire.poll.countries import check_country
from silkwire.poll.discovery import Discovery, discover
from silkwire.poll.offer import Offer
from silkwire.poll.opml import check_language, check_pattern, read_opml
from silkwire.poll.opml_writer import insert_feeds, write_opml
from silkwire.poll.parser import ParserPool
from silkwire.records import Feed, Form, Source
from silkwire.settings import Settings, get_settings
from silkwire.stages import utc_now
from silkwire.warehouse.engine import open_engine
from silkwire.warehouse.migration import upgrade
from silkwire.warehouse.server import warehouse_url
from silkwire.warehouse.sources import Imported


@dataclass(frozen=True, slots=True)
class _Said:
    """What the analyst said of the source; it counts before what the site says."""

    id: str | None
    name: str | None
    country: str | None
    language: str | None
    kind: str | None
    folder: str


@sources_app.command("add")
def add_command(  # noqa: PLR0913 - they are the command's options
    url: Annotated[str, typer.Argument(help="A site, a page of it, a feed or a sitemap.")],
    *,
    feed: Annotated[list[str] | None, typer.Option(help="Add the feed at this address; may be repeated.")] = None,
    every: Annotated[bool, typer.Option("--all", help="Add all that is of use, not just the best.")] = False,
    dry_run: Annotated[bool, typer.Option(help="Show what there is, and add nothing.")] = False,
    section: Annotated[bool, typer.Option(help="Poll the page itself: its links are the articles.")] = False,
    pattern: Annotated[
        str | None, typer.Option(help="With --section: a regular expression in the articles' addresses.")
    ] = None,
    id_: Annotated[
        str | None, typer.Option("--id", help="The source's id; the site's host where none is given.")
    ] = None,
    name: Annotated[str | None, typer.Option(help="What dashboards call it.")] = None,
    country: Annotated[str | None, typer.Option(help="Where its publisher is: ISO 3166-1 alpha-2.")] = None,
    language: Annotated[str | None, typer.Option(help="What it writes in: BCP 47, such as uz-Latn.")] = None,
    kind: Annotated[str | None, typer.Option(help="state, public, independent, commercial or agency.")] = None,
    folder: Annotated[str, typer.Option(help="Where in the list, such as Asia/Kazakhstan.")] = "",
    as_json: AsJson = False,
) -> None:
    """Look for the feeds, sitemaps or articles of a site, show them, and add the best to the list of sources."""
    said = _Said(
        id_, name, check_country(country, "--country"), check_language(language, "--language"), kind, folder.strip("/")
    )
    if pattern is not None:
        check_pattern(pattern, "--pattern")
    also = [_absolute(address) for address in feed or ()]
    settings = with_contact(get_settings())
    url = url if "://" in url else f"https://{url}"
    section = section or pattern is not None
    found = run_async(_discover(settings, url, also, section=section, pattern=pattern))
    sources, listed = _read_list(settings.sources)
    known = {clean_link(one.url, None) for one in listed}
    now = utc_now()
    if not as_json:
        console.print(offer_table(found, known, now))
        if found.stopped:
            typer.echo(f"Not all was asked for: {found.stopped}.")
    chosen = _chosen(found, also, every=every)
    if not chosen and not dry_run:
        raise Config(_nothing(url, found))
    new = [offer for offer in chosen if clean_link(offer.url, None) not in known]
    source = _source(found, chosen, said, sources)
    feeds = [_feed(offer, source, found, said) for offer in new]
    done = _add(settings, source, feeds) if feeds and not dry_run else None
    if as_json:
        _print_json(found, feeds if done else (), known)
        return
    for line in _told(settings, source, chosen, feeds, done):
        typer.echo(line)
    if source in sources and (name, country, kind) != (None, None, None):
        typer.echo(f"{source.name} was listed before: its name, country and kind stay as they are there.")


async def _discover(
    settings: Settings, url: str, also: Sequence[str], *, section: bool, pattern: str | None
) -> Discovery:
    with ParserPool(settings.parse_seconds, workers=1) as parsers:
        async with open_client(settings, utc_now) as client:
            robots = Robots(client, settings)
            return await discover(url, client, robots, parsers, also=also, section=section, pattern=pattern)


def _absolute(address: str) -> str:
    if clean_link(address, None) is None:
        raise Config(f"--feed {address}: write the address in full, as https://host/path.")
    return address


def _read_list(path: Path) -> tuple[list[Source], list[Feed]]:
    return read_opml(path.read_bytes(), str(path)) if path.exists() else ([], [])


def _chosen(found: Discovery, also: Sequence[str], *, every: bool) -> list[Offer]:
    """Return what is to be added: what was named, all of use, or the best."""
    usable = [offer for offer in found.offers if offer.is_usable]
    if also:
        offers = {
            clean_link(url, None): offer for offer in found.offers for url in (offer.asked or offer.url, offer.url)
        }
        chosen = []
        for address in also:
            offer = offers.get(clean_link(address, None))
            if offer is None or not offer.is_usable:
                why = remark(offer, utc_now()) if offer else found.stopped or "it lists the same as another one"
                raise Config(f"{address} can't be added: {why}.")
            chosen.append(offer)
        return chosen
    if every:
        # The page is for sites that have nothing better.
        feeds = [offer for offer in usable if not offer.is_comments and offer.form is not Form.SECTION]
        return feeds or usable[:1]
    return usable[:1]


def _source(found: Discovery, chosen: Sequence[Offer], said: _Said, listed: Iterable[Source]) -> Source:
    """Return the source that the feeds belong to: one that is listed already, or a new one."""
    identity = said.id or host_of(found.site)
    for source in listed:
        if source.id == identity or (said.id is None and host_of(source.url) == identity):
            return source
    title = next((offer.title for offer in chosen if offer.title), "")
    name = said.name or found.name or title or identity
    return Source(identity, " ".join(name.split()), found.site, said.country, said.kind)


def _feed(offer: Offer, source: Source, found: Discovery, said: _Said) -> Feed:
    language = said.language or offer.language or found.language
    return Feed(stable_key(offer.url), source.id, offer.url, language, said.folder, offer.form, offer.pattern)


def _add(settings: Settings, source: Source, feeds: Sequence[Feed]) -> Imported:
    """Write the feeds into the list and have the warehouse follow it."""
    path = settings.sources.resolve()
    name = str(settings.sources)
    data = insert_feeds(path.read_bytes(), name, [source], feeds) if path.exists() else write_opml([source], feeds)
    _replace(path, data)
    with warehouse_url(settings) as url:
        upgrade(open_engine(url))
        return import_sources(url, settings.sources)


def _replace(path: Path, data: bytes) -> None:
    """Put a file in the place of another at once: whoever reads it gets the old or the new one, whole."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, beside = tempfile.mkstemp(prefix=f"{path.name}.", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            if path.exists():
                shutil.copymode(path, beside)
            else:
                Path(beside).chmod(0o644)
            Path(beside).replace(path)
        except BaseException:
            Path(beside).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise Config(f"The list of sources can't be written: {error}. Name another with SILKWIRE_SOURCES.") from error


def _nothing(url: str, found: Discovery) -> str:
    """Say that there is nothing to poll, and what might help."""
    if found.offers and not any(offer.is_usable for offer in found.offers):
        first = found.offers[0]
        seen = f" {first.url}: {remark(first, utc_now())}."
    else:
        seen = f" {found.stopped}." if found.stopped else ""
    return (
        f"Nothing at {url} can be polled.{seen} Where you know a page that lists articles, name it with --section and "
        r"say how their addresses look, such as --pattern '/news/\d+'"
    )


def _print_json(found: Discovery, added: Sequence[Feed], known: set[str | None]) -> None:
    now = utc_now()
    offers = [
        {
            **asdict(offer),
            "usable": offer.is_usable,
            "listed": clean_link(offer.url, None) in known,
            "remark": remark(offer, now),
        }
        for offer in found.offers
    ]
    print_json({**asdict(found), "offers": offers, "added": added})


def _told(
    settings: Settings, source: Source, chosen: Sequence[Offer], feeds: Sequence[Feed], done: Imported | None
) -> Iterator[str]:
    """Say what became of the offers that were chosen."""
    new = {feed.url for feed in feeds}
    for offer in chosen:
        if offer.url not in new:
            yield f"{offer.url} is on the list already."
        elif done:
            yield f"Added {offer.url} to {settings.sources}, as a {offer.form} of {source.name} ({source.id})."
        else:
            yield f"{offer.url} would be added, as a {offer.form} of {source.name} ({source.id})."
    if done is None:
        yield "Nothing was changed."
    elif done.retired:
        yield f"The warehouse follows that list now: {done.retired} feeds that are not on it became inactive."
