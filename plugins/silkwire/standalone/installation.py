"""What an installation's processes are told: Airflow's configuration and Silkwire's settings, as environment."""

import json
import sys
from pathlib import Path

from silkwire.settings import ROOT, Settings, as_environment
from silkwire.warehouse.server import Server

# Every process of an installation carries this, so that what a killed `up` left behind can be found and stopped.
MARK = "SILKWIRE_INSTALLATION"

# Who can log in, with the roles of Airflow's SimpleAuthManager: a viewer reads everything and starts nothing.
USERS = {"admin": "admin", "viewer": "viewer"}


def airflow_home(settings: Settings) -> Path:
    """Where Airflow keeps its configuration, logs and password file."""
    return settings.home / "airflow"


def airflow_environment(settings: Settings, server: Server, port: int) -> dict[str, str]:
    """Return the environment of Airflow's processes and of the tasks they run.

    Airflow's metadata is always in the embedded server; the warehouse may be elsewhere.
    """
    home = airflow_home(settings)
    return as_environment(settings) | {
        MARK: str(settings.home.resolve()),
        "SILKWIRE_WAREHOUSE_URL": settings.warehouse_url or server.warehouse_url,
        "AIRFLOW_HOME": str(home),
        "AIRFLOW__CORE__DAGS_FOLDER": str(ROOT / "dags"),
        "AIRFLOW__CORE__PLUGINS_FOLDER": str(ROOT / "plugins"),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__CORE__EXECUTOR": "LocalExecutor",
        "AIRFLOW__CORE__PARALLELISM": "4",  # LocalExecutor forks them all at once
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"http://127.0.0.1:{port}/execution/",
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS": ",".join(f"{user}:{role}" for user, role in USERS.items()),
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE": str(password_file(settings)),
        "AIRFLOW__API__HOST": "127.0.0.1",
        "AIRFLOW__API__PORT": str(port),
        "AIRFLOW__API__WORKERS": "1",
        # A killed task is noticed after a minute, not after five.
        "AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT": "60",
        "AIRFLOW__DAG_PROCESSOR__REFRESH_INTERVAL": "60",
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": server.airflow_url,
        "PYTHONWARNINGS": "ignore",
    }


def password_file(settings: Settings) -> Path:
    """Where Airflow's SimpleAuthManager keeps the passwords that it made."""
    return airflow_home(settings) / "passwords.json"


def read_password(settings: Settings, user: str = "admin") -> str:
    """Read a user's password for the web interface."""
    password: str = json.loads(password_file(settings).read_text(encoding="utf-8"))[user]
    return password


def airflow_command() -> str:
    """Return the path of the command `airflow` beside the Python that runs this."""
    return str(Path(sys.executable).with_name("airflow"))
