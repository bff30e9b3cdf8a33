-- Question: which sources work, and what is wrong with those that do not?
-- Grain: one row a feed on the list or retired by its server. Inputs: feeds, sources, links, polls, gaps, outages.
-- Meaning: outcome and reason are those of the last poll; failures is the weighted sum of the failures in a row;
-- links_a_day is the mean number of new links a day over the last 14 days, or since the feed was added if that is
-- later; items_a_day is the rate that polling goes by, usual_gap_hours its inverse; entries counts those of the last
-- body that was read. health says in one word what the last poll found, advice what to do about it. A feed is
--   dead       retired by 410, or it failed again and again for 30 days, other than by refusing us;
--   moved      well, but permanent redirects lead away from its address, or did within the last week;
--   empty      well, but its last body lists nothing;
--   stale      well, but silent for 5 times its usual gap and no less than 3 days (30 where the gap is not known).
-- Time is counted up to the feed's own last poll: while the pipeline stands still, nothing becomes dead or stale.
-- open_gaps counts holes in its coverage, outage says that its failure is part of one that lasts (marts.outages).
create view marts.source_health as
with
advised (health, advice) as (
    values
    ('ok', 'It works. Nothing to do.'),
    ('unpolled', 'It has not been polled yet. Nothing to do: the next run that finds it due polls it.'),
    (
        'dead',
        'It was retired by its server (410), or has not worked for 30 days. Look for the outlet''s new feed, or take'
        || ' it off the list.'
    ),
    (
        'moved',
        'Its server redirects for good to another address, which is followed by itself. Put the new address into the'
        || ' list.'
    ),
    (
        'blocked',
        'Its server or the rules refuse us. Open the address in a browser; then ask the outlet to let us in, or look'
        || ' for another feed of it.'
    ),
    (
        'rate_limited',
        'Its server asks for longer pauses and gets them. If this stays so, poll less often, or list fewer feeds of'
        || ' this host.'
    ),
    (
        'tls',
        'Its certificate is out of date or not trusted, so nothing is read. Most outlets mend that within days; one'
        || ' signed by a national authority needs SILKWIRE_CA_FILE.'
    ),
    (
        'dns',
        'Its host''s name does not resolve. It is tried again by itself; if this lasts for days, look for the outlet''s'
        || ' new address.'
    ),
    (
        'unreachable',
        'Its server gives no usable answer. It is tried again by itself; if this lasts for days, see whether the site'
        || ' opens in a browser: it may be closed to other countries.'
    ),
    ('server_error', 'Its server fails, which is the outlet''s to mend. It is tried again by itself.'),
    ('missing', 'There is nothing at its address any more. Look for the feed''s new address on the outlet''s site.'),
    (
        'malformed',
        'It answers with something that can''t be read as a feed. Open the address: if it shows a web page, look for'
        || ' the feed''s new address; if it is broken, tell the outlet.'
    ),
    ('empty', 'It answers but lists nothing. Look on the outlet''s site for a feed with articles.'),
    (
        'stale',
        'It answers but has listed nothing new for far longer than usual. See whether the outlet still publishes; if'
        || ' so, look for its new feed.'
    ),
    ('outage', 'Many sources fail at the same time: see marts.outages. Wait, it is not this one.')
),

newest as (
    select max(polls.polled_at) as polled_at from public.polls
),

moves as (
    select distinct polls.feed_id
    from public.polls
    where polls.outcome = 'moved' and polls.polled_at >= (select newest.polled_at from newest) - interval '7 days'
),

out_together as (
    select distinct unnest(outages.source_ids) as source_id
    from marts.outages
    where outages.ended_at is null
),

open_gaps as (
    select
        gaps.feed_id,
        count(*) as gaps
    from public.gaps
    where gaps.closed_at is null
    group by gaps.feed_id
),

judged as (
    select
        feeds.id,
        feeds.source_id,
        case
            when feeds.outcome = 'gone' then 'dead'
            when feeds.polled_at is null or feeds.outcome is null then 'unpolled'
            when feeds.outcome not in ('ok', 'unchanged', 'moved')
                then
                    case
                        when feeds.reason in ('access_denied', 'bot_wall', 'robots', 'forbidden_address')
                            then 'blocked'
                        when feeds.reason = 'rate_limited' then 'rate_limited'
                        when
                            feeds.polled_at >= coalesce(feeds.succeeded_at, feeds.added_at) + interval '30 days'
                            and feeds.failures >= 2
                            then 'dead'
                        when feeds.reason in ('tls', 'dns', 'server_error') then feeds.reason
                        when
                            feeds.reason in (
                                'connection', 'timeout', 'bad_response', 'too_many_redirects', 'robots_unreachable'
                            )
                            then 'unreachable'
                        when feeds.reason in ('not_found', 'gone', 'http_error') then 'missing'
                        else 'malformed'
                    end
            when feeds.content_reason is not null then 'malformed'
            when feeds.outcome = 'moved' or feeds.moved_to is not null or moves.feed_id is not null then 'moved'
            when feeds.entries = 0 then 'empty'
            when
                feeds.polled_at - coalesce(feeds.new_link_at, feeds.added_at) > case
                    when feeds.items_a_day > 0
                        then greatest(interval '3 days', interval '5 days' / greatest(feeds.items_a_day, 0.001))
                    else interval '30 days'
                end
                then 'stale'
            else 'ok'
        end as health
    from public.feeds
    left join moves on feeds.id = moves.feed_id
),

told as (
    select
        judged.id,
        judged.health,
        out_together.source_id is not null
        and judged.health in ('blocked', 'rate_limited', 'tls', 'dns', 'unreachable', 'server_error') as outage
    from judged
    left join out_together on judged.source_id = out_together.source_id
)

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
    recent.links_a_day,
    told.health,
    advised.advice,
    told.outage,
    feeds.entries,
    feeds.moved_to,
    round(feeds.items_a_day::numeric, 2) as items_a_day,
    case
        when feeds.items_a_day > 0 then round((24 / greatest(feeds.items_a_day, 0.001))::numeric, 1)
    end as usual_gap_hours,
    coalesce(open_gaps.gaps, 0) as open_gaps
from public.feeds
inner join public.sources on feeds.source_id = sources.id
inner join told on feeds.id = told.id
inner join advised on advised.health = case when told.outage then 'outage' else told.health end
left join open_gaps on feeds.id = open_gaps.feed_id
cross join lateral (
    select
        round(
            count(*) / greatest(1, least(14, extract(epoch from now() - feeds.added_at) / 86400))::numeric, 1
        ) as links_a_day
    from public.links
    where links.feed_id = feeds.id and links.discovered_at >= now() - interval '14 days'
) as recent
where feeds.active or feeds.outcome = 'gone';

comment on view marts.source_health is 'Which sources work, and what is wrong with those that do not?';
comment on column marts.source_health.source_id is 'The outlet.';
comment on column marts.source_health.source is 'Its name.';
comment on column marts.source_health.source_country is 'Its country; null where the list gives none.';
comment on column marts.source_health.source_kind is
'Who runs the outlet: state, public, independent, commercial or agency; null where the list does not say.';
comment on column marts.source_health.feed_id is 'The feed.';
comment on column marts.source_health.feed_url is 'Its address.';
comment on column marts.source_health.language is 'The feed''s language, as the list says.';
comment on column marts.source_health.active is 'Whether it is polled; false where its server retired it.';
comment on column marts.source_health.outcome is 'What the last poll came to.';
comment on column marts.source_health.reason is 'Why, where that was not ok.';
comment on column marts.source_health.detail is 'More about it, for a person.';
comment on column marts.source_health.failures is 'Weighted sum of the failures in a row.';
comment on column marts.source_health.polled_at is 'When it was polled last.';
comment on column marts.source_health.succeeded_at is 'When it last worked.';
comment on column marts.source_health.new_link_at is 'When it last listed something new.';
comment on column marts.source_health.next_poll_at is 'When it is due again.';
comment on column marts.source_health.links_a_day is
'Mean number of new links a day over the last 14 days, or since it was added.';
comment on column marts.source_health.health is 'One word for what the last poll found.';
comment on column marts.source_health.advice is 'What to do about it.';
comment on column marts.source_health.outage is
'Whether its failure is part of one of many sources that lasts (marts.outages).';
comment on column marts.source_health.entries is 'Entries of the last body that was read.';
comment on column marts.source_health.moved_to is 'Where permanent redirects lead.';
comment on column marts.source_health.items_a_day is
'New entries a day, the rate that polling goes by; null where it is not known yet.';
comment on column marts.source_health.usual_gap_hours is 'Hours between two new entries, by that rate.';
comment on column marts.source_health.open_gaps is 'Holes in its coverage that are not searched yet.';
