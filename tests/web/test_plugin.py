"""The plugin in Airflow: it weighs nothing where it is only loaded, and its links hold below a base path."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from silkwire.settings import ROOT

pytestmark = pytest.mark.slow

LOOK = """
import json, sys, time
import airflow.plugins_manager
sys.path.insert(0, "plugins")
before = set(sys.modules)
started = time.process_time()
import silkwire_plugin
seconds = time.process_time() - started
loaded = sorted(set(sys.modules) - before)

from starlette.requests import Request
from silkwire.web.auth import AirflowGate

def request(method, path, query=b""):
    scope = {"type": "http", "method": method, "path": path, "query_string": query, "root_path": "/desk/silkwire"}
    return Request(scope | {"headers": [(b"host", b"evil.example")], "server": ("127.0.0.1", 80), "scheme": "http"})

gate = AirflowGate()
(view,) = silkwire_plugin.SilkwirePlugin.external_views
print(json.dumps({
    "seconds": seconds,
    "loaded": loaded,
    "view": view,
    "page": gate.login_url(request("GET", "/desk/silkwire/sources", b"days=7&q=%2F%2Fevil.example")),
    "form": gate.login_url(request("POST", "/desk/silkwire/actions/monitor")),
    "logout": gate.logout_url(request("GET", "/")),
}))
"""


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a process of an Airflow below the path /desk sees of the plugin."""
    home: Path = tmp_path_factory.mktemp("airflow")
    environment = os.environ | {
        "AIRFLOW_HOME": str(home),
        "AIRFLOW__API__BASE_URL": "https://news.example/desk",
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{home}/airflow.db",
    }
    done = subprocess.run(
        [sys.executable, "-c", LOOK], cwd=ROOT, env=environment, check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_loading_the_plugin_costs_no_process_anything(seen: dict[str, Any]) -> None:
    assert seen["loaded"] == ["silkwire", "silkwire.web", "silkwire.web.mounted", "silkwire_plugin"]
    assert seen["seconds"] < 0.05


def test_the_entry_of_the_navigation_and_its_icons_are_relative_to_airflows_base(seen: dict[str, Any]) -> None:
    view = seen["view"]
    assert (view["name"], view["url_route"], view["href"]) == ("Silkwire", "silkwire", "silkwire/")
    assert not any(view[name].startswith("/") for name in ("href", "icon", "icon_dark_mode"))


def test_a_login_leads_back_to_the_page_and_never_to_another_host(seen: dict[str, Any]) -> None:
    back = "next=%2Fdesk%2Fsilkwire%2Fsources%3Fdays%3D7%26q%3D%252F%252Fevil.example"
    assert seen["page"] == f"/desk/api/v2/auth/login?{back}"
    assert seen["form"] == "/desk/api/v2/auth/login?next=%2Fdesk%2Fsilkwire%2F", "a form is not sent again"
    assert seen["logout"] == "/desk/api/v2/auth/logout"
