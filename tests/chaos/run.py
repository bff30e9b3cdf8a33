"""The rounds of the chaos run: poll and fetch every few simulated hours, and the articles at the end."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import Engine

from silkwire.records import Feed, Shard, Source
from silkwire.settings import Settings
from silkwire.stages import run_stage
from silkwire.warehouse import sources
from silkwire.warehouse.engine import transaction
from tests.chaos.hosts import START
from tests.chaos.server import HANGS, Chaos

HOST_DELAY = 0.02
STEP = timedelta(hours=3)


def chaos_settings(settings: Settings) -> Settings:
    """Return the settings of the run: everything adaptive as in life, but quick to give up."""
    changed = {"host_delay": HOST_DELAY, "poll_interval": 10, "total_timeout": HANGS, "connections": 64}
    return settings.model_copy(update=changed)


def list_hosts(chaos: Chaos, engine: Engine) -> None:
    """Put the feed of every host on the warehouse's list."""
    listed = [Source(host.name, host.name, f"http://{host.name}:{chaos.port}/", None, None) for host in chaos.hosts]
    found = [Feed(host.name, host.name, chaos.feed_url(host), "en") for host in chaos.hosts]
    with transaction(engine) as connection:
        sources.import_list(connection, listed, found, START)


def run_rounds(
    chaos: Chaos, settings: Settings, step: timedelta = STEP, told: Callable[[datetime], None] = lambda now: None
) -> None:
    """Let the simulated time pass, round by round; then make the articles."""
    with chaos.serving():
        for number, now in enumerate(chaos.times(step)):
            told(now)
            for stage in ("poll", "fetch"):
                run_stage(stage, settings, f"round-{number}", Shard(), lambda now=now: now)
    for stage in ("extract", "label"):
        run_stage(stage, settings, "last", Shard(), lambda: chaos.now)
