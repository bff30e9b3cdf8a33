-- Question: what came in lately, and what is it about?
-- Grain: one row an article discovered in the last 90 days. Inputs: articles, sources, article_* labels.
-- Meaning: published_day is null where nothing says when the article was published; countries and regions are those
-- that it is about, not those that it only mentions or, naming none, is presumed to be of; topics and watch_topics come
-- with the surest first. text_from is page, or feed where the page was refused: then title and text are the feed's own,
-- which may be a summary only.
create view marts.articles_recent as
select
    articles.id as article_id,
    articles.published_at,
    articles.published_day,
    articles.published_from,
    articles.discovered_at,
    articles.title,
    articles.url,
    articles.language,
    articles.source_id,
    sources.name as source,
    sources.country as source_country,
    articles.text_from,
    coalesce(countries.codes, '{}') as countries,
    coalesce(regions.ids, '{}') as regions,
    coalesce(topics.codes, '{}') as topics,
    coalesce(topics.watch, '{}') as watch_topics
from public.articles
inner join public.sources on articles.source_id = sources.id
left join lateral (
    select array_agg(labels.country order by labels.score desc, labels.country asc) as codes
    from public.article_countries as labels
    where labels.article_id = articles.id and labels.role = 'about'
) as countries on true
left join lateral (
    select array_agg(labels.region order by labels.score desc, labels.region asc) as ids
    from public.article_regions as labels
    where labels.article_id = articles.id and labels.role = 'about'
) as regions on true
left join lateral (
    select
        array_agg(labels.topic order by labels.score desc, labels.topic asc)
        filter (where labels.scheme = 'medtop') as codes,
        array_agg(labels.topic order by labels.score desc, labels.topic asc)
        filter (where labels.scheme = 'watch') as watch
    from public.article_topics as labels
    where labels.article_id = articles.id
) as topics on true
where articles.discovered_at >= now() - interval '90 days';
