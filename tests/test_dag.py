"""The DAGs: they import quickly and without error, keep Airflow's rules, and run."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from silkwire.settings import ROOT
from silkwire.standalone.installation import airflow_environment
from silkwire.warehouse.engine import open_engine
from silkwire.warehouse.migration import upgrade
from silkwire.warehouse.server import Server, start_server, stop_server
from tests.flow import rows
from tests.newsroom.demo import demo_settings
from tests.newsroom.server import Newsroom

pytestmark = pytest.mark.slow

LOOK = """
import json, sys, time
import airflow.sdk
sys.path.insert(0, {plugins!r})
sys.path.insert(0, {dags!r})
started = time.perf_counter()
import monitor, reprocess
seconds = time.perf_counter() - started
HEAVY = ("trafilatura", "feedparser", "lxml")
dags = {{"monitor": monitor.monitor(), "reprocess": reprocess.reprocess()}}
imported = sorted(name for name in sys.modules if name.partition(".")[0] in HEAVY)
print(json.dumps({{name: {{
    "seconds": seconds,
    "imported": imported,
    "catchup": dag.catchup,
    "scheduled": bool(dag.schedule),
    "max_active_runs": dag.max_active_runs,
    "timeout": dag.dagrun_timeout.total_seconds(),
    "tasks": {{
        task.task_id: {{
            "retries": task.retries,
            "timeout": task.execution_timeout.total_seconds(),
            "rule": getattr(task.trigger_rule, "value", task.trigger_rule),
            "mapped": task.is_mapped,
            "upstream": sorted(task.upstream_task_ids),
            "outlets": [outlet.name for outlet in getattr(task, "outlets", None) or []],
        }}
        for task in dag.tasks
    }},
}} for name, dag in dags.items()}}))
"""


class House:
    """An installation of the newsroom, with Airflow's own database."""

    def __init__(self, newsroom: Newsroom) -> None:
        self.home = Path(tempfile.mkdtemp(prefix="silkwire-dag-"))
        self.settings = demo_settings(self.home, 18180, newsroom)
        self.server: Server = start_server(self.home)
        engine = open_engine(self.server.warehouse_url)
        upgrade(engine)
        engine.dispose()
        self.environment = {name: value for name, value in os.environ.items() if not name.startswith("SILKWIRE_")}
        self.environment |= airflow_environment(self.settings, self.server, 18180)
        subprocess.run([sys.executable, "-m", "silkwire", "sources", "import"], env=self.environment, check=True)


@pytest.fixture(scope="module")
def house(newsroom: Newsroom) -> Iterator[House]:
    made = House(newsroom)
    yield made
    stop_server(made.home)
    shutil.rmtree(made.home, ignore_errors=True)


@pytest.fixture(scope="module")
def dags(house: House) -> dict[str, dict[str, object]]:
    code = LOOK.format(plugins=str(ROOT / "plugins"), dags=str(ROOT / "dags"))
    found = subprocess.run([sys.executable, "-c", code], env=house.environment, check=True, capture_output=True)
    document: dict[str, dict[str, object]] = json.loads(found.stdout.splitlines()[-1])
    return document


def tasks_of(dag: dict[str, object]) -> dict[str, dict[str, object]]:
    return dag["tasks"]  # type: ignore[return-value]


def test_the_dags_import_in_under_a_second_and_without_the_heavy_libraries(dags: dict[str, dict[str, object]]) -> None:
    for dag in dags.values():
        assert dag["seconds"] < 1  # type: ignore[operator]
        assert dag["imported"] == []


def test_the_dag_is_the_flow_and_nothing_else(dags: dict[str, dict[str, object]]) -> None:
    tasks = tasks_of(dags["monitor"])
    flow = ["poll", "fetch", "extract", "label", "publish"]
    assert sorted(tasks) == sorted(flow)
    assert [tasks[name]["upstream"] for name in flow] == [[], *([name] for name in flow[:-1])]
    assert [tasks[name]["mapped"] for name in flow] == [True, True, True, True, False]
    assert [tasks[name]["outlets"] for name in flow] == [[], [], [], [], ["articles"]]


def test_reprocessing_labels_anew_when_somebody_asks(dags: dict[str, dict[str, object]]) -> None:
    tasks = tasks_of(dags["reprocess"])
    assert [dags[name]["scheduled"] for name in ("monitor", "reprocess")] == [True, False]
    assert {name: (task["upstream"], task["mapped"]) for name, task in tasks.items()} == {
        "label": ([], True),
        "publish": (["label"], False),
    }


@pytest.mark.parametrize("name", ["monitor", "reprocess"])
def test_every_task_is_retried_and_bounded_and_no_leaf_hides_a_failure(
    dags: dict[str, dict[str, object]], name: str
) -> None:
    dag = dags[name]
    assert (dag["catchup"], dag["max_active_runs"]) == (False, 1)
    assert dag["timeout"]
    for task in tasks_of(dag).values():
        assert task["retries"] > 0  # type: ignore[operator]
        assert task["timeout"] < 600  # type: ignore[operator]
        assert task["rule"] == "all_success"


def test_airflow_dags_test_runs_the_whole_flow_and_the_upkeep(house: House, newsroom: Newsroom) -> None:
    airflow = str(Path(sys.executable).with_name("airflow"))
    subprocess.run([airflow, "db", "migrate"], env=house.environment, check=True, capture_output=True, timeout=120)
    for dag_id in ("monitor", "maintain"):
        done = subprocess.run(
            [airflow, "dags", "test", dag_id],
            env=house.environment,
            check=False,
            capture_output=True,
            text=True,
            timeout=240,
        )
        assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    engine = open_engine(house.server.warehouse_url)
    assert rows(engine, "select count(*) from articles where outcome = 'ok'") == [(len(newsroom.expected),)]
    assert [state for (state,) in rows(engine, "select state from runs")] == ["success", "success"]
    engine.dispose()
