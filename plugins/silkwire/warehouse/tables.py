"""The tables, as SQLAlchemy Core knows them. The migrations create them; a test holds the two together.

Keys are stable hashes (`keys.stable_key`) or names. Times are `timestamptz`. A stage's fate of an item is always the
same four columns: `outcome`, `reason`, `detail` and the time; null outcome means that the item is pending.
"""

from sqlalchemy import (
    ARRAY,
    REAL,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB, TSVECTOR

metadata = MetaData(
    naming_convention={
        "pk": "%(table_name)s_pkey",
        "fk": "%(table_name)s_%(column_0_name)s_fkey",
        "ix": "%(table_name)s_%(column_0_N_name)s_idx",
        "uq": "%(table_name)s_%(column_0_N_name)s_key",
        "ck": "%(table_name)s_%(constraint_name)s_check",
    }
)


def _time(name: str, *, null: bool = True) -> Column[object]:
    return Column(name, DateTime(timezone=True), nullable=null)


def _fate() -> tuple[Column[str], Column[str], Column[str]]:
    return Column("outcome", Text), Column("reason", Text), Column("detail", Text)


sources = Table(
    "sources",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("country", Text, comment="ISO 3166-1 alpha-2"),
    Column("kind", Text, comment="who runs it: state, public, independent, commercial, agency"),
    Column("active", Boolean, nullable=False, server_default=text("true")),
    _time("added_at", null=False),
)

feeds = Table(
    "feeds",
    metadata,
    Column("id", Text, primary_key=True),
    Column("source_id", Text, ForeignKey("sources.id"), nullable=False, index=True),
    Column("url", Text, nullable=False, unique=True),
    Column("host", Text, nullable=False),
    Column("language", Text, comment="BCP 47, as the outlet's list says"),
    Column("folder", Text, nullable=False, server_default=""),
    Column("title", Text, nullable=False, server_default="", comment="its own name where that is not its source's"),
    Column("form", Text, nullable=False, server_default="feed", comment="feed, sitemap or section"),
    Column("pattern", Text, comment="regular expression of a section's article addresses"),
    Column("attributes", JSONB, nullable=False, server_default="[]", comment="of other feed readers: [[name, value]]"),
    Column("active", Boolean, nullable=False, server_default=text("true"), comment="false: retired or left the list"),
    Column("previous_urls", ARRAY(Text), nullable=False, server_default="{}", comment="addresses it moved away from"),
    Column("moved_to", Text, comment="where permanent redirects lead; it moves there after three polls in a row"),
    Column("moved_polls", Integer, nullable=False, server_default=text("0")),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("body_hash", Text),
    _time("body_at"),
    Column("entries", Integer, comment="of the last body that was read"),
    Column("content_reason", Text, comment="why the last body could not be read; null where it could"),
    Column("items_a_day", REAL, comment="new entries a day of late; null: not known yet"),
    Column("asked_interval", Integer, comment="seconds between two polls that the feed and its server ask for"),
    _time("added_at", null=False),
    _time("polled_at"),
    _time("succeeded_at"),
    _time("new_link_at"),
    _time("next_poll_at", null=False),
    Column("failures", REAL, nullable=False, server_default=text("0"), comment="weighted sum of failures in a row"),
    Column("run_id", Text, comment="the run that polled it last"),
    *_fate(),
)

polls = Table(
    "polls",
    metadata,
    Column("run_id", Text, nullable=False),
    Column("feed_id", Text, ForeignKey("feeds.id"), nullable=False),
    _time("polled_at", null=False),
    Column("status", Integer, comment="of HTTP; null where no answer came"),
    Column("entries", Integer, nullable=False, comment="in the body; 0 where it was unchanged or unreadable"),
    Column(
        "known_links", Integer, nullable=False, server_default=text("0"), comment="entries known before: the overlap"
    ),
    Column("new_links", Integer, nullable=False),
    *_fate(),
    PrimaryKeyConstraint("feed_id", "run_id"),
    Index("polls_polled_at_idx", "polled_at"),
    Index("polls_failed_idx", "polled_at", postgresql_where=text("outcome = 'retry'")),
)

gaps = Table(
    "gaps",
    metadata,
    Column("feed_id", Text, ForeignKey("feeds.id"), nullable=False),
    _time("opened_at", null=False),
    Column("source_id", Text, ForeignKey("sources.id"), nullable=False),
    _time("missing_since", null=False),
    _time("missing_until", null=False),
    Column("attempts", Integer, nullable=False, server_default=text("0")),
    _time("next_try_at"),
    _time("closed_at"),
    Column("found_links", Integer, nullable=False, server_default=text("0"), comment="items that the repair found"),
    *_fate(),
    PrimaryKeyConstraint("feed_id", "opened_at"),
)

hosts = Table(
    "hosts",
    metadata,
    Column("host", Text, primary_key=True, comment="name with port"),
    _time("paused_until"),
    Column("pauses", Integer, nullable=False, server_default=text("0"), comment="asked for in a row"),
)

robots = Table(
    "robots",
    metadata,
    Column("origin", Text, primary_key=True, comment="scheme://host:port"),
    Column("status", Integer, nullable=False, comment="of HTTP"),
    Column("body", Text, nullable=False),
    _time("fetched_at", null=False),
)

links = Table(
    "links",
    metadata,
    Column("id", Text, primary_key=True),
    Column("feed_id", Text, ForeignKey("feeds.id"), nullable=False),
    Column("source_id", Text, ForeignKey("sources.id"), nullable=False),
    Column("host", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("guid", Text),
    Column("title", Text, nullable=False),
    Column("summary", Text, nullable=False),
    Column("authors", ARRAY(Text), nullable=False),
    Column("content", Text, nullable=False, server_default="", comment="the full text where the feed carries it"),
    Column("item_key", Text, unique=True, comment="of an item whose address has a rotating token"),
    Column(
        "categories",
        ARRAY(Text),
        nullable=False,
        server_default=text("'{}'"),
        comment="the feed's categories of it, as they are written",
    ),
    _time("published_at"),
    _time("discovered_at", null=False),
    Column("attempts", Integer, nullable=False, server_default=text("0")),
    _time("next_fetch_at"),
    _time("decided_at"),
    *_fate(),
    Index("links_pending_idx", "host", postgresql_where=text("outcome is null or outcome = 'retry'")),
    Index("links_feed_id_discovered_at_idx", "feed_id", "discovered_at"),
)

pages = Table(
    "pages",
    metadata,
    Column("link_id", Text, ForeignKey("links.id"), primary_key=True),
    Column("source_id", Text, nullable=False),
    Column("url", Text, nullable=False, comment="after redirects"),
    Column("status", Integer, nullable=False),
    Column("content_type", Text, nullable=False),
    Column("digest", Text, nullable=False, comment="SHA-256 of the body, hexadecimal"),
    _time("fetched_at", null=False),
    Column("warc_path", Text, nullable=False),
    Column("warc_offset", BigInteger, nullable=False),
    Column("warc_length", BigInteger, nullable=False),
    Column(
        "text_from", Text, nullable=False, server_default="page", comment="page, or feed: its entry in the page's place"
    ),
    Column("article_id", Text, comment="the article it became, or the one it duplicates"),
    Column("extractor_version", Text, comment="null: never extracted"),
    _time("extracted_at"),
    *_fate(),
    Index("pages_extractor_version_idx", "extractor_version"),
    Index("pages_article_id_idx", "article_id"),
)

articles = Table(
    "articles",
    metadata,
    Column("id", Text, primary_key=True, comment="the id of the link it came by"),
    Column("source_id", Text, ForeignKey("sources.id"), nullable=False),
    Column("feed_id", Text, ForeignKey("feeds.id"), nullable=False),
    Column("url", Text, nullable=False, comment="canonical URL"),
    Column("site_name", Text),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("text_from", Text, nullable=False, server_default="page", comment="page, or feed: the page was refused"),
    Column("text_path", Text, comment="what led to the text: markup, markup-thorough, json-ld, state, feed"),
    Column("authors", ARRAY(Text), nullable=False),
    Column("language", Text, nullable=False, comment="BCP 47, or und"),
    Column("language_from", Text, comment="the evidence: text, or source on a tie"),
    _time("published_at"),
    Column("published_from", Text, comment="the evidence: json-ld, meta, feed, url, text; null where nothing says"),
    Column("published_day", Date, comment="of published_at, in UTC"),
    _time("modified_at"),
    Column("modified_from", Text, comment="the evidence, as for published_from"),
    Column("feed_days_apart", Integer, comment="days from the page's own date to the feed's"),
    Column("image_url", Text, comment="the picture it is shared with"),
    Column(
        "sections",
        ARRAY(Text),
        nullable=False,
        server_default=text("'{}'"),
        comment="what its page and its feed file it under, the page's first",
    ),
    _time("discovered_at", null=False),
    _time("fetched_at", null=False),
    Column("content_hash", Text, nullable=False, comment="of the normalised text"),
    Column("extractor_version", Text, nullable=False),
    Column("labeller_version", Text, comment="null: never labelled"),
    _time("labelled_at"),
    *_fate(),
    UniqueConstraint("source_id", "content_hash"),
    CheckConstraint("(published_at is null) = (published_from is null)", name="published_from"),
    CheckConstraint("(modified_at is null) = (modified_from is null)", name="modified_from"),
    Index("articles_labeller_version_idx", "labeller_version"),
    Index("articles_published_day_idx", "published_day"),
    Index("articles_discovered_at_idx", "discovered_at"),
    Index("articles_content_hash_idx", "content_hash"),
)


def _article_key() -> Column[str]:
    return Column("article_id", Text, ForeignKey("articles.id", onupdate="cascade", ondelete="cascade"), nullable=False)


def _score() -> Column[float]:
    return Column("score", REAL, nullable=False, comment="0 to 1")


_PLACE_EVIDENCE = '[{"text", "start", "end", "kind", "place"}]'

article_countries = Table(
    "article_countries",
    metadata,
    _article_key(),
    Column("country", Text, nullable=False, comment="ISO 3166-1 alpha-2"),
    Column("role", Text, nullable=False, comment="about or mentioned; presumed: its outlet's, as the text names none"),
    _score(),
    Column("evidence", JSONB, nullable=False, comment=_PLACE_EVIDENCE),
    Column("version", Text, nullable=False),
    PrimaryKeyConstraint("article_id", "country"),
    CheckConstraint("role in ('about', 'mentioned', 'presumed')", name="role"),
    Index("article_countries_country_role_idx", "country", "role"),
)

article_regions = Table(
    "article_regions",
    metadata,
    _article_key(),
    Column("region", Text, nullable=False, comment="an id of config/regions.yaml"),
    Column("role", Text, nullable=False, comment="about or mentioned"),
    _score(),
    Column("evidence", JSONB, nullable=False, comment=_PLACE_EVIDENCE),
    Column("version", Text, nullable=False),
    PrimaryKeyConstraint("article_id", "region"),
    CheckConstraint("role in ('about', 'mentioned')", name="role"),
    Index("article_regions_region_role_idx", "region", "role"),
)

article_topics = Table(
    "article_topics",
    metadata,
    _article_key(),
    Column("scheme", Text, nullable=False, comment="medtop: IPTC Media Topics; watch: config/topics.yaml"),
    Column("topic", Text, nullable=False),
    _score(),
    Column("evidence", JSONB, nullable=False, comment='[{"text", "start", "end"}]'),
    Column("version", Text, nullable=False),
    PrimaryKeyConstraint("article_id", "scheme", "topic"),
    Index("article_topics_scheme_topic_idx", "scheme", "topic"),
)

runs = Table(
    "runs",
    metadata,
    Column("id", Text, primary_key=True),
    _time("started_at", null=False),
    _time("finished_at"),
    Column("state", Text, nullable=False, comment="running, success, failed, interrupted"),
    # A job's run has no report, and null in JSON would be one.
    Column("report", JSONB(none_as_null=True), comment="what the run's report said, null until it is written"),
)

run_counts = Table(
    "run_counts",
    metadata,
    Column("run_id", Text, nullable=False),
    Column("stage", Text, nullable=False),
    Column("item", Text, nullable=False, comment="feed, entry, link, page or article"),
    Column("outcome", Text, nullable=False),
    Column("reason", Text, nullable=False, server_default=""),
    Column("items", Integer, nullable=False),
    PrimaryKeyConstraint("run_id", "stage", "item", "outcome", "reason"),
)

article_terms = Table(
    "article_terms",
    metadata,
    Column(
        "article_id",
        Text,
        ForeignKey("articles.id", onupdate="cascade", ondelete="cascade"),
        primary_key=True,
    ),
    _time("discovered_at", null=False),
    Column("terms", TSVECTOR, nullable=False, comment="of title (A) and text (D), and its day and month"),
    Index("article_terms_discovered_at_idx", "discovered_at"),
    Index("article_terms_terms_idx", "terms", postgresql_using="gin"),
)
