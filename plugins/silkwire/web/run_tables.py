"""Tables of runs: each run, each day's runs, and what became of the items of all of them."""

from silkwire.reasons import Reason
from silkwire.web.filters import Filters
from silkwire.web.reader import Statement
from silkwire.web.run_status import IS_FLOW
from silkwire.web.tables import Column, table_query

# What an outcome means, for a reader who has not read the code.
OUTCOMES = {
    "ok": "went through",
    "unchanged": "nothing new, the same as before",
    "moved": "went through, from a new permanent address",
    "gone": "removed for good by its server; not asked again",
    "retry": "did not work, and is tried again by a later run",
    "skipped": "decided against, on purpose",
    "failed": "given up",
    "abstained": "no label was sure enough",
}
# Outcomes of items that did what they should.
GOOD = ("ok", "unchanged", "moved")
_IN_WINDOW = """
        runs.started_at >= cast(:first as date)::timestamp at time zone 'UTC'
        and runs.started_at < (cast(:last as date) + 1)::timestamp at time zone 'UTC'
"""


def reason_words(reason: str | None) -> str:
    """Return the sentence behind a reason, the reason itself where it is of another version."""
    if not reason:
        return ""
    known = Reason.__members__.get(reason.upper())
    return known.words if known else reason.replace("_", " ")


def outcome_words(outcome: str) -> str:
    """Return what an outcome means, the outcome itself where it is of another version."""
    return OUTCOMES.get(outcome, outcome)


def _window(filters: Filters) -> dict[str, object]:
    return {"first": filters.first, "last": filters.last}


def runs_of_days(filters: Filters) -> Statement:
    """Return the runs that began in the window, the newest first."""
    sql = f"""
        select
            runs.run_id,
            runs.started_at,
            runs.finished_at,
            runs.state,
            case when {IS_FLOW} then 'flow' else 'upkeep' end as work,
            round(extract(epoch from runs.finished_at - runs.started_at))::integer as seconds,
            runs.feeds_polled,
            runs.new_links,
            runs.pages,
            runs.articles,
            runs.labelled,
            runs.skipped,
            runs.waiting,
            runs.failed,
            (
                select string_agg(found.problem, '; ')
                from jsonb_array_elements_text(runs.report -> 'problems') as found (problem)
            ) as problems
        from marts.run_reports as runs
        where {_IN_WINDOW}
        order by runs.started_at desc, runs.run_id
    """  # noqa: S608 - nothing of a visitor's is in it
    return sql, _window(filters)


RUNS = table_query(
    "runs",
    "Runs",
    (
        Column("started_at", "Started", "time"),
        Column("state", "State", "state"),
        Column("work", "Work"),
        Column("seconds", "Took", "number"),
        Column("feeds_polled", "Feeds polled", "number"),
        Column("new_links", "New links", "number"),
        Column("pages", "Pages", "number"),
        Column("articles", "Articles", "number"),
        Column("labelled", "Labelled", "number"),
        Column("skipped", "Skipped", "number"),
        Column("waiting", "To try again", "number"),
        Column("failed", "Given up", "number"),
        Column("problems", "Problems"),
    ),
    runs_of_days,
    note="The newest first. Counts are of a run's tries: a feed that two runs poll counts in both. Upkeep mends gaps.",
)


def run_days(filters: Filters) -> Statement:
    """Return for each day of the window with runs how many there were by state, and how long they took."""
    sql = f"""
        select
            (runs.started_at at time zone 'UTC')::date as day,
            count(*) as runs,
            count(*) filter (where runs.state = 'success') as success,
            count(*) filter (where runs.state = 'failed') as failed,
            count(*) filter (where runs.state = 'interrupted') as interrupted,
            count(*) filter (where runs.state = 'running') as running,
            round(
                (percentile_cont(0.5) within group (order by extract(epoch from runs.finished_at - runs.started_at)))
                ::numeric / 60, 1
            ) as median_minutes,
            round(max(extract(epoch from runs.finished_at - runs.started_at)) / 60, 1) as longest_minutes,
            sum(runs.articles) as articles
        from marts.run_reports as runs
        where {_IN_WINDOW}
        group by (runs.started_at at time zone 'UTC')::date
        order by 1 desc
    """  # noqa: S608 - nothing of a visitor's is in it
    return sql, _window(filters)


RUN_DAYS = table_query(
    "run-days",
    "Runs a day",
    (
        Column("day", "Day", "day"),
        Column("runs", "Runs", "number"),
        Column("success", "Success", "number"),
        Column("failed", "Failed", "number"),
        Column("interrupted", "Interrupted", "number"),
        Column("running", "Running", "number"),
        Column("median_minutes", "Median minutes", "number"),
        Column("longest_minutes", "Longest, minutes", "number"),
        Column("articles", "Articles", "number"),
    ),
    run_days,
    note="By the UTC day on which a run began, upkeep included.",
    limit=62,
)


def outcomes_of_days(filters: Filters) -> Statement:
    """Return what became of all items of the window's runs: one row a stage, item, outcome and reason."""
    sql = f"""
        with chosen as (select runs.run_id from marts.run_reports as runs where {_IN_WINDOW})
        select
            outcomes.stage,
            outcomes.item,
            outcomes.outcome,
            outcomes.reason,
            sum(outcomes.items)::bigint as items,
            (sum(outcomes.items) / sum(sum(outcomes.items)) over (partition by outcomes.stage, outcomes.item))::real
            as share,
            count(*) as runs
        from marts.run_outcomes as outcomes
        inner join chosen on outcomes.run_id = chosen.run_id
        group by outcomes.stage, outcomes.item, outcomes.outcome, outcomes.reason
        order by
            array_position(array['poll', 'fetch', 'extract', 'label', 'maintain'], outcomes.stage),
            outcomes.item, items desc, outcomes.outcome, outcomes.reason
    """  # noqa: S608 - nothing of a visitor's is in it
    return sql, _window(filters)


OUTCOMES_OF_DAYS = table_query(
    "run-outcomes",
    "What became of every item",
    (
        Column("stage", "Stage"),
        Column("item", "Items"),
        Column("outcome", "Outcome", "state"),
        Column("reason", "Reason"),
        Column("items", "How many", "number"),
        Column("share", "Of its kind", "share"),
        Column("runs", "In runs", "number"),
    ),
    outcomes_of_days,
    note="All tries of the window's runs: a feed that fails for a day counts in each of them.",
    limit=200,
)


def losses(filters: Filters) -> Statement:
    """Return the items that did not go through, a row a day, stage and reason."""
    sql = f"""
        with chosen as (
            select runs.run_id, (runs.started_at at time zone 'UTC')::date as day
            from marts.run_reports as runs
            where {_IN_WINDOW}
        )
        select chosen.day, outcomes.stage, outcomes.reason, sum(outcomes.items)::bigint as items
        from marts.run_outcomes as outcomes
        inner join chosen on outcomes.run_id = chosen.run_id
        where outcomes.reason != '' and not outcomes.outcome = any(:good)
        group by chosen.day, outcomes.stage, outcomes.reason
        order by chosen.day, outcomes.stage, outcomes.reason
    """  # noqa: S608 - nothing of a visitor's is in it
    return sql, {**_window(filters), "good": list(GOOD)}


LOSSES = table_query(
    "run-losses",
    "What did not go through, by day",
    (
        Column("day", "Day", "day"),
        Column("stage", "Stage"),
        Column("reason", "Reason"),
        Column("items", "Items", "number"),
    ),
    losses,
)


def one_run(run_id: str) -> Statement:
    """Return a run with its report."""
    return (
        "select runs.* from marts.run_reports as runs where runs.run_id = :run_id",
        {"run_id": run_id},
    )


def outcomes_of_run(run_id: str) -> Statement:
    """Return what became of a run's items, in the order of the flow, what went well first."""
    sql = """
        select outcomes.stage, outcomes.item, outcomes.outcome, outcomes.reason, outcomes.items
        from marts.run_outcomes as outcomes
        where outcomes.run_id = :run_id
        order by
            array_position(array['poll', 'fetch', 'extract', 'label', 'maintain'], outcomes.stage),
            array_position(array['feed', 'entry', 'link', 'page', 'article', 'gap'], outcomes.item),
            not outcomes.outcome = any(:good), outcomes.items desc, outcomes.outcome, outcomes.reason
    """
    return sql, {"run_id": run_id, "good": list(GOOD)}


def gaps_of_run(run_id: str) -> Statement:
    """Return the gaps that were found while a run worked, with what became of them since."""
    sql = """
        select gaps.source_id, gaps.source, gaps.feed_url, gaps.missing_since, gaps.missing_until, gaps.state,
            gaps.found_links, gaps.reason
        from marts.coverage_gaps as gaps
        inner join marts.run_reports as runs
            on gaps.opened_at >= runs.started_at and (gaps.opened_at <= runs.finished_at or runs.finished_at is null)
        where runs.run_id = :run_id
        order by gaps.source, gaps.feed_url, gaps.missing_since
        limit 200
    """
    return sql, {"run_id": run_id}


def outages_of_run(run_id: str) -> Statement:
    """Return the outages that reached into a run's time; the mart looks back 90 days."""
    sql = """
        select outages.country, outages.started_at, outages.ended_at, outages.reason, outages.sources_failed,
            outages.sources_polled, outages.sources
        from marts.outages
        inner join marts.run_reports as runs
            on outages.started_at <= coalesce(runs.finished_at, runs.started_at)
            and (outages.ended_at is null or outages.ended_at >= runs.started_at)
        where runs.run_id = :run_id
        order by outages.sources_failed desc, outages.country
    """
    return sql, {"run_id": run_id}
