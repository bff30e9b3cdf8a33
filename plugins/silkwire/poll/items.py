"""Entries of a feed as links: one item is one link, however its feed rewrites it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from silkwire.keys import stable_key
from silkwire.net.links import clean_link, rotating_free
from silkwire.reasons import Reason
from silkwire.records import Entry, Link, Outcome
from silkwire.warehouse.runs import Tally, tally_key

# Clocks are set wrong and zones are left out; further ahead than this a date is no date.
_AHEAD = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Items:
    """The links of one body, each item once, and the outcomes of the entries that are none of them."""

    links: tuple[Link, ...]
    others: tuple[Outcome, ...]

    def tally(self, new: int) -> Tally:
        """Count the entries by outcome, where `new` of the links were new to the warehouse."""
        counts = Counter(tally_key("entry", outcome) for outcome in self.others)
        counts[tally_key("entry", Outcome.ok())] += new
        counts[tally_key("entry", Outcome.unchanged())] += len(self.links) - new
        return +counts


def read_items(entries: Iterable[Entry], feed_id: str, source_id: str, now: datetime) -> Items:
    """Make links of entries, discovered at `now`.

    The cleaned address is an item's identity: an edited title or a new GUID changes nothing, and two addresses are two
    items even under one GUID. Only where an address has a rotating token does the rest of it, with the GUID (or,
    without one, the title and the date), tell the item.
    """
    entries = tuple(entries)
    guids = Counter(entry.guid for entry in entries if entry.guid)
    found: dict[str, Link] = {}
    others = []
    for entry in entries:
        url = clean_link(entry.url, None) if entry.url else None
        if url is None:
            others.append(Outcome.failed(Reason.BAD_URL if entry.url else Reason.NO_LINK))
            continue
        key = _item_key(entry, url, source_id, unique_guid=entry.guid is not None and guids[entry.guid] == 1)
        # A dictionary by identity: the first of two entries about one item tells it.
        identity = key or stable_key(url)
        if identity in found:
            others.append(Outcome.unchanged())
        else:
            found[identity] = _link(entry, url, key, feed_id, source_id, now)
    return Items(tuple(found.values()), tuple(others))


def _link(entry: Entry, url: str, item_key: str | None, feed_id: str, source_id: str, now: datetime) -> Link:  # noqa: PLR0913 - a row's parts
    published_at = entry.published_at
    return Link(
        id=stable_key(url),
        feed_id=feed_id,
        source_id=source_id,
        host=urlsplit(url).netloc,
        url=url,
        guid=entry.guid,
        title=entry.title,
        summary=entry.summary,
        authors=entry.authors,
        published_at=published_at if published_at and published_at <= now + _AHEAD else None,
        discovered_at=now,
        content=entry.content,
        item_key=item_key,
        categories=entry.categories,
    )


def _item_key(entry: Entry, url: str, source_id: str, *, unique_guid: bool) -> str | None:
    """Return the key of an item whose address has a rotating token; None where it has none or nothing else tells it."""
    steady = rotating_free(url)
    if steady is None:
        return None
    if unique_guid and entry.guid:
        return stable_key("item", source_id, steady, rotating_free(entry.guid) or entry.guid)
    if entry.title:
        return stable_key("item", source_id, steady, entry.title, str(entry.published_at))
    return None
