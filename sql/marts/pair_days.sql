-- Question: how much is written on each day about two things at once, such as a region and a topic, and by whom?
-- Grain: one row a day, kind and pair of labels. Inputs: article_facts.
-- Meaning: kind is region_topic (IPTC Media Topics), region_watch_topic (config/topics.yaml) or region_region, there
-- with label_a before label_b in the alphabet; regions are those that an article is about. articles counts originals
-- that have both labels, reprints stand beside them; the source_* columns are those of marts.label_days. Undated
-- articles are left out. It is materialised and refreshed with article_facts.
create materialized view marts.pair_days as
with
placed as (
    select
        facts.day,
        facts.source_id,
        facts.is_reprint,
        facts.regions,
        facts.topics,
        facts.watch_topics,
        unnest(facts.regions) as region
    from marts.article_facts as facts
    where facts.day is not null
),

paired as (
    select
        placed.day,
        placed.source_id,
        placed.is_reprint,
        'region_topic' as kind,
        placed.region as label_a,
        unnest(placed.topics) as label_b
    from placed
    union all
    select
        placed.day,
        placed.source_id,
        placed.is_reprint,
        'region_watch_topic' as kind,
        placed.region as label_a,
        unnest(placed.watch_topics) as label_b
    from placed
    where placed.watch_topics != '{}'
    union all
    select
        placed.day,
        placed.source_id,
        placed.is_reprint,
        'region_region' as kind,
        placed.region as label_a,
        unnest(placed.regions) as label_b
    from placed
    where cardinality(placed.regions) > 1
),

counted as (
    select
        paired.kind,
        paired.day,
        paired.label_a,
        paired.label_b,
        paired.source_id,
        count(*) filter (where not paired.is_reprint)::integer as articles,
        count(*) filter (where paired.is_reprint)::integer as reprints
    from paired
    where paired.kind != 'region_region' or paired.label_a < paired.label_b
    group by paired.kind, paired.day, paired.label_a, paired.label_b, paired.source_id
)

select
    counted.kind,
    counted.day,
    counted.label_a,
    counted.label_b,
    sum(counted.articles)::integer as articles,
    sum(counted.reprints)::integer as reprints,
    array_agg(counted.source_id order by counted.source_id) as source_ids,
    array_agg(counted.articles order by counted.source_id) as source_articles,
    array_agg(counted.reprints order by counted.source_id) as source_reprints
from counted
group by counted.kind, counted.day, counted.label_a, counted.label_b
order by counted.kind, counted.day, counted.label_a, counted.label_b;

create unique index pair_days_kind_day_idx on marts.pair_days (kind, day, label_a, label_b);
create index pair_days_kind_label_a_label_b_day_idx on marts.pair_days (kind, label_a, label_b, day);

comment on materialized view marts.pair_days is
'How much is written on each day about two things at once, such as a region and a topic, and by whom?';
comment on column marts.pair_days.kind is 'region_topic, region_watch_topic or region_region.';
comment on column marts.pair_days.day is 'UTC day of publication; undated articles are left out.';
comment on column marts.pair_days.label_a is 'A region''s id.';
comment on column marts.pair_days.label_b is 'The topic''s, watch topic''s or other region''s id.';
comment on column marts.pair_days.articles is 'Originals: articles whose text no other source published before.';
comment on column marts.pair_days.reprints is 'Reprints: articles whose text another source published before.';
comment on column marts.pair_days.source_ids is 'The outlets that published them, in the order of their ids.';
comment on column marts.pair_days.source_articles is 'Originals of each of these outlets, in the same order.';
comment on column marts.pair_days.source_reprints is 'Reprints of each of these outlets, in the same order.';
