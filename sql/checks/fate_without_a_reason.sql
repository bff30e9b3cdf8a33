-- Whatever did not simply go through says why.
-- Grain: one row an item. Inputs: feeds, polls, links, pages, articles, gaps.
select
    fates.item,
    fates.id,
    fates.outcome
from (
    select
        'feed' as item,
        feeds.id,
        feeds.outcome,
        feeds.reason
    from feeds
    union all
    select
        'link' as item,
        links.id,
        links.outcome,
        links.reason
    from links
    union all
    select
        'page' as item,
        pages.link_id,
        pages.outcome,
        pages.reason
    from pages
    union all
    select
        'article' as item,
        articles.id,
        articles.outcome,
        articles.reason
    from articles
    union all
    select
        'gap' as item,
        gaps.feed_id,
        gaps.outcome,
        gaps.reason
    from gaps
    union all
    select
        'poll' as item,
        polls.feed_id,
        polls.outcome,
        polls.reason
    from polls
) as fates
where fates.outcome not in ('ok', 'unchanged') and fates.reason is null;
