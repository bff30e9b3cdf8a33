-- Question: over which days did each source report without a break?
-- Grain: one row a source and spell, the longest there is. Inputs: source_days, polled_days.
-- Meaning: a spell is a source's reports on consecutive days that ask (polled_days); a day on which it gets a further
-- feed begins a new one. Days that do not ask break none: a window of days that begins on `since` or later and ends on
-- `until` or before lies within the spell. It is materialised and refreshed with source_days; the panel is made of it.
create materialized view marts.reporting_spells as
with
asking as (
    select
        days.day,
        row_number() over (order by days.day) as number,
        lag(days.day) over (order by days.day) + 1 as since,
        lead(days.day) over (order by days.day) - 1 as until
    from marts.polled_days as days
    where days.asks
),

reports as (
    select
        days.source_id,
        asking.day,
        asking.number,
        asking.until,
        days.new_feeds > 0 as is_new,
        case when days.new_feeds > 0 then asking.day else asking.since end as since,
        lag(asking.number) over source as number_before
    from marts.source_days as days
    inner join asking on days.day = asking.day
    where days.reported
    window source as (partition by days.source_id order by asking.number)
),

numbered as (
    select
        reports.*,
        count(*) filter (where reports.is_new or reports.number_before is distinct from reports.number - 1)
            over (partition by reports.source_id order by reports.number) as spell
    from reports
)

select
    numbered.source_id,
    numbered.spell,
    (array_agg(numbered.since order by numbered.number asc))[1] as since,
    (array_agg(numbered.until order by numbered.number desc))[1] as until,
    count(*) as days
from numbered
group by numbered.source_id, numbered.spell
order by numbered.source_id, min(numbered.number);

create unique index reporting_spells_source_id_spell_idx on marts.reporting_spells (source_id, spell);

comment on materialized view marts.reporting_spells is 'Over which days did each source report without a break?';
comment on column marts.reporting_spells.source_id is 'The outlet.';
comment on column marts.reporting_spells.spell is 'Its number among those of the outlet, the first is 1.';
comment on column marts.reporting_spells.since is
'The first UTC day that a window within the spell may begin on; null where nothing asked before.';
comment on column marts.reporting_spells.until is
'The last UTC day that it may end on; null where nothing has asked since.';
comment on column marts.reporting_spells.days is 'Days that asked for a report, and got it.';
