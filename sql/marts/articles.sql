-- Question: which articles are there, and what is each about?
-- Grain: one row an article, of all time. Inputs: article_facts, articles, sources.
-- Meaning: article_facts with what a list shows. published_from says which evidence dates the article; both it and day
-- are null where nothing does. An article that came in since the last run's end is not there yet.
create view marts.articles as
select
    facts.article_id,
    facts.day,
    facts.discovered_at,
    facts.source_id,
    facts.source_country,
    facts.source_kind,
    facts.language,
    facts.text_from,
    facts.presumed_country,
    facts.original_id,
    facts.is_reprint,
    facts.countries,
    facts.mentioned_countries,
    facts.regions,
    facts.mentioned_regions,
    facts.topics,
    facts.watch_topics,
    articles.published_at,
    articles.published_from,
    articles.title,
    articles.url,
    sources.name as source
from marts.article_facts as facts
inner join public.articles on facts.article_id = articles.id
inner join public.sources on facts.source_id = sources.id;

comment on view marts.articles is 'Which articles are there, and what is each about?';
comment on column marts.articles.article_id is 'The article''s id, the same in every mart.';
comment on column marts.articles.day is 'UTC day of publication; null where nothing dates the article.';
comment on column marts.articles.discovered_at is 'When its first link was found in a feed or sitemap.';
comment on column marts.articles.source_id is 'The outlet that published it.';
comment on column marts.articles.source_country is
'The outlet''s country (ISO 3166-1 alpha-2); null where the list gives none.';
comment on column marts.articles.source_kind is
'Who runs the outlet: state, public, independent, commercial or agency; null where the list does not say.';
comment on column marts.articles.language is 'Language of the text (BCP 47), und where it is not known.';
comment on column marts.articles.text_from is
'page, or feed where the page was refused: then title and text are the feed''s own.';
comment on column marts.articles.original_id is 'The article whose text this one repeats; null for an original.';
comment on column marts.articles.is_reprint is 'Whether another source published the same text before.';
comment on column marts.articles.countries is 'Countries that it is about (ISO 3166-1 alpha-2), the surest first.';
comment on column marts.articles.mentioned_countries is 'Countries that it only mentions, the surest first.';
comment on column marts.articles.presumed_country is 'The outlet''s country where the text names none; null otherwise.';
comment on column marts.articles.regions is 'Regions of config/regions.yaml that it is about, the surest first.';
comment on column marts.articles.mentioned_regions is 'Regions that it only mentions, the surest first.';
comment on column marts.articles.topics is 'IPTC Media Topics (medtop codes), the surest first.';
comment on column marts.articles.watch_topics is 'Watch topics of config/topics.yaml, the surest first.';
comment on column marts.articles.published_at is 'When it was published; null where nothing says.';
comment on column marts.articles.published_from is
'The evidence for the date: json-ld, meta, feed, url or text; null where there is none.';
comment on column marts.articles.title is 'Its headline.';
comment on column marts.articles.url is 'Its canonical address.';
comment on column marts.articles.source is 'The outlet''s name.';
