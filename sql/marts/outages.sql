-- Question: which failures are one event: a country cut off, or our own connection gone?
-- Grain: one row an outage of the last 90 days before the newest poll. Inputs: polls, feeds, sources.
-- Meaning: many sources of one country that fail together, by network or server. A clock hour (UTC) is out when at
-- least 5 sources failed in it and these are at least half of the country's sources polled in it; a source fails when
-- each of its polls of that hour does. country is null where that holds over all sources and in most countries: then
-- it is our own connection, and the countries' outages of the same hours are folded into it. Hours that are out are
-- one outage when no more than 24 hours lie between them, and less than half of the sources came back in between.
-- ended_at is the end of the last hour that was out, null while more than half of that hour's sources still fail. A
-- feed that has not worked for 30 days is dead and no part of this. reason is the most frequent one; sources names
-- those that failed; sources_polled counts those polled in the hours that were out. It is materialised, and is as of
-- the last run's end.
create materialized view marts.outages as
with
faults (reason) as (
    values
    ('dns'), ('connection'), ('timeout'), ('tls'),
    ('server_error'), ('access_denied'), ('rate_limited'), ('bad_response')
),

newest as (
    select max(polls.polled_at) as polled_at from public.polls
),

tries as not materialized (
    select
        polls.polled_at,
        polls.reason,
        feeds.source_id,
        sources.country,
        date_trunc('hour', polls.polled_at, 'UTC') as hour,
        polls.outcome = 'retry' and polls.reason in (select faults.reason from faults) as failing
    from public.polls
    inner join public.feeds on polls.feed_id = feeds.id
    inner join public.sources on feeds.source_id = sources.id
    where
        polls.polled_at >= (select newest.polled_at from newest) - interval '90 days'
        and (
            polls.outcome != 'retry'
            or polls.polled_at < coalesce(feeds.succeeded_at, feeds.added_at) + interval '30 days'
        )
),

failures as (
    select
        tries.hour,
        tries.country,
        count(*) as polls,
        count(distinct tries.source_id) as sources
    from tries
    where tries.failing
    group by tries.hour, tries.country
),

-- Only the hours that may be out are looked at in full. A tenth of the polls is a coarse sieve before the half.
suspects as (
    select failures.hour
    from failures
    group by failures.hour
    having
        max(failures.sources) >= 5
        or (
            sum(failures.sources) >= 5
            and sum(failures.polls) * 10 >= (
                select count(*)
                from public.polls
                where polls.polled_at >= failures.hour and polls.polled_at < failures.hour + interval '1 hour'
            )
        )
),

states as materialized (
    select
        suspects.hour,
        tries.source_id,
        tries.country,
        bool_and(tries.failing is true) as failed,
        min(tries.reason) as reason
    from suspects
    inner join tries
        on suspects.hour <= tries.polled_at and suspects.hour + interval '1 hour' > tries.polled_at
    group by suspects.hour, tries.source_id, tries.country
),

countries as (
    select
        states.hour,
        states.country,
        count(*) as polled,
        count(*) filter (where states.failed) as failed
    from states
    group by states.hour, states.country
),

everywhere as (
    select countries.hour
    from countries
    group by countries.hour
    having
        sum(countries.failed) >= 5
        and sum(countries.failed) * 2 >= sum(countries.polled)
        and count(*) > 1
        and count(*) filter (where countries.failed * 2 >= countries.polled) * 2 > count(*)
),

hours_out as (
    select
        everywhere.hour,
        null as country
    from everywhere
    union all
    select
        countries.hour,
        countries.country
    from countries
    left join everywhere on countries.hour = everywhere.hour
    where
        everywhere.hour is null
        and countries.country is not null
        and countries.failed >= 5
        and countries.failed * 2 >= countries.polled
),

members as materialized (
    select
        hours_out.hour,
        hours_out.country,
        states.source_id,
        states.failed,
        states.reason
    from hours_out
    inner join states
        on hours_out.hour = states.hour and (hours_out.country is null or hours_out.country = states.country)
),

neighbours as (
    select
        hours_out.hour,
        hours_out.country,
        lag(hours_out.hour) over (partition by hours_out.country order by hours_out.hour) as previous,
        lead(hours_out.hour) over (partition by hours_out.country order by hours_out.hour) is null as is_last
    from hours_out
),

pairs as (
    select
        neighbours.hour,
        neighbours.country,
        neighbours.previous
    from neighbours
    where
        neighbours.hour > neighbours.previous + interval '1 hour'
        and neighbours.hour <= neighbours.previous + interval '25 hours'
),

answers as materialized (
    select distinct
        pairs.hour,
        pairs.country,
        tries.source_id
    from pairs
    inner join tries
        on
            pairs.previous + interval '1 hour' <= tries.polled_at
            and pairs.hour > tries.polled_at
            and tries.failing is not true
),

came_back as (
    select
        pairs.hour,
        pairs.country
    from pairs
    inner join members
        on
            pairs.previous = members.hour
            and pairs.country is not distinct from members.country
            and members.failed
    left join answers
        on
            pairs.hour = answers.hour
            and pairs.country is not distinct from answers.country
            and members.source_id = answers.source_id
    group by pairs.hour, pairs.country
    having count(answers.source_id) * 2 >= count(*)
),

numbered as (
    select
        neighbours.hour,
        neighbours.country,
        count(*) filter (
            where
            neighbours.previous is null
            or neighbours.hour > neighbours.previous + interval '25 hours'
            or came_back.hour is not null
        ) over (partition by neighbours.country order by neighbours.hour) as number
    from neighbours
    left join came_back
        on neighbours.hour = came_back.hour and neighbours.country is not distinct from came_back.country
),

-- What each source of a last hour does now, by its feeds.
lasting as (
    select
        members.hour,
        members.country
    from members
    inner join neighbours
        on
            members.hour = neighbours.hour
            and members.country is not distinct from neighbours.country
            and neighbours.is_last
    cross join lateral (
        select
            coalesce(bool_or(
                feeds.outcome = 'retry' and feeds.reason in (select faults.reason from faults)
                and feeds.polled_at >= newest.polled_at - interval '25 hours'
            ), false)
            and not coalesce(bool_or(
                (feeds.outcome != 'retry' or feeds.reason not in (select faults.reason from faults))
                and feeds.polled_at >= members.hour + interval '1 hour'
            ), false) as still
        from public.feeds
        cross join newest
        where feeds.source_id = members.source_id and feeds.active
    ) as now_failing
    where members.failed
    group by members.hour, members.country
    having count(*) filter (where now_failing.still) * 2 > count(*)
)

select
    numbered.country,
    min(numbered.hour) as started_at,
    case when bool_and(lasting.hour is null) then max(numbered.hour) + interval '1 hour' end as ended_at,
    mode() within group (order by members.reason) filter (where members.failed) as reason,
    count(distinct members.source_id) filter (where members.failed) as sources_failed,
    count(distinct members.source_id) as sources_polled,
    array_agg(distinct sources.name) filter (where members.failed) as sources,
    array_agg(distinct members.source_id) filter (where members.failed) as source_ids
from numbered
inner join members
    on numbered.hour = members.hour and numbered.country is not distinct from members.country
inner join public.sources on members.source_id = sources.id
left join lasting
    on numbered.hour = lasting.hour and numbered.country is not distinct from lasting.country
group by numbered.country, numbered.number;

create unique index outages_country_started_at_idx on marts.outages (country, started_at);

comment on materialized view marts.outages is
'Which failures are one event: a country cut off, or our own connection gone?';
comment on column marts.outages.country is
'Country of the sources; null where most countries are out: then it is our own connection.';
comment on column marts.outages.started_at is 'Beginning of the first hour that was out.';
comment on column marts.outages.ended_at is 'End of the last hour that was out; null while it lasts.';
comment on column marts.outages.reason is 'The most frequent reason.';
comment on column marts.outages.sources_failed is 'Sources that failed.';
comment on column marts.outages.sources_polled is 'Sources that were polled in the hours that were out.';
comment on column marts.outages.sources is 'Names of those that failed.';
comment on column marts.outages.source_ids is 'Ids of those that failed.';
