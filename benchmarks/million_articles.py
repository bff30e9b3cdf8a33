"""The articles of the large warehouse: their words, their labels, and the evidence of each label in the words."""

from dataclasses import dataclass

from benchmarks.million_bulk import Row
from benchmarks.million_plan import Plan, World
from benchmarks.million_subjects import Subject
from benchmarks.million_text import Tongue
from silkwire.label.regions.region_file import Region
from silkwire.label.topics.vocabulary import topic_codes
from silkwire.label.topics.watch_topic import WatchTopic

VERSION = "benchmark"
_ROLES = ("about", "mentioned")


@dataclass(frozen=True, slots=True)
class Draws:
    """What was drawn for one text: see `Plan`."""

    subjects: list[int]
    about: bool
    topics: list[int]
    watch: int
    writing: list[int]
    length: int


@dataclass(frozen=True, slots=True)
class Article:
    """A written article, and the pieces that its title and its text are made of.

    `places` are its subjects with role and evidence; `headline` and `watch` are the evidence of its topics.
    """

    title: str
    text: str
    title_pieces: list[str]
    pieces: list[str]
    places: list[tuple[int, int, str]]
    headline: str
    watch: str


class Desk:
    """Writes the articles of a plan, and says what they are labelled with."""

    def __init__(
        self, world: World, plan: Plan, regions: tuple[Region, ...], watch: tuple[WatchTopic, ...], seed: int
    ) -> None:
        """Learn the languages of the feeds."""
        self._plan = plan
        self._subjects = world.subjects
        self._codes = list(topic_codes().values())
        self._watch = watch
        self.tongues = {each: Tongue(each, seed) for each in sorted({feed.language for feed in world.feeds})}
        by_id = {region.id: region for region in regions}
        self._places = {
            name: [_name(tongue, subject, by_id) for subject in world.subjects] for name, tongue in self.tongues.items()
        }
        self._watched = {name: [tongue.label(each) for each in watch] for name, tongue in self.tongues.items()}

    def draws(self, origins: list[int]) -> list[Draws]:
        """Return what was drawn for the texts of these rows."""
        plan = self._plan
        columns = (plan.subjects, plan.about, plan.topics, plan.watch, plan.writing, plan.length)
        return [Draws(*row) for row in zip(*(column[origins].tolist() for column in columns), strict=True)]

    def write(self, language: str, draws: Draws) -> Article:
        """Write one article: its first place opens the headline, the others and the watch topic the first line."""
        tongue, names = self.tongues[language], self._places[language]
        headlines = tongue.headlines[max(draws.topics[0], 0)]
        headline = headlines[draws.writing[0] % len(headlines)]
        first, *others = draws.subjects
        title_pieces, places = [headline], []
        if first >= 0:
            title_pieces = [names[first], headline]
            places.append((first, 0, _receipt(names[first], 0, self._subjects[first])))
        title = tongue.colon.join(title_pieces)
        # A few people are in many articles, most are in hardly any.
        people = (int(len(tongue.people) * (draws.writing[1] / 2**31) ** 3), draws.writing[3] % len(tongue.people))
        pieces = [tongue.people[each] for each in people]
        # Where the next piece of the first line will begin, as evidence counts.
        start = len(title) + 1 + sum(map(len, pieces)) + 2 * len(tongue.comma)
        for subject, role in zip(others, (0 if draws.about else 1, 1), strict=True):
            if subject >= 0:
                places.append((subject, role, _receipt(names[subject], start, self._subjects[subject])))
                pieces.append(names[subject])
                start += len(names[subject]) + len(tongue.comma)
        watch = ""
        if draws.watch >= 0:
            watch = _span(self._watched[language][draws.watch], start)
            pieces.append(self._watched[language][draws.watch])
        line = tongue.comma.join(pieces) + tongue.stop.strip()
        body = self._body(tongue, draws)
        topic = _span(headline.split(" ", 1)[0], len(title) - len(headline))
        return Article(title, "\n".join((line, *body)), title_pieces, pieces + body, places, topic, watch)

    def _body(self, tongue: Tongue, draws: Draws) -> list[str]:
        stock, first, step = tongue.paragraphs, draws.writing[2], draws.writing[3] | 1
        return [stock[(first + number * step) % len(stock)] for number in range(draws.length * (1 + tongue.chinese))]

    def labels(
        self, key: str, article: Article, draws: Draws, country: str | None
    ) -> tuple[list[Row], list[Row], list[Row]]:
        """Return the rows of an article's countries, regions and topics; `country` is its source's."""
        countries: dict[str, Row] = {}
        regions: dict[str, Row] = {}
        score = 0.5 + draws.writing[0] % 50 / 100
        for subject, role, receipt in article.places:
            place = self._subjects[subject]
            if place.country is not None and place.country not in countries:
                countries[place.country] = (key, place.country, _ROLES[role], score, receipt, VERSION)
            for region in place.regions:
                regions.setdefault(region, (key, region, _ROLES[role], score, receipt, VERSION))
        if not countries and country is not None:
            receipt = f'[{{"text": "", "start": 0, "end": 0, "kind": "outlet", "place": "{country}"}}]'
            countries[country] = (key, country, "presumed", 0.5, receipt, VERSION)
        topics: list[Row] = [
            (key, "medtop", self._codes[topic], score - 0.2 * rank, article.headline, VERSION)
            for rank, topic in enumerate(draws.topics)
            if topic >= 0
        ]
        if draws.watch >= 0:
            watch = self._watch[draws.watch]
            topics += [(key, "watch", name, score, article.watch, VERSION) for name in (watch.id, watch.parent) if name]
        return list(countries.values()), list(regions.values()), topics


def _name(tongue: Tongue, subject: Subject, regions: dict[str, Region]) -> str:
    return tongue.label(regions[subject.id]) if subject.is_region else tongue.country(subject.id)


def _span(text: str, start: int) -> str:
    return f'[{{"text": "{text}", "start": {start}, "end": {start + len(text)}}}]'


def _receipt(name: str, start: int, subject: Subject) -> str:
    return (
        f'[{{"text": "{name}", "start": {start}, "end": {start + len(name)},'
        f' "kind": "{subject.kind}", "place": "{subject.place}"}}]'
    )
