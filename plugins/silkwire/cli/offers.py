"""What a site offers, for a person at a terminal."""

from collections.abc import Set as AbstractSet
from datetime import datetime, timedelta

from rich.table import Table
from rich.text import Text

from silkwire.net.links import clean_link
from silkwire.poll.discovery import Discovery
from silkwire.poll.offer import Offer
from silkwire.poll.plain_text import plain

_STALE = timedelta(days=30)
_LONGEST_DETAIL = 80


def offer_table(found: Discovery, known: AbstractSet[str | None], now: datetime) -> Table:
    """Show what a site offers; `known` are the cleaned addresses that are listed already."""
    table = Table(header_style="bold", title=Text(found.name or found.site), title_justify="left")
    table.add_column("address", overflow="fold")
    for name in ("form", "entries", "newest", "a day", "language"):
        table.add_column(name, justify="right" if name in ("entries", "a day") else "left")
    for offer in found.offers:
        age = offer.age(now)
        against = "on the list already" if clean_link(offer.url, None) in known else remark(offer, now)
        table.add_row(
            Text(f"{offer.url}\n  {against}" if against else offer.url),
            offer.form.value,
            str(offer.entries) if offer.is_usable else "",
            f"{offer.newest:%Y-%m-%d %H:%M}, {_words(age)} ago" if offer.newest and age is not None else "",
            f"{offer.items_a_day:,.1f}" if offer.items_a_day is not None else "",
            offer.language or "",
        )
    return table


def _words(age: timedelta) -> str:
    """Say how old something is in the unit that fits."""
    hours = max(age, timedelta()) / timedelta(hours=1)
    return f"{hours * 60:.0f} min" if hours < 1 else f"{hours:.0f} h" if hours < 48 else f"{hours / 24:,.0f} days"


def remark(offer: Offer, now: datetime) -> str:
    """Say in a few words what speaks against an offer."""
    outcome = offer.outcome
    if outcome.reason is not None:
        detail = plain(outcome.detail, html=False, cap=_LONGEST_DETAIL)
        return f"{outcome.reason.words} ({detail})" if detail else outcome.reason.words
    if not offer.entries:
        return "lists nothing"
    age = offer.age(now)
    if age is not None and age > _STALE:
        return "nothing new for long"
    return "comments of readers" if offer.is_comments else ""
