-- Question: how much is written about each country?
-- Grain: one row a day and country (ISO 3166-1 alpha-2). Inputs: panel_facts.
-- Meaning: about counts articles that the country carries, mentioned those that only name it; never added up here.
-- presumed counts articles that name no country, under their outlet's: domestic stories most of them, with nothing in
-- the text to show for it, so it belongs to neither of the other two. All three are originals, reprints stand apart.
-- day is the UTC day of publication, null for undated articles; about_panel counts those of the constant panel
-- (marts.panel), null outside its days.
create view marts.daily_countries as
select
    labels.day,
    labels.country,
    count(*) filter (where labels.role = 'about' and not labels.is_reprint) as about,
    count(*) filter (where labels.role = 'mentioned' and not labels.is_reprint) as mentioned,
    count(*) filter (where labels.role = 'presumed' and not labels.is_reprint) as presumed,
    count(*) filter (where labels.role = 'about' and labels.is_reprint) as about_reprints,
    count(*) filter (where labels.role = 'mentioned' and labels.is_reprint) as mentioned_reprints,
    case
        when count(labels.in_panel) > 0
            then count(*) filter (where labels.in_panel and labels.role = 'about')
    end as about_panel
from (
    select
        facts.day,
        facts.is_reprint,
        facts.in_panel,
        'about' as role,
        unnest(facts.countries) as country
    from marts.panel_facts as facts
    union all
    select
        facts.day,
        facts.is_reprint,
        facts.in_panel,
        'mentioned' as role,
        unnest(facts.mentioned_countries) as country
    from marts.panel_facts as facts
    union all
    select
        facts.day,
        facts.is_reprint,
        facts.in_panel,
        'presumed' as role,
        facts.presumed_country as country
    from marts.panel_facts as facts
    where facts.presumed_country is not null
) as labels
group by labels.day, labels.country;

comment on view marts.daily_countries is 'How much is written about each country?';
comment on column marts.daily_countries.day is 'UTC day of publication; null for articles that nothing dates.';
comment on column marts.daily_countries.country is 'ISO 3166-1 alpha-2.';
comment on column marts.daily_countries.about is 'Originals that the country carries.';
comment on column marts.daily_countries.mentioned is 'Originals that only name it.';
comment on column marts.daily_countries.presumed is 'Originals that name no country, of outlets of this one.';
comment on column marts.daily_countries.about_reprints is 'Reprints that are about it.';
comment on column marts.daily_countries.mentioned_reprints is 'Reprints that only name it.';
comment on column marts.daily_countries.about_panel is
'Originals about it of the constant panel (marts.panel); null outside its days.';
