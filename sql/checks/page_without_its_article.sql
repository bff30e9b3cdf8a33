-- Every page whose outcome is ok or a duplicate leads to an article that is there.
-- Grain: one row a page. Inputs: pages, articles.
select
    pages.link_id,
    pages.outcome,
    pages.reason
from pages
left join articles on pages.article_id = articles.id
where
    articles.id is null
    and (pages.outcome = 'ok' or pages.reason = 'duplicate');
