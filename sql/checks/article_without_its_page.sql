-- Every article comes from a page whose outcome is ok and that points back at it.
-- Grain: one row an article. Inputs: articles, pages.
select
    articles.id as article_id,
    articles.url
from articles
left join pages on articles.id = pages.link_id
where
    pages.link_id is null
    or pages.outcome is distinct from 'ok'
    or pages.article_id is distinct from articles.id;
