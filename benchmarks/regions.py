"""How right the countries of articles are, beside plain dictionaries and blind answers, on texts with gold.

Precision, recall and F1 are of all pairs of text and country in a set; *primary* is how often our first country is the
gold's, *silent* how many of the texts without a country get none. A presumed country counts only where a row says so.
"""

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from babel import Locale
from rich.table import Column, Table

from benchmarks.region_baselines import BASELINES, OUTLETS
from benchmarks.region_sets import PARAGRAPHS, PARALLEL, RegionSample, RegionSet, all_sets, read_corpus
from silkwire.label.labeller import Labeller
from silkwire.records import CountryLabel, Role
from silkwire.settings import ROOT

WITH_OUTLET = ("lgl", "kaznerd-valid", "slavicner-ru", "slavicner-uk")  # sets whose outlets are of one country
# Sets whose gold has a country only for some kinds of evidence: none for Florida and Putin, or not even for Almaty.
_NAMES = frozenset(("name", "short"))
OUTRIGHT = {"kaznerd-valid": _NAMES, "zhner": _NAMES, PARALLEL: _NAMES | {"adj", "city"}}
_EITHER = frozenset((Role.ABOUT, Role.MENTIONED))
_PRESUMED = _EITHER | {Role.PRESUMED}
_ABOUT = frozenset((Role.ABOUT,))


@dataclass(frozen=True, slots=True)
class CountryScores:
    """The figures of one way to label a set; None where its gold does not ask."""

    precision: float
    recall: float
    f1: float
    primary: float | None
    abstained: float
    silent: float | None


@cache
def labeller() -> Labeller:
    """Return the product's labeller with its configuration."""
    return Labeller.load(ROOT / "config" / "regions.yaml", ROOT / "config" / "topics.yaml")


@cache
def labelled(region_set: RegionSet, outlet: str | None = None) -> tuple[list[tuple[CountryLabel, ...]], float]:
    """Label the texts of a set; return the countries of each, and texts a second, one process."""
    label = labeller().label
    warm = region_set.samples[0]
    label(warm.title, warm.text, warm.language)  # compiles the language's names
    started = time.perf_counter()
    found = [label(s.title, s.text, s.language, source_country=outlet).countries for s in region_set.samples]
    return found, len(found) / (time.perf_counter() - started)


def codes(labels: Iterable[CountryLabel], roles: frozenset[Role] = _EITHER) -> tuple[str, ...]:
    """Return the countries that have one of the roles, the likeliest first."""
    return tuple(label.code for label in labels if label.role in roles)


def outright(labels: Iterable[CountryLabel], kinds: frozenset[str]) -> tuple[str, ...]:
    """Return the countries that have evidence of a kind that the gold of a set counts."""
    return tuple(label.code for label in labels if any(span.kind in kinds for span in label.evidence))


def score(samples: Sequence[RegionSample], answers: Sequence[tuple[str, ...]], *, about: bool = False) -> CountryScores:
    """Score answers against what texts name, or against what they are about."""
    wanted = [(s.about or frozenset()) if about else s.countries for s in samples]
    right = sum(len(gold & set(answer)) for gold, answer in zip(wanted, answers, strict=True))
    given, asked = sum(len(set(answer)) for answer in answers), sum(map(len, wanted))
    primaries = [
        answer[:1] == (sample.primary,) for sample, answer in zip(samples, answers, strict=True) if sample.primary
    ]
    silent = [not answer for sample, answer in zip(samples, answers, strict=True) if not sample.countries]
    return CountryScores(
        precision=right / given if given else 0.0,
        recall=right / asked if asked else 0.0,
        f1=2 * right / (given + asked) if given + asked else 0.0,
        primary=_share(primaries),
        abstained=_share([not answer for answer in answers]) or 0.0,
        silent=_share(silent),
    )


def scores(corpus: str) -> dict[str, float]:
    """Return the figures of a file that have a floor."""
    found: dict[str, float | None] = {}
    for region_set in read_corpus(corpus):
        labels, _ = labelled(region_set)
        figures = score(region_set.samples, [codes(each) for each in labels])
        prefix = f"{region_set.language} " if region_set.name == PARALLEL else ""
        found |= {f"{prefix}countries F1": figures.f1, f"{prefix}primary": figures.primary}
        found[f"{prefix}silent"] = figures.silent
        if region_set.name in OUTRIGHT:
            named = score(region_set.samples, [outright(each, OUTRIGHT[region_set.name]) for each in labels])
            found |= {f"{prefix}outright F1": named.f1, f"{prefix}outright silent": named.silent}
        if region_set.name == PARAGRAPHS:
            about = [codes(each, _ABOUT) for each in labels]
            found["about F1"] = score(region_set.samples, about, about=True).f1
    return {what: figure for what, figure in found.items() if figure is not None}


def measure() -> Table:
    """Label every set, by us and by each baseline; return the table."""
    table = Table(
        Column("set", no_wrap=True),
        *("texts", "P", "R", "F1", "primary", "no\ncountry", "false\nalarms", "texts/s"),
        *(f"{name}\nF1 primary" for name in BASELINES),
        title="countries of texts: ours, and F1 and primary of the baselines",
    )
    for region_set in all_sets():
        table.add_row(*_row(region_set))
        for row in _further_rows(region_set):
            table.add_row(*row)
    if not table.rows:
        table.caption = "skipped: there are no sets with countries beside the checkout"
    elif historical := _historical():
        table.caption = f"countries of the gold that are no more, and count as missed: {historical}"
    return table


def _row(region_set: RegionSet) -> list[str]:
    labels, rate = labelled(region_set)
    ours = score(region_set.samples, [codes(each) for each in labels])
    baselines = [score(region_set.samples, answers(region_set)) for answers in BASELINES.values()]
    return [
        str(region_set),
        *_figures(region_set, ours, rate),
        *(f"{_points(baseline.f1)} {_points(baseline.primary)}" for baseline in baselines),
    ]


def _further_rows(region_set: RegionSet) -> list[list[str]]:
    """Return rows for what a text is about, and for what knowing the outlet changes."""
    labels, rate = labelled(region_set)
    rows = []
    if any(sample.about for sample in region_set.samples):
        ours = score(region_set.samples, [codes(each, _ABOUT) for each in labels], about=True)
        beside = [score(region_set.samples, answers(region_set), about=True) for answers in BASELINES.values()]
        figures = (f"{_points(baseline.f1)} {_points(baseline.primary)}" for baseline in beside)
        rows.append(["  about", *_figures(region_set, ours, rate), *figures])
    if region_set.name in OUTRIGHT:
        named = score(region_set.samples, [outright(each, OUTRIGHT[region_set.name]) for each in labels])
        rows.append(["  named outright", *_figures(region_set, named, rate)])
    if region_set.name in WITH_OUTLET:
        labels, rate = labelled(region_set, OUTLETS[region_set.name])
        for name, roles in (("  outlet known", _EITHER), ("  and presumed", _PRESUMED)):
            ours = score(region_set.samples, [codes(each, roles) for each in labels])
            rows.append([name, *_figures(region_set, ours, rate)])
    return rows


def _figures(region_set: RegionSet, ours: CountryScores, rate: float) -> list[str]:
    alarms = None if ours.silent is None else 1 - ours.silent
    shares = (ours.precision, ours.recall, ours.f1, ours.primary, ours.abstained, alarms)
    return [f"{len(region_set.samples):,}", *map(_points, shares), f"{rate:,.0f}"]


def _historical() -> str:
    """Return the codes of the gold that are not in CLDR, with the number of texts that have them, by set."""
    known = set(Locale("en").territories)
    found = [
        f"{region_set} {code} ({sum(code in sample.countries for sample in region_set.samples)})"
        for region_set in all_sets()
        for code in sorted({code for sample in region_set.samples for code in sample.countries} - known)
    ]
    return ", ".join(found)


def _share(answers: Sequence[bool]) -> float | None:
    return sum(answers) / len(answers) if answers else None


def _points(figure: float | None) -> str:
    return "–" if figure is None else f"{figure:.3f}".removeprefix("0")
