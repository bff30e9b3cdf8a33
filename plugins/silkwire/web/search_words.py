"""A search as a page shows it: what was found, with the words that were looked for marked in title and text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import Connection, RowMapping, text

from silkwire.label.search.query import Query, parse_query
from silkwire.label.search.snippet import snippet
from silkwire.warehouse.search import find, find_few
from silkwire.web.filters import Filters, read_filters
from silkwire.web.reader import Reader
from silkwire.web.untrusted import plain

PAGE = 25  # articles on a page
_LOOKED_AT = 30_000  # characters of a text in which the snippet is looked for
_LONGEST_TITLE = 1_000
_WIDTH = 320
_MOST_AHEAD = "select max(facts.day - (facts.discovered_at at time zone 'utc')::date) from marts.article_facts as facts"
_ARTICLES = """
    select articles.*, left(texts.text, :looked_at) as text
    from marts.articles
    inner join marts.article_texts as texts on articles.article_id = texts.article_id
    where articles.article_id = any(cast(:ids as text[]))
"""

Pieces = tuple[tuple[str, bool], ...]  # of a text: each with whether it is a match


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that was found: its row of the mart `articles`, title and text with the matches told apart."""

    row: RowMapping
    title: Pieces
    snippet: Pieces


@dataclass(frozen=True, slots=True)
class Findings:
    """A page of a search. `total` counts all of it up to a thousand, `is_over` says that there are more."""

    hits: tuple[Hit, ...]
    total: int
    is_over: bool
    offset: int

    @property
    def is_more(self) -> bool:
        """Whether there is a next page."""
        return self.offset + PAGE < self.total


def read_search(query: Mapping[str, str], today: date) -> Filters:
    """Read the filters of a search: as any page's, but of all time unless it says which days."""
    said = {name: value for name, value in query.items() if value.strip()}
    if not said.keys() & {"days", "from", "to"}:
        said["days"] = "all"
    return read_filters(said, today)


def with_found(reader: Reader, filters: Filters) -> Filters:
    """Look the words of the filters up, so that few articles are not looked for again by each query of a page."""
    if filters.q is None:
        return filters
    tsquery = parse_query(filters.q).tsquery
    if tsquery is None:
        return replace(filters, found=())
    with reader.connection() as connection:
        return replace(filters, found=find_few(connection, tsquery))


def search(reader: Reader, filters: Filters, offset: int) -> Findings:
    """Find a page of articles, those found last first; nothing where nothing can be searched for."""
    query = parse_query(filters.q or "")
    if query.tsquery is None:
        return Findings((), 0, is_over=False, offset=0)
    where, values = replace(filters, q=None).where()
    with reader.connection() as connection:
        found = find(connection, query.tsquery, PAGE, offset, where, values, _since(connection, filters))
    rows = reader.rows((_ARTICLES, {"ids": list(found.ids), "looked_at": _LOOKED_AT})) if found.ids else []
    by_id = {row["article_id"]: row for row in rows}
    hits = tuple(_hit(query, by_id[id_]) for id_ in found.ids if id_ in by_id)
    return Findings(hits, found.total, found.is_more, offset)


def _since(connection: Connection, filters: Filters) -> datetime | None:
    """Return when the first of the filters' days may have been found: a page may be had long after its link."""
    if filters.every_day:
        return None
    ahead = connection.scalar(text(_MOST_AHEAD)) or 0
    return datetime.combine(filters.first - timedelta(days=max(ahead, 0)), time(), UTC)


def _hit(query: Query, row: RowMapping) -> Hit:
    language = row["language"] or "und"
    title, body = " ".join((row["title"] or "")[:_LONGEST_TITLE].split()), row["text"] or ""
    return Hit(
        row,
        _shown(snippet(title, query.highlight(title, language))),
        _shown(snippet(body, query.highlight(body, language), _WIDTH)),
    )


def _shown(pieces: Sequence[tuple[str, bool]]) -> Pieces:
    return tuple((plain(piece), is_match) for piece, is_match in pieces)
