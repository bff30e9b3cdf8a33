-- Question: what is written about?
-- Grain: one row a day, scheme and topic. Inputs: article_topics, articles.
-- Meaning: scheme is medtop (IPTC Media Topics) or watch (config/topics.yaml); an article with two topics counts under
-- both, so the rows of a day do not add up to its articles. day is the UTC day of publication, null for undated ones.
create view marts.daily_topics as
select
    articles.published_day as day,
    article_topics.scheme,
    article_topics.topic,
    count(*) as articles
from public.article_topics
inner join public.articles on article_topics.article_id = articles.id
group by articles.published_day, article_topics.scheme, article_topics.topic;
