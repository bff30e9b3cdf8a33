-- No article is dated later than a day after it was fetched, or before 1995.
-- Grain: one row an article. Inputs: articles.
select
    articles.id as article_id,
    articles.published_at,
    articles.published_from,
    articles.url
from articles
where
    articles.published_at > articles.fetched_at + interval '1 day'
    or articles.published_at < timestamptz '1995-01-01 00:00:00+00';
