"""The terms of each article, for full-text search."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "article_terms",
        sa.Column("article_id", sa.Text(), nullable=False),
        sa.Column("discovered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "terms", postgresql.TSVECTOR(), nullable=False, comment="of title (A) and text (D), and its day and month"
        ),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["articles.id"],
            name="article_terms_article_id_fkey",
            onupdate="cascade",
            ondelete="cascade",
        ),
        sa.PrimaryKeyConstraint("article_id", name="article_terms_pkey"),
    )
    op.create_index("article_terms_discovered_at_idx", "article_terms", ["discovered_at"])
    # Terms are kept aside, so that the rows that a search walks through are 90 bytes and not 4,000.
    op.execute("alter table article_terms set (toast_tuple_target = 128)")
    op.execute(
        "create index article_terms_terms_idx on article_terms using gin (terms) with (gin_pending_list_limit = 1024)"
    )


def downgrade() -> None:
    # The mart reads what goes; it is installed anew with the next start.
    op.execute("drop schema if exists marts cascade")
    op.drop_table("article_terms")
