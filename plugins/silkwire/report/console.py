"""A run's report on a terminal."""

from collections.abc import Sequence
from itertools import groupby

from rich.columns import Columns
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from silkwire.reasons import Reason
from silkwire.report.names import country_name, topic_name
from silkwire.report.publication import Report
from silkwire.warehouse.run_facts import FailingFeed, Outage, Share

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
    if report.outages:
        console.print(_outages(report))
    if report.failing_feeds:
        console.print(_failing_feeds(report))
    if report.examples:
        console.print(_examples(report))
    if report.items("feed") == 0 and report.next_poll_at:
        console.print(f"No feed was due; the next one is at {report.next_poll_at[:16].replace('T', ' ')} UTC.")
    waiting = ", ".join(f"{count} for {stage}" for stage, count in report.pending.items() if count)
    if waiting:
        console.print(f"Left for the next run: {waiting}.")
    if report.health:
        feeds = ", ".join(f"{count} {health.replace('_', ' ')}" for health, count in report.health.items())
        console.print(f"Feeds by health: {feeds}.")
    gaps = report.gaps
    if gaps.opened or gaps.repaired or gaps.open:
        console.print(f"Gaps in the coverage: {gaps.opened} new, {gaps.repaired} repaired, {gaps.open} open.")


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
        counts = (count for count in report.counts if (count.stage, count.item) == (stage, item))
        rows = sorted(counts, key=lambda count: (count.outcome not in _GOOD, -count.items))
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
    columns = [
        ("Languages", report.languages),
        ("About countries", report.countries),
        ("About regions", report.regions),
        ("Topics", [Share(topic_name(share.name), share.articles) for share in report.topics]),
        ("Watch topics", report.watch_topics),
    ]
    # Side by side where the terminal is wide enough, else in several rows: a narrow table would cut the names.
    return Columns([_share_table(title, shares) for title, shares in columns if shares])


def _share_table(title: str, shares: Sequence[Share]) -> RenderableType:
    table = Table(
        title=title, title_justify="left", show_header=False, box=None, padding=(0, 1), min_width=len(title) + 1
    )
    table.add_column(justify="right", min_width=4, no_wrap=True)
    table.add_column(no_wrap=True, max_width=24)
    for share in shares[:_SHOWN]:
        table.add_row(str(share.articles), share.name)
    if len(shares) > _SHOWN:
        table.add_row("", f"… and {len(shares) - _SHOWN} more")
    return table


def _outages(report: Report) -> RenderableType:
    return Group(
        Text("Outages: many sources fail together", style="italic"),
        *(_line(2, _outage(outage, report.finished_at), "red") for outage in report.outages),
    )


def _outage(outage: Outage, now: str) -> str:
    """Tell an outage in a line; times are UTC, with the day where it is not that of `now`."""
    place = country_name(outage.country) if outage.country else "Everywhere, so it may be our own connection"
    day, time = outage.started_at[:10], outage.started_at[11:16]
    since = time if day == now[:10] else f"{day} {time}"
    sources = f"{outage.sources_failed} of {outage.sources_polled} sources"
    return f"{place}: {sources} unreachable since {since} ({outage.reason})"


def _failing_feeds(report: Report) -> RenderableType:
    """List feeds by what is wrong with them, with what to do about it, and then by reason."""
    lines: list[RenderableType] = [Text("Feeds to look at", style="italic")]
    for (health, advice), sick in groupby(report.failing_feeds, key=lambda feed: (feed.health, feed.advice)):
        feeds = list(sick)
        if health:
            # A report stored before feeds had a health knows reasons only.
            lines.append(_line(2, f"{health.replace('_', ' ')}: {len(feeds)}", "bold red"))
            lines.append(_line(4, advice, "dim"))
        for reason, group in groupby(feeds, key=lambda feed: feed.reason):
            lines.extend(_feeds_of_a_reason(reason, list(group)))
    return Group(*lines)


def _feeds_of_a_reason(reason: str, feeds: Sequence[FailingFeed]) -> list[RenderableType]:
    lines = [_line(4, f"{words(reason)}: {len(feeds)}", "red")]
    for feed in feeds:
        # What the network says of a missing name or a refused connection only repeats the reason.
        detail = "" if reason in _SAID_ALL or not feed.detail else f"  ({feed.detail[:100]})"
        lines.append(_line(6, f"{feed.source}  {feed.url}{detail}"))
    return lines


def _line(indent: int, said: str, style: str = "") -> RenderableType:
    """Return a line whose continuations, on a narrow terminal, are indented as it is."""
    return Padding.indent(Text(said, style=style), indent)


def _examples(report: Report) -> RenderableType:
    title = Text("Links and pages that are no article, up to three for each reason", style="italic")
    lines: list[RenderableType] = [title]
    for (outcome, reason), examples in groupby(report.examples, key=lambda example: (example.outcome, example.reason)):
        lines.append(_line(2, f"{outcome}: {words(reason)}", "yellow" if outcome == "skipped" else "red"))
        lines.extend(_line(4, f"{example.url}  {example.detail[:80]}".rstrip()) for example in examples)
    return Group(*lines)
