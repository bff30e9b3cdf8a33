"""The accuracy of extraction and country labels does not fall unnoticed: floors on real texts beside the checkout.

`floors.json` beside this file keeps, for each corpus, its digest and the floor of each measure. A floor is raised when
the figure rises (`python -m benchmarks accuracy` prints it, `python -m benchmarks floors` writes it); one that lags
behind fails too, so that nobody can lower it in silence: it is the figure itself that has to fall.
"""

import json
from pathlib import Path

import pytest
from benchmarks.accuracy import CORPORA, digest, present
from benchmarks.region_sets import PARAGRAPH_LANGUAGES, PARALLEL_LANGUAGES

FLOORS = json.loads(Path(__file__).with_name("floors.json").read_text(encoding="utf-8"))
# What was promised to users, whatever else changes.
PROMISED = {
    ("extraction/aeb.jsonl.gz", "text F1"): 0.964,  # trafilatura's best setting
    ("extraction/fundus-en-de.jsonl.gz", "text F1"): 0.953,  # trafilatura's best setting
    ("extraction/fundus-en-de.jsonl.gz", "title"): 0.85,
    ("extraction/fundus-en-de.jsonl.gz", "day"): 0.97,
    ("extraction/zh-pages-no-gold.jsonl.gz", "paragraph F1"): 0.9,  # trafilatura's best setting: .806
    ("dates/eval_default.jsonl.gz", "day"): 0.92,
    ("language/sentences.jsonl.gz", "whole sentences"): 0.997,
    ("language/sentences.jsonl.gz", "six words"): 0.985,
    ("regions/reuters-train.jsonl.gz", "countries F1"): 0.86,
    ("regions/reuters-train.jsonl.gz", "primary"): 0.9,
    ("regions/lgl.jsonl.gz", "countries F1"): 0.76,
    ("regions/lgl.jsonl.gz", "primary"): 0.74,
    ("regions/geovirus.jsonl.gz", "countries F1"): 0.93,
    ("regions/geovirus.jsonl.gz", "primary"): 0.92,
    ("regions/geowebnews.jsonl.gz", "countries F1"): 0.9,
    ("regions/geowebnews.jsonl.gz", "primary"): 0.88,
    ("regions/slavicner-ru.jsonl.gz", "countries F1"): 0.88,
    ("regions/slavicner-ru.jsonl.gz", "primary"): 0.88,
    ("regions/slavicner-uk.jsonl.gz", "countries F1"): 0.89,
    ("regions/slavicner-uk.jsonl.gz", "primary"): 0.91,
    # The gold of these counts some kinds of evidence only (benchmarks/regions.py: OUTRIGHT).
    ("regions/kaznerd-valid.jsonl.gz", "outright F1"): 0.95,
    ("regions/zhner.jsonl.gz", "outright F1"): 0.75,
    **{
        ("regions/sib-countries.jsonl.gz", f"{language} countries F1"): 0.88 for language in PARALLEL_LANGUAGES.values()
    },
    **{("regions/sib-countries.jsonl.gz", f"{language} outright F1"): 0.92 for language in PARALLEL_LANGUAGES.values()},
    **{
        ("regions/sib-countries.jsonl.gz", f"{language} outright silent"): 0.97
        for language in PARALLEL_LANGUAGES.values()
        if language != "zh-Hant"  # .959: names inside other words, which simplified texts write apart more often
    },
    **{(f"benchmarks/gold/regions/{language}.jsonl", "countries F1"): 0.95 for language in PARAGRAPH_LANGUAGES},
}
SLACK = 0.005  # by which a floor may lag behind its figure


@pytest.mark.slow
@pytest.mark.parametrize("name", CORPORA)
def test_accuracy_is_at_its_floor(name: str) -> None:
    if name not in present():
        pytest.skip(f"{name} is not beside the checkout")
    assert name in FLOORS, "no floors yet: python -m benchmarks floors"
    kept = FLOORS[name]
    assert digest(name) == kept["digest"], "another corpus: measure anew, and write digest and floors down"
    scores = CORPORA[name](name)
    low = {what: score for what, score in scores.items() if score < kept["floors"][what]}
    assert not low, f"below {kept['floors']}"
    lagging = {what: score for what, score in scores.items() if score > kept["floors"][what] + SLACK}
    assert not lagging, f"raise the floors of {name} in floors.json"


def test_no_floor_is_below_what_was_promised() -> None:
    floors = {(name, what): floor for name, kept in FLOORS.items() for what, floor in kept["floors"].items()}
    assert {key: floor for key, floor in PROMISED.items() if floors.get(key, 0.0) < floor} == {}
