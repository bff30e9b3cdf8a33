-- A country is presumed only where the text names none: it is the one country of its article.
-- Grain: one row a presumed country that is not alone. Inputs: article_countries.
select
    presumed.article_id,
    presumed.country,
    others.country as other,
    others.role
from article_countries as presumed
inner join article_countries as others
    on presumed.article_id = others.article_id and presumed.country != others.country
where presumed.role = 'presumed';
