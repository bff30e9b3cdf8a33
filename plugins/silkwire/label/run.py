"""The label stage: articles get countries, regions and topics, and the terms that they are found by."""

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection

from silkwire.drain import Task, crashed, drain
from silkwire.errors import Config
from silkwire.label.labeller import Labeller
from silkwire.label.search.terms import terms
from silkwire.records import Outcome
from silkwire.settings import Settings
from silkwire.warehouse import labels
from silkwire.warehouse.labels import LabelledArticle, PendingArticle
from silkwire.warehouse.runs import Tally

STAGE = "label"
_BATCH = 100


def run(task: Task) -> Tally:
    """Label the articles of one shard that have no labels at this labeller version; return the counts of articles."""
    labeller = Labeller.load(task.settings.regions, task.settings.topics, task.settings.topic_model)

    def take(connection: Connection) -> Sequence[PendingArticle]:
        return labels.take_pending(connection, task.shard, labeller.version, _BATCH)

    def work(article: PendingArticle) -> LabelledArticle:
        return _label(labeller, article)

    def save(connection: Connection, labelled: Sequence[LabelledArticle]) -> Iterable[tuple[str, Outcome]]:
        labels.save(connection, labelled, labeller.version, task.clock())
        return [("article", item.outcome) for item in labelled]

    return drain(task, STAGE, take, work, save)


def count_outdated(connection: Connection, settings: Settings) -> tuple[str, int, int]:
    """Return the labeller's version, how many articles there are, and how many are at none or another."""
    version = Labeller.load(settings.regions, settings.topics, settings.topic_model).version
    return version, *labels.count(connection, version)


def _label(labeller: Labeller, article: PendingArticle) -> LabelledArticle:
    try:
        found = labeller.label(
            article.title,
            article.text,
            article.language,
            source_country=article.source_country,
            day=article.day,
            sections=article.sections,
            url=article.url,
        )
        found_by = terms(article.title, article.text, article.language)
    except Config:
        raise  # nothing is wrong with the article: the model's encoder can't be opened
    except Exception as error:  # noqa: BLE001 - an article's fate is recorded here
        return LabelledArticle(article.id, crashed(error), None)
    return LabelledArticle(article.id, found.outcome, found, found_by)
