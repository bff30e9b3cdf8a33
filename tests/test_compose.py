"""docker-compose.yml, checked without Docker: its shape, its secrets, and that every name it sets exists."""

import re
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import yaml

from silkwire.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
TEXT = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load(TEXT)
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
VARIABLE = re.compile(r"(?<!\$)\$\{(?P<name>\w+)(?P<modifier>:\?|:-)?(?P<argument>[^}]*)\}")
SECRET = re.compile(r"PASSWORD|SECRET|FERNET_KEY")


def airflow_options() -> set[str]:
    """Return the environment variables that the installed Airflow reads, from its own description of its settings."""
    spec = find_spec("airflow")
    assert spec is not None
    assert spec.submodule_search_locations is not None
    path = Path(spec.submodule_search_locations[0], "config_templates", "config.yml")
    sections = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {
        f"AIRFLOW__{section.upper()}__{option.upper()}"
        for section, about in sections.items()
        for option in about["options"]
    }


def variables() -> Iterator[re.Match[str]]:
    """Yield every ${…} of the file; comments have none."""
    return VARIABLE.finditer(TEXT)


def set_names() -> set[str]:
    """Return the name of every environment variable that a service or the image sets."""
    services = {name for service in SERVICES.values() for name in service.get("environment", {})}
    return services | set(re.findall(r"\b((?:AIRFLOW|SILKWIRE)_+\w+)=", DOCKERFILE))


def test_no_version_key_is_left_from_the_old_format():
    assert "version" not in COMPOSE


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_has_an_image_and_either_a_health_check_or_an_end(name):
    service = SERVICES[name]
    assert "image" in service or "build" in service
    one_shot = service["restart"] == "no"
    assert one_shot or (service["restart"] == "unless-stopped" and service["healthcheck"]["test"])


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_waits_until_what_it_needs_is_healthy_or_done(name):
    for needed, how in SERVICES[name].get("depends_on", {}).items():
        one_shot = SERVICES[needed]["restart"] == "no"
        assert how["condition"] == ("service_completed_successfully" if one_shot else "service_healthy")


def test_every_process_of_airflow_waits_for_the_set_up():
    processes = {name for name, service in SERVICES.items() if "build" in service and name != "init"}
    assert processes == {"api-server", "scheduler", "dag-processor", "triggerer"}
    assert all("init" in SERVICES[name]["depends_on"] for name in processes)


def test_a_secret_that_is_unset_is_refused_and_no_secret_has_a_default():
    secrets = {}
    for variable in variables():
        if SECRET.search(variable["name"]):
            assert variable["modifier"] == ":?", variable.group()
            secrets[variable["name"]] = variable["argument"]
    airflow = {"AIRFLOW_FERNET_KEY", "AIRFLOW_JWT_SECRET", "AIRFLOW_SECRET_KEY"}
    assert set(secrets) == airflow | {"POSTGRES_PASSWORD", "ADMIN_PASSWORD"}
    assert all(text == f"set {name} in .env, see .env.example" for name, text in secrets.items())


def test_every_secret_comes_from_a_variable():
    for service in SERVICES.values():
        for name, value in service.get("environment", {}).items():
            if SECRET.search(name) and not name.endswith("_FILE"):
                assert str(value).startswith("${"), name


def test_the_example_names_every_variable_and_no_other_and_holds_no_secret():
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    example = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    assert set(example) == {variable["name"] for variable in variables()}
    assert not [name for name, value in example.items() if SECRET.search(name) and value]


def test_every_airflow_setting_exists_in_the_airflow_that_is_installed():
    names = {name for name in set_names() if name.startswith("AIRFLOW__")}
    assert names
    assert not names - airflow_options()


def test_every_setting_of_silkwire_exists():
    names = {name for name in set_names() if name.startswith("SILKWIRE_")}
    assert names
    assert not names - {f"SILKWIRE_{field.upper()}" for field in Settings.model_fields}


def test_the_two_databases_are_reached_with_their_own_drivers():
    environment = SERVICES["scheduler"]["environment"]
    assert re.search(
        r"^postgresql\+psycopg2://.*@postgres/airflow$", environment["AIRFLOW__DATABASE__SQL_ALCHEMY_CONN"]
    )
    assert re.search(r"^postgresql\+psycopg://.*@postgres/silkwire$", environment["SILKWIRE_WAREHOUSE_URL"])
    assert SERVICES["postgres"]["environment"]["POSTGRES_DB"] == "airflow"
    assert COMPOSE["configs"]["warehouse"]["content"] == "create database silkwire;"


def test_only_the_web_interface_has_a_port_and_on_this_machine_alone():
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["api-server"]
    assert SERVICES["api-server"]["ports"] == ["${WEB_ADDRESS:-127.0.0.1:8080}:8080"]


def test_every_volume_is_named_and_declared():
    used = {volume.split(":")[0] for service in SERVICES.values() for volume in service["volumes"]}
    assert used == set(COMPOSE["volumes"])


def test_images_are_pinned_and_ours_does_not_run_as_root():
    images = [service["image"] for service in SERVICES.values() if "build" not in service]
    images += re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE)
    assert all(re.search(r":\d+\.\d+\.\d+", image) for image in images)
    assert re.findall(r"^USER (\S+)", DOCKERFILE, re.MULTILINE)[-1] == "silkwire"


def test_the_image_takes_in_what_is_listed_and_no_env_file():
    lines = [
        line for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines() if not line.startswith("#")
    ]
    assert lines[0] == "*"
    assert {line.removeprefix("!") for line in lines if line.startswith("!")} == {
        *("pyproject.toml", "constraints.txt", "README.md"),
        *("config", "dags", "plugins", "sql"),
    }
