-- Question: which sources can be compared over these days, since we heard from them on each one?
-- Grain: one row a source. Inputs: source_days.
-- Meaning: the constant panel of a window is the sources that reported on every day of it and got no further feed
-- within it. A day on which fewer than half of the sources on the list were polled asks nothing of a source: the
-- pipeline itself stood still. A window in which nothing was polled has no panel.
create function marts.panel(first_day date, last_day date)
returns table (source_id text)
language sql stable parallel safe
as $$
    with
    watched as (
        select
            known.source_id,
            min(known.day) as first_day,
            max(known.day) as last_day
        from marts.source_days as known
        where known.polls > 0
        group by known.source_id
    ),

    polled as (
        select
            days.day,
            count(*) as sources
        from marts.source_days as days
        where days.day between panel.first_day and panel.last_day and days.polls > 0
        group by days.day
    ),

    asking as (
        select polled.day
        from polled
        where polled.sources * 2 >= (
            select count(*)
            from watched
            where polled.day between watched.first_day and watched.last_day
        )
    )

    select days.source_id
    from marts.source_days as days
    where days.day in (select asking.day from asking)
    group by days.source_id
    having
        count(*) filter (where days.reported) = (select count(*) from asking)
        and coalesce(sum(days.new_feeds) filter (where days.day > panel.first_day), 0) = 0
$$;

comment on function marts.panel(date, date) is
'The constant panel of a window: the sources that reported on each of its days, with the same feeds.';
