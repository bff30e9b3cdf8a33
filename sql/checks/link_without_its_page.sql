-- A link is fetched (ok) if and only if it has a page.
-- Grain: one row a link. Inputs: links, pages.
select
    links.id as link_id,
    links.outcome,
    links.url
from links
left join pages on links.id = pages.link_id
where (links.outcome is not distinct from 'ok') != (pages.link_id is not null);
