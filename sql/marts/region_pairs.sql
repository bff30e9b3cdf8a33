-- Question: which regions are written about together (China × Central Asia)?
-- Grain: one row a day and unordered pair of regions, region_a before region_b in the alphabet.
-- Inputs: article_regions, articles.
-- Meaning: articles counts those that are about both. day is the UTC day of publication, null for undated articles.
create view marts.region_pairs as
select
    articles.published_day as day,
    first_region.region as region_a,
    second_region.region as region_b,
    count(*) as articles
from public.article_regions as first_region
inner join public.article_regions as second_region
    on
        first_region.article_id = second_region.article_id
        and first_region.region < second_region.region
inner join public.articles on first_region.article_id = articles.id
where first_region.role = 'about' and second_region.role = 'about'
group by articles.published_day, first_region.region, second_region.region;
