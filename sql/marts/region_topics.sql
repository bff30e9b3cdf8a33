-- Question: what is written about each region?
-- Grain: one row a day, region, scheme and topic. Inputs: panel_facts.
-- Meaning: counts articles that are about the region and have the topic; scheme is medtop (IPTC Media Topics) or watch
-- (config/topics.yaml). articles counts originals, reprints stand beside them. day is the UTC day of publication, null
-- for undated articles; articles_panel counts those of the constant panel (marts.panel), null outside its days.
create view marts.region_topics as
select
    labels.day,
    regions.region,
    labels.scheme,
    labels.topic,
    count(*) filter (where not labels.is_reprint) as articles,
    count(*) filter (where labels.is_reprint) as reprints,
    sum(labels.in_panel::int) as articles_panel
from (
    select
        facts.day,
        facts.is_reprint,
        facts.in_panel,
        facts.regions,
        'medtop' as scheme,
        unnest(facts.topics) as topic
    from marts.panel_facts as facts
    where facts.regions != '{}'
    union all
    select
        facts.day,
        facts.is_reprint,
        facts.in_panel,
        facts.regions,
        'watch' as scheme,
        unnest(facts.watch_topics) as topic
    from marts.panel_facts as facts
    where facts.regions != '{}'
) as labels
cross join unnest(labels.regions) as regions (region)
group by labels.day, regions.region, labels.scheme, labels.topic;

comment on view marts.region_topics is 'What is written about each region?';
comment on column marts.region_topics.day is 'UTC day of publication; null for articles that nothing dates.';
comment on column marts.region_topics.region is 'A region of config/regions.yaml that the articles are about.';
comment on column marts.region_topics.scheme is 'medtop (IPTC Media Topics) or watch (config/topics.yaml).';
comment on column marts.region_topics.topic is 'The topic''s code or id.';
comment on column marts.region_topics.articles is 'Originals: articles whose text no other source published before.';
comment on column marts.region_topics.reprints is 'Reprints: articles whose text another source published before.';
comment on column marts.region_topics.articles_panel is
'Originals of the constant panel (marts.panel); null outside its days.';
