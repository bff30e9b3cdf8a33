"""Standalone: one machine, one command: PostgreSQL and Airflow started, watched and stopped together."""
