-- A link has a page of its own if and only if it is ok; where it was refused, the feed's text may stand in for it.
-- Grain: one row a link. Inputs: links, pages.
select
    links.id as link_id,
    links.outcome,
    links.reason,
    pages.text_from,
    links.url
from links
left join pages on links.id = pages.link_id
where
    case
        when links.outcome = 'ok' then pages.text_from is distinct from 'page'
        when links.outcome = 'failed' and links.reason in ('access_denied', 'bot_wall') then pages.text_from = 'page'
        else pages.link_id is not null
    end;
