"""The command `silkwire`: the same functions as the DAGs, without Airflow."""

from silkwire.cli.app import app

__all__ = ["app"]
