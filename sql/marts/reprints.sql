-- Question: who takes over whose texts, and how much later?
-- Grain: one row a reprint. Inputs: article_facts, articles, sources.
-- Meaning: a reprint is an article whose text another source published before it: the same letters and digits.
-- A text that was shortened or rewritten is not one. hours_later is the time from the original's publication (or
-- discovery where nothing dates it) to the reprint's; null where one of the dates has no clock.
create view marts.reprints as
select
    facts.article_id,
    facts.original_id,
    facts.day,
    facts.source_id,
    sources.name as source,
    facts.source_country,
    facts.original_source_id,
    original_sources.name as original_source,
    original_sources.country as original_source_country,
    facts.language,
    articles.title,
    articles.url,
    originals.url as original_url,
    case
        when
            coalesce((articles.published_at at time zone 'UTC')::time != '00:00', true)
            and coalesce((originals.published_at at time zone 'UTC')::time != '00:00', true)
            then round((extract(
                epoch from coalesce(articles.published_at, articles.discovered_at)
                - coalesce(originals.published_at, originals.discovered_at)
            ) / 3600)::numeric, 1)
    end as hours_later
from marts.article_facts as facts
inner join public.articles on facts.article_id = articles.id
inner join public.sources on facts.source_id = sources.id
inner join public.articles as originals on facts.original_id = originals.id
inner join public.sources as original_sources on facts.original_source_id = original_sources.id
where facts.is_reprint;

comment on view marts.reprints is 'Who takes over whose texts, and how much later?';
comment on column marts.reprints.article_id is 'The reprint.';
comment on column marts.reprints.original_id is 'The article whose text it repeats.';
comment on column marts.reprints.day is 'UTC day of the reprint''s publication; null where nothing dates it.';
comment on column marts.reprints.source_id is 'The outlet that reprinted.';
comment on column marts.reprints.source is 'Its name.';
comment on column marts.reprints.source_country is 'Its country; null where the list gives none.';
comment on column marts.reprints.original_source_id is 'The outlet that had the text first.';
comment on column marts.reprints.original_source is 'Its name.';
comment on column marts.reprints.original_source_country is 'Its country; null where the list gives none.';
comment on column marts.reprints.language is 'Language of the text (BCP 47), und where it is not known.';
comment on column marts.reprints.title is 'The reprint''s headline.';
comment on column marts.reprints.url is 'The reprint''s address.';
comment on column marts.reprints.original_url is 'The original''s address.';
comment on column marts.reprints.hours_later is
'Hours from the original''s publication to the reprint''s; discovery stands in where there is no date.';
