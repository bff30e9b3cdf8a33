"""Alembic's entry: migrations run on the connection that `silkwire db upgrade` opened, in its transaction."""

from alembic import context

from silkwire.warehouse.tables import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, compare_type=True, compare_server_default=True)
with context.begin_transaction():
    context.run_migrations()
