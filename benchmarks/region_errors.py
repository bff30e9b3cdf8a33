"""Texts whose countries we get wrong, to read and learn from: `python -m benchmarks region-errors SET [LANGUAGE] [N]`.

SET is a set's name (`lgl`, `sib-countries`, `paragraphs`), LANGUAGE a BCP 47 tag where the set has several, N how many
to show. Under each text: a country too many with the names that spoke for it, a missing one with those that were not
believed, a wrong primary. What shows up here is a question about a rule, never a text to add to the data.
"""

from collections.abc import Iterator

from benchmarks.region_sets import RegionSample, all_sets
from benchmarks.regions import codes, labeller
from silkwire.records import Explanation

SHOWN = 20
_LENGTH = 300


def show(name: str, *rest: str) -> None:
    """Print the texts of a set that we get wrong."""
    shown = next((int(word) for word in rest if word.isdigit()), SHOWN)
    language = next((word for word in rest if not word.isdigit()), None)
    samples = [
        sample
        for region_set in all_sets()
        if region_set.name == name and language in (None, region_set.language)
        for sample in region_set.samples
    ]
    if not samples:
        print(f"no such set; there are {', '.join(map(str, all_sets())) or 'none beside the checkout'}")
    wrong = 0
    for sample in samples:
        explained = labeller().explain(sample.title, sample.text, sample.language)
        errors = list(_errors(sample, explained))
        wrong += bool(errors)
        if errors and wrong <= shown:
            gold = " ".join(sorted(sample.countries)) or "none"
            print(f"{sample.key} ({sample.language})  gold: {gold}  ours: {_ours(explained)}")
            print(*errors, sep="\n")
            text = " ".join(sample.text.split())[:_LENGTH]
            print(*(f"  {line}" for line in (sample.title, text) if line), "", sep="\n")
    print(f"{wrong:,} of {len(samples):,} texts are wrong, {min(wrong, shown):,} shown")


def _ours(explained: Explanation) -> str:
    return " ".join(f"{label.code} ({label.role} {label.score:.2f})" for label in explained.labels.countries) or "none"


def _errors(sample: RegionSample, explained: Explanation) -> Iterator[str]:
    ours = codes(explained.labels.countries)
    for label in explained.labels.countries:
        if label.code in ours and label.code not in sample.countries:
            names = ", ".join(f"{evidence.text} [{evidence.kind} {evidence.place}]" for evidence in label.evidence)
            yield f"  too many  {label.code}: {names}"
    for code in sorted(sample.countries - set(ours)):
        names = ", ".join(f"{each.evidence.text} [{each.why}]" for each in explained.dropped if each.code == code)
        yield f"  missing   {code}: {names or 'no name found'}"
    if sample.primary and ours[:1] != (sample.primary,):
        yield f"  primary   {sample.primary}, ours {ours[0] if ours else 'none'}"
    if sample.about is not None and sample.about != sample.countries:
        about = [label.code for label in explained.labels.countries if label.role == "about"]
        if sample.about != set(about):
            yield f"  about     {' '.join(sorted(sample.about)) or 'none'}, ours {' '.join(about) or 'none'}"
