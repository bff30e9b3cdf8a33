-- Question: what came in lately, and what is it about?
-- Grain: one row an article discovered in the last 90 days. Inputs: marts.articles.
-- Meaning: published_day is null where nothing says when the article was published; countries and regions are those
-- that it is about, not those that it only mentions or, naming none, is presumed to be of; topics and watch_topics come
-- with the surest first. text_from is page, or feed where the page was refused: then title and text are the feed's own,
-- which may be a summary only.
create view marts.articles_recent as
select
    articles.article_id,
    articles.published_at,
    articles.day as published_day,
    articles.published_from,
    articles.discovered_at,
    articles.title,
    articles.url,
    articles.language,
    articles.source_id,
    articles.source,
    articles.source_country,
    articles.text_from,
    articles.countries,
    articles.regions,
    articles.topics,
    articles.watch_topics,
    articles.is_reprint,
    articles.original_id
from marts.articles
where articles.discovered_at >= now() - interval '90 days';

comment on view marts.articles_recent is 'What came in lately, and what is it about?';
comment on column marts.articles_recent.article_id is 'The article''s id, the same in every mart.';
comment on column marts.articles_recent.published_at is 'When it was published; null where nothing says.';
comment on column marts.articles_recent.published_day is
'UTC day of publication; null where nothing dates the article.';
comment on column marts.articles_recent.published_from is
'The evidence for the date: json-ld, meta, feed, url or text; null where there is none.';
comment on column marts.articles_recent.discovered_at is 'When its first link was found in a feed or sitemap.';
comment on column marts.articles_recent.title is 'Its headline.';
comment on column marts.articles_recent.url is 'Its canonical address.';
comment on column marts.articles_recent.language is 'Language of the text (BCP 47), und where it is not known.';
comment on column marts.articles_recent.source_id is 'The outlet that published it.';
comment on column marts.articles_recent.source is 'The outlet''s name.';
comment on column marts.articles_recent.source_country is
'The outlet''s country (ISO 3166-1 alpha-2); null where the list gives none.';
comment on column marts.articles_recent.text_from is
'page, or feed where the page was refused: then title and text are the feed''s own.';
comment on column marts.articles_recent.countries is
'Countries that it is about (ISO 3166-1 alpha-2), the surest first.';
comment on column marts.articles_recent.regions is 'Regions of config/regions.yaml that it is about, the surest first.';
comment on column marts.articles_recent.topics is 'IPTC Media Topics (medtop codes), the surest first.';
comment on column marts.articles_recent.watch_topics is 'Watch topics of config/topics.yaml, the surest first.';
comment on column marts.articles_recent.is_reprint is 'Whether another source published the same text before.';
comment on column marts.articles_recent.original_id is 'The article whose text this one repeats; null for an original.';
