-- Question: which sources work, and what is wrong with those that do not?
-- Grain: one row a feed on the list or retired by its server. Inputs: feeds, sources, links.
-- Meaning: outcome and reason are those of the last poll; failures counts polls failed in a row; links_a_day is the
-- mean number of new links a day over the last 14 days, or since the feed was added if that is later.
create view marts.source_health as
select
    sources.id as source_id,
    sources.name as source,
    sources.country as source_country,
    sources.kind as source_kind,
    feeds.id as feed_id,
    feeds.url as feed_url,
    feeds.language,
    feeds.active,
    feeds.outcome,
    feeds.reason,
    feeds.detail,
    feeds.failures,
    feeds.polled_at,
    feeds.succeeded_at,
    feeds.new_link_at,
    feeds.next_poll_at,
    round(
        recent.links
        / greatest(1, least(14, extract(epoch from now() - feeds.added_at) / 86400))::numeric,
        1
    ) as links_a_day
from public.feeds
inner join public.sources on feeds.source_id = sources.id
cross join lateral (
    select count(*) as links
    from public.links
    where links.feed_id = feeds.id and links.discovered_at >= now() - interval '14 days'
) as recent
where feeds.active or feeds.outcome = 'gone';
