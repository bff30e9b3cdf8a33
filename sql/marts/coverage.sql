-- Question: of how many of the sources that we should have heard from did we hear, on each day?
-- Grain: one row a day (UTC) and country of the sources, null for those without one.
-- Inputs: source_days, sources, feeds.
-- Meaning: a source is expected from the first day on which it was polled to the last one, or up to now while it has
-- active feeds; reporting counts those of them that answered that day. So a day on which the pipeline stood still is a
-- row that says so, with nothing reporting. The last day is yesterday, or today once it was polled.
create view marts.coverage as
with
living as (
    select distinct
        feeds.source_id,
        (now() at time zone 'UTC')::date - 1 as until
    from public.feeds
    where feeds.active
),

watched as (
    select
        days.source_id,
        min(days.day) as first_day,
        greatest(max(days.day), max(living.until)) as last_day
    from marts.source_days as days
    left join living on days.source_id = living.source_id
    where days.polls > 0
    group by days.source_id
)

select
    sources.country,
    watched.first_day + expected.number as day,
    count(*) as expected,
    count(*) filter (where days.reported) as reporting
from watched
inner join public.sources on watched.source_id = sources.id
cross join generate_series(0, watched.last_day - watched.first_day) as expected (number)
left join marts.source_days as days
    on watched.source_id = days.source_id and watched.first_day + expected.number = days.day
group by watched.first_day + expected.number, sources.country;

comment on view marts.coverage is 'Of how many of the sources that we should have heard from did we hear, on each day?';
comment on column marts.coverage.country is 'Country of the sources; null for those without one.';
comment on column marts.coverage.day is 'UTC day.';
comment on column marts.coverage.expected is 'Sources that are watched on that day.';
comment on column marts.coverage.reporting is 'Those of them that answered a poll on it.';
