-- Question: when may we have missed articles, and were they found again?
-- Grain: one row a gap: a poll that found none of the entries known before. Inputs: gaps, feeds, sources.
-- Meaning: articles that the feed listed between missing_since and missing_until may be missing. state is open (to be
-- searched in the outlet's sitemaps), repaired (searched, and found_links were found), nothing_found (searched, nothing
-- was missing), partly_repaired (some were found, but not all of that time could be searched) or given_up (it could not
-- be searched, and nothing was found); reason says why in the last two.
create view marts.coverage_gaps as
select
    sources.id as source_id,
    sources.name as source,
    sources.country as source_country,
    feeds.id as feed_id,
    feeds.url as feed_url,
    feeds.language,
    gaps.opened_at,
    gaps.missing_since,
    gaps.missing_until,
    gaps.found_links,
    gaps.attempts,
    gaps.closed_at,
    gaps.reason,
    round((extract(epoch from gaps.missing_until - gaps.missing_since) / 3600)::numeric, 1) as hours,
    case
        when gaps.closed_at is null then 'open'
        when gaps.outcome = 'ok' and gaps.found_links > 0 then 'repaired'
        when gaps.outcome = 'ok' then 'nothing_found'
        when gaps.found_links > 0 then 'partly_repaired'
        else 'given_up'
    end as state
from public.gaps
inner join public.feeds on gaps.feed_id = feeds.id
inner join public.sources on gaps.source_id = sources.id;

comment on view marts.coverage_gaps is 'When may we have missed articles, and were they found again?';
comment on column marts.coverage_gaps.source_id is 'The outlet.';
comment on column marts.coverage_gaps.source is 'Its name.';
comment on column marts.coverage_gaps.source_country is 'Its country; null where the list gives none.';
comment on column marts.coverage_gaps.feed_id is 'The feed.';
comment on column marts.coverage_gaps.feed_url is 'Its address.';
comment on column marts.coverage_gaps.language is 'The feed''s language, as the list says.';
comment on column marts.coverage_gaps.opened_at is 'When the gap was found.';
comment on column marts.coverage_gaps.missing_since is 'Entries of the feed may be missing from then on.';
comment on column marts.coverage_gaps.missing_until is 'Entries of the feed may be missing up to then.';
comment on column marts.coverage_gaps.found_links is 'Items that the search found again.';
comment on column marts.coverage_gaps.attempts is 'Searches so far.';
comment on column marts.coverage_gaps.closed_at is 'When the search ended; null while it is open.';
comment on column marts.coverage_gaps.reason is 'Why it could not be searched, or not all of it.';
comment on column marts.coverage_gaps.hours is 'Length of the gap in hours.';
comment on column marts.coverage_gaps.state is 'open, repaired, nothing_found, partly_repaired or given_up.';
