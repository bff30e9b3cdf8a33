-- Question: how much is written on each day about each region and topic, in each language, and by whom?
-- Grain: one row a day, kind and label. Inputs: article_facts.
-- Meaning: kind is region or mentioned_region (config/regions.yaml), topic (IPTC Media Topics), watch_topic
-- (config/topics.yaml) or language; an article counts under each of its labels. articles counts originals, reprints
-- stand beside them. source_ids are those that published either, source_articles and source_reprints what each of them
-- did, in the same order: so the panel of any window can be counted from a few thousand rows, without an article being
-- read. Undated articles are left out. It is materialised and refreshed with article_facts.
create materialized view marts.label_days as
with
labelled as (
    select
        facts.day,
        facts.source_id,
        facts.is_reprint,
        'region' as kind,
        unnest(facts.regions) as label
    from marts.article_facts as facts
    union all
    select
        facts.day,
        facts.source_id,
        facts.is_reprint,
        'mentioned_region' as kind,
        unnest(facts.mentioned_regions) as label
    from marts.article_facts as facts
    union all
    select
        facts.day,
        facts.source_id,
        facts.is_reprint,
        'topic' as kind,
        unnest(facts.topics) as label
    from marts.article_facts as facts
    union all
    select
        facts.day,
        facts.source_id,
        facts.is_reprint,
        'watch_topic' as kind,
        unnest(facts.watch_topics) as label
    from marts.article_facts as facts
    union all
    select
        facts.day,
        facts.source_id,
        facts.is_reprint,
        'language' as kind,
        facts.language as label
    from marts.article_facts as facts
),

counted as (
    select
        labelled.kind,
        labelled.day,
        labelled.label,
        labelled.source_id,
        count(*) filter (where not labelled.is_reprint)::integer as articles,
        count(*) filter (where labelled.is_reprint)::integer as reprints
    from labelled
    where labelled.day is not null
    group by labelled.kind, labelled.day, labelled.label, labelled.source_id
)

select
    counted.kind,
    counted.day,
    counted.label,
    sum(counted.articles)::integer as articles,
    sum(counted.reprints)::integer as reprints,
    array_agg(counted.source_id order by counted.source_id) as source_ids,
    array_agg(counted.articles order by counted.source_id) as source_articles,
    array_agg(counted.reprints order by counted.source_id) as source_reprints
from counted
group by counted.kind, counted.day, counted.label
order by counted.kind, counted.day, counted.label;

create unique index label_days_kind_day_label_idx on marts.label_days (kind, day, label);
create index label_days_kind_label_day_idx on marts.label_days (kind, label, day);

comment on materialized view marts.label_days is
'How much is written on each day about each region and topic, in each language, and by whom?';
comment on column marts.label_days.kind is
'region, mentioned_region, topic (IPTC Media Topics), watch_topic or language.';
comment on column marts.label_days.day is 'UTC day of publication; undated articles are left out.';
comment on column marts.label_days.label is 'The region''s or topic''s id, or the language (BCP 47).';
comment on column marts.label_days.articles is 'Originals: articles whose text no other source published before.';
comment on column marts.label_days.reprints is 'Reprints: articles whose text another source published before.';
comment on column marts.label_days.source_ids is 'The outlets that published them, in the order of their ids.';
comment on column marts.label_days.source_articles is 'Originals of each of these outlets, in the same order.';
comment on column marts.label_days.source_reprints is 'Reprints of each of these outlets, in the same order.';
