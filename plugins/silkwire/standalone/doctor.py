"""The doctor: looks at everything a run needs, and says what to mend."""

import os
import shutil
import socket
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from sqlalchemy import text

from silkwire.errors import SilkwireError
from silkwire.label.labeller import Labeller
from silkwire.poll.opml import read_opml
from silkwire.settings import Settings
from silkwire.warehouse.engine import open_engine, transaction
from silkwire.warehouse.server import warehouse_url

_OLDEST_PYTHON = (3, 11)
_NEWEST_PYTHON = (3, 13)  # what Airflow 3.3 and the pinned wheels exist for
_LEAST_DISK = 2 * 10**9
_HOSTS_TRIED = 5


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found: `state` is ok, warning or failed; `told` says what, and the remedy."""

    subject: str
    state: str
    told: str


def examine(settings: Settings) -> list[Finding]:
    """Look at Python, the user, the disk, the configuration, the warehouse and the network, in that order."""
    looks: tuple[tuple[str, Callable[[Settings], Iterator[Finding]]], ...] = (
        ("python", _python),
        ("user", _user),
        ("disk", _disk),
        ("config", _config),
        ("warehouse", _warehouse),
        ("network", _network),
    )
    findings: list[Finding] = []
    for subject, look in looks:
        try:
            findings.extend(look(settings))
        except (SilkwireError, OSError) as error:
            findings.append(Finding(subject, "failed", str(error)))
    return findings


def _python(_: Settings) -> Iterator[Finding]:
    version = sys.version.split()[0]
    good = _OLDEST_PYTHON <= sys.version_info[:2] <= _NEWEST_PYTHON
    yield Finding("python", "ok" if good else "failed", version if good else f"{version}; needs 3.11, 3.12 or 3.13")


def _user(_: Settings) -> Iterator[Finding]:
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        yield Finding(
            "user",
            "warning",
            "root: the embedded PostgreSQL then runs as the user pgserver, and the folders above this one become "
            "readable to everybody; a user of its own is better",
        )
    else:
        yield Finding("user", "ok", "not root")


def _disk(settings: Settings) -> Iterator[Finding]:
    settings.home.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(settings.home).free
    good = free >= _LEAST_DISK and os.access(settings.home, os.W_OK)
    told = f"{free / 1e9:.1f} GB free in {settings.home}"
    yield Finding("disk", "ok" if good else "failed", told if good else f"{told}; needs 2 GB and to be writable")


def _config(settings: Settings) -> Iterator[Finding]:
    sources, feeds = read_opml(settings.sources.read_bytes(), str(settings.sources))
    yield Finding("config", "ok", f"{settings.sources}: {len(sources)} sources, {len(feeds)} feeds")
    labeller = Labeller.load(settings.regions, settings.topics, settings.topic_model)
    yield Finding("config", "ok", f"{settings.regions} and {settings.topics}: labeller version {labeller.version}")


def _warehouse(settings: Settings) -> Iterator[Finding]:
    with warehouse_url(settings) as url, transaction(open_engine(url)) as connection:
        version = connection.scalar(text("show server_version"))
        migrated = connection.scalar(text("select to_regclass('public.alembic_version') is not null"))
    kind = "embedded" if settings.warehouse_url is None else "external"
    if migrated:
        yield Finding("warehouse", "ok", f"PostgreSQL {version} ({kind})")
    else:
        yield Finding("warehouse", "warning", f"PostgreSQL {version} ({kind}), no tables yet: silkwire db upgrade")


def _network(settings: Settings) -> Iterator[Finding]:
    """Resolve a few of the feeds' hosts, spread over the list: without names nothing can be polled."""
    _, feeds = read_opml(settings.sources.read_bytes(), str(settings.sources))
    hosts = sorted({urlsplit(feed.url).hostname or "" for feed in feeds})
    tried = hosts[:: max(1, len(hosts) // _HOSTS_TRIED)][:_HOSTS_TRIED]
    reached = [host for host in tried if _resolves(host)]
    if reached:
        yield Finding("network", "ok", f"{len(reached)} of {len(tried)} feed hosts tried resolve")
    else:
        yield Finding("network", "failed", f"none of {', '.join(tried)} resolves; without the internet: make demo")


def _resolves(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return bool(socket.getaddrinfo(host, 443))
    except OSError:
        return False
