"""A small desk for tests of the marts: sources, polls and articles put straight into the tables, before today."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine, text

from silkwire.warehouse.engine import transaction
from silkwire.warehouse.marts import refresh

NOON = datetime.now(UTC).replace(hour=12, minute=0, second=0, microsecond=0)


def day(ago: int) -> datetime:
    """Noon of the day that many days ago: the marts look back from the real today."""
    return NOON - timedelta(days=ago)


@dataclass(frozen=True, slots=True)
class Desk:
    """Fills the tables of a warehouse; `refresh` brings the marts up to date, as the end of a run does."""

    engine: Engine

    def source(self, name: str, country: str | None = "KZ") -> None:
        self._do(
            "insert into sources values (:name, upper(:name), 'https://' || :name, :country, 'state', true, :added)",
            name=name,
            country=country,
            added=day(200),
        )
        self._do(
            "insert into feeds (id, source_id, url, host, added_at, next_poll_at, succeeded_at, outcome)"
            " values (:name, :name, 'https://' || :name || '/rss', :name, :added, :added, :added, 'ok')",
            name=name,
            added=day(200),
        )

    def feed(self, source: str, name: str) -> None:
        """Give a source a further feed."""
        self._do(
            "insert into feeds (id, source_id, url, host, added_at, next_poll_at, succeeded_at, outcome)"
            " values (:name, :source, 'https://' || :source || '/' || :name, :source, :added, :added, :added, 'ok')",
            name=name,
            source=source,
            added=day(200),
        )

    def poll(self, name: str, days: Sequence[int], outcome: str = "ok") -> None:
        """Poll a feed, by a source's name its first, once on each of these days ago, with one outcome."""
        for ago in days:
            self._do(
                "insert into polls (run_id, feed_id, polled_at, entries, new_links, outcome, reason)"
                " values (:run, :name, :at, 0, 0, :outcome,"
                " case :outcome when 'retry' then 'dns' when 'gone' then 'feed_gone' end)",
                run=f"{outcome}-{ago}",
                name=name,
                at=day(ago),
                outcome=outcome,
            )

    def article(  # noqa: PLR0913 - the columns of a row
        self,
        name: str,
        source: str,
        ago: float | None,
        words: str | None = None,
        *,
        found: float = 0,
        language: str = "kk",
    ) -> None:
        """Have a source publish a text so many days ago (None: nothing dates it), found so many days ago."""
        published = None if ago is None else NOON - timedelta(days=ago)
        self._do(
            "insert into articles (id, source_id, feed_id, url, title, text, authors, language, published_at,"
            " published_from, published_day, discovered_at, fetched_at, content_hash, extractor_version,"
            " labeller_version, outcome)"
            " values (:name, :source, :source, 'https://' || :source || '/' || :name, :name, '', '{}', :language,"
            " :published, case when cast(:published as timestamptz) is not null then 'meta' end,"
            " (cast(:published as timestamptz) at time zone 'UTC')::date, :found, :found, :words, 'v', 'l', 'ok')",
            name=name,
            source=source,
            language=language,
            published=published,
            found=NOON - timedelta(days=found),
            words=words or name,
        )

    def label(self, article: str, **labels: str) -> None:
        """Label an article: country, region (with `role`), topic or watch."""
        role = labels.pop("role", "about")
        for kind, label in labels.items():
            if kind in ("country", "region"):
                table = {"country": "article_countries", "region": "article_regions"}[kind]
                self._do(
                    f"insert into {table} values (:id, :label, :role, .5, '[]', 'l')",
                    id=article,
                    label=label,
                    role=role,
                )
            else:
                scheme = {"topic": "medtop", "watch": "watch"}[kind]
                self._do(
                    "insert into article_topics values (:id, :scheme, :label, .5, '[]', 'l')",
                    id=article,
                    scheme=scheme,
                    label=label,
                )

    def refresh(self) -> None:
        refresh(self.engine)

    def _do(self, statement: str, **values: object) -> None:
        with transaction(self.engine) as connection:
            connection.execute(text(statement), values)
