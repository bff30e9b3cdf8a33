-- Question: what came in lately, and what is it about?
-- Grain: one row an article discovered in the last 90 days. Inputs: articles, sources, article_* labels.
-- Meaning: published_day is null where nothing says when the article was published; countries and regions are those
-- that it is about, not those that it only mentions; topics and watch_topics come with the surest first.
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
    coalesce(countries.codes, '{}') as countries,
    coalesce(regions.ids, '{}') as regions,
    coalesce(topics.codes, '{}') as topics,
    coalesce(topics.watch, '{}') as watch_topics
from public.articles
inner join public.sources on articles.source_id = sources.id
left join lateral (
    select
        array_agg(article_countries.country order by article_countries.score desc, article_countries.country asc) as codes
    from public.article_countries
    where article_countries.article_id = articles.id and article_countries.role = 'about'
) as countries on true
left join lateral (
    select array_agg(article_regions.region order by article_regions.score desc, article_regions.region asc) as ids
    from public.article_regions
    where article_regions.article_id = articles.id and article_regions.role = 'about'
) as regions on true
left join lateral (
    select
        array_agg(article_topics.topic order by article_topics.score desc, article_topics.topic asc)
        filter (where article_topics.scheme = 'medtop') as codes,
        array_agg(article_topics.topic order by article_topics.score desc, article_topics.topic asc)
        filter (where article_topics.scheme = 'watch') as watch
    from public.article_topics
    where article_topics.article_id = articles.id
) as topics on true
where articles.discovered_at >= now() - interval '90 days';
