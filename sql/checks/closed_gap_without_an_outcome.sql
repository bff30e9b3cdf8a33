-- A gap that is closed says how its search ended, and that is not "later".
-- Grain: one row a gap. Inputs: gaps.
select
    gaps.feed_id,
    gaps.opened_at,
    gaps.closed_at,
    gaps.outcome
from gaps
where gaps.closed_at is not null and (gaps.outcome is null or gaps.outcome = 'retry');
