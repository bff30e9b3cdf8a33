-- Question: what is there to count, and what of it is comparable over the last eight weeks?
-- Grain: one row an article, of all time. Inputs: article_facts, panel, panel_window.
-- Meaning: article_facts and in_panel, for trends under any filter: sum(in_panel::int) is a *_panel column. in_panel is
-- true for an article of a source that reported on every day of the window, unless another one of these had its text
-- before: so a source that is added and prints first takes nothing away from the panel. It is false for another
-- article of these days, null outside the window and for undated articles.
create view marts.panel_facts as
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
    -- Subqueries in the place of joins: each runs once, and a query that leaves in_panel out pays for none.
    case
        when
            facts.day between (select days.first_day from marts.panel_window() as days)
            and (select days.last_day from marts.panel_window() as days)
            then facts.source_id in (
                select panel.source_id
                from marts.panel(
                    (select days.first_day from marts.panel_window() as days),
                    (select days.last_day from marts.panel_window() as days)
                ) as panel
            )
            and coalesce(not facts.earlier_sources && (
                select array_agg(panel.source_id)
                from marts.panel(
                    (select days.first_day from marts.panel_window() as days),
                    (select days.last_day from marts.panel_window() as days)
                ) as panel
            ), true)
    end as in_panel
from marts.article_facts as facts;

comment on view marts.panel_facts is 'What is there to count, and what of it is comparable over the last eight weeks?';
comment on column marts.panel_facts.article_id is 'The article''s id, the same in every mart.';
comment on column marts.panel_facts.day is 'UTC day of publication; null where nothing dates the article.';
comment on column marts.panel_facts.discovered_at is 'When its first link was found in a feed or sitemap.';
comment on column marts.panel_facts.source_id is 'The outlet that published it.';
comment on column marts.panel_facts.source_country is
'The outlet''s country (ISO 3166-1 alpha-2); null where the list gives none.';
comment on column marts.panel_facts.source_kind is
'Who runs the outlet: state, public, independent, commercial or agency; null where the list does not say.';
comment on column marts.panel_facts.language is 'Language of the text (BCP 47), und where it is not known.';
comment on column marts.panel_facts.text_from is
'page, or feed where the page was refused: then title and text are the feed''s own.';
comment on column marts.panel_facts.original_id is 'The article whose text this one repeats; null for an original.';
comment on column marts.panel_facts.is_reprint is 'Whether another source published the same text before.';
comment on column marts.panel_facts.countries is 'Countries that it is about (ISO 3166-1 alpha-2), the surest first.';
comment on column marts.panel_facts.mentioned_countries is 'Countries that it only mentions, the surest first.';
comment on column marts.panel_facts.presumed_country is
'The outlet''s country where the text names none; null otherwise.';
comment on column marts.panel_facts.regions is 'Regions of config/regions.yaml that it is about, the surest first.';
comment on column marts.panel_facts.mentioned_regions is 'Regions that it only mentions, the surest first.';
comment on column marts.panel_facts.topics is 'IPTC Media Topics (medtop codes), the surest first.';
comment on column marts.panel_facts.watch_topics is 'Watch topics of config/topics.yaml, the surest first.';
comment on column marts.panel_facts.in_panel is
'Whether the *_panel columns count it: an original of a source of the constant panel; null outside the panel''s days.';
