-- Question: what is written about?
-- Grain: one row a day, scheme and topic. Inputs: panel_facts.
-- Meaning: scheme is medtop (IPTC Media Topics) or watch (config/topics.yaml); an article with two topics counts under
-- both, so the rows of a day do not add up to its articles. articles counts originals, reprints stand beside them.
-- day is the UTC day of publication, null for undated articles; articles_panel counts those of the constant panel
-- (marts.panel), null outside its days.
create view marts.daily_topics as
select
    labels.day,
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
        'medtop' as scheme,
        unnest(facts.topics) as topic
    from marts.panel_facts as facts
    union all
    select
        facts.day,
        facts.is_reprint,
        facts.in_panel,
        'watch' as scheme,
        unnest(facts.watch_topics) as topic
    from marts.panel_facts as facts
) as labels
group by labels.day, labels.scheme, labels.topic;

comment on view marts.daily_topics is 'What is written about?';
comment on column marts.daily_topics.day is 'UTC day of publication; null for articles that nothing dates.';
comment on column marts.daily_topics.scheme is 'medtop (IPTC Media Topics) or watch (config/topics.yaml).';
comment on column marts.daily_topics.topic is 'The topic''s code or id.';
comment on column marts.daily_topics.articles is 'Originals: articles whose text no other source published before.';
comment on column marts.daily_topics.reprints is 'Reprints: articles whose text another source published before.';
comment on column marts.daily_topics.articles_panel is
'Originals of the constant panel (marts.panel); null outside its days.';
