"""A desk's warehouse for tests of pages: rows are put together here, written through COPY, and the marts refreshed."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import Engine, text

from silkwire.report.publication import Report, publish
from silkwire.warehouse import marts, runs
from silkwire.warehouse.engine import transaction
from silkwire.warehouse.load import copy_rows
from silkwire.warehouse.runs import Count
from silkwire.warehouse.tables import (
    article_countries,
    article_regions,
    article_topics,
    articles,
    feeds,
    gaps,
    links,
    pages,
    polls,
    run_counts,
    sources,
)

# Parents first.
_TABLES = (
    *(sources, feeds, polls, gaps, links, pages, articles),
    *(article_countries, article_regions, article_topics, run_counts),
)
_VERSION = "test"


def at(day: date, hour: int = 8, minute: int = 0) -> datetime:
    """Return a time of a day, in UTC."""
    return datetime.combine(day, time(hour, minute), UTC)


class DeskLoader:
    """Collects rows; `write` loads them and refreshes the marts. Ids are the caller's, and short."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._rows: dict[str, list[dict[str, Any]]] = defaultdict(list)

    def source(
        self,
        id_: str,
        *,
        country: str | None = "KZ",
        kind: str | None = None,
        name: str = "",
        added_at: datetime = datetime(2026, 1, 1, tzinfo=UTC),
        **feed: Any,
    ) -> None:
        """Put an outlet on the list, with one feed `ID-feed` that answered well; `feed` changes columns of the feed."""
        site = f"https://{id_}.example/"
        self._rows["sources"].append(
            {
                "id": id_,
                "name": name or id_.title(),
                "url": site,
                "country": country,
                "kind": kind,
                "active": True,
                "added_at": added_at,
            }
        )
        self._rows["feeds"].append(
            {
                "id": f"{id_}-feed",
                "source_id": id_,
                "url": f"{site}rss",
                "host": f"{id_}.example",
                "language": "en",
                "active": True,
                "entries": 10,
                "items_a_day": None,
                "added_at": added_at,
                "polled_at": added_at,
                "succeeded_at": added_at,
                "new_link_at": added_at,
                "next_poll_at": added_at,
                "run_id": None,
                "outcome": "ok",
                "reason": None,
                "detail": None,
            }
            | feed
        )

    def poll(  # noqa: PLR0913 - the parts of a poll
        self, source: str, day: date, outcome: str = "ok", reason: str | None = None, *, hour: int = 6, run: str = ""
    ) -> None:
        """Poll an outlet's feed once on a day."""
        self._rows["polls"].append(
            {
                "run_id": run or f"poll-{day}-{hour}",
                "feed_id": f"{source}-feed",
                "polled_at": at(day, hour),
                "status": 200 if outcome == "ok" else None,
                "entries": 10,
                "known_links": 9,
                "new_links": 1,
                "outcome": outcome,
                "reason": reason,
                "detail": None,
            }
        )

    def poll_daily(self, source: str, first: date, last: date) -> None:
        """Poll an outlet's feed well once on each day, both included."""
        for number in range((last - first).days + 1):
            self.poll(source, first + timedelta(days=number))

    def gap(self, source: str, opened_at: datetime, *, hours: int = 5, **columns: Any) -> None:
        """Open a gap in an outlet's coverage; `closed_at`, `outcome`, `reason` and `found_links` close it."""
        self._rows["gaps"].append(
            {
                "feed_id": f"{source}-feed",
                "source_id": source,
                "opened_at": opened_at,
                "missing_since": opened_at - timedelta(hours=hours),
                "missing_until": opened_at,
                "closed_at": None,
                "outcome": None,
                "reason": None,
                "found_links": 0,
            }
            | columns
        )

    def article(  # noqa: PLR0913 - the parts of an article
        self,
        id_: str,
        source: str,
        published_at: datetime | None,
        *,
        title: str = "",
        body: str = "",
        language: str = "en",
        regions: Sequence[str] = (),
        mentioned: Sequence[str] = (),
        countries: Sequence[str] = (),
        topics: Sequence[str] = (),
        watch: Sequence[str] = (),
        discovered_at: datetime | None = None,
        **columns: Any,
    ) -> None:
        """Add an article with its link, page and labels. Of two with the same `body` the later is a reprint."""
        found = discovered_at or published_at
        assert found is not None, "an undated article needs discovered_at"
        title = title or f"Title of {id_}"
        body = body or f"Text of {id_}."
        url = f"https://{source}.example/{id_}"
        self._link(id_, source, url, title, found)
        self._rows["articles"].append(
            {
                "id": id_,
                "source_id": source,
                "feed_id": f"{source}-feed",
                "url": url,
                "title": title,
                "text": body,
                "text_from": "page",
                "authors": [],
                "language": language,
                "language_from": "text",
                "published_at": published_at,
                "published_from": "feed" if published_at else None,
                "published_day": published_at.astimezone(UTC).date() if published_at else None,
                "sections": [],
                "discovered_at": found,
                "fetched_at": found,
                "content_hash": sha256(body.encode()).hexdigest(),
                "extractor_version": _VERSION,
                "labeller_version": _VERSION,
                "labelled_at": found,
                "outcome": "ok",
                "reason": None,
                "detail": None,
            }
            | columns
        )
        self._labels(id_, f"{title}\n{body}", regions, mentioned, countries, topics, watch)

    def _link(self, id_: str, source: str, url: str, title: str, found: datetime) -> None:
        self._rows["links"].append(
            {
                "id": id_,
                "feed_id": f"{source}-feed",
                "source_id": source,
                "host": f"{source}.example",
                "url": url,
                "title": title,
                "summary": "",
                "authors": [],
                "discovered_at": found,
                "decided_at": found,
                "outcome": "ok",
            }
        )
        self._rows["pages"].append(
            {
                "link_id": id_,
                "source_id": source,
                "url": url,
                "status": 200,
                "content_type": "text/html",
                "digest": sha256(id_.encode()).hexdigest(),
                "fetched_at": found,
                "warc_path": "2026/11/24/test.warc.gz",
                "warc_offset": 0,
                "warc_length": 1000,
                "article_id": id_,
                "extractor_version": _VERSION,
                "extracted_at": found,
                "outcome": "ok",
            }
        )

    def _labels(  # noqa: PLR0913 - one for each kind of label
        self,
        id_: str,
        whole: str,
        regions: Sequence[str],
        mentioned: Sequence[str],
        countries: Sequence[str],
        topics: Sequence[str],
        watch: Sequence[str],
    ) -> None:
        """Label an article; the evidence of each label is the text's first word."""
        word = whole.split(maxsplit=1)[0]
        span = {"text": word, "start": 0, "end": len(word)}
        common = {"article_id": id_, "version": _VERSION}

        def score(place: int) -> float:
            return round(0.9 - 0.1 * place, 2)

        for role, found in (("about", regions), ("mentioned", mentioned)):
            for place, region in enumerate(found):
                evidence = [span | {"kind": "name", "place": region}]
                self._rows["article_regions"].append(
                    common | {"region": region, "role": role, "score": score(place), "evidence": evidence}
                )
        for place, country in enumerate(countries):
            evidence = [span | {"kind": "name", "place": country}]
            self._rows["article_countries"].append(
                common | {"country": country, "role": "about", "score": score(place), "evidence": evidence}
            )
        for scheme, codes in (("medtop", topics), ("watch", watch)):
            for place, topic in enumerate(codes):
                self._rows["article_topics"].append(
                    common | {"scheme": scheme, "topic": topic, "score": score(place), "evidence": [span]}
                )

    def count(self, run_id: str, counts: Sequence[Count]) -> None:
        """Count items of a run under their fates."""
        self._rows["run_counts"].extend(
            {
                "run_id": run_id,
                "stage": count.stage,
                "item": count.item,
                "outcome": count.outcome,
                "reason": count.reason,
                "items": count.items,
            }
            for count in counts
        )

    def begin_run(self, run_id: str, started_at: datetime) -> None:
        """Let a run begin, without an end."""
        with transaction(self.engine) as connection:
            runs.begin(connection, run_id, started_at)

    def run(self, run_id: str, started_at: datetime, counts: Sequence[Count] = (), *, minutes: int = 4) -> Report:
        """Write what was collected, and end a run with its report as `publish` does."""
        self.begin_run(run_id, started_at)
        self.count(run_id, counts)
        self.write()
        return publish(self.engine, run_id, started_at + timedelta(minutes=minutes))

    def write(self) -> None:
        """Load what was collected and refresh the marts."""
        with transaction(self.engine) as connection:
            for table in _TABLES:
                copy_rows(connection, table, self._rows.pop(table.name, []))
        marts.refresh(self.engine)

    def execute(self, sql: str, **values: Any) -> None:
        """Run a statement of the test's own."""
        with transaction(self.engine) as connection:
            connection.execute(text(sql), values)
