"""Bringing a warehouse up to date: Alembic's migrations, then the marts and the reader's rights."""

import hashlib
from contextlib import suppress
from pathlib import Path

from alembic import command
from alembic.config import Config as AlembicConfig
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from silkwire.errors import Permanent
from silkwire.settings import ROOT
from silkwire.warehouse import marts
from silkwire.warehouse.engine import transaction
from silkwire.warehouse.server import READER

_MARTS = ROOT / "sql" / "marts"
_LOCK = 0x51_1C_31_BE  # any number that is ours: two upgrades at once wait for each other


def upgrade(engine: Engine) -> str:
    """Migrate the tables and install the marts; return the revision. Does nothing where all is up to date."""
    with transaction(engine) as connection:
        if connection.dialect.server_version_info < (15,):  # type: ignore[operator]
            raise Permanent("The warehouse must be PostgreSQL 15 or later.")
        connection.execute(text("select pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        config = alembic_config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        _install_marts(connection)
        return connection.scalar(text("select version_num from alembic_version")) or ""


def alembic_config() -> AlembicConfig:
    """Return Alembic's configuration: where the migrations are."""
    config = AlembicConfig()
    config.set_main_option("script_location", str(ROOT / "sql" / "migrations"))
    config.set_main_option("path_separator", "os")
    return config


def _install_marts(connection: Connection) -> None:
    """Make every mart of sql/marts anew, in one transaction, where one of the files has changed.

    What is materialised is filled at once: with a large warehouse that takes as long as a refresh.
    """
    files = sorted(_MARTS.glob("*.sql"))
    digest = _digest(files)
    if connection.scalar(text("select obj_description(to_regnamespace('marts'), 'pg_namespace')")) == digest:
        return
    connection.execute(text("drop schema if exists marts cascade"))
    connection.execute(text("create schema marts"))
    for file in marts.in_order(files):
        connection.exec_driver_sql(file.read_text(encoding="utf-8").replace("%", "%%"))
    for name in marts.materialised(connection):
        connection.execute(text(f"analyze marts.{name}"))
    _grant_reader(connection)
    connection.execute(text(f"comment on schema marts is '{digest}'"))


def _grant_reader(connection: Connection) -> None:
    """Let the read-only role see the marts and nothing else; make it where the pipeline's role may."""
    if connection.scalar(text("select count(*) from pg_roles where rolname = :role"), {"role": READER}) == 0:
        may_create = connection.scalar(
            text("select rolcreaterole or rolsuper from pg_roles where rolname = current_user")
        )
        if not may_create:
            raise Permanent(
                f"The role {READER} is missing and this user may not create it. Run as an administrator:\n"
                f"  create role {READER} login password '…';"
            )
        connection.execute(text(f"create role {READER} login"))
    connection.execute(text(f"grant usage on schema marts to {READER}"))
    connection.execute(text(f"grant select on all tables in schema marts to {READER}"))
    connection.execute(text(f"grant execute on all functions in schema marts to {READER}"))
    _let_the_owner_read_as_reader(connection)


def _let_the_owner_read_as_reader(connection: Connection) -> None:
    """Let this user `set role` to the reader, as the web app does. An administrator may have kept that right."""
    with suppress(DBAPIError), connection.begin_nested():
        connection.execute(text(f"grant {READER} to current_user"))


def _digest(files: list[Path]) -> str:
    hashed = hashlib.sha256()
    for file in files:
        hashed.update(file.name.encode() + b"\0" + file.read_bytes())
    return hashed.hexdigest()
