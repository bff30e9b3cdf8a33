-- The labels of an article are all of the version that the article names; one that waits for new labels names none.
-- Grain: one row a label. Inputs: articles, article_countries, article_regions, article_topics.
select
    labels.article_id,
    labels.label,
    labels.version
from (
    select
        article_countries.article_id,
        article_countries.country as label,
        article_countries.version
    from article_countries
    union all
    select
        article_regions.article_id,
        article_regions.region,
        article_regions.version
    from article_regions
    union all
    select
        article_topics.article_id,
        article_topics.topic,
        article_topics.version
    from article_topics
) as labels
inner join articles on labels.article_id = articles.id
where labels.version != articles.labeller_version;
