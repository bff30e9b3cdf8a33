-- A feed that its server removed for good is not polled any more.
-- Grain: one row a feed. Inputs: feeds.
select
    feeds.id as feed_id,
    feeds.url,
    feeds.reason
from feeds
where feeds.active and feeds.outcome = 'gone';
