"""A run's report on a terminal."""

from collections.abc import Sequence
from itertools import groupby

from rich.console import Console, Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from silkwire.reasons import Reason
from silkwire.report.publication import Report
from silkwire.report.topic_names import topic_name
from silkwire.warehouse.run_facts import Share

_STAGES = (
    ("poll", "feed", "feeds"),
    ("poll", "entry", "entries"),
    ("fetch", "link", "links"),
    ("extract", "page", "pages"),
    ("label", "article", "articles"),
)
_SHOWN = 10
_SAID_ALL = ("dns", "not_found", "feed_gone")
_GOOD = ("ok", "unchanged", "moved")


def show_report(console: Console, report: Report) -> None:
    """Print a report: the verdict, the flow, the shares, and everything that failed with its reason."""
    console.print(_headline(report))
    if report.counts:
        console.print(_flow(report))
    if report.languages:
        console.print(_shares(report))
    if report.failing_feeds:
        console.print(_failing_feeds(report))
    if report.examples:
        console.print(_examples(report))
    if report.items("feed") == 0 and report.next_poll_at:
        console.print(f"No feed was due; the next one is at {report.next_poll_at[:16].replace('T', ' ')} UTC.")
    waiting = ", ".join(f"{count} for {stage}" for stage, count in report.pending.items() if count)
    if waiting:
        console.print(f"Left for the next run: {waiting}.")


def words(reason: str) -> str:
    """Return the sentence behind a reason."""
    return Reason[reason.upper()].words if reason else ""


def _headline(report: Report) -> RenderableType:
    good = report.state == "success"
    line = Text.assemble(
        ("success" if good else "failed", "bold green" if good else "bold red"),
        f" in {report.seconds:.0f} s   ",
        f"{report.items('feed')} of {report.totals.feeds} feeds polled, {report.items('entry', 'ok')} new links, "
        f"{report.items('link', 'ok')} pages, {report.items('page', 'ok')} articles; "
        f"{report.totals.articles} articles of {report.totals.sources} sources in the warehouse",
    )
    body = Group(line, *(Text(f"✗ {problem}", style="red") for problem in report.problems))
    return Panel(body, title=f"run {report.run_id}", title_align="left", border_style="green" if good else "red")


def _flow(report: Report) -> RenderableType:
    table = Table(title="What became of every item", title_justify="left", header_style="bold")
    for name in ("stage", "items", "outcome", "", "reason"):
        table.add_column(name, justify="right" if not name else "left")
    for stage, item, plural in _STAGES:
        rows = sorted((c for c in report.counts if c.item == item), key=lambda c: (c.outcome not in _GOOD, -c.items))
        for place, count in enumerate(rows):
            style = "" if count.outcome in _GOOD else "yellow" if count.outcome in ("skipped", "abstained") else "red"
            table.add_row(
                stage if place == 0 else "",
                plural if place == 0 else "",
                Text(count.outcome, style=style),
                str(count.items),
                words(count.reason),
                end_section=place == len(rows) - 1,
            )
    return table


def _shares(report: Report) -> RenderableType:
    grid = Table.grid(padding=(0, 1))
    columns = [
        ("Languages", report.languages),
        ("About countries", report.countries),
        ("About regions", report.regions),
        ("Topics", [Share(topic_name(share.name), share.articles) for share in report.topics]),
        ("Watch topics", report.watch_topics),
    ]
    grid.add_row(*(_share_table(title, shares) for title, shares in columns if shares))
    return grid


def _share_table(title: str, shares: Sequence[Share]) -> RenderableType:
    table = Table(title=title, title_justify="left", show_header=False, box=None, padding=(0, 1))
    table.add_column(justify="right", min_width=4, no_wrap=True)
    table.add_column(no_wrap=True, max_width=24)
    for share in shares[:_SHOWN]:
        table.add_row(str(share.articles), share.name)
    if len(shares) > _SHOWN:
        table.add_row("", f"… and {len(shares) - _SHOWN} more")
    return table


def _failing_feeds(report: Report) -> RenderableType:
    lines = [Text("Feeds to look at", style="italic")]
    for reason, feeds in groupby(report.failing_feeds, key=lambda feed: feed.reason):
        group = list(feeds)
        lines.append(Text(f"  {words(reason)}: {len(group)}", style="red"))
        for feed in group:
            # What the network says of a missing name or a refused connection only repeats the reason.
            detail = "" if reason in _SAID_ALL else f"  ({feed.detail[:100]})"
            lines.append(Text(f"    {feed.source}  {feed.url}{detail}"))
    return Group(*lines)


def _examples(report: Report) -> RenderableType:
    lines = [Text("Links and pages that are no article, up to three for each reason", style="italic")]
    for (outcome, reason), examples in groupby(report.examples, key=lambda example: (example.outcome, example.reason)):
        lines.append(Text(f"  {outcome}: {words(reason)}", style="yellow" if outcome == "skipped" else "red"))
        lines.extend(Text(f"    {example.url}  {example.detail[:80]}".rstrip()) for example in examples)
    return Group(*lines)
