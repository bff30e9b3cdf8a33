-- The original of a reprint is an article of another source, and no reprint itself: else a text counts twice or never.
-- Grain: one row a reprint. Inputs: marts.article_facts.
select
    reprints.article_id,
    reprints.original_id,
    reprints.source_id,
    originals.source_id as original_source_id
from marts.article_facts as reprints
left join marts.article_facts as originals on reprints.original_id = originals.article_id
where
    reprints.is_reprint
    and (originals.article_id is null or originals.is_reprint or originals.source_id = reprints.source_id);
