-- Question: of how many of the sources that we should have heard from did we hear, on each day?
-- Grain: one row a day (UTC) and country of the sources, null for those without one.
-- Inputs: source_days, sources, feeds.
-- Meaning: a source is expected from the first day on which it was polled to the last one, or up to now while it has
-- active feeds; reporting counts those of them that answered that day. So a day on which the pipeline stood still is a
-- row that says so, with nothing reporting. The last day is yesterday, or today once it was polled.
create view marts.coverage as
with
watched as (
    select
        sources.id as source_id,
        sources.country,
        (
            select min(days.day)
            from marts.source_days as days
            where days.source_id = sources.id and days.polls > 0
        ) as first_day,
        greatest(
            (
                select max(days.day)
                from marts.source_days as days
                where days.source_id = sources.id and days.polls > 0
            ),
            (
                select max((now() at time zone 'UTC')::date - 1)
                from public.feeds
                where feeds.source_id = sources.id and feeds.active
            )
        ) as last_day
    from public.sources
),

-- Days come first, so that a query of some of them does not count the others.
expected as (
    select
        axis.day,
        watched.country,
        count(*) as sources
    from (
        select (select min(watched.first_day) from watched) + numbers.number as day
        from generate_series(
            0, (select max(watched.last_day) - min(watched.first_day) from watched)
        ) as numbers (number)
    ) as axis
    inner join watched on axis.day between watched.first_day and watched.last_day
    group by axis.day, watched.country
),

reporting as (
    select
        days.day,
        sources.country,
        count(*) as sources
    from marts.source_days as days
    inner join public.sources on days.source_id = sources.id
    where days.reported
    group by days.day, sources.country
)

select
    expected.country,
    expected.day,
    expected.sources as expected,
    coalesce(reporting.sources, 0) as reporting
from expected
left join reporting
    on expected.day = reporting.day and coalesce(expected.country, '') = coalesce(reporting.country, '');

comment on view marts.coverage is 'Of how many of the sources that we should have heard from did we hear, on each day?';
comment on column marts.coverage.country is 'Country of the sources; null for those without one.';
comment on column marts.coverage.day is 'UTC day.';
comment on column marts.coverage.expected is 'Sources that are watched on that day.';
comment on column marts.coverage.reporting is 'Those of them that answered a poll on it.';
