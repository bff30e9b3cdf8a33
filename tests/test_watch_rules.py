"""What makes a watch topic hold: weights, groups, nearness, places, and its children."""

import time

import pytest

from silkwire.errors import Config
from silkwire.label import labeller as labeller_module
from silkwire.label.topics.watch_nearness import Find, Space, together
from silkwire.label.topics.watch_topic import Term
from tests.watching import desk, evidence, watched

NEAR = "topics: {t: {near: 5, all: [{en: [gas, oil]}, {en: [deal]}], none: {en: [film]}}}"


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("gas and one two three deal", True),  # the deal is the fifth word on
        ("gas and one two three four deal", False),
        ("deal over much gas", True),
        ("gas. A film. one two three four five deal", False),
        ("gas deal film", False),
        ("gas one two three four five six seven deal two oil", True),
    ],
)
def test_near_wants_a_term_of_each_group_within_so_many_words(tmp_path, text, holds):
    assert bool(watched(desk(tmp_path, NEAR), text)) is holds


def test_the_evidence_of_nearness_is_what_stands_near(tmp_path):
    label = watched(desk(tmp_path, NEAR), "gas one two three four five six seven deal two oil")["t"]
    assert evidence(label) == ["deal", "oil"]


def test_nearness_does_not_cross_from_the_title_into_the_text(tmp_path):
    labeller = desk(tmp_path, NEAR)
    assert watched(labeller, "deal", title="gas") == {}
    assert evidence(watched(labeller, "deal and oil", title="gas")["t"]) == ["deal", "oil"]


def test_three_groups_are_near_only_in_places_of_their_own(tmp_path):
    rules = "topics: {t: {near: 3, all: [{en: [gas]}, {en: [gas, deal]}, {en: [China]}]}}"
    labeller = desk(tmp_path, rules)
    assert watched(labeller, "gas China") == {}
    assert evidence(watched(labeller, "gas deal China")["t"]) == ["gas", "deal", "China"]


def test_groups_that_share_a_term_take_no_time_to_choose_from():
    term = Term("en", "china", 1.0, 1)
    finds = [Find(place, place + 5, term, ((place, place + 5),)) for place in range(0, 60, 6)]
    space = Space("china " * 10)
    started = time.process_time()
    assert list(together([finds] * 11, 50, space)) == []  # ten finds are not enough for eleven groups
    assert time.process_time() - started < 1  # a tenth of that on an idle machine
    assert list(together([finds] * 10, 50, space))


def test_the_words_that_decide_are_among_the_evidence(tmp_path):
    rules = """topics:
      parent: {any: {en: [gas]}}
      child: {parent: parent, region: KZ, all: [{en: [gas]}, {en: [deal]}]}
      weights: {any: {en: [{gas: 0.6}, {oil: 0.2}, {deal: 0.5}]}}
      near: {near: 2, all: [{en: [gas]}, {en: [deal]}]}
    """
    labels = watched(desk(tmp_path, rules), "gas " * 25 + "oil. A deal, gas, in Kazakhstan.", title="x")
    assert all(len(label.evidence) <= 20 for label in labels.values())
    assert {name: {*evidence(label)} for name, label in labels.items()} == {
        "parent": {"gas", "deal", "Kazakhstan"},
        "child": {"gas", "deal", "Kazakhstan"},
        "weights": {"gas", "oil", "deal"},
        "near": {"gas", "deal"},
    }


@pytest.mark.parametrize(
    ("language", "term", "text", "words"),
    [
        ("en", "gas <3> pipeline", "a pipeline that carries gas", ["pipeline", "gas"]),
        ("en", "gas <3> pipeline", "a pipeline that also carries gas", []),
        ("en", "gas <3> pipeline", "gas\nand pipelines", ["gas", "pipelines"]),
        (
            "en",
            "Central Asia <4> ~deal",
            "Central-Asian deal; deal of China with Central Asia",
            ["deal", "Central Asia"],
        ),
        ("en", 'China <5> "US"', "China and us, China and the US", ["China", "US"]),
        ("en", "gas <2> pipelin*", "pipelining gas", ["pipelining", "gas"]),
        ("en", "gas <9> gas", "gas", []),
        ("ru", "газ <3> поставка", "поставки природного газа", ["поставки", "газа"]),
        ("zh", "天然气 <3> 合同", "天然气的长期采购合同", []),  # six characters between are three words
        ("zh", "天然气 <3> 合同", "天然氣長期採購合同", ["天然氣", "合同"]),
        ("en", "(gas|oil) <3> (pipeline|field deal)", "pipelines for oil, deals on gas", ["pipelines", "oil"]),
        ("en", '("BRI"|Belt and Road) <3> China', "China joined the BRI", ["China", "BRI"]),
        ("en", "(gas) <3> deal*", "a gas dealer", ["gas", "dealer"]),
    ],
)
def test_a_proximity_term_is_found_with_both_its_sides(tmp_path, language, term, text, words):
    labels = watched(desk(tmp_path, f"topics: {{t: {{any: {{{language}: ['{term}']}}}}}}"), text, language)
    assert [word for label in labels.values() for word in evidence(label)] == words


def test_a_group_is_one_term_however_many_of_it_are_found(tmp_path):
    rules = "topics: {t: {threshold: 2, any: {en: [(gas|oil) <9> (deal|pipeline), steel]}}}"
    labeller = desk(tmp_path, rules)
    assert watched(labeller, "a deal on gas and oil for a pipeline") == {}
    assert watched(labeller, "a deal on gas and steel")


def test_of_one_spelling_in_two_languages_the_larger_weight_counts(tmp_path):
    for weights in ("uz: [{LNG: 1}], tr: [{LNG: 0.5}]", "uz: [{LNG: 0.5}], tr: [{LNG: 1}]"):
        labeller = desk(tmp_path, f"topics: {{t: {{any: {{{weights}}}}}}}")
        assert watched(labeller, "LNG keldi", "uz")
    labeller = desk(tmp_path, "topics: {t: {any: {uz: [{LNG: 0.5}], tr: [{LNG: 0.5}]}}}")
    assert watched(labeller, "LNG keldi", "uz") == {}


def test_a_proximity_term_under_none_forbids_only_where_it_is_near(tmp_path):
    labeller = desk(tmp_path, "topics: {t: {any: {en: [railway]}, none: {en: [model <2> railway]}}}")
    assert watched(labeller, "a model of a railway")
    assert watched(labeller, "a model railway") == {}


def test_a_topic_of_a_region_needs_it_named_and_shows_where(tmp_path):
    labeller = desk(tmp_path, "topics: {t: {region: [MN, central-asia], any: {en: [gas]}}}")
    assert watched(labeller, "Gas is dear.", country="KZ") == {}
    assert watched(labeller, "France wants gas.") == {}
    label = watched(labeller, "Kazakhstan sells gas.")["t"]
    assert evidence(label) == ["gas", "Kazakhstan"]
    assert (label.evidence[1].kind, label.evidence[1].place) == ("name", "KZ")
    assert watched(labeller, "Mongolia wants gas.")
    assert watched(labeller, "Central Asia wants gas.")


def test_a_division_may_be_the_region(tmp_path):
    labeller = desk(tmp_path, "topics: {t: {region: CN-XJ, any: {en: [cotton]}}}")
    assert watched(labeller, "Cotton of Xinjiang")
    assert watched(labeller, "Cotton of China") == {}


def test_where_a_child_holds_its_parents_hold_by_the_same_evidence(tmp_path):
    rules = """topics:
      energy: {labels: {en: Energy}}
      gas: {parent: energy, any: {en: [{gas: 2}]}}
      lng: {parent: gas, any: {en: [tanker]}, none: {en: [oil]}}
    """
    labeller = desk(tmp_path, rules)
    found = watched(labeller, "a tanker")
    assert set(found) == {"energy", "gas", "lng"}
    assert all(evidence(label) == ["tanker"] for label in found.values())
    found = watched(labeller, "gas in a tanker")
    assert evidence(found["gas"]) == evidence(found["energy"]) == ["gas", "tanker"]
    assert found["energy"].score == found["gas"].score > found["lng"].score
    assert set(watched(labeller, "gas and oil in a tanker")) == {"gas", "energy"}


def test_all_labels_come_with_the_others(tmp_path, monkeypatch):
    monkeypatch.setattr(labeller_module, "label_topics", lambda *_: ())  # its model takes seconds to open
    labeller = desk(tmp_path, "topics: {t: {region: KZ, all: [{kk: [газ]}, {kk: [құбыр]}], near: 3}}")
    labels = labeller.label("", "Қазақстанның газ құбырлары", "kk")
    assert [(label.id, evidence(label)) for label in labels.watch] == [("t", ["газ", "құбырлары", "Қазақстанның"])]


@pytest.mark.parametrize(
    ("rules", "line", "words"),
    [
        (
            "topics:\n  a: {any: {en: [x]}}\n  b:\n    parent: c\n    any: {en: [y]}\n",
            4,
            "'c' is no topic of this file",
        ),
        (
            "topics:\n  a:\n    parent: b\n    any: {en: [x]}\n  b:\n    parent: a\n    any: {en: [y]}\n",
            3,
            "own parent",
        ),
        ("topics:\n  a:\n    any: {en: [x]}\n    region: central-asai\n", 4, "did you mean central-asia"),
        ("topics:\n  a:\n    any: {en: [x]}\n    region: [KZ, Kz]\n", 4, "'Kz' is no region"),
        ("topics:\n  a:\n    any: {en: [x]}\n    near: 3\n", 2, "two groups under all"),
        ("topics:\n  a:\n    near: ten\n    all: [{en: [x]}, {en: [y]}]\n", 3, "number of words"),
        ("topics:\n  a:\n    any: {en: [gas <x> deal]}\n", 3, "like gas <10> pipeline"),
        ("topics:\n  a:\n    any: {en: [gas <1> oil <2> deal]}\n", 3, "between two terms"),
        ("topics:\n  a:\n    any: {en: [(gas|oil)]}\n", 3, "list these terms apart"),
        ("topics:\n  a:\n    any: {en: [gas|oil <5> deal]}\n", 3, "stands in parentheses"),
        ("topics:\n  a:\n    any: {en: ['(gas|) <5> deal']}\n", 3, "has no letter"),
        ("topics:\n  a:\n    any: {uz_Cyrl: [газ]}\n", 3, "listed under uz"),
        ("topics:\n  a:\n    any: {uz-Cyrl: [газ]}\n", 3, "listed under uz, not 'uz-Cyrl'"),
        ("topics:\n  a:\n    any: {zh-Hant: [路]}\n", 3, "listed under zh"),
        ("topics:\n  a:\n    any: {xq-Latn: [x]}\n", 3, "no language code"),
        ("topics:\n  a:\n    any: {en: ['(a|) <5> b']}\n", 3, "'(a|) <5> b': '' has no letter"),
        (f"topics:\n  a:\n    any: {{en: [{'gas ' * 21}]}}\n", 3, "more than 20 words; is a comma missing?"),
        (f"topics:\n  a:\n    any: {{en: [{'gas-' * 2000}]}}\n", 3, "more than 20 words"),
        ("topics:\n  a:\n    all: [{}]\n", 3, "a group of all has no terms"),
        ("topics:\n  a:\n    any: {en: [x]}\n    all: [{en: [x]}, {en: []}]\n", 4, "a group of all has no terms"),
        ("topics:\n  a:\n    any: {en: []}\n", 2, "needs terms under any or all"),
        ("topics:\n  a:\n    any: {en: [x]}\n    region: []\n", 4, "names no place"),
        (f"topics:\n  a:\n    near: 3\n    all: [{', '.join(['{en: [x]}'] * 7)}]\n", 2, "6 at most"),
        ('topics:\n  "a\\0":\n    any: {en: [x]}\n', 2, "is no id of a topic"),
        ("topics:\n  Gas:\n    any: {en: [x]}\n", 2, "'Gas' is no id of a topic"),
        (f"topics:\n  {'a' * 64}:\n    any: {{en: [x]}}\n", 2, "is no id of a topic"),
        ("topics:\n  a:\n    any: {en: ['\"BRI*\"']}\n", 3, "take one of them away"),
    ],
)
def test_a_mistake_is_refused_with_its_line(tmp_path, rules, line, words):
    with pytest.raises(Config) as caught:
        desk(tmp_path, rules)
    assert f"topics.yaml, line {line}:" in str(caught.value)
    assert words in str(caught.value)
