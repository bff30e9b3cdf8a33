"""The command `silkwire`: the same functions as the DAGs, without Airflow."""
