-- Question: in which languages is there how much?
-- Grain: one row a day and language (BCP 47, und where it is not known). Inputs: panel_facts.
-- Meaning: articles counts originals, reprints stand beside them, sources counts those that published either. day is
-- the UTC day of publication, null for undated articles; articles_panel counts those of the constant panel
-- (marts.panel), null outside its days.
create view marts.languages as
select
    facts.day,
    facts.language,
    count(*) filter (where not facts.is_reprint) as articles,
    count(*) filter (where facts.is_reprint) as reprints,
    count(distinct facts.source_id) as sources,
    sum(facts.in_panel::int) as articles_panel
from marts.panel_facts as facts
group by facts.day, facts.language;

comment on view marts.languages is 'In which languages is there how much?';
comment on column marts.languages.day is 'UTC day of publication; null for articles that nothing dates.';
comment on column marts.languages.language is 'BCP 47, und where it is not known.';
comment on column marts.languages.articles is 'Originals: articles whose text no other source published before.';
comment on column marts.languages.reprints is 'Reprints: articles whose text another source published before.';
comment on column marts.languages.sources is 'Sources that published originals or reprints.';
comment on column marts.languages.articles_panel is
'Originals of the constant panel (marts.panel); null outside its days.';
