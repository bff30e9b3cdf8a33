-- Question: on which days did the pipeline poll, and how many sources did it hear from?
-- Grain: one row a day (UTC) on which anything was polled. Inputs: source_days.
-- Meaning: a source is on the list from the first day on which it was polled to the last. A day on which fewer than
-- half of the sources on the list were polled asks nothing of a source, since the pipeline itself stood still. It is
-- materialised and refreshed with source_days.
create materialized view marts.polled_days as
with
listed as (
    select
        days.source_id,
        min(days.day) as first_day,
        max(days.day) as last_day
    from marts.source_days as days
    where days.polls > 0
    group by days.source_id
),

polled as (
    select
        days.day,
        count(*) as sources_polled,
        count(*) filter (where days.reported) as sources_reported
    from marts.source_days as days
    where days.polls > 0
    group by days.day
)

select
    polled.day,
    polled.sources_polled,
    polled.sources_reported,
    count(*) as sources_listed,
    polled.sources_polled * 2 >= count(*) as asks
from polled
inner join listed on polled.day between listed.first_day and listed.last_day
group by polled.day, polled.sources_polled, polled.sources_reported
order by polled.day;

create unique index polled_days_day_idx on marts.polled_days (day);

comment on materialized view marts.polled_days is
'On which days did the pipeline poll, and how many sources did it hear from?';
comment on column marts.polled_days.day is 'UTC day.';
comment on column marts.polled_days.sources_polled is 'Sources that were polled on it.';
comment on column marts.polled_days.sources_reported is 'Those of them that reported on it.';
comment on column marts.polled_days.sources_listed is
'Sources on the list: those that it lies between the first and the last poll of.';
comment on column marts.polled_days.asks is
'Whether at least half of the sources on the list were polled. Other days ask nothing of a source in the panel.';
