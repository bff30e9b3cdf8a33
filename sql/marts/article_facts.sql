-- Question: what is there to count, one narrow row an article?
-- Grain: one row an article, of all time. Inputs: articles, sources, article_* labels.
-- Meaning: every count of the other marts is made from these rows. It is materialised: `publish` refreshes it at the
-- end of every run, and between two runs it says what was true then. An article under several links is one row. Where
-- several sources have the same text (articles.content_hash), the earliest is the original: dated ones before undated
-- ones, by publication, then by discovery, then by id. A date without a clock (midnight UTC) says nothing of the hour:
-- such an article stands where it was discovered on that day, or at the day's end. The others are its reprints;
-- earlier_sources are those that published the text before them. countries and regions
-- are those that the article is about; topics and watch_topics come with the surest first. Rows lie in the order of
-- days, so that the days of a chart are read from neighbouring pages.
create materialized view marts.article_facts as
with
shared_texts as (
    select articles.content_hash
    from public.articles
    group by articles.content_hash
    having count(*) > 1
),

copies as (
    select
        articles.id,
        articles.content_hash,
        articles.source_id,
        row_number() over (
            partition by articles.content_hash
            order by
                articles.published_at is null,
                case
                    when (articles.published_at at time zone 'UTC')::time = '00:00'
                        then greatest(
                            articles.published_at,
                            least(articles.discovered_at, articles.published_at + interval '1 day')
                        )
                    else articles.published_at
                end,
                articles.discovered_at,
                articles.id
        ) as place
    from public.articles
    inner join shared_texts on articles.content_hash = shared_texts.content_hash
),

-- One text in more than fifty outlets is a wire's, and the fifty before it say so too.
chains as (
    select
        copies.id,
        first_value(copies.id) over texts as first_id,
        first_value(copies.source_id) over texts as first_source_id,
        array_agg(copies.source_id) over (
            partition by copies.content_hash
            order by copies.place
            rows between 50 preceding and 1 preceding
        ) as earlier_sources
    from copies
    window texts as (partition by copies.content_hash order by copies.place)
),

countries as (
    select
        labels.article_id,
        array_agg(labels.country order by labels.score desc, labels.country asc)
        filter (where labels.role = 'about') as about,
        array_agg(labels.country order by labels.score desc, labels.country asc)
        filter (where labels.role = 'mentioned') as mentioned,
        min(labels.country) filter (where labels.role = 'presumed') as presumed
    from public.article_countries as labels
    group by labels.article_id
),

regions as (
    select
        labels.article_id,
        array_agg(labels.region order by labels.score desc, labels.region asc)
        filter (where labels.role = 'about') as about,
        array_agg(labels.region order by labels.score desc, labels.region asc)
        filter (where labels.role = 'mentioned') as mentioned
    from public.article_regions as labels
    group by labels.article_id
),

topics as (
    select
        labels.article_id,
        array_agg(labels.topic order by labels.score desc, labels.topic asc)
        filter (where labels.scheme = 'medtop') as codes,
        array_agg(labels.topic order by labels.score desc, labels.topic asc)
        filter (where labels.scheme = 'watch') as watch
    from public.article_topics as labels
    group by labels.article_id
)

select
    articles.id as article_id,
    articles.published_day as day,
    articles.discovered_at,
    articles.source_id,
    sources.country as source_country,
    sources.kind as source_kind,
    articles.language,
    articles.text_from,
    countries.presumed as presumed_country,
    chains.earlier_sources,
    nullif(chains.first_id, articles.id) as original_id,
    case when chains.first_id != articles.id then chains.first_source_id end as original_source_id,
    coalesce(chains.first_id, articles.id) != articles.id as is_reprint,
    case
        when articles.published_at is null then articles.discovered_at
        when (articles.published_at at time zone 'UTC')::time = '00:00'
            then greatest(
                articles.published_at,
                least(articles.discovered_at, articles.published_at + interval '23:59:59')
            )
        else articles.published_at
    end as listed_at,
    coalesce(countries.about, '{}') as countries,
    coalesce(countries.mentioned, '{}') as mentioned_countries,
    coalesce(regions.about, '{}') as regions,
    coalesce(regions.mentioned, '{}') as mentioned_regions,
    coalesce(topics.codes, '{}') as topics,
    coalesce(topics.watch, '{}') as watch_topics
from public.articles
inner join public.sources on articles.source_id = sources.id
left join chains on articles.id = chains.id
left join countries on articles.id = countries.article_id
left join regions on articles.id = regions.article_id
left join topics on articles.id = topics.article_id
order by articles.published_day asc, articles.discovered_at asc;

create unique index article_facts_article_id_idx on marts.article_facts (article_id);
create index article_facts_day_idx on marts.article_facts (day);
create index article_facts_listed_at_idx on marts.article_facts (listed_at desc, article_id);
-- By how many days articles are dated after they were found: a search of some days must look back as far.
create index article_facts_days_ahead_idx on marts.article_facts (
    ((day - (discovered_at at time zone 'utc')::date))
);
create index article_facts_discovered_at_idx on marts.article_facts (discovered_at desc);
create index article_facts_source_id_day_idx on marts.article_facts (source_id, day);
create index article_facts_source_id_discovered_at_idx on marts.article_facts (source_id, discovered_at);
create index article_facts_original_source_id_day_idx on marts.article_facts (original_source_id, day)
where is_reprint;
create index article_facts_original_id_idx on marts.article_facts (original_id) where is_reprint;
-- Of the operators' class that finds a beginning: `zh` is zh-Hans and zh-Hant too.
create index article_facts_language_day_idx on marts.article_facts (language text_pattern_ops, day);
create index article_facts_countries_idx on marts.article_facts using gin (countries);
create index article_facts_regions_idx on marts.article_facts using gin (regions);
create index article_facts_topics_idx on marts.article_facts using gin (topics);
create index article_facts_watch_topics_idx on marts.article_facts using gin (watch_topics);
-- The panel counts some reprints too (`earlier_sources`), and they are few.
create index article_facts_reprint_regions_idx on marts.article_facts using gin (regions) where is_reprint;
create index article_facts_reprint_topics_idx on marts.article_facts using gin (topics) where is_reprint;
create index article_facts_reprint_watch_topics_idx on marts.article_facts using gin (watch_topics) where is_reprint;

comment on materialized view marts.article_facts is 'What is there to count, one narrow row an article?';
comment on column marts.article_facts.article_id is 'The article''s id, the same in every mart.';
comment on column marts.article_facts.day is 'UTC day of publication; null where nothing dates the article.';
comment on column marts.article_facts.discovered_at is 'When its first link was found in a feed or sitemap.';
comment on column marts.article_facts.source_id is 'The outlet that published it.';
comment on column marts.article_facts.source_country is
'The outlet''s country (ISO 3166-1 alpha-2); null where the list gives none.';
comment on column marts.article_facts.source_kind is
'Who runs the outlet: state, public, independent, commercial or agency; null where the list does not say.';
comment on column marts.article_facts.language is 'Language of the text (BCP 47), und where it is not known.';
comment on column marts.article_facts.text_from is
'page, or feed where the page was refused: then title and text are the feed''s own.';
comment on column marts.article_facts.presumed_country is
'The outlet''s country where the text names none; null otherwise.';
comment on column marts.article_facts.original_id is 'The article whose text this one repeats; null for an original.';
comment on column marts.article_facts.original_source_id is 'The outlet that published that one; null for an original.';
comment on column marts.article_facts.earlier_sources is
'Outlets that published the same text before; null for an original. The panel counts what none of its own had before.';
comment on column marts.article_facts.listed_at is
'Where it stands in lists: when it was published; where its date has no clock, when it was found on that day.';
comment on column marts.article_facts.is_reprint is 'Whether another source published the same text before.';
comment on column marts.article_facts.countries is 'Countries that it is about (ISO 3166-1 alpha-2), the surest first.';
comment on column marts.article_facts.mentioned_countries is 'Countries that it only mentions, the surest first.';
comment on column marts.article_facts.regions is 'Regions of config/regions.yaml that it is about, the surest first.';
comment on column marts.article_facts.mentioned_regions is 'Regions that it only mentions, the surest first.';
comment on column marts.article_facts.topics is 'IPTC Media Topics (medtop codes), the surest first.';
comment on column marts.article_facts.watch_topics is 'Watch topics of config/topics.yaml, the surest first.';
