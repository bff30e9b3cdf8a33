"""What the tests of watch topics share: a desk of rules, and what it finds in a text."""

from pathlib import Path

from silkwire.label.labeller import Labeller
from silkwire.label.regions.region_file import read_regions
from silkwire.label.topics.watch import read_watch_topics
from silkwire.records import WatchLabel

REGIONS = "regions: {central-asia: {countries: [KZ, KG, TJ, TM, UZ], names: {en: [Central Asia]}}}"


def desk(folder: Path, rules: str) -> Labeller:
    """Return a labeller by these topics and one region, for watch topics alone: they need no model."""
    regions_path, topics_path = folder / "regions.yaml", folder / "topics.yaml"
    regions_path.write_text(REGIONS, "utf-8")
    topics_path.write_text(rules, "utf-8")
    regions = read_regions(regions_path)
    topics = read_watch_topics(topics_path, {region.id for region in regions})
    return Labeller(regions, topics, None, "")


def watched(labeller: Labeller, text: str, language: str = "en", title: str = "", country: str | None = None):
    """Return the watch labels of a text by id."""
    found: dict[str, WatchLabel] = {
        label.id: label for label in labeller.watch(title, text, language, source_country=country)
    }
    whole = f"{title}\n{text}"
    for label in found.values():
        assert 0 < label.score < 1
        assert all(whole[span.start : span.end] == span.text for span in label.evidence)
    return found


def evidence(label: WatchLabel) -> list[str]:
    """Return the words a label rests on."""
    return [span.text for span in label.evidence]
