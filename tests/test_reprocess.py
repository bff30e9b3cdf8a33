"""`reprocess`: what is stored at another version is done again, nothing else, with nothing fetched."""

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text

from silkwire.cli import reprocess_commands
from silkwire.errors import Config
from silkwire.settings import Settings
from silkwire.warehouse.engine import transaction
from silkwire.warehouse.sources import import_list, listed
from tests.flow import rows
from tests.test_checks import IN_ORDER

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
LABELLED = "select id, labeller_version, labelled_at from articles order by id"
ADDED = "select article_id, role from article_regions where region = 'caucasus' order by 1"
CAUCASUS = "\n  caucasus: {labels: {en: Caucasus}, countries: [AM, AZ, GE]}\n"
WORDS = "Armenia and Azerbaijan signed a treaty in Yerevan, and Armenia opened its border with Azerbaijan."


@dataclass
class Desk:
    """A warehouse with two articles, and an analyst's own list of regions."""

    engine: Engine
    regions: Path
    reprocess: Callable[..., Any]


@pytest.fixture
def desk(
    engine: Engine, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> Desk:
    regions = Path(shutil.copy(settings.regions, tmp_path / "regions.yaml"))
    settings = settings.model_copy(update={"regions": regions})
    monkeypatch.setattr(reprocess_commands, "get_settings", lambda: settings)
    with transaction(engine) as connection:
        for statement in IN_ORDER:
            connection.execute(text(statement))
        for table in ("links", "pages", "articles"):
            key = "link_id" if table == "pages" else "id"
            changed = {key: "'g'", "article_id": "'g'", "url": "'https://s.example/g'", "content_hash": "'g'"}
            names = columns_of(connection, table)
            copied = ", ".join(changed.get(name, name) for name in names)
            connection.execute(
                text(f"insert into {table} ({', '.join(names)}) select {copied} from {table} where {key} = 'a'")
            )
        connection.execute(text("update articles set text = :words"), {"words": WORDS})

    def reprocess(stage: str = "label", *, dry_run: bool = False) -> Any:
        capsys.readouterr()
        reprocess_commands.reprocess(stage=stage, dry_run=dry_run, as_json=True)
        return json.loads(capsys.readouterr().out)

    return Desk(engine, regions, reprocess)


def columns_of(connection: Any, table: str) -> list[str]:
    query = text(
        "select column_name from information_schema.columns where table_schema = 'public' and table_name = :table"
    )
    return list(connection.scalars(query, {"table": table}))


def test_a_region_that_an_analyst_adds_reaches_what_is_stored(desk: Desk) -> None:
    before = desk.reprocess()
    assert (before["items"], before["outdated"], before["left"], before["problems"]) == (2, 2, 0, [])
    assert rows(desk.engine, ADDED) == []
    desk.regions.write_text(desk.regions.read_text(encoding="utf-8") + CAUCASUS, encoding="utf-8")
    after = desk.reprocess()
    assert after["version"] != before["version"]
    assert after["counts"] == [{"item": "article", "outcome": "ok", "reason": "", "items": 2}]
    assert rows(desk.engine, ADDED) == [("a", "about"), ("g", "about")]
    assert rows(desk.engine, "select distinct version from article_regions") == [(after["version"],)]


def test_only_what_is_at_another_version_is_done(desk: Desk) -> None:
    version = desk.reprocess(dry_run=True)["version"]
    with transaction(desk.engine) as connection:
        connection.execute(
            text("update articles set labeller_version = :version, labelled_at = '2026-01-01T00:00Z' where id = 'g'"),
            {"version": version},
        )
        connection.execute(text("delete from article_countries"))
    done = desk.reprocess()
    assert (done["outdated"], done["left"]) == (1, 0)
    countries = rows(desk.engine, "select distinct article_id from article_countries")
    assert countries == [("a",)], "the other article is left as it was"


def test_a_source_whose_country_changes_has_its_articles_labelled_again(desk: Desk) -> None:
    desk.reprocess()
    with transaction(desk.engine) as connection:
        listed_sources, listed_feeds = listed(connection)
        import_list(connection, listed_sources, listed_feeds, NOW)
    assert desk.reprocess(dry_run=True)["outdated"] == 0, "the same list again changes nothing"
    with transaction(desk.engine) as connection:
        import_list(connection, [replace(source, country="AM") for source in listed_sources], listed_feeds, NOW)
    assert desk.reprocess()["outdated"] == 2


def test_a_second_call_does_nothing(desk: Desk) -> None:
    desk.reprocess()
    before = rows(desk.engine, LABELLED), rows(desk.engine, "select id from runs")
    again = desk.reprocess()
    assert (again["outdated"], again["counts"]) == (0, [])
    assert (rows(desk.engine, LABELLED), rows(desk.engine, "select id from runs")) == before


@pytest.mark.parametrize(("stage", "outdated"), [("label", 2), ("extract", 4)])
def test_a_dry_run_counts_and_leaves_all_as_it_is(desk: Desk, stage: str, outdated: int) -> None:
    before = rows(desk.engine, LABELLED), rows(desk.engine, "select link_id, extractor_version from pages")
    told = desk.reprocess(stage, dry_run=True)
    assert (told["stage"], told["outdated"], told["left"], told["counts"]) == (stage, outdated, outdated, [])
    assert (rows(desk.engine, LABELLED), rows(desk.engine, "select link_id, extractor_version from pages")) == before
    assert rows(desk.engine, "select id from runs") == []


def test_a_run_of_it_has_a_report_and_ends(desk: Desk) -> None:
    desk.reprocess()
    assert rows(desk.engine, "select state, report is not null from runs") == [("success", True)]
    counted = rows(desk.engine, "select stage, outcome, items from run_counts")
    assert counted == [("label", "ok", 2)]


@pytest.mark.parametrize("stage", ["poll", "fetch", "weed"])
def test_a_stage_that_works_on_nothing_stored_is_refused(desk: Desk, stage: str) -> None:
    with pytest.raises(Config, match=rf"'{stage}'.*: extract, label"):
        desk.reprocess(stage)
