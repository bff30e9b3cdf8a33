-- Question: how much is written about each country?
-- Grain: one row a day and country (ISO 3166-1 alpha-2). Inputs: article_countries, articles.
-- Meaning: about counts articles that the country carries, mentioned those that only name it; never added up here.
-- presumed counts articles that name no country, under their outlet's: domestic stories most of them, with nothing in
-- the text to show for it, so it belongs to neither of the other two.
-- day is the UTC day of publication, null for undated articles.
create view marts.daily_countries as
select
    articles.published_day as day,
    article_countries.country,
    count(*) filter (where article_countries.role = 'about') as about,
    count(*) filter (where article_countries.role = 'mentioned') as mentioned,
    count(*) filter (where article_countries.role = 'presumed') as presumed
from public.article_countries
inner join public.articles on article_countries.article_id = articles.id
group by articles.published_day, article_countries.country;
