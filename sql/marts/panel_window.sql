-- Question: over which days do the *_panel columns count?
-- Grain: one row. Inputs: polled_days.
-- Meaning: the last 56 whole UTC days before today (8 weeks), so that each weekday weighs the same; later at its
-- beginning where polling began later, since articles of before then were found by chance. Null where nothing was
-- polled in that time.
create function marts.panel_window()
returns table (first_day date, last_day date)
language sql stable parallel safe
as $$
    select
        min(days.day) as first_day,
        (now() at time zone 'UTC')::date - 1 as last_day
    from marts.polled_days as days
    where
        days.day between (now() at time zone 'UTC')::date - 56 and (now() at time zone 'UTC')::date - 1
$$;

comment on function marts.panel_window() is
'The days over which the *_panel columns count: the last 56 whole UTC days, or since polling began.';
