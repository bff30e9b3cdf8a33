-- Question: how much did each source publish, in which language?
-- Grain: one row a day, source and language. Inputs: panel_facts, sources.
-- Meaning: articles counts originals, reprints stand beside them; an article under several links counts once. day is
-- the UTC day of publication; it is null for articles that nothing dates, which are counted there and on no other day.
-- articles_panel counts the articles of the constant panel (marts.panel), null outside its days.
create view marts.daily_volume as
select
    facts.day,
    facts.source_id,
    sources.name as source,
    facts.source_country,
    facts.source_kind,
    facts.language,
    count(*) filter (where not facts.is_reprint) as articles,
    count(*) filter (where facts.is_reprint) as reprints,
    sum(facts.in_panel::int) as articles_panel
from marts.panel_facts as facts
inner join public.sources on facts.source_id = sources.id
group by facts.day, facts.source_id, sources.name, facts.source_country, facts.source_kind, facts.language;

comment on view marts.daily_volume is 'How much did each source publish, in which language?';
comment on column marts.daily_volume.day is 'UTC day of publication; null for articles that nothing dates.';
comment on column marts.daily_volume.source_id is 'The outlet.';
comment on column marts.daily_volume.source is 'The outlet''s name.';
comment on column marts.daily_volume.source_country is
'The outlet''s country (ISO 3166-1 alpha-2); null where the list gives none.';
comment on column marts.daily_volume.source_kind is
'Who runs the outlet: state, public, independent, commercial or agency; null where the list does not say.';
comment on column marts.daily_volume.language is 'Language of the text (BCP 47), und where it is not known.';
comment on column marts.daily_volume.articles is 'Originals: articles whose text no other source published before.';
comment on column marts.daily_volume.reprints is 'Reprints: articles whose text another source published before.';
comment on column marts.daily_volume.articles_panel is
'Originals of the constant panel (marts.panel); null outside its days.';
