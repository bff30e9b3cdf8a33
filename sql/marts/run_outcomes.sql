-- Question: what became of every item of a run, and why?
-- Grain: one row a run, stage, kind of item, outcome and reason. Inputs: run_counts.
-- Meaning: reason is empty where the outcome needs none.
create view marts.run_outcomes as
select
    run_counts.run_id,
    run_counts.stage,
    run_counts.item,
    run_counts.outcome,
    run_counts.reason,
    run_counts.items
from public.run_counts;

comment on view marts.run_outcomes is 'What became of every item of a run, and why?';
comment on column marts.run_outcomes.run_id is 'The run''s id.';
comment on column marts.run_outcomes.stage is 'poll, fetch, extract, label or maintain.';
comment on column marts.run_outcomes.item is 'The kind of item: feed, entry, link, page, article or gap.';
comment on column marts.run_outcomes.outcome is 'What became of them.';
comment on column marts.run_outcomes.reason is 'Why; empty where the outcome needs none.';
comment on column marts.run_outcomes.items is 'How many.';
