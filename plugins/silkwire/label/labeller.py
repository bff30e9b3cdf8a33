"""The label stage's pure half: title and text in, `Labels` out. No database, no network, no clock."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from silkwire.extract.languages.language import detect_language
from silkwire.label.matching.languages import spoken
from silkwire.label.matching.matcher import Hit, Matcher
from silkwire.label.matching.normal import NormalText, normalise
from silkwire.label.regions.cities import city_hits
from silkwire.label.regions.countries import label_countries, presume
from silkwire.label.regions.divisions import division_spellings
from silkwire.label.regions.gazetteer import place_spellings
from silkwire.label.regions.leaders import leader_spellings
from silkwire.label.regions.mentions import PLACE_KINDS, Found, find_mentions
from silkwire.label.regions.places import weigh
from silkwire.label.regions.region_file import Region, label_regions, read_regions, region_spellings, regions_by_member
from silkwire.label.regions.standing import Layout, crowd_of, facts, lay_out
from silkwire.label.topics.mediatopics import Article, label_topics
from silkwire.label.topics.model import TopicModel, load_model, shipped_model
from silkwire.label.topics.sections import section_topics
from silkwire.label.topics.watch import Watch, WatchTopic, read_watch_topics
from silkwire.label.topics.watch_places import named_places
from silkwire.label.topics.wordlists import topic_spellings
from silkwire.reasons import Reason
from silkwire.records import Evidence, Explanation, Labels, Outcome, WatchLabel

_CODE_VERSION = "4"  # raise it when code changes labels; data and configuration speak for themselves
_SOURCES = ("tables", "training")  # the gazetteer's, and the topic model's
_ONE_LINE = str.maketrans("\r\n", "  ")  # a title ends where its line does


class Labeller:
    """Labels articles. Build one a process with `load`; it compiles a language when it first meets it.

    `version` changes whenever the same article could get other labels.
    """

    def __init__(
        self, regions: tuple[Region, ...], topics: tuple[WatchTopic, ...], model: TopicModel, version: str
    ) -> None:
        """Keep what was read; `load` is the way in."""
        self.version = version
        self._model = model
        self._regions = regions
        self._groups = regions_by_member(regions)
        self._watch = Watch(topics)
        self._matchers: dict[str, Matcher] = {}

    @classmethod
    def load(cls, regions_path: Path, topics_path: Path, model_path: Path | None = None) -> "Labeller":
        """Read the analyst's files, and another model of the topics than ours; raise `Config` where one is wrong."""
        regions = read_regions(regions_path)
        topics = read_watch_topics(topics_path, {region.id for region in regions})
        model = load_model(model_path) if model_path else shipped_model()
        return cls(regions, topics, model, _version(regions_path, topics_path, *([model_path] if model_path else [])))

    def label(  # noqa: PLR0913 - what is known of an article
        self,
        title: str,
        text: str,
        language: str | None = None,
        *,
        source_country: str | None = None,
        day: date | None = None,
        sections: Sequence[str] = (),
        url: str = "",
    ) -> Labels:
        """Label one article. Evidence offsets are into title + newline + text.

        `source_country` (ISO 3166-1 alpha-2) is the outlet's: it decides between homonyms, and is presumed where the
        text names no country. `day` is the day of publication: leaders speak for their country while in office.
        `sections` are the outlet's own words for where the article belongs, `url` is its canonical address.
        """
        found = self.explain(title, text, language, source_country=source_country, day=day, sections=sections, url=url)
        return found.labels

    def explain(  # noqa: PLR0913 - the same
        self,
        title: str,
        text: str,
        language: str | None = None,
        *,
        source_country: str | None = None,
        day: date | None = None,
        sections: Sequence[str] = (),
        url: str = "",
    ) -> Explanation:
        """Label one article as `label` does, and tell which names were not believed."""
        title = title.translate(_ONE_LINE)
        language = language or detect_language(f"{title}\n{text}")
        normal, layout = _laid_out(title, text)
        hits = self._hits(normal, language)
        found = _mentions(hits, normal, language, source_country, day)
        places = weigh(found.mentions, normal, layout, self._groups)
        countries = label_countries(places) or presume(source_country)
        regions = label_regions(self._regions, places)
        said = section_topics(sections, url)
        topics = label_topics(self._model, Article(title, text, language, normal, layout, hits, said))
        watch = self._watch.label(normal, spoken(language), lambda: named_places(found.mentions, normal, self._groups))
        told = places or regions or topics or watch
        outcome = Outcome.ok() if told else Outcome.abstained(Reason.NO_EVIDENCE)
        return Explanation(Labels(language, countries, regions, topics, watch, outcome), found.dropped)

    def watch(
        self, title: str, text: str, language: str, *, source_country: str | None = None, day: date | None = None
    ) -> tuple[WatchLabel, ...]:
        """Label the watch topics alone, as `label` does; places are looked for only where a topic needs one."""
        normal = normalise(f"{title.translate(_ONE_LINE)}\n{text}")

        def places() -> dict[str, Evidence]:
            found = _mentions(self._hits(normal, language), normal, language, source_country, day)
            return named_places(found.mentions, normal, self._groups)

        return self._watch.label(normal, spoken(language), places)

    def facts(self, title: str, text: str, language: str) -> dict[str, tuple[float, float, float]]:
        """Return what decides whether an article is about each country it names: the facts that `standing` weighs."""
        normal, layout = _laid_out(title, text)
        mentions = _mentions(self._hits(normal, language), normal, language, None, None).mentions
        crowd = crowd_of(mentions, normal, layout)
        countries = {mention.country for mention in mentions if mention.country}
        return {code: facts([each for each in mentions if each.country == code], crowd, layout) for code in countries}

    def _hits(self, text: NormalText, language: str) -> list[Hit]:
        """Find the names and terms of all languages that a text of one language may hold."""
        return [hit for code in spoken(language) for hit in self._matcher(code).hits(text, code)]

    def _matcher(self, language: str) -> Matcher:
        """Return the matcher of a language's own names and terms, compiled once."""
        if language not in self._matchers:
            self._matchers[language] = Matcher.compiled(
                (
                    *place_spellings(language),
                    *division_spellings(language),
                    *leader_spellings(language),
                    *region_spellings(self._regions, language),
                    *topic_spellings(language),
                )
            )
        return self._matchers[language]


def _laid_out(title: str, text: str) -> tuple[NormalText, Layout]:
    normal = normalise(f"{title}\n{text}")
    return normal, lay_out(normal, normalise(title))


def _mentions(
    hits: Iterable[Hit], text: NormalText, language: str, source_country: str | None, day: date | None
) -> Found:
    """Find the places that a text means among all hits, and its cities."""
    named = [hit for hit in hits if hit.pattern.speaker.kind in PLACE_KINDS] + city_hits(text, language)
    return find_mentions(named, text, language, outlet=source_country, day=day)


def _version(*configuration: Path) -> str:
    """Hash everything that changes labels: the analyst's files and our data."""
    digest = hashlib.sha256()
    for content in (*(path.read_bytes() for path in configuration), *_data(files(__package__))):
        digest.update(hashlib.sha256(content).digest())
    return f"{_CODE_VERSION}-{digest.hexdigest()[:8]}"


def _data(folder: Traversable) -> Iterator[bytes]:
    """Yield every data file of the package, in the order of names, but not what others of them are made from."""
    for entry in sorted(folder.iterdir(), key=lambda item: item.name):
        if entry.is_dir() and entry.name not in _SOURCES:
            yield from _data(entry)
        elif entry.is_file() and not entry.name.endswith((".py", ".pyc")):
            yield entry.read_bytes()
