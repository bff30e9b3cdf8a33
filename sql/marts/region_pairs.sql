-- Question: which regions are written about together (China × Central Asia)?
-- Grain: one row a day and unordered pair of regions, region_a before region_b in the alphabet. Inputs: panel_facts.
-- Meaning: articles counts originals that are about both, reprints stand beside them. day is the UTC day of
-- publication, null for undated articles; articles_panel counts those of the constant panel (marts.panel), null
-- outside its days.
create view marts.region_pairs as
select
    facts.day,
    first_regions.region as region_a,
    second_regions.region as region_b,
    count(*) filter (where not facts.is_reprint) as articles,
    count(*) filter (where facts.is_reprint) as reprints,
    sum(facts.in_panel::int) as articles_panel
from marts.panel_facts as facts
cross join unnest(facts.regions) as first_regions (region)
cross join unnest(facts.regions) as second_regions (region)
where cardinality(facts.regions) > 1 and first_regions.region < second_regions.region
group by facts.day, first_regions.region, second_regions.region;

comment on view marts.region_pairs is 'Which regions are written about together (China × Central Asia)?';
comment on column marts.region_pairs.day is 'UTC day of publication; null for articles that nothing dates.';
comment on column marts.region_pairs.region_a is 'The region that comes first in the alphabet.';
comment on column marts.region_pairs.region_b is 'The other one.';
comment on column marts.region_pairs.articles is 'Originals that are about both.';
comment on column marts.region_pairs.reprints is 'Reprints that are about both.';
comment on column marts.region_pairs.articles_panel is
'Originals of the constant panel (marts.panel); null outside its days.';
