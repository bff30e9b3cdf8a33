"""`topics`: the analyst's watch topics, looked through and tried out before they take effect."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.text import Text

from silkwire.cli.app import app
from silkwire.cli.output import AsJson, console, print_json
from silkwire.cli.topics_trial import show_trial, trial_document
from silkwire.errors import Config
from silkwire.label.labeller import Labeller
from silkwire.label.regions.region_file import read_regions
from silkwire.label.topics.model import shipped_model
from silkwire.label.topics.watch_file import read_watch_topics
from silkwire.label.topics.watch_lint import Finding, Level, lint
from silkwire.label.topics.watch_topic import with_descendants
from silkwire.label.topics.watch_trial import Trial, Watcher, try_topic
from silkwire.records import WatchLabel
from silkwire.settings import Settings, get_settings
from silkwire.stages import utc_now
from silkwire.warehouse.engine import open_engine
from silkwire.warehouse.labels import PendingArticle
from silkwire.warehouse.server import warehouse_url

topics_app = typer.Typer(no_args_is_help=True, help="Watch topics: look them through, try them out.")
app.add_typer(topics_app, name="topics")

TopicsFile = Annotated[
    Path | None, typer.Option("--file", help="A file of watch topics; SILKWIRE_TOPICS where none is given.")
]
_STYLES = {Level.ERROR: "bold red", Level.NOTICE: "yellow"}
_SINCE = re.compile(r"(\d{1,4})([hdw])")
_UNITS = {"h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}


@topics_app.command()
def check(*, file: TopicsFile = None, as_json: AsJson = False) -> None:
    """Look a file of watch topics through for what can't work. Exit status 1 where something can't; notices are 0."""
    settings = get_settings()
    path = file or settings.topics
    found = lint(path, {region.id for region in read_regions(settings.regions)})
    counts = Counter(finding.level for finding in found)
    if as_json:
        print_json({"file": path, "errors": counts[Level.ERROR], "notices": counts[Level.NOTICE], "findings": found})
    else:
        for finding in found:
            console.print(_told(path, finding), soft_wrap=True)
        console.print(f"{path}: {counts[Level.ERROR]:,} errors, {counts[Level.NOTICE]:,} notices.", markup=False)
    if counts[Level.ERROR]:
        raise typer.Exit(1)


@topics_app.command("try")
def try_command(
    topic: Annotated[str, typer.Argument(help="The id of the topic.")],
    *,
    since: Annotated[
        str, typer.Option("--since", help="Articles discovered since: 12h, 30d, 4w or a day like 2026-11-01.")
    ] = "30d",
    file: TopicsFile = None,
    show: Annotated[int, typer.Option("--show", min=0, help="Show that many articles; all are counted.")] = 100,
    as_json: AsJson = False,
) -> None:
    """Show which stored articles a topic, as the file now has it, would gain and lose. Nothing is changed."""
    settings = get_settings()
    start = _since(since, utc_now())
    watch = _watcher(settings, file or settings.topics, topic)
    counts: Counter[str] = Counter()
    unlabelled = 0
    shown: dict[str, list[dict[str, Any]]] = {"+": [], "-": []}
    for trial in _trials(settings, topic, start, watch):
        counts[trial.sign] += 1
        unlabelled += not trial.labelled
        if trial.sign in shown and counts["+"] + counts["-"] <= show:
            if as_json:
                shown[trial.sign].append(trial_document(trial))
            else:
                show_trial(console, trial)
    if as_json:
        sums = {"articles": counts.total(), "added": counts["+"], "dropped": counts["-"], "kept": counts["="]}
        lists = {"would_add": shown["+"], "would_drop": shown["-"]}
        print_json({"topic": topic, "since": start, **sums, "unlabelled": unlabelled, **lists})
    else:
        for line in _summary(topic, start, counts, unlabelled, show):
            console.print(line, markup=False)


def _trials(settings: Settings, topic: str, start: datetime, watch: Watcher) -> Iterator[Trial]:
    """Yield what the warehouse has, each article with the label it has and the one it would have."""
    with warehouse_url(settings) as url:
        engine = open_engine(url)
        try:
            yield from try_topic(engine, topic, start, watch)
        finally:
            engine.dispose()


def _told(path: Path, finding: Finding) -> Text:
    place = Text(f"{path}:{finding.line}: ")
    return place.append(finding.level.value, style=_STYLES[finding.level]).append(f": {finding.what}; {finding.remedy}")


def _summary(topic: str, start: datetime, counts: Counter[str], unlabelled: int, show: int) -> list[str]:
    """Say in sentences what a trial came to."""
    changed = counts["+"] + counts["-"]
    sums = f"{counts['+']:,} articles would be added, {counts['-']:,} dropped, {counts['=']:,} stay"
    lines = [f"{topic}: {sums}, of {counts.total():,} discovered since {start:%Y-%m-%d %H:%M} UTC."]
    if changed > show:
        lines.append(f"{changed - show:,} more are not shown: --show {changed}")
    if unlabelled:
        lines.append(f"{unlabelled:,} of these were never labelled yet; where the rule holds, they count as added.")
    lines.append("Nothing was changed; the next run labels by the file, or at once: silkwire reprocess --stage label")
    return lines


def _watcher(settings: Settings, path: Path, name: str) -> Watcher:
    """Return the function that labels an article with one topic of a file; raise `Config` where it has none such."""
    regions = read_regions(settings.regions)
    topics = read_watch_topics(path, {region.id for region in regions})
    family = with_descendants(topics, name)
    if name not in {topic.id for topic in family}:
        known = [topic.id for topic in topics]
        near = get_close_matches(name, known, n=3, cutoff=0.4) or sorted(known)[:12]
        raise Config(f"{path} has no topic {name!r}; did you mean {', '.join(near)}?")
    labeller = Labeller(regions, family, shipped_model(), "")

    def watch(article: PendingArticle) -> WatchLabel | None:
        found = labeller.watch(
            article.title, article.text, article.language, source_country=article.source_country, day=article.day
        )
        return next((label for label in found if label.id == name), None)

    return watch


def _since(written: str, now: datetime) -> datetime:
    """Read a span back from now, or a day."""
    if match := _SINCE.fullmatch(written):
        return now - int(match[1]) * _UNITS[match[2]]
    try:
        return datetime.strptime(written, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError as error:
        raise typer.BadParameter(f"--since is like 12h, 30d, 4w or 2026-11-01, not {written!r}.") from error
