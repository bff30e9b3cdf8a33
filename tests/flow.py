"""Running the flow in tests: every stage in this process, and what the tables then hold."""

from datetime import datetime

from sqlalchemy import Engine, text

from silkwire.records import Shard
from silkwire.report.publication import Report
from silkwire.settings import Settings
from silkwire.stages import STAGES, publish, run_stage
from silkwire.warehouse.engine import transaction
from tests.conftest import NOW

# What two runs that did the same work have in common. When, in which file and by which run is not part of it.
SAME = {
    "links": "id, feed_id, source_id, url, guid, title, summary, authors, categories, published_at, outcome, reason",
    "pages": "link_id, url, status, content_type, digest, article_id, extractor_version, outcome, reason",
    "articles": "id, source_id, feed_id, url, site_name, title, text, authors, language, published_at, published_from,"
    " text_path, language_from, modified_at, modified_from, feed_days_apart, image_url, sections,"
    " published_day, content_hash, extractor_version, labeller_version, outcome, reason",
    "article_countries": "article_id, country, role, score, evidence, version",
    "article_regions": "article_id, region, role, score, evidence, version",
    "article_topics": "article_id, scheme, topic, score, evidence, version",
    "feeds": "id, source_id, url, active, etag, body_hash, failures > 0",
}


def run_flow(settings: Settings, run_id: str, now: datetime = NOW, shards: int = 1) -> Report:
    """Run every stage over all shards, then publish."""
    for stage in STAGES:
        for index in range(shards):
            run_stage(stage, settings, run_id, Shard(index, shards), lambda: now)
    return publish(settings, run_id, lambda: now)


def snapshot(engine: Engine) -> dict[str, list[tuple[object, ...]]]:
    """Read what is the same after any run that did all the work."""
    with transaction(engine) as connection:
        return {
            table: sorted((tuple(row) for row in connection.execute(text(f"select {columns} from {table}"))), key=str)
            for table, columns in SAME.items()
        }


def rows(engine: Engine, query: str) -> list[tuple[object, ...]]:
    """Run a query of a test."""
    with transaction(engine) as connection:
        return [tuple(row) for row in connection.execute(text(query))]
