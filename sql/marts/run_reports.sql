-- Question: did each run do its work?
-- Grain: one row a run. Inputs: runs, run_counts.
-- Meaning: counts are of this run's tries: a feed polled by two runs counts in both. failed counts items given up in
-- any stage, waiting those to be tried again; run_outcomes has every outcome with its reason. report is what the run
-- said at its end (problems, failed checks, failing feeds); it is null for runs of upkeep, and while a run works.
create view marts.run_reports as
select
    runs.id as run_id,
    runs.started_at,
    runs.finished_at,
    runs.state,
    runs.report,
    coalesce(sum(run_counts.items) filter (where run_counts.item = 'feed'), 0) as feeds_polled,
    coalesce(sum(run_counts.items) filter (where run_counts.item = 'entry' and run_counts.outcome = 'ok'), 0)
    as new_links,
    coalesce(sum(run_counts.items) filter (where run_counts.item = 'link' and run_counts.outcome = 'ok'), 0)
    as pages,
    coalesce(sum(run_counts.items) filter (where run_counts.item = 'page' and run_counts.outcome = 'ok'), 0)
    as articles,
    coalesce(sum(run_counts.items) filter (where run_counts.item = 'article' and run_counts.outcome = 'ok'), 0)
    as labelled,
    coalesce(sum(run_counts.items) filter (where run_counts.outcome = 'skipped'), 0) as skipped,
    coalesce(sum(run_counts.items) filter (where run_counts.outcome = 'retry'), 0) as waiting,
    coalesce(sum(run_counts.items) filter (where run_counts.outcome in ('failed', 'gone')), 0) as failed
from public.runs
left join public.run_counts on runs.id = run_counts.run_id
group by runs.id;

comment on view marts.run_reports is 'Did each run do its work?';
comment on column marts.run_reports.run_id is 'The run''s id.';
comment on column marts.run_reports.started_at is 'When it began.';
comment on column marts.run_reports.finished_at is 'When it ended; null while it works.';
comment on column marts.run_reports.state is 'running, success, failed or interrupted.';
comment on column marts.run_reports.feeds_polled is 'Feeds that it polled.';
comment on column marts.run_reports.new_links is 'Links that it found.';
comment on column marts.run_reports.pages is 'Pages that it fetched.';
comment on column marts.run_reports.articles is 'Articles that it extracted.';
comment on column marts.run_reports.labelled is 'Articles that it labelled.';
comment on column marts.run_reports.skipped is 'Items decided against, on purpose.';
comment on column marts.run_reports.waiting is 'Items to be tried again.';
comment on column marts.run_reports.failed is 'Items given up.';
comment on column marts.run_reports.report is 'What it said at its end; null for upkeep, and while it works.';
