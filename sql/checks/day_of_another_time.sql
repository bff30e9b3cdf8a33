-- The day under which an article is counted is the UTC day of its publication, and there is none without the other.
-- Grain: one row an article. Inputs: articles.
select
    articles.id as article_id,
    articles.published_at,
    articles.published_day
from articles
where articles.published_day is distinct from (articles.published_at at time zone 'UTC')::date;
