"""What the filters offer: regions and topics of the analyst's files, and what the warehouse has of the rest."""

import time
from dataclasses import dataclass
from threading import Lock

from silkwire.web import names
from silkwire.web.reader import Reader, Statement

_KEPT = 300.0  # seconds; a new source or language shows up with that delay
_LANGUAGES: Statement = (
    """
    select facts.language from marts.article_facts as facts
    where facts.discovered_at > now() - interval '60 days' group by facts.language
    """,
    {},
)
_COUNTRIES: Statement = (
    """
    select distinct unnest(found.countries) as country
    from (
        select facts.countries from marts.article_facts as facts
        where facts.discovered_at > now() - interval '60 days' and facts.countries != '{}'
        group by facts.countries
    ) as found
    """,
    {},
)
_SOURCES: Statement = ("select source_id, source from marts.sources order by lower(source), source_id", {})

Offered = tuple[tuple[str, str], ...]  # values with their names


@dataclass(frozen=True, slots=True)
class Choices:
    """The values of each filter with their names, in the order in which they are offered."""

    region: Offered
    topic: Offered
    watch: Offered
    language: Offered
    source: Offered
    country: Offered


_lock = Lock()
_kept: dict[int, tuple[float, Choices]] = {}


def choices_of(reader: Reader) -> Choices:
    """Return what the filters offer, read anew every few minutes."""
    key, now = id(reader), time.monotonic()
    with _lock:
        if key in _kept and _kept[key][0] > now:
            return _kept[key][1]
    found = _read(reader)
    with _lock:
        _kept[key] = now + _KEPT, found
    return found


def _read(reader: Reader) -> Choices:
    languages = {row["language"]: names.language_name(row["language"]) for row in reader.rows(_LANGUAGES)}
    countries = {row["country"]: names.country_name(row["country"]) for row in reader.rows(_COUNTRIES)}
    return Choices(
        region=tuple(names.regions().items()),
        topic=tuple(names.topics().items()),
        watch=tuple(names.watch_topics().items()),
        language=_by_name(languages),
        source=tuple((row["source_id"], row["source"]) for row in reader.rows(_SOURCES)),
        country=_by_name(countries),
    )


def _by_name(offered: dict[str, str]) -> Offered:
    return tuple(sorted(offered.items(), key=lambda item: item[1].casefold()))
