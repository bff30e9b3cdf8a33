-- Question: how much is written about each region?
-- Grain: one row a day and region of config/regions.yaml. Inputs: article_regions, articles.
-- Meaning: about counts articles that the region carries, mentioned those that only name it; never added up here.
-- day is the UTC day of publication, null for undated articles.
create view marts.daily_regions as
select
    articles.published_day as day,
    article_regions.region,
    count(*) filter (where article_regions.role = 'about') as about,
    count(*) filter (where article_regions.role = 'mentioned') as mentioned
from public.article_regions
inner join public.articles on article_regions.article_id = articles.id
group by articles.published_day, article_regions.region;
