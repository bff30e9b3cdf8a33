"""Links and articles with what their outlet files them under."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table, name, comment in (
        ("links", "categories", "the feed's categories of it, as they are written"),
        ("articles", "sections", "what its page and its feed file it under, the page's first"),
    ):
        column = sa.Column(
            name, postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False, comment=comment
        )
        op.add_column(table, column)


def downgrade() -> None:
    # The marts may read what goes; they are installed anew with the next start.
    op.execute("drop schema if exists marts cascade")
    op.drop_column("articles", "sections")
    op.drop_column("links", "categories")
