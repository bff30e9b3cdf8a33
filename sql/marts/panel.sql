-- Question: which sources can be compared over these days, since we heard from them on each one?
-- Grain: one row a source. Inputs: source_days.
-- Meaning: the constant panel of a window is the sources that reported on every day of it on which anything was polled
-- at all: a day on which the pipeline itself stood still asks nothing of a source. A window in which nothing was
-- polled has no panel.
create function marts.panel(first_day date, last_day date)
returns table (source_id text)
language sql stable parallel safe
as $$
    select days.source_id
    from marts.source_days as days
    where days.day between panel.first_day and panel.last_day and days.reported
    group by days.source_id
    having count(*) = (
        select count(distinct polled.day)
        from marts.source_days as polled
        where polled.day between panel.first_day and panel.last_day and polled.polls > 0
    )
$$;

comment on function marts.panel(date, date) is
'The constant panel of a window: the sources that reported on each of its days on which anything was polled.';
