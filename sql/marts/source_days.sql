-- Question: which sources did we hear from on each day, and how much of each day do we have of them?
-- Grain: one row a day (UTC) and source, where it was polled or published. Inputs: polls, feeds, article_facts.
-- Meaning: a source reported on a day when each of its feeds that was polled answered at least once, with or without
-- news; a feed that its server retires (410) does not, and one that has failed for 30 days is dead and no longer asked.
-- new_feeds counts feeds polled for the first time. polls and answers are of that day; articles and reprints are those
-- published on it, whenever they were found. It is materialised and refreshed with article_facts. The constant panel
-- (marts.panel) is made of it.
create materialized view marts.source_days as
with
feed_days as (
    select
        polls.feed_id,
        (polls.polled_at at time zone 'UTC')::date as day,
        count(*) as polls,
        count(*) filter (where polls.outcome not in ('retry', 'failed', 'gone')) as answers,
        max(polls.polled_at) as last_poll
    from public.polls
    group by polls.feed_id, (polls.polled_at at time zone 'UTC')::date
),

numbered as (
    select
        feed_days.*,
        row_number() over (partition by feed_days.feed_id order by feed_days.day) = 1 as is_first
    from feed_days
),

polled as (
    select
        feeds.source_id,
        numbered.day,
        sum(numbered.polls)::bigint as polls,
        sum(numbered.answers)::bigint as answers,
        coalesce(
            bool_and(numbered.answers > 0) filter (
                where numbered.answers > 0
                or numbered.last_poll < coalesce(feeds.succeeded_at, feeds.added_at) + interval '30 days'
            ),
            false
        ) as reported,
        count(*) filter (where numbered.is_first) as new_feeds
    from numbered
    inner join public.feeds on numbered.feed_id = feeds.id
    group by numbered.day, feeds.source_id
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
    coalesce(polled.reported, false) as reported,
    coalesce(polled.new_feeds, 0) as new_feeds,
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
comment on column marts.source_days.reported is
'Whether each of its feeds that was polled answered at least once.';
comment on column marts.source_days.new_feeds is 'Feeds of it that were polled for the first time.';
comment on column marts.source_days.articles is 'Originals published on that day, whenever they were found.';
comment on column marts.source_days.reprints is 'Reprints published on that day, whenever they were found.';
