"""The first tables."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "run_counts",
        sa.Column("run_id", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False, comment="feed, entry, link, page or article"),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("items", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("run_id", "stage", "item", "outcome", "reason", name=op.f("run_counts_pkey")),
    )
    op.create_table(
        "runs",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("state", sa.Text(), nullable=False, comment="running, success, failed, interrupted"),
        sa.Column(
            "report",
            postgresql.JSONB(astext_type=sa.Text()),
            nullable=True,
            comment="what the run's report said, null until it is written",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("runs_pkey")),
    )
    op.create_table(
        "sources",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=True, comment="ISO 3166-1 alpha-2"),
        sa.Column(
            "kind", sa.Text(), nullable=True, comment="who runs it: state, public, independent, commercial, agency"
        ),
        sa.Column("active", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("sources_pkey")),
    )
    op.create_table(
        "feeds",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("source_id", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=True, comment="BCP 47, as the outlet's list says"),
        sa.Column("folder", sa.Text(), server_default="", nullable=False),
        sa.Column(
            "active",
            sa.Boolean(),
            server_default=sa.text("true"),
            nullable=False,
            comment="false: retired or left the list",
        ),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("last_modified", sa.Text(), nullable=True),
        sa.Column("body_hash", sa.Text(), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("polled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("succeeded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("new_link_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("next_poll_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "failures", sa.Integer(), server_default=sa.text("0"), nullable=False, comment="polls failed in a row"
        ),
        sa.Column("run_id", sa.Text(), nullable=True, comment="the run that polled it last"),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("detail", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name=op.f("feeds_source_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("feeds_pkey")),
        sa.UniqueConstraint("url", name=op.f("feeds_url_key")),
    )
    op.create_index(op.f("feeds_source_id_idx"), "feeds", ["source_id"], unique=False)
    op.create_table(
        "articles",
        sa.Column("id", sa.Text(), nullable=False, comment="the id of the link it came by"),
        sa.Column("source_id", sa.Text(), nullable=False),
        sa.Column("feed_id", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False, comment="canonical URL"),
        sa.Column("site_name", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("authors", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("language", sa.Text(), nullable=False, comment="BCP 47, or und"),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "published_from",
            sa.Text(),
            nullable=True,
            comment="the evidence: json-ld, meta, feed, url, text; null where nothing says",
        ),
        sa.Column("published_day", sa.Date(), nullable=True, comment="of published_at, in UTC"),
        sa.Column("discovered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False, comment="of the normalised text"),
        sa.Column("extractor_version", sa.Text(), nullable=False),
        sa.Column("labeller_version", sa.Text(), nullable=True, comment="null: never labelled"),
        sa.Column("labelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("detail", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(published_at is null) = (published_from is null)", name=op.f("articles_published_from_check")
        ),
        sa.ForeignKeyConstraint(["feed_id"], ["feeds.id"], name=op.f("articles_feed_id_fkey")),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name=op.f("articles_source_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("articles_pkey")),
        sa.UniqueConstraint("source_id", "content_hash", name=op.f("articles_source_id_content_hash_key")),
    )
    op.create_index("articles_discovered_at_idx", "articles", ["discovered_at"], unique=False)
    op.create_index("articles_labeller_version_idx", "articles", ["labeller_version"], unique=False)
    op.create_index("articles_published_day_idx", "articles", ["published_day"], unique=False)
    op.create_table(
        "links",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("feed_id", sa.Text(), nullable=False),
        sa.Column("source_id", sa.Text(), nullable=False),
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("guid", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("authors", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("discovered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("next_fetch_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("detail", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["feed_id"], ["feeds.id"], name=op.f("links_feed_id_fkey")),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name=op.f("links_source_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("links_pkey")),
    )
    op.create_index("links_feed_id_discovered_at_idx", "links", ["feed_id", "discovered_at"], unique=False)
    op.create_index(
        "links_pending_idx",
        "links",
        ["host"],
        unique=False,
        postgresql_where=sa.text("outcome is null or outcome = 'retry'"),
    )
    op.create_table(
        "polls",
        sa.Column("run_id", sa.Text(), nullable=False),
        sa.Column("feed_id", sa.Text(), nullable=False),
        sa.Column("polled_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True, comment="of HTTP; null where no answer came"),
        sa.Column(
            "entries", sa.Integer(), nullable=False, comment="in the body; 0 where it was unchanged or unreadable"
        ),
        sa.Column("new_links", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("detail", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["feed_id"], ["feeds.id"], name=op.f("polls_feed_id_fkey")),
        sa.PrimaryKeyConstraint("feed_id", "run_id", name=op.f("polls_pkey")),
    )
    op.create_table(
        "article_countries",
        sa.Column("article_id", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=False, comment="ISO 3166-1 alpha-2"),
        sa.Column("role", sa.Text(), nullable=False, comment="about or mentioned"),
        sa.Column("score", sa.REAL(), nullable=False, comment="0 to 1"),
        sa.Column(
            "evidence", postgresql.JSONB(astext_type=sa.Text()), nullable=False, comment='[{"text", "start", "end"}]'
        ),
        sa.Column("version", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["articles.id"],
            name=op.f("article_countries_article_id_fkey"),
            onupdate="cascade",
            ondelete="cascade",
        ),
        sa.PrimaryKeyConstraint("article_id", "country", name=op.f("article_countries_pkey")),
    )
    op.create_index("article_countries_country_role_idx", "article_countries", ["country", "role"], unique=False)
    op.create_table(
        "article_regions",
        sa.Column("article_id", sa.Text(), nullable=False),
        sa.Column("region", sa.Text(), nullable=False, comment="an id of config/regions.yaml"),
        sa.Column("role", sa.Text(), nullable=False, comment="about or mentioned"),
        sa.Column("score", sa.REAL(), nullable=False, comment="0 to 1"),
        sa.Column(
            "evidence",
            postgresql.JSONB(astext_type=sa.Text()),
            nullable=False,
            comment='[{"text", "start", "end"}]',
        ),
        sa.Column("version", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["articles.id"],
            name=op.f("article_regions_article_id_fkey"),
            onupdate="cascade",
            ondelete="cascade",
        ),
        sa.PrimaryKeyConstraint("article_id", "region", name=op.f("article_regions_pkey")),
    )
    op.create_index("article_regions_region_role_idx", "article_regions", ["region", "role"], unique=False)
    op.create_table(
        "article_topics",
        sa.Column("article_id", sa.Text(), nullable=False),
        sa.Column("scheme", sa.Text(), nullable=False, comment="medtop: IPTC Media Topics; watch: config/topics.yaml"),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("score", sa.REAL(), nullable=False, comment="0 to 1"),
        sa.Column(
            "evidence", postgresql.JSONB(astext_type=sa.Text()), nullable=False, comment='[{"text", "start", "end"}]'
        ),
        sa.Column("version", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["articles.id"],
            name=op.f("article_topics_article_id_fkey"),
            onupdate="cascade",
            ondelete="cascade",
        ),
        sa.PrimaryKeyConstraint("article_id", "scheme", "topic", name=op.f("article_topics_pkey")),
    )
    op.create_index("article_topics_scheme_topic_idx", "article_topics", ["scheme", "topic"], unique=False)
    op.create_table(
        "pages",
        sa.Column("link_id", sa.Text(), nullable=False),
        sa.Column("source_id", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False, comment="after redirects"),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("content_type", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False, comment="SHA-256 of the body, hexadecimal"),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("warc_path", sa.Text(), nullable=False),
        sa.Column("warc_offset", sa.BigInteger(), nullable=False),
        sa.Column("warc_length", sa.BigInteger(), nullable=False),
        sa.Column("article_id", sa.Text(), nullable=True, comment="the article it became, or the one it duplicates"),
        sa.Column("extractor_version", sa.Text(), nullable=True, comment="null: never extracted"),
        sa.Column("extracted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("detail", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["link_id"], ["links.id"], name=op.f("pages_link_id_fkey")),
        sa.PrimaryKeyConstraint("link_id", name=op.f("pages_pkey")),
    )
    op.create_index("pages_article_id_idx", "pages", ["article_id"], unique=False)
    op.create_index("pages_extractor_version_idx", "pages", ["extractor_version"], unique=False)


def downgrade() -> None:
    op.drop_index("pages_extractor_version_idx", table_name="pages")
    op.drop_index("pages_article_id_idx", table_name="pages")
    op.drop_table("pages")
    op.drop_index("article_topics_scheme_topic_idx", table_name="article_topics")
    op.drop_table("article_topics")
    op.drop_index("article_regions_region_role_idx", table_name="article_regions")
    op.drop_table("article_regions")
    op.drop_index("article_countries_country_role_idx", table_name="article_countries")
    op.drop_table("article_countries")
    op.drop_table("polls")
    op.drop_index(
        "links_pending_idx", table_name="links", postgresql_where=sa.text("outcome is null or outcome = 'retry'")
    )
    op.drop_index("links_feed_id_discovered_at_idx", table_name="links")
    op.drop_table("links")
    op.drop_index("articles_published_day_idx", table_name="articles")
    op.drop_index("articles_labeller_version_idx", table_name="articles")
    op.drop_index("articles_discovered_at_idx", table_name="articles")
    op.drop_table("articles")
    op.drop_index(op.f("feeds_source_id_idx"), table_name="feeds")
    op.drop_table("feeds")
    op.drop_table("sources")
    op.drop_table("runs")
    op.drop_table("run_counts")
