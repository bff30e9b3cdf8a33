-- Question: who is on the list, how much does each publish, and how much of it is its own?
-- Grain: one row a source. Inputs: sources, feeds, source_days, article_facts, panel, panel_window.
-- Meaning: articles_7_days counts originals published in the last 7 whole UTC days; usual_7_days is what 7 of
-- the days of the 8 weeks before had on which the source reported, null where these are fewer than 7. articles
-- and reprints are of all time, undated ones too; reprinted counts the reprints that others made of its originals. A
-- source without a country or a kind has none in the list.
create view marts.sources as
with
today as (
    select (now() at time zone 'UTC')::date as day
),

listed as (
    select
        feeds.source_id,
        count(*) as feeds,
        count(*) filter (where feeds.active) as active_feeds,
        max(feeds.succeeded_at) as last_answer_at
    from public.feeds
    group by feeds.source_id
),

-- Of its days, and of the undated: far fewer rows than there are articles.
written as (
    select
        counted.source_id,
        sum(counted.articles) as articles,
        sum(counted.reprints) as reprints
    from (
        select
            days.source_id,
            days.articles,
            days.reprints
        from marts.source_days as days
        union all
        select
            facts.source_id,
            (not facts.is_reprint)::int as articles,
            facts.is_reprint::int as reprints
        from marts.article_facts as facts
        where facts.day is null
    ) as counted
    group by counted.source_id
),

taken_over as (
    select
        facts.original_source_id as source_id,
        count(*) as reprinted
    from marts.article_facts as facts
    where facts.is_reprint
    group by facts.original_source_id
),

weeks as (
    select
        days.source_id,
        sum(days.articles) filter (where days.day >= today.day - 7) as articles_7_days,
        sum(days.articles) filter (where days.day < today.day - 7 and days.reported) as articles_before,
        count(*) filter (where days.day < today.day - 7 and days.reported) as days_before
    from marts.source_days as days
    cross join today
    where days.day >= today.day - 63 and days.day < today.day
    group by days.source_id
)

select
    sources.id as source_id,
    sources.name as source,
    sources.url,
    sources.country,
    sources.kind,
    sources.active,
    sources.added_at,
    listed.last_answer_at,
    (
        select max(facts.discovered_at) from marts.article_facts as facts
        where facts.source_id = sources.id
    ) as newest_article_at,
    coalesce(listed.feeds, 0) as feeds,
    coalesce(listed.active_feeds, 0) as active_feeds,
    coalesce(weeks.articles_7_days, 0)::bigint as articles_7_days,
    case
        when weeks.days_before >= 7
            then round(coalesce(weeks.articles_before, 0) * 7 / weeks.days_before, 1)
    end as usual_7_days,
    coalesce(written.articles, 0)::bigint as articles,
    coalesce(written.reprints, 0)::bigint as reprints,
    coalesce(taken_over.reprinted, 0) as reprinted,
    sources.id in (
        select panel.source_id
        from marts.panel(
            (select days.first_day from marts.panel_window() as days),
            (select days.last_day from marts.panel_window() as days)
        ) as panel
    ) as in_panel
from public.sources
left join listed on sources.id = listed.source_id
left join written on sources.id = written.source_id
left join taken_over on sources.id = taken_over.source_id
left join weeks on sources.id = weeks.source_id;

comment on view marts.sources is 'Who is on the list, how much does each publish, and how much of it is its own?';
comment on column marts.sources.source_id is 'The outlet''s id in the list.';
comment on column marts.sources.source is 'Its name.';
comment on column marts.sources.url is 'Its site.';
comment on column marts.sources.country is 'ISO 3166-1 alpha-2; null where the list gives none.';
comment on column marts.sources.kind is
'Who runs it: state, public, independent, commercial or agency; null where the list does not say.';
comment on column marts.sources.active is 'Whether it is on the list.';
comment on column marts.sources.added_at is 'When it came on the list.';
comment on column marts.sources.last_answer_at is 'When one of its feeds last answered.';
comment on column marts.sources.newest_article_at is 'When the newest article of it was found.';
comment on column marts.sources.feeds is 'Feeds of it, those that were retired too.';
comment on column marts.sources.active_feeds is 'Feeds of it that are polled.';
comment on column marts.sources.articles_7_days is 'Originals published in the last 7 whole UTC days.';
comment on column marts.sources.usual_7_days is
'What 7 of the days of the 8 weeks before had, of those on which it reported; null for fewer than 7.';
comment on column marts.sources.articles is 'Originals of all time.';
comment on column marts.sources.reprints is 'Reprints of all time.';
comment on column marts.sources.reprinted is 'Reprints that other sources made of its originals.';
comment on column marts.sources.in_panel is
'Whether it belongs to the constant panel: it reported on every day of the *_panel columns.';
