-- Question: which articles have these words?
-- Grain: one row an article that the label stage has seen. Inputs: article_terms.
-- Meaning: terms are stems, not words, and a query must be made of stems too: docs/search.md says how. Where an article
-- stands in time is a term as well (@2026-11 and @2026-11-24, of discovered_at in UTC), so that the newest can be
-- searched alone. An article that came in since the last run's end is here before it is in article_facts.
create view marts.article_terms as
select
    article_id,
    discovered_at,
    terms
from public.article_terms;

comment on view marts.article_terms is 'Which articles have these words?';
comment on column marts.article_terms.article_id is 'The article''s id, the same in every mart.';
comment on column marts.article_terms.discovered_at is 'When its first link was found in a feed or sitemap.';
comment on column marts.article_terms.terms is
'Stems with their places, the title''s with weight A; and the day and month of discovered_at behind an @.';
