-- Question: why is an article labelled as it is?
-- Grain: one row an article, kind and label. Inputs: article_countries, article_regions, article_topics.
-- Meaning: kind is country, region, topic (IPTC Media Topics) or watch_topic (config/topics.yaml). evidence is a list
-- of what was matched and where: text, start and end (characters of title and text), for places also kind and place.
create view marts.article_labels as
select
    labels.article_id,
    'country' as kind,
    labels.country as label,
    labels.role,
    labels.score,
    labels.evidence,
    labels.version
from public.article_countries as labels
union all
select
    labels.article_id,
    'region' as kind,
    labels.region as label,
    labels.role,
    labels.score,
    labels.evidence,
    labels.version
from public.article_regions as labels
union all
select
    labels.article_id,
    case labels.scheme when 'watch' then 'watch_topic' else 'topic' end as kind,
    labels.topic as label,
    null as role,
    labels.score,
    labels.evidence,
    labels.version
from public.article_topics as labels;

comment on view marts.article_labels is 'Why is an article labelled as it is?';
comment on column marts.article_labels.article_id is 'The article''s id, the same in every mart.';
comment on column marts.article_labels.kind is 'country, region, topic (IPTC Media Topics) or watch_topic.';
comment on column marts.article_labels.label is 'The label: a country''s code, a region''s or topic''s id.';
comment on column marts.article_labels.role is 'about, mentioned or presumed; null for topics.';
comment on column marts.article_labels.score is 'How sure it is, 0 to 1.';
comment on column marts.article_labels.evidence is
'What was matched: a list of text, start and end, for places also kind and place.';
comment on column marts.article_labels.version is 'The labeller''s version.';
