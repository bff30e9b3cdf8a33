-- Question: by which addresses and feeds did an article come, and where is the page that it was read from?
-- Grain: one row a link of an article. Inputs: pages, links, feeds.
-- Meaning: an article has one link that it came by, and one more for each address under which the same source has the
-- same text (is_duplicate). warc_path, warc_offset and warc_length are the record in the archive, digest the SHA-256 of
-- the body; outcome and reason are those of extraction.
create view marts.article_links as
select
    pages.article_id,
    links.id as link_id,
    links.url,
    links.title,
    links.feed_id,
    feeds.url as feed_url,
    links.discovered_at,
    pages.fetched_at,
    pages.status,
    pages.text_from,
    pages.warc_path,
    pages.warc_offset,
    pages.warc_length,
    pages.digest,
    pages.outcome,
    pages.reason,
    pages.link_id != pages.article_id as is_duplicate
from public.pages
inner join public.links on pages.link_id = links.id
inner join public.feeds on links.feed_id = feeds.id
where pages.article_id is not null;

comment on view marts.article_links is
'By which addresses and feeds did an article come, and where is the page that it was read from?';
comment on column marts.article_links.article_id is 'The article''s id, the same in every mart.';
comment on column marts.article_links.link_id is
'The link''s id; that of the link the article came by is the article''s own.';
comment on column marts.article_links.url is 'The address as the feed gave it, cleaned.';
comment on column marts.article_links.title is 'The feed''s title of it.';
comment on column marts.article_links.feed_id is 'The feed that listed it first.';
comment on column marts.article_links.feed_url is 'That feed''s address.';
comment on column marts.article_links.discovered_at is 'When it was found.';
comment on column marts.article_links.fetched_at is 'When its page was fetched.';
comment on column marts.article_links.status is 'The HTTP status of the page.';
comment on column marts.article_links.text_from is
'page, or feed: the feed''s text in the place of a page that was refused.';
comment on column marts.article_links.warc_path is 'The file of the archive that holds the page.';
comment on column marts.article_links.warc_offset is 'Where the record begins in that file, in bytes.';
comment on column marts.article_links.warc_length is 'How long the record is, in bytes.';
comment on column marts.article_links.digest is 'SHA-256 of the body, hexadecimal.';
comment on column marts.article_links.outcome is 'What extraction came to: ok, or skipped for a duplicate.';
comment on column marts.article_links.reason is 'Why, where the outcome is not ok.';
comment on column marts.article_links.is_duplicate is
'Whether it is another address of the same text, not the one the article came by.';
