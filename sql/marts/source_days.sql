-- Question: which sources did we hear from on each day, and how much of each day do we have of them?
-- Grain: one row a day (UTC) and source, where it was polled or published. Inputs: polls, feeds, article_facts.
-- Meaning: a source reported on a day when at least one poll of its feeds was answered, with or without news. polls and
-- answers are of that day; articles and reprints are those published on it, whenever they were found. It is
-- materialised and refreshed with article_facts. The constant panel (marts.panel) is made of it.
create materialized view marts.source_days as
with
polled as (
    select
        feeds.source_id,
        (polls.polled_at at time zone 'UTC')::date as day,
        count(*) as polls,
        count(*) filter (where polls.outcome not in ('retry', 'failed')) as answers
    from public.polls
    inner join public.feeds on polls.feed_id = feeds.id
    group by (polls.polled_at at time zone 'UTC')::date, feeds.source_id
),

written as (
    select
        facts.day,
        facts.source_id,
        count(*) filter (where not facts.is_reprint) as articles,
        count(*) filter (where facts.is_reprint) as reprints
    from marts.article_facts as facts
    where facts.day is not null
    group by facts.day, facts.source_id
)

select
    coalesce(polled.day, written.day) as day,
    coalesce(polled.source_id, written.source_id) as source_id,
    coalesce(polled.polls, 0) as polls,
    coalesce(polled.answers, 0) as answers,
    coalesce(polled.answers, 0) > 0 as reported,
    coalesce(written.articles, 0) as articles,
    coalesce(written.reprints, 0) as reprints
from polled
full join written on polled.day = written.day and polled.source_id = written.source_id
order by coalesce(polled.day, written.day), coalesce(polled.source_id, written.source_id);

create unique index source_days_day_source_id_idx on marts.source_days (day, source_id);
create index source_days_source_id_day_idx on marts.source_days (source_id, day);

comment on materialized view marts.source_days is
'Which sources did we hear from on each day, and how much of each day do we have of them?';
comment on column marts.source_days.day is 'UTC day.';
comment on column marts.source_days.source_id is 'The outlet.';
comment on column marts.source_days.polls is 'Polls of its feeds on that day.';
comment on column marts.source_days.answers is 'Those of them that were answered.';
comment on column marts.source_days.reported is 'Whether at least one poll was answered.';
comment on column marts.source_days.articles is 'Originals published on that day, whenever they were found.';
comment on column marts.source_days.reprints is 'Reprints published on that day, whenever they were found.';
