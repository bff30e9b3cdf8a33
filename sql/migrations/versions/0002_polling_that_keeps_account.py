"""Polling that keeps account: forms of feeds, moves, gaps, hosts' pauses and rules, the feed's own text."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_NOW = sa.DateTime(timezone=True)


def upgrade() -> None:
    # The marts read columns whose type changes here; they are installed anew after every migration that drops them.
    op.execute("drop schema if exists marts cascade")
    _widen_feeds()
    _add_ledgers()
    op.add_column(
        "polls",
        sa.Column(
            "known_links",
            sa.Integer(),
            server_default=sa.text("0"),
            nullable=False,
            comment="entries known before: the overlap",
        ),
    )
    op.create_index("polls_polled_at_idx", "polls", ["polled_at"])
    op.create_index("polls_failed_idx", "polls", ["polled_at"], postgresql_where=sa.text("outcome = 'retry'"))
    op.add_column(
        "links",
        sa.Column(
            "content", sa.Text(), server_default="", nullable=False, comment="the full text where the feed carries it"
        ),
    )
    op.add_column("links", sa.Column("item_key", sa.Text(), comment="of an item whose address has a rotating token"))
    op.create_unique_constraint("links_item_key_key", "links", ["item_key"])
    op.add_column(
        "pages",
        sa.Column(
            "text_from",
            sa.Text(),
            server_default="page",
            nullable=False,
            comment="page, or feed: its entry in the page's place",
        ),
    )
    op.add_column(
        "articles",
        sa.Column(
            "text_from", sa.Text(), server_default="page", nullable=False, comment="page, or feed: the page was refused"
        ),
    )


def _widen_feeds() -> None:
    op.alter_column("feeds", "failures", type_=sa.REAL(), comment="weighted sum of failures in a row")
    # A feed that never changes must be read once more, to learn what is kept of it from now on.
    op.execute("update feeds set body_hash = null, etag = null, last_modified = null")
    for column in (
        sa.Column(
            "title", sa.Text(), server_default="", nullable=False, comment="its own name where that is not its source's"
        ),
        sa.Column("form", sa.Text(), server_default="feed", nullable=False, comment="feed, sitemap or section"),
        sa.Column("pattern", sa.Text(), comment="regular expression of a section's article addresses"),
        sa.Column(
            "attributes",
            postgresql.JSONB(),
            server_default="[]",
            nullable=False,
            comment="of other feed readers: [[name, value]]",
        ),
        sa.Column(
            "previous_urls",
            postgresql.ARRAY(sa.Text()),
            server_default="{}",
            nullable=False,
            comment="addresses it moved away from",
        ),
        sa.Column(
            "moved_to", sa.Text(), comment="where permanent redirects lead; it moves there after three polls in a row"
        ),
        sa.Column("moved_polls", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("body_at", _NOW),
        sa.Column("entries", sa.Integer(), comment="of the last body that was read"),
        sa.Column("content_reason", sa.Text(), comment="why the last body could not be read; null where it could"),
        sa.Column("items_a_day", sa.REAL(), comment="new entries a day of late; null: not known yet"),
        sa.Column(
            "asked_interval", sa.Integer(), comment="seconds between two polls that the feed and its server ask for"
        ),
    ):
        op.add_column("feeds", column)


def _add_ledgers() -> None:
    op.create_table(
        "gaps",
        sa.Column("feed_id", sa.Text(), nullable=False),
        sa.Column("opened_at", _NOW, nullable=False),
        sa.Column("source_id", sa.Text(), nullable=False),
        sa.Column("missing_since", _NOW, nullable=False),
        sa.Column("missing_until", _NOW, nullable=False),
        sa.Column("attempts", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("next_try_at", _NOW),
        sa.Column("closed_at", _NOW),
        sa.Column(
            "found_links",
            sa.Integer(),
            server_default=sa.text("0"),
            nullable=False,
            comment="items that the repair found",
        ),
        sa.Column("outcome", sa.Text()),
        sa.Column("reason", sa.Text()),
        sa.Column("detail", sa.Text()),
        sa.ForeignKeyConstraint(["feed_id"], ["feeds.id"], name=op.f("gaps_feed_id_fkey")),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name=op.f("gaps_source_id_fkey")),
        sa.PrimaryKeyConstraint("feed_id", "opened_at", name=op.f("gaps_pkey")),
    )
    op.create_table(
        "hosts",
        sa.Column("host", sa.Text(), nullable=False, comment="name with port"),
        sa.Column("paused_until", _NOW),
        sa.Column("pauses", sa.Integer(), server_default=sa.text("0"), nullable=False, comment="asked for in a row"),
        sa.PrimaryKeyConstraint("host", name=op.f("hosts_pkey")),
    )
    op.create_table(
        "robots",
        sa.Column("origin", sa.Text(), nullable=False, comment="scheme://host:port"),
        sa.Column("status", sa.Integer(), nullable=False, comment="of HTTP"),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("fetched_at", _NOW, nullable=False),
        sa.PrimaryKeyConstraint("origin", name=op.f("robots_pkey")),
    )


def downgrade() -> None:
    op.execute("drop schema if exists marts cascade")
    op.drop_column("articles", "text_from")
    op.drop_column("pages", "text_from")
    op.drop_column("links", "item_key")
    op.drop_column("links", "content")
    op.drop_index("polls_failed_idx", table_name="polls")
    op.drop_index("polls_polled_at_idx", table_name="polls")
    op.drop_column("polls", "known_links")
    for table in ("robots", "hosts", "gaps"):
        op.drop_table(table)
    for column in (
        *("title", "form", "pattern", "attributes", "previous_urls", "moved_to", "moved_polls", "body_at", "entries"),
        *("content_reason", "items_a_day", "asked_interval"),
    ):
        op.drop_column("feeds", column)
    op.alter_column("feeds", "failures", type_=sa.Integer(), comment="polls failed in a row")
