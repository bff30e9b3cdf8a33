"""Weak labels: stored articles whose outlet says their topic by its section, for languages without labelled news."""

from collections.abc import Iterator

from sqlalchemy import Connection, select

from silkwire.label.topics.sections import section_topics
from silkwire.label.topics.training.texts import WEAK, TopicText
from silkwire.label.topics.vocabulary import topic_positions
from silkwire.warehouse.tables import articles

_MOST = 50_000  # of the newest articles that are looked at
_LEAST_TEXT = 200  # characters


def weak_texts(connection: Connection) -> Iterator[TopicText]:
    """Yield the stored articles of which the outlet's section names one topic and no other."""
    query = (
        select(articles.c.title, articles.c.text, articles.c.language, articles.c.sections, articles.c.url)
        .order_by(articles.c.discovered_at.desc(), articles.c.id)
        .limit(_MOST)
    )
    for row in connection.execute(query):
        said = section_topics(row.sections, row.url)
        if len(said) == 1 and len(row.text) >= _LEAST_TEXT:
            topics = tuple(topic_positions()[code] for code in said)
            yield TopicText(WEAK, row.language.partition("-")[0], row.title, row.text, topics)
