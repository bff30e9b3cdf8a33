"""The large warehouse's links, pages, articles and labels, copied in batches; and links that became no article."""

import numpy as np
from sqlalchemy import Engine

from benchmarks.million_articles import VERSION, Desk
from benchmarks.million_bulk import Row, copy_rows, without_indexes
from benchmarks.million_feeds import Integers
from benchmarks.million_plan import Plan, World
from silkwire.keys import stable_key
from silkwire.warehouse.engine import transaction

BATCH = 20_000
COLUMNS = {
    "links": (
        *("id", "feed_id", "source_id", "host", "url", "guid", "title", "summary", "authors", "published_at"),
        *("discovered_at", "attempts", "decided_at", "outcome", "reason"),
    ),
    "pages": (
        *("link_id", "source_id", "url", "status", "content_type", "digest", "fetched_at", "warc_path", "warc_offset"),
        *("warc_length", "text_from", "article_id", "extractor_version", "extracted_at", "outcome", "reason"),
    ),
    "articles": (
        *("id", "source_id", "feed_id", "url", "site_name", "title", "text", "text_from", "text_path", "authors"),
        *("language", "language_from", "published_at", "published_from", "published_day", "discovered_at"),
        *("fetched_at", "content_hash", "extractor_version", "labeller_version", "labelled_at", "outcome", "reason"),
    ),
    "article_terms": ("article_id", "discovered_at", "terms"),
    "article_countries": ("article_id", "country", "role", "score", "evidence", "version"),
    "article_regions": ("article_id", "region", "role", "score", "evidence", "version"),
    "article_topics": ("article_id", "scheme", "topic", "score", "evidence", "version"),
}
# Of links without an article: how many of each, a link's outcome and reason, its page's where there is one.
FATES = (
    (0.34, "skipped", "too_old", None, None),
    (0.08, "failed", "not_found", None, None),
    (0.08, "failed", "access_denied", None, None),
    (0.06, "skipped", "robots", None, None),
    (0.02, "failed", "timeout", None, None),
    (0.14, "ok", None, "skipped", "paywall"),
    (0.10, "ok", None, "skipped", "no_text"),
    (0.08, "ok", None, "skipped", "listing"),
    (0.10, "ok", None, "skipped", "duplicate"),
)
_LOST = 0.1  # links that became no article, for each that did


def keys(rows: Integers, seed: int) -> list[str]:
    """Return keys as links have them, no two alike: the rows times an odd number, in 64 bits."""
    mixed = (rows.astype(np.uint64) + np.uint64(seed << 40)) * np.uint64(0x9E3779B97F4A7C15)
    return [f"{key:016x}" for key in mixed.tolist()]


def stamps(seconds: Integers) -> list[str]:
    """Write moments as SQL reads them; the connection's time zone is UTC."""
    return np.datetime_as_string(seconds.astype("datetime64[s]")).tolist()  # type: ignore[no-any-return]


def lost_links(plan: Plan, seed: int) -> tuple[Integers, Integers]:
    """Draw the links that became no article: beside which article each was listed, and its fate."""
    chance = np.random.default_rng([seed, 4])
    beside = np.sort(chance.choice(len(plan.feed), int(len(plan.feed) * _LOST), replace=False))
    return beside, chance.choice(len(FATES), len(beside), p=[fate[0] for fate in FATES])


class Loader:
    """Writes a plan's rows into the warehouse, a transaction a batch."""

    def __init__(self, engine: Engine, world: World, plan: Plan, desk: Desk, seed: int) -> None:
        """Keep what the rows are made from."""
        self._engine, self._world, self._plan, self._desk, self._seed = engine, world, plan, desk, seed
        self._beside, self._fates = lost_links(plan, seed)

    def load(self) -> None:
        """Load every article with its link, page and labels, and then the links that became none."""
        with without_indexes(self._engine, list(COLUMNS)):
            for first in range(0, len(self._plan.feed), BATCH):
                rows = np.arange(first, min(first + BATCH, len(self._plan.feed)))
                self._save(self._batch(rows))
            for first in range(0, len(self._beside), BATCH):
                self._save(self._lost_batch(first, min(first + BATCH, len(self._beside))))

    def _save(self, tables: dict[str, list[Row]]) -> None:
        with transaction(self._engine) as connection:
            for table, rows in tables.items():
                copy_rows(connection, table, COLUMNS[table], rows)

    def _batch(self, rows: Integers) -> dict[str, list[Row]]:
        plan, feeds, desk = self._plan, self._world.feeds, self._desk
        tables: dict[str, list[Row]] = {name: [] for name in COLUMNS}
        fetched = plan.discovered[rows] + 40 + rows % 900
        columns = zip(
            *(rows.tolist(), keys(rows, self._seed), desk.draws(plan.origin[rows].tolist()), plan.feed[rows].tolist()),
            *(stamps(moments) for moments in (plan.published[rows], plan.discovered[rows], fetched, fetched + 300)),
            *(plan.undated[rows].tolist(), plan.refused[rows].tolist()),
            strict=True,
        )
        for row, key, draws, feed_number, published, discovered, at, done, undated, refused in columns:
            feed = feeds[feed_number]
            article = desk.write(feed.language, draws)
            url = f"{feed.site}{published[:4]}/{published[5:7]}/{key[:10]}"
            stamp = None if undated else published
            outcome = ("failed", "access_denied") if refused else ("ok", None)
            origin = "feed" if refused else "page"
            summary = article.text[:160]
            tables["links"].append(
                (
                    *(key, feed.id, feed.source_id, feed.host, url, url, article.title, summary, "{}", stamp),
                    *(discovered, 1, at, *outcome),
                )
            )
            tables["pages"].append(
                (
                    *(key, feed.source_id, url, 403 if refused else 200, "text/html", key * 4, at),
                    *(f"{at[:10]}/{feed.host}.warc.gz", row * 20_000, 20_000, origin, key, VERSION, done, "ok", None),
                )
            )
            countries, regions, topics = desk.labels(key, article, draws, feed.country)
            told = article.places or topics
            tables["articles"].append(
                (
                    *(key, feed.source_id, feed.id, url, None, article.title, article.text, origin),
                    *("feed" if refused else "markup", "{}", feed.language, "text", stamp),
                    *(None if undated else "feed" if refused else "meta", stamp and stamp[:10], discovered, at),
                    *(stable_key(article.text), VERSION, VERSION, done),
                    *(("ok", None) if told else ("abstained", "no_evidence")),
                )
            )
            terms = desk.tongues[feed.language].terms(article.title_pieces, article.pieces, discovered)
            tables["article_terms"].append((key, discovered, terms))
            tables["article_countries"] += countries
            tables["article_regions"] += regions
            tables["article_topics"] += topics
        return tables

    def _lost_batch(self, first: int, last: int) -> dict[str, list[Row]]:
        """Make the rows of links that became no article, found by the same poll as an article."""
        plan, beside = self._plan, self._beside[first:last]
        tables: dict[str, list[Row]] = {"links": [], "pages": []}
        numbers = np.arange(first, last) + len(plan.feed)
        found = plan.discovered[beside]
        columns = zip(
            *(keys(numbers, self._seed), keys(beside, self._seed), plan.feed[beside].tolist(), numbers.tolist()),
            *(self._fates[first:last].tolist(), stamps(plan.published[beside]), stamps(found)),
            *(stamps(found + 60), stamps(found + 360)),
            strict=True,
        )
        for key, neighbour, feed_number, number, fate, published, discovered, at, done in columns:
            feed = self._world.feeds[feed_number]
            _, outcome, reason, page, why = FATES[fate]
            url = f"{feed.site}{published[:4]}/{published[5:7]}/{key[:10]}"
            title = self._desk.tongues[feed.language].headlines[number % 17][0]
            tables["links"].append(
                (
                    *(key, feed.id, feed.source_id, feed.host, url, url, title, "", "{}", published),
                    *(discovered, 1, at, outcome, reason),
                )
            )
            if page is not None:
                tables["pages"].append(
                    (
                        *(key, feed.source_id, url, 200, "text/html", key * 4, at, f"{at[:10]}/{feed.host}.warc.gz"),
                        *(number * 20_000, 20_000, "page", neighbour if why == "duplicate" else None),
                        *(VERSION, done, page, why),
                    )
                )
        return tables
