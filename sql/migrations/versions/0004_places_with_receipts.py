"""Places whose evidence says what was matched, and countries that are only presumed."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_ROLE = "about or mentioned"
_COUNTRY_ROLE = "about or mentioned; presumed: its outlet's, as the text names none"
_EVIDENCE = '[{"text", "start", "end"}]'
_PLACE_EVIDENCE = '[{"text", "start", "end", "kind", "place"}]'


def upgrade() -> None:
    op.alter_column("article_countries", "role", existing_type=sa.Text(), comment=_COUNTRY_ROLE, existing_comment=_ROLE)
    op.create_check_constraint(
        op.f("article_countries_role_check"), "article_countries", "role in ('about', 'mentioned', 'presumed')"
    )
    op.create_check_constraint(op.f("article_regions_role_check"), "article_regions", "role in ('about', 'mentioned')")
    for table in ("article_countries", "article_regions"):
        op.alter_column(table, "evidence", comment=_PLACE_EVIDENCE, existing_comment=_EVIDENCE)


def downgrade() -> None:
    for table in ("article_countries", "article_regions"):
        op.alter_column(table, "evidence", comment=_EVIDENCE, existing_comment=_PLACE_EVIDENCE)
        op.drop_constraint(op.f(f"{table}_role_check"), table)
    op.execute("delete from article_countries where role = 'presumed'")
    op.alter_column("article_countries", "role", existing_type=sa.Text(), comment=_ROLE, existing_comment=_COUNTRY_ROLE)
