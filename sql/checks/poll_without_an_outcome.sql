-- A poll that is kept has an outcome: coverage and the constant panel count those that were answered.
-- Grain: one row a poll. Inputs: polls.
select
    polls.feed_id,
    polls.run_id,
    polls.polled_at
from polls
where polls.outcome is null;
