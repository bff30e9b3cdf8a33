"""The documents of the filters: JSON objects in and out, by pure functions; docs/formats.md is their contract."""

import base64
import binascii
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from silkwire.errors import Config
from silkwire.extract.article import extract_article
from silkwire.label.labeller import Labeller
from silkwire.moments import in_utc, parse_moment
from silkwire.poll.countries import check_country
from silkwire.poll.feed_parser import parse_feed
from silkwire.reasons import Reason
from silkwire.records import Entry, Explanation, Extraction, Kind, Labels, Outcome, Told
from silkwire.sections import named
from silkwire.settings import get_settings
from silkwire.warehouse.labels import receipts

Document = dict[str, Any]


# What a line says that could not be worked on: every field of the format is there, whatever the outcome.
_NOTHING: dict[str, Document] = {
    "read-feed": {"title": None, "entries": []},
    "extract": {
        "title": None,
        "text": None,
        "authors": [],
        "published_at": None,
        "published_from": None,
        "modified_at": None,
        "modified_from": None,
        "feed_days_apart": None,
        "language": None,
        "language_from": None,
        "canonical_url": None,
        "site_name": None,
        "image_url": None,
        "text_path": None,
        "sections": [],
    },
    "label": {"language": None, "countries": [], "regions": [], "topics": [], "watch": []},
}
_NOTHING["label-dropped"] = _NOTHING["label"] | {"dropped": []}


class _BadInput(Exception):  # noqa: N818 - it says what happened
    """The input lacks what the format demands; the message says what."""


def work_on(name: str, document: Document) -> Document:
    """Answer one document by the filter `name`; whatever happens, there is an answer."""
    try:
        return _FILTERS[name](document)
    except _BadInput as error:
        return failed(name, document.get("id"), Reason.BAD_INPUT, str(error))
    except Exception as error:  # noqa: BLE001 - a line's fate is recorded here
        return failed(name, document.get("id"), Reason.CRASHED, f"{type(error).__name__}: {error}"[:500])


def failed(name: str, key: object, reason: Reason, detail: str) -> Document:
    """Return the answer to a line that could not be worked on."""
    return _answer(name, key, Outcome.failed(reason, detail), {})


def _answer(name: str, key: object, outcome: Outcome, found: Document) -> Document:
    fate = {"id": key, "outcome": outcome.kind.value, "reason": outcome.reason, "detail": outcome.detail or None}
    return fate | _NOTHING[name] | found


def _read_feed(document: Document) -> Document:
    body, url = _body(document, "body"), _text(document, "url")
    parsed, outcome = parse_feed(body, url, str(document.get("content_type") or ""))
    if parsed is None:
        # A poll would try such a feed again; a filter is asked once.
        outcome = replace(outcome, kind=Kind.FAILED)
        return _answer("read-feed", document.get("id"), outcome, {})
    found = {"title": parsed.title, "entries": [_entry(entry) for entry in parsed.entries]}
    return _answer("read-feed", document.get("id"), outcome, found)


def _extract(document: Document) -> Document:
    """Extract one page. Its dates can't be later than a day from when it was fetched: now, where it does not say."""
    body, url = _body(document, "html"), _text(document, "url")
    content_type = str(document.get("content_type") or "")
    told = Told(
        title=str(document.get("feed_title") or ""),
        published_at=_time(document, "feed_published_at"),
        language=str(document.get("feed_language") or "") or None,
        categories=named(_texts(document, "feed_categories")),
    )
    fetched_at = _time(document, "fetched_at") or datetime.now(UTC)
    found, outcome = extract_article(body, url, content_type, told, fetched_at)
    return _answer("extract", document.get("id"), outcome, _extraction(found) if found else {})


def _label(document: Document) -> Document:
    """Label one article by the analyst's configuration."""
    explanation = _explained(document)
    return _answer("label", document.get("id"), explanation.labels.outcome, _labels(explanation.labels))


def _label_dropped(document: Document) -> Document:
    """Label one article, and tell the names that were not believed too."""
    explanation = _explained(document)
    found = explained(explanation)
    return _answer("label-dropped", document.get("id"), explanation.labels.outcome, found)


def _explained(document: Document) -> Explanation:
    title, text, language = _text(document, "title"), _text(document, "text"), document.get("language")
    published_at = _time(document, "published_at")
    return configured_labeller().explain(
        title,
        text,
        str(language) if language else None,
        source_country=_country(document, "source_country"),
        day=published_at.date() if published_at else None,
        sections=named(_texts(document, "sections")),
        url=str(document.get("canonical_url") or ""),
    )


_FILTERS: dict[str, Callable[[Document], Document]] = {
    "read-feed": _read_feed,
    "extract": _extract,
    "label": _label,
    "label-dropped": _label_dropped,
}


@cache
def configured_labeller() -> Labeller:
    """Return the labeller of the analyst's files, loaded once a process."""
    settings = get_settings()
    return Labeller.load(settings.regions, settings.topics, settings.topic_model)


def warm_labeller() -> None:
    """Load what labels an article: the analyst's files, names of places, the sentence encoder."""
    with suppress(Config):  # each line is answered with what is wrong with the files
        configured_labeller().explain("China", "Kazakhstan and China opened a railway, two ministers said.", "en")


def _text(document: Document, name: str) -> str:
    value = document.get(name)
    if not isinstance(value, str):
        raise _BadInput(f'"{name}" must be a string')
    return value


def _texts(document: Document, name: str) -> list[str]:
    value = document.get(name)
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
        raise _BadInput(f'"{name}" must be a list of strings')
    return value


def _time(document: Document, name: str) -> datetime | None:
    value = document.get(name)
    if value is None:
        return None
    moment = parse_moment(value) if isinstance(value, str) else None
    if moment is None:
        raise _BadInput(f'"{name}" must be a time in ISO 8601')
    return in_utc(moment)


def _country(document: Document, name: str) -> str | None:
    value = document.get(name)
    if value is None:
        return None
    if not isinstance(value, str):
        raise _BadInput(f'"{name}" must be a string')
    try:
        return check_country(value, name)
    except Config as error:
        raise _BadInput(str(error)) from error


def _body(document: Document, name: str) -> bytes:
    """Read `name`_path from disk or decode `name`_b64."""
    path, encoded = document.get(f"{name}_path"), document.get(f"{name}_b64")
    if isinstance(path, str):
        try:
            return Path(path).read_bytes()
        except (OSError, ValueError) as error:
            raise _BadInput(f"{name}_path: {error}") from error
    if isinstance(encoded, str):
        try:
            return base64.b64decode(encoded, validate=True)
        except (binascii.Error, ValueError) as error:
            raise _BadInput(f"{name}_b64: {error}") from error
    raise _BadInput(f'"{name}_path" or "{name}_b64" must be a string')


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _entry(entry: Entry) -> Document:
    return {
        "guid": entry.guid,
        "url": entry.url,
        "title": entry.title,
        "summary": entry.summary,
        "published_at": _moment(entry.published_at),
        "authors": list(entry.authors),
        "categories": list(entry.categories),
    }


def _extraction(found: Extraction) -> Document:
    return {
        "title": found.title,
        "text": found.text,
        "authors": list(found.authors),
        "published_at": _moment(found.published_at),
        "published_from": found.published_from,
        "modified_at": _moment(found.modified_at),
        "modified_from": found.modified_from,
        "feed_days_apart": found.feed_days_apart,
        "language": found.language,
        "language_from": found.language_from,
        "canonical_url": found.canonical_url,
        "site_name": found.site_name,
        "image_url": found.image_url,
        "text_path": found.text_path,
        "sections": list(found.sections),
    }


def _labels(labels: Labels) -> Document:
    return {
        "language": labels.language,
        "countries": [
            {"code": label.code, "score": _score(label.score), "role": label.role, "evidence": receipts(label.evidence)}
            for label in labels.countries
        ],
        "regions": [
            {"id": label.id, "score": _score(label.score), "role": label.role, "evidence": receipts(label.evidence)}
            for label in labels.regions
        ],
        "topics": [{"code": label.code, "score": _score(label.score)} for label in labels.topics],
        "watch": [
            {"id": label.id, "score": _score(label.score), "evidence": receipts(label.evidence)}
            for label in labels.watch
        ],
    }


def explained(explanation: Explanation) -> Document:
    """Return labels and the names that were not believed, as the filter writes them."""
    dropped = [{"code": name.code, **receipts([name.evidence])[0], "why": name.why} for name in explanation.dropped]
    return _labels(explanation.labels) | {"dropped": dropped}


def _score(score: float) -> float:
    return round(score, 3)
