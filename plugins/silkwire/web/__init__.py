"""The dashboards: server-rendered pages over the schema `marts`, mounted in Airflow's web server."""
