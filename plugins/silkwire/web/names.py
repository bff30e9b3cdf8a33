"""Names for people: what the ids, codes and tags of a page stand for, in English as the pages are."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path

from babel import Locale, UnknownLocaleError

from silkwire.label.regions.region_file import Region, read_regions
from silkwire.label.topics.vocabulary import topic_labels
from silkwire.label.topics.watch_file import read_watch_topics
from silkwire.label.topics.watch_topic import WatchTopic
from silkwire.report.names import country_name
from silkwire.settings import get_settings
from silkwire.web.filters import Filters

_UNKNOWN = {"und": "unknown language"}


def region_name(key: str) -> str:
    """Return the English label of a region of `regions.yaml`, or the id itself where it has none (any more)."""
    return _labels(get_settings().regions, read_regions).get(key, key)


def watch_name(key: str) -> str:
    """Return the English label of a watch topic of `topics.yaml`, or the id itself where it has none (any more)."""
    return _labels(get_settings().topics, read_watch_topics).get(key, key)


def topic_name(code: str) -> str:
    """Return the English label of a Media Topic, or the code itself."""
    return topic_labels().get(code, code)


@lru_cache(maxsize=256)
def language_name(tag: str) -> str:
    """Return the English name of a language (BCP 47, by CLDR), or the tag itself."""
    try:
        return _UNKNOWN.get(tag) or Locale.parse(tag, sep="-").get_display_name("en") or tag
    except (UnknownLocaleError, ValueError):
        return tag


def narrowing(filters: Filters, fixed: Sequence[str] = (), sources: Mapping[str, str] | None = None) -> list[str]:
    """Return what the filters narrow down to in words, without those of `fixed`; `sources` are names by their ids."""
    named: dict[str, Callable[[str], str]] = {
        "region": region_name,
        "beside": region_name,
        "topic": topic_name,
        "watch": watch_name,
        "language": language_name,
        "country": country_name,
        "source": lambda key: (sources or {}).get(key, key),
        "q": str,
    }
    asked = {name: value for name in named if name not in fixed and (value := getattr(filters, name)) is not None}
    kinds = [] if filters.kind == "all" else [f"{filters.kind}s"]
    return [*(named[name](value) for name, value in asked.items()), *kinds]


def regions() -> dict[str, str]:
    """Return the labels of all regions by their ids, in the order of the file."""
    return _labels(get_settings().regions, read_regions)


def watch_topics() -> dict[str, str]:
    """Return the labels of all watch topics by their ids, in the order of the file."""
    return _labels(get_settings().topics, read_watch_topics)


@cache
def topics() -> dict[str, str]:
    """Return the labels of the Media Topics by their codes."""
    return dict(topic_labels())


def _labels(path: Path, read: Callable[[Path], Sequence[Region | WatchTopic]]) -> dict[str, str]:
    """Return the English labels of a file that the analyst edits; read again when it was saved."""
    return _read_labels(path, read, path.stat().st_mtime_ns)


@lru_cache(maxsize=4)
def _read_labels(path: Path, read: Callable[[Path], Sequence[Region | WatchTopic]], _saved: int) -> dict[str, str]:
    return {item.id: _english(dict(item.labels)) or item.id for item in read(path)}


def _english(labels: dict[str, tuple[str, ...]]) -> str:
    return next(iter(labels.get("en") or next(iter(labels.values()), ())), "")


__all__ = [
    "country_name",
    "language_name",
    "narrowing",
    "region_name",
    "regions",
    "topic_name",
    "topics",
    "watch_name",
    "watch_topics",
]
