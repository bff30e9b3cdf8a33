"""Articles that say where their text, language and dates come from."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for column in (
        sa.Column(
            "text_path", sa.Text(), comment="what led to the text: markup, markup-thorough, json-ld, state, feed"
        ),
        sa.Column("language_from", sa.Text(), comment="the evidence: text, or source on a tie"),
        sa.Column("modified_at", sa.DateTime(timezone=True)),
        sa.Column("modified_from", sa.Text(), comment="the evidence, as for published_from"),
        sa.Column("feed_days_apart", sa.Integer(), comment="days from the page's own date to the feed's"),
        sa.Column("image_url", sa.Text(), comment="the picture it is shared with"),
    ):
        op.add_column("articles", column)
    op.create_check_constraint(
        op.f("articles_modified_from_check"), "articles", "(modified_at is null) = (modified_from is null)"
    )


def downgrade() -> None:
    # The marts may read what goes; they are installed anew with the next start.
    op.execute("drop schema if exists marts cascade")
    op.drop_constraint(op.f("articles_modified_from_check"), "articles")
    for column in ("image_url", "feed_days_apart", "modified_from", "modified_at", "language_from", "text_path"):
        op.drop_column("articles", column)
