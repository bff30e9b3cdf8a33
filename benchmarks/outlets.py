"""How well lists of real outlets are read: every OPML file of a collection, in and out again."""

import re
import tarfile
import time
from collections import Counter

from lxml import etree
from rich.table import Table

from silkwire.errors import Config
from silkwire.poll.opml import read_opml
from silkwire.poll.opml_writer import write_opml
from silkwire.settings import ROOT

LISTS = ROOT.parent / "shared" / "data" / "outlets" / "outlet-lists.tar.gz"
_PLACE = re.compile(r"^.*?:(?:\d+:)? ")


def measure() -> Table:
    """Read, write and read again; return the counts of files and feeds, and why files were refused."""
    if not LISTS.exists():
        return Table(title=f"lists of outlets: skipped, {LISTS.name} is not there")
    files: Counter[str] = Counter()
    feeds = sources = 0
    refused: Counter[str] = Counter()
    started = time.perf_counter()
    for name, data in _lists():
        try:
            found = read_opml(data, name)
        except Config as error:
            refused[_PLACE.sub("", str(error)).partition(":")[0]] += 1
            continue
        files["read"] += 1
        files["mended"] += _is_mended(data)
        files["the same when written and read again"] += read_opml(write_opml(*found), name) == found
        sources += len(found[0])
        feeds += len(found[1])
    table = Table("lists of outlets", "count", title=f"OPML in and out: {time.perf_counter() - started:.1f} s")
    for what, count in [*files.items(), ("sources in them", sources), ("feeds in them", feeds)]:
        table.add_row(what, f"{count:,}")
    for reason, count in refused.most_common():
        table.add_row(f"refused: {reason}", f"{count:,}")
    return table


def _lists() -> list[tuple[str, bytes]]:
    with tarfile.open(LISTS) as archive:
        members = [member for member in archive.getmembers() if member.name.lower().endswith(".opml")]
        files = [(member.name, archive.extractfile(member)) for member in members]
        return [(name, file.read()) for name, file in files if file is not None]


def _is_mended(data: bytes) -> bool:
    """Say whether a file that was read is no XML as it stands."""
    try:
        etree.fromstring(data.lstrip(b"\xef\xbb\xbf \t\r\n"))
    except etree.XMLSyntaxError:
        return True
    return False
