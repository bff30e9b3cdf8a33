"""The documentation says what the code says."""

import re
from pathlib import Path

import pytest

from silkwire.reasons import Reason
from silkwire.records import Kind
from silkwire.settings import ROOT, Settings
from silkwire.warehouse.tables import metadata

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
_LINK = re.compile(r"\]\(([^)\s]+)\)")


def lines_of(name: str) -> set[str]:
    return set((ROOT / "docs" / name).read_text(encoding="utf-8").splitlines())


def setting_row(name: str) -> str:
    """The line of the settings table: name, default, meaning, all from the code."""
    field = Settings.model_fields[name]
    default = field.default
    if isinstance(default, Path):
        default = default.relative_to(ROOT)
    if isinstance(default, tuple):
        default = ",".join(map(str, default))
    shown = "" if default in (None, "") else f"`{default}`"
    return f"| `SILKWIRE_{name.upper()}` | {shown} | {field.description} |"


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_is_listed_as_it_is(name: str) -> None:
    assert setting_row(name) in lines_of("operations.md")


def test_no_setting_is_listed_that_is_none() -> None:
    listed = {line.split("`")[1] for line in lines_of("operations.md") if line.startswith("| `SILKWIRE_")}
    assert listed == {f"SILKWIRE_{name.upper()}" for name in Settings.model_fields}


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_is_listed_with_its_words(reason: Reason) -> None:
    assert f"| `{reason.value}` | {reason.words} |" in lines_of("warehouse.md")


@pytest.mark.parametrize("kind", Kind)
def test_every_outcome_is_listed(kind: Kind) -> None:
    assert any(line.startswith(f"| `{kind.value}` |") for line in lines_of("warehouse.md"))


def test_every_table_and_mart_is_listed() -> None:
    names = [*metadata.tables, *(f"marts.{file.stem}" for file in (ROOT / "sql" / "marts").glob("*.sql"))]
    lines = lines_of("warehouse.md")
    assert not [name for name in names if not any(line.startswith(f"| `{name}` |") for line in lines)]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_a_link_to_a_file_leads_to_one(page: Path) -> None:
    targets = [target.partition("#")[0] for target in _LINK.findall(page.read_text(encoding="utf-8"))]
    local = [target for target in targets if target and not re.match(r"[a-z]+:", target)]
    assert not [target for target in local if not (page.parent / target).exists()]


def test_every_test_that_is_named_exists() -> None:
    named = re.findall(r"`(test_\w+\.py)::(test_\w+)`", (ROOT / "docs" / "fetching.md").read_text(encoding="utf-8"))
    assert len(named) > 40
    missing = [
        f"{file}::{name}"
        for file, name in named
        if f"def {name}(" not in (ROOT / "tests" / file).read_text(encoding="utf-8")
    ]
    assert not missing
