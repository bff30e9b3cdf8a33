"""What an analyst edits: a mistake is named with its file, its line and the nearest right word."""

import time

import pytest

from silkwire.errors import Config
from silkwire.label.labeller import Labeller
from silkwire.label.regions.region_file import read_regions
from silkwire.label.topics.watch import read_watch_topics
from silkwire.settings import Settings


@pytest.fixture
def write(tmp_path):
    """Return a function that writes a file and returns its path."""

    def write(text: str, name: str = "file.yaml"):
        path = tmp_path / name
        path.write_text(text, "utf-8")
        return path

    return write


def refusal(read, path) -> str:
    with pytest.raises(Config) as caught:
        read(path)
    return str(caught.value)


def test_the_files_that_ship_are_right():
    settings = Settings()
    assert {"china", "central-asia"} <= {region.id for region in read_regions(settings.regions)}
    assert {"belt-and-road", "visa-regimes"} <= {topic.id for topic in read_watch_topics(settings.topics)}


def test_a_region_is_added_without_code(write):
    path = write("regions:\n  caucasus: {countries: [AM, AZ, GE]}\n")
    labels = Labeller.load(path, Settings().topics).label("Yerevan and Baku talk", "Armenia waits.", "en")
    assert [region.id for region in labels.regions] == ["caucasus"]
    assert [span.text for span in labels.regions[0].evidence] == ["Yerevan", "Baku", "Armenia"]


def test_a_wrong_country_code_is_named_with_its_line_and_the_nearest(write):
    path = write("regions:\n  caucasus:\n    countries: [AM, AZ, Ge]\n")
    message = refusal(read_regions, path)
    assert f"{path}, line 3" in message
    assert "'Ge'" in message
    assert "GE" in message.split("did you mean")[1]


def test_kosovo_or_the_union_are_no_iso_codes(write):
    assert "'EU'" in refusal(read_regions, write("regions: {union: {countries: [EU]}}"))


def test_norway_is_a_country_and_no_boolean(write):
    assert read_regions(write("regions: {north: {countries: [NO, SE]}}"))[0].countries == ("NO", "SE")


def test_an_unknown_key_is_named_with_the_nearest(write):
    message = refusal(read_regions, write("regions:\n  north:\n    country: [NO]\n"))
    assert "line 3" in message
    assert "countries" in message


def test_an_unknown_language_is_refused(write):
    message = refusal(read_watch_topics, write("topics:\n  t:\n    any:\n      xq: [word]\n"))
    assert "line 4" in message
    assert "'xq'" in message


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("{threshold: high, any: {en: [a]}}", "above 0"),
        ("{threshold: 0, any: {en: [a]}}", "above 0"),
        ("{any: {en: [rail*way]}}", "can only end"),
        ("{any: {en: ['\"open']}}", "quote is open"),
        ("{any: {en: word}}", "must be a list"),
        ("{labels: {en: Empty}}", "any or all"),
        ("{any: {en: [a], en: [b]}}", "given twice"),
        ("{trigger: {en: [a]}}", "key of a topic"),
        ("[a]", "must be a mapping"),
    ],
)
def test_a_wrong_rule_is_refused_in_plain_words(write, rule, words):
    message = refusal(read_watch_topics, write(f"topics:\n  t: {rule}\n"))
    assert "line 2" in message
    assert words in message


def test_broken_yaml_and_a_missing_file_are_configuration_errors(write, tmp_path):
    assert "not valid YAML" in refusal(read_regions, write("regions: ["))
    assert "can't be read" in refusal(read_regions, tmp_path / "nowhere.yaml")
    assert "is empty" in refusal(read_regions, write(""))


def test_the_version_follows_the_configuration_and_nothing_else(write):
    topics = Settings().topics
    one = Labeller.load(write("regions: {a: {countries: [CN]}}"), topics).version
    same = Labeller.load(write("regions: {a: {countries: [CN]}}", "other.yaml"), topics).version
    other = Labeller.load(write("regions: {a: {countries: [KZ]}}"), topics).version
    assert one == same != other


def test_loading_is_quick():
    settings = Settings()
    start = time.process_time()
    Labeller.load(settings.regions, settings.topics).label("Китай", "Газ", "ru")
    assert time.process_time() - start < 5  # the encoder is most of it
