-- Question: how much is written about each region?
-- Grain: one row a day and region of config/regions.yaml. Inputs: panel_facts.
-- Meaning: about counts articles that the region carries, mentioned those that only name it; never added up here. Both
-- are originals, reprints stand apart. day is the UTC day of publication, null for undated articles. The *_panel
-- columns count those of the constant panel (marts.panel), null outside its days.
create view marts.daily_regions as
select
    labels.day,
    labels.region,
    count(*) filter (where labels.role = 'about' and not labels.is_reprint) as about,
    count(*) filter (where labels.role = 'mentioned' and not labels.is_reprint) as mentioned,
    count(*) filter (where labels.role = 'about' and labels.is_reprint) as about_reprints,
    count(*) filter (where labels.role = 'mentioned' and labels.is_reprint) as mentioned_reprints,
    case
        when count(labels.in_panel) > 0
            then count(*) filter (where labels.in_panel and labels.role = 'about')
    end as about_panel,
    case
        when count(labels.in_panel) > 0
            then count(*) filter (where labels.in_panel and labels.role = 'mentioned')
    end as mentioned_panel
from (
    select
        facts.day,
        facts.is_reprint,
        facts.in_panel,
        'about' as role,
        unnest(facts.regions) as region
    from marts.panel_facts as facts
    union all
    select
        facts.day,
        facts.is_reprint,
        facts.in_panel,
        'mentioned' as role,
        unnest(facts.mentioned_regions) as region
    from marts.panel_facts as facts
) as labels
group by labels.day, labels.region;

comment on view marts.daily_regions is 'How much is written about each region?';
comment on column marts.daily_regions.day is 'UTC day of publication; null for articles that nothing dates.';
comment on column marts.daily_regions.region is 'A region of config/regions.yaml.';
comment on column marts.daily_regions.about is 'Originals that the region carries.';
comment on column marts.daily_regions.mentioned is 'Originals that only name it.';
comment on column marts.daily_regions.about_reprints is 'Reprints that are about it.';
comment on column marts.daily_regions.mentioned_reprints is 'Reprints that only name it.';
comment on column marts.daily_regions.about_panel is
'Originals about it of the constant panel (marts.panel); null outside its days.';
comment on column marts.daily_regions.mentioned_panel is
'Originals that only name it, of the constant panel; null outside its days.';
