-- Question: how much is written about each topic that the desk watches?
-- Grain: one row a day and watch topic of config/topics.yaml. Inputs: daily_topics.
-- Meaning: the rows of marts.daily_topics whose scheme is watch, with the same counts.
create view marts.watch_topics as
select
    topics.day,
    topics.topic as watch_topic,
    topics.articles,
    topics.reprints,
    topics.articles_panel
from marts.daily_topics as topics
where topics.scheme = 'watch';

comment on view marts.watch_topics is 'How much is written about each topic that the desk watches?';
comment on column marts.watch_topics.day is 'UTC day of publication; null for articles that nothing dates.';
comment on column marts.watch_topics.watch_topic is 'The topic''s id in config/topics.yaml.';
comment on column marts.watch_topics.articles is 'Originals: articles whose text no other source published before.';
comment on column marts.watch_topics.reprints is 'Reprints: articles whose text another source published before.';
comment on column marts.watch_topics.articles_panel is
'Originals of the constant panel (marts.panel); null outside its days.';
