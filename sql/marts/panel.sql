-- Question: which sources can be compared over these days, since we heard from them on each one?
-- Grain: one row a source. Inputs: reporting_spells, polled_days.
-- Meaning: the constant panel of a window is the sources that reported on every day of it that asks (polled_days) and
-- got no further feed within it. A window in which no day asks has no panel.
create function marts.panel(first_day date, last_day date)
returns table (source_id text)
language sql stable parallel safe
as $$
    select spells.source_id
    from marts.reporting_spells as spells
    where
        (spells.since is null or spells.since <= panel.first_day)
        and (spells.until is null or spells.until >= panel.last_day)
        and exists (
            select 1
            from marts.polled_days as days
            where days.day between panel.first_day and panel.last_day and days.asks
        )
$$;

comment on function marts.panel(date, date) is
'The constant panel of a window: the sources that reported on each of its days, with the same feeds.';
