"""Imports run one way, and only dags/ and the plugin import Airflow: the contracts of .importlinter hold."""

import subprocess
import sys
from pathlib import Path

from silkwire.reasons import Reason
from silkwire.settings import ROOT


def test_imports_run_one_way() -> None:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_no_module_bears_a_name_of_the_standard_library() -> None:
    modules = {path.stem for path in (ROOT / "plugins" / "silkwire").rglob("*.py")} - {"__init__", "__main__"}
    assert modules & set(sys.stdlib_module_names) == set()


def test_a_reason_is_its_own_name_in_lower_case() -> None:
    assert [reason.value for reason in Reason] == [name.lower() for name in Reason.__members__]
    assert all(reason.words for reason in Reason)
