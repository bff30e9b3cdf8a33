"""`topics check`: what can't do what its author meant is told with its line and a remedy."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from silkwire.cli.commands import tree
from silkwire.label.topics.watch_lint import Finding, lint

RULES = "topics:\n  t:\n"


@pytest.fixture
def find(tmp_path):
    """Return a function that looks rules through."""

    def find(rules: str) -> list[Finding]:
        path = tmp_path / "topics.yaml"
        path.write_text(rules, "utf-8")
        return lint(path, {"central-asia"})

    return find


@pytest.mark.parametrize(
    ("rules", "line", "what", "remedy"),
    [
        (f"{RULES}    any: {{en: [a1]}}\n    treshold: 2\n", 4, "'treshold' is no key", "threshold"),
        (f"{RULES}    any: {{en: [gas, oil]}}\n    none: {{en: [gas]}}\n", 3, "'gas' can never count", "take one"),
        (
            f"{RULES}    any: {{en: [oil, gas deal]}}\n    none: {{en: [deals, deal]}}\n",
            3,
            "'gas deal' can never",
            "none",
        ),
        (f"{RULES}    all: [{{en: [gas]}}]\n    none: {{en: [GAS]}}\n", 3, "'gas' can never count", "take one"),
        (f"{RULES}    any: {{ru: [газ, Cибирь]}}\n", 3, "mixes Cyrillic letters with C", "copy this: Сибирь"),
        (f"{RULES}    any: {{kk: [\n      мұнaй]}}\n", 4, "mixes Cyrillic letters with a", "copy this: мұнай"),
        (f"{RULES}    any: {{en: [gаs]}}\n", 3, "mixes Latin letters with а", "copy this: gas"),
        (f"{RULES}    any: {{en: [газ]}}\n", 3, "'газ' is not in Latin letters", "under its own language"),
        (f"{RULES}    any: {{en: ['\"BRI\"*']}}\n", 3, "quotes ask for the very word", "take one of them away"),
        (f"{RULES}    any: {{en: ['~gas*']}}\n", 3, "~ asks for no ending", "take one of them away"),
        (f"{RULES}    any: {{en: ['!!']}}\n", 3, "has no letter", "correct"),
        (f"{RULES}    any: {{ar: [ـ]}}\n", 3, "has no letter", "correct"),
        (f"{RULES}    any: {{en: [{{gas: 0.6}}, {{oil: 0.3}}]}}\n", 3, "0.9 together, the threshold is 1", "raise"),
        (
            f"{RULES}    threshold: 3\n    any: {{en: [a1, b1, c1], fr: [a1, b1]}}\n",
            4,
            "can never hold in fr",
            "fr terms",
        ),
        (f"{RULES}    all: [{{en: [gas], kk: [газ]}}, {{en: [deal]}}]\n", 3, "never hold in kk", "add kk terms"),
        (f"{RULES}    any: {{en: [gas]}}\n    region: XX\n", 4, "'XX' is no region", ""),
        (f"{RULES}    any: {{en: ['gas; oil*s']}}\n", 3, "'gas; oil*s': a * can only end a term", "correct this line"),
        (f"{RULES}    any: {{en: ['\"gas; oil*\"']}}\n", 3, "quotes ask for the very word", "take one of them away"),
        (f"{RULES}    any: {{en: [gas]}}\n    parent: nergy\n  energy: {{}}\n", 4, "'nergy' is no topic", "energy"),
        (f"{RULES}    any: {{en: [gas]}}\n    parent: u\n", 4, "'u' is no topic of this file", "valid are t"),
    ],
)
def test_what_can_never_be_is_an_error(find, rules, line, what, remedy):
    errors = [finding for finding in find(rules) if finding.level == "error"]
    assert [finding.line for finding in errors] == [line]
    assert what in errors[0].what
    assert errors[0].remedy
    assert remedy in errors[0].remedy


@pytest.mark.parametrize(
    ("rules", "what"),
    [
        (f"{RULES}    any: {{en: [gas deal, oil, Gas-Deal]}}\n", "'Gas-Deal' stands in this topic already, in line 3"),
        (f"{RULES}    any: {{en: [gas, gas deal]}}\n", "'gas deal' is found by 'gas' already"),
        (f"{RULES}    any: {{en: [pipelines, pipelin*]}}\n", "'pipelines' is found by 'pipelin*' already"),
        (f"{RULES}    any: {{en: [{{visa: 0.5}}, {{visas: 0.5}}]}}\n", "a text that has the one counts both"),
        (f"{RULES}    any: {{en: [gas, gas <5> deal]}}\n", "'gas <5> deal' is found by 'gas' already"),
        (
            f"{RULES}    any: {{en: [oil, (gas|oil sale) <5> (deal|sale)]}}\n",
            "'oil sale' of en term '(gas|oil sale) <5> (deal|sale)' is found by 'oil' already",
        ),
        (
            f"{RULES}    none: {{zh: [天然气, 天然气管道]}}\n    any: {{zh: [水]}}\n",
            "'天然气管道' is found by '天然气'",
        ),
        (f"{RULES}    any: {{en: [gas], ru: [газ]}}\n  u:\n    any: {{en: [oil]}}\n", "no terms in ru"),
        (f"{RULES}    any: {{en: [gas]}}\n  u:\n    any: {{en: [Gas]}}\n", "'Gas' makes 't' hold too, by line 3"),
        (f"{RULES}    any: {{ru: [газ], kk: [{{отын: 0.4}}]}}\n", "it holds there only with words of ru"),
        (f'{RULES}    any: {{en: ["BRI", gas]}}\n', "'BRI' is found in small letters too"),
        (f"{RULES}    any: {{ru: [{{'СНГ': 2}}]}}\n", "'СНГ' is found in small letters too"),
        (f"{RULES}    any: {{kk: [temir joly]}}\n", "the i of 'temir' is read as и"),
        (f"{RULES}    any: {{ru: [газ, {{caxap: 0.5}}]}}\n", "Latin letters that look like Cyrillic"),
    ],
)
def test_what_is_odd_is_a_notice(find, rules, what):
    assert [(finding.level, what in finding.what) for finding in find(rules)] == [("notice", True)]


@pytest.mark.parametrize(
    "rules",
    [
        f"{RULES}    any: {{en: [{{gas: 0.4}}, gas pipeline]}}\n",  # a weak term and a strong one that holds it
        f"{RULES}    any: {{en: [gas, '~gases of war', '\"GAS\"'], ru: [СПГ, С5+1, C5+1, KazTransGas]}}\n".replace(
            "gas, ", "{gas: 0.1}, "
        ),
        f"{RULES}    any: {{en: [visa*, ~free visa]}}\n    none: {{en: [visa card]}}\n".replace("~free visa", "permit"),
        f"{RULES}    any: {{uz: [yoʻl, маъно], kk: [qūbyr, құбыр]}}\n".replace(", құбыр", ", мұнай"),
        f"{RULES}    any: {{kk: [temır, mūnai, AIIB, Visa], en: [BRI, 'GAS, OIL', '\"SCO\"', C5+1, oil; tar]}}\n",
        f"{RULES}    any: {{en: ['\"Turkey\"']}}\n    none: {{en: ['~turkeys']}}\n",
        f"{RULES}    any: {{en: [gas]}}\n    all: [{{en: [gas, oil]}}, {{en: [deal]}}]\n",
    ],
)
def test_what_is_right_is_not_told(find, rules):
    assert find(rules) == []


def test_one_mistake_does_not_hide_the_next(find):
    rules = "topics:\n  a:\n    any: {en: ['~x*', y z, {y: high}], xq: [w]}\n    pearent: b\n  b: {}\n"
    assert [finding.line for finding in find(rules)] == [3, 3, 3, 4, 5]


def test_the_command_ends_with_one_only_where_something_is_an_error(tmp_path: Path):
    path = tmp_path / "topics.yaml"
    path.write_text(f"{RULES}    any: {{en: [gas, gas deal]}}\n", "utf-8")
    told = CliRunner().invoke(tree(), ["topics", "check", "--file", str(path)])
    assert told.exit_code == 0
    assert f"{path}:3: notice: en term 'gas deal' is found by 'gas' already" in told.output
    path.write_text(f"{RULES}    any: {{en: [газ]}}\n", "utf-8")
    told = CliRunner().invoke(tree(), ["topics", "check", "--file", str(path), "--json"])
    assert told.exit_code == 1
    document = json.loads(told.output)
    assert (document["errors"], document["findings"][0]["line"]) == (1, 3)
    told = CliRunner().invoke(tree(), ["topics", "check", "--file", str(tmp_path / "none.yaml")])
    assert told.exit_code == 1
