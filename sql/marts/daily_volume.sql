-- Question: how much did each source publish, in which language?
-- Grain: one row a day, source and language. Inputs: articles, sources.
-- Meaning: day is the UTC day of publication; it is null for articles that nothing dates, which are counted there
-- and on no other day. An article under several links counts once.
create view marts.daily_volume as
select
    articles.published_day as day,
    articles.source_id,
    sources.name as source,
    sources.country as source_country,
    sources.kind as source_kind,
    articles.language,
    count(*) as articles
from public.articles
inner join public.sources on articles.source_id = sources.id
group by
    articles.published_day, articles.source_id, sources.name, sources.country, sources.kind, articles.language;
