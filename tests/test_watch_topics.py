"""The watch topics that ship hold where native sentences say so and not for near misses: a line each of `watch/`."""

from pathlib import Path

import pytest

from silkwire.label.labeller import Labeller
from silkwire.label.regions.region_file import read_regions
from silkwire.label.topics.watch import read_watch_topics
from silkwire.label.topics.watch_lint import lint
from silkwire.settings import Settings

SENTENCES = Path(__file__).parent / "watch"
LANGUAGES = {"en", "fr", "de", "ru", "zh", "kk", "ky", "uz", "tg", "tk", "tr", "ug", "mn", "fa", "ar"}
REGIONS = read_regions(Settings().regions)
REGION_IDS = {region.id for region in REGIONS}
TOPICS = read_watch_topics(Settings().topics, REGION_IDS)


@pytest.fixture(scope="module")
def desk() -> Labeller:
    """Return a labeller by the files that ship; watch topics need no model."""
    return Labeller(REGIONS, TOPICS, None, "")


@pytest.mark.parametrize("topic", [topic.id for topic in TOPICS])
def test_a_topic_that_ships_holds_where_it_should_and_nowhere_else(desk, topic):
    lines = (SENTENCES / f"{topic}.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines]
    assert {(language, sign) for language, sign, _ in rows} >= {(code, sign) for code in LANGUAGES for sign in "+-"}
    failing = []
    for language, sign, sentence in rows:
        found = [label for label in desk.watch("", sentence, language) if label.id == topic]
        if bool(found) != (sign == "+"):
            why = ", ".join(span.text for label in found for span in label.evidence) or "nothing found"
            failing.append(f"{language} {sign} {sentence} ({why})")
    assert not failing, "\n".join(failing)


def test_every_file_of_sentences_is_of_a_topic_that_ships():
    assert {path.stem for path in SENTENCES.glob("*.tsv")} == {topic.id for topic in TOPICS}


def test_nothing_is_to_be_said_against_the_topics_that_ship():
    assert lint(Settings().topics, REGION_IDS) == []


def test_every_topic_has_labels_and_terms_in_every_language():
    for topic in TOPICS:
        assert {language for language, _ in topic.labels} == LANGUAGES, topic.id
        assert {term.language for _, terms in topic.groups() for term in terms} == LANGUAGES, topic.id
