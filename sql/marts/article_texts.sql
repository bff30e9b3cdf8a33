-- Question: what does an article say, and how was it read?
-- Grain: one row an article, of all time. Inputs: articles, sources.
-- Meaning: everything that extraction took from the page, with the evidence beside it. It is never stale. outcome and
-- reason are those of labelling: null where the article waits for it, abstained where no label was sure enough.
create view marts.article_texts as
select
    articles.id as article_id,
    articles.title,
    articles.text,
    articles.url,
    articles.site_name,
    articles.authors,
    articles.language,
    articles.language_from,
    articles.published_at,
    articles.published_from,
    articles.modified_at,
    articles.modified_from,
    articles.feed_days_apart,
    articles.image_url,
    articles.sections,
    articles.discovered_at,
    articles.fetched_at,
    articles.text_from,
    articles.text_path,
    articles.extractor_version,
    articles.labeller_version,
    articles.labelled_at,
    articles.outcome,
    articles.reason,
    articles.source_id,
    sources.name as source,
    sources.country as source_country
from public.articles
inner join public.sources on articles.source_id = sources.id;

comment on view marts.article_texts is 'What does an article say, and how was it read?';
comment on column marts.article_texts.article_id is 'The article''s id, the same in every mart.';
comment on column marts.article_texts.title is 'Its headline.';
comment on column marts.article_texts.text is 'The article''s text, without the page around it.';
comment on column marts.article_texts.url is 'Its canonical address.';
comment on column marts.article_texts.site_name is 'What the page calls its site; null where it does not.';
comment on column marts.article_texts.authors is 'Who wrote it, as the page or the feed says.';
comment on column marts.article_texts.language is 'Language of the text (BCP 47), und where it is not known.';
comment on column marts.article_texts.language_from is 'The evidence for the language: text, or source on a tie.';
comment on column marts.article_texts.published_at is 'When it was published; null where nothing says.';
comment on column marts.article_texts.published_from is
'The evidence for the date: json-ld, meta, feed, url or text; null where there is none.';
comment on column marts.article_texts.modified_at is 'When it was last changed; null where nothing says.';
comment on column marts.article_texts.modified_from is 'The evidence for modified_at, as for published_from.';
comment on column marts.article_texts.feed_days_apart is
'Days from the page''s own date to the feed''s; null where one is missing.';
comment on column marts.article_texts.image_url is 'The picture that it is shared with.';
comment on column marts.article_texts.sections is 'What its page and its feed file it under, the page''s first.';
comment on column marts.article_texts.discovered_at is 'When its first link was found in a feed or sitemap.';
comment on column marts.article_texts.fetched_at is 'When the page was fetched.';
comment on column marts.article_texts.text_from is
'page, or feed where the page was refused: then title and text are the feed''s own.';
comment on column marts.article_texts.text_path is
'What led to the text: markup, markup-thorough, json-ld, state or feed.';
comment on column marts.article_texts.extractor_version is 'The version of the extractor that read it.';
comment on column marts.article_texts.labeller_version is
'The version of the labeller that labelled it; null while it waits.';
comment on column marts.article_texts.labelled_at is 'When it was labelled; null while it waits.';
comment on column marts.article_texts.outcome is
'What labelling came to: ok, abstained or failed; null while it waits.';
comment on column marts.article_texts.reason is 'Why, where the outcome is not ok.';
comment on column marts.article_texts.source_id is 'The outlet that published it.';
comment on column marts.article_texts.source is 'The outlet''s name.';
comment on column marts.article_texts.source_country is
'The outlet''s country (ISO 3166-1 alpha-2); null where the list gives none.';
