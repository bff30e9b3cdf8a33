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
