"""An index by which the texts that several sources have are found."""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("articles_content_hash_idx", "articles", ["content_hash"])


def downgrade() -> None:
    op.drop_index("articles_content_hash_idx", table_name="articles")
