"""Items keep their identity, whatever their feed does to them."""

from dataclasses import replace
from datetime import datetime, timedelta

from silkwire.poll.items import Items, read_items
from silkwire.records import Entry, Kind
from tests.conftest import NOW

SITE = "https://site.example"
TOKENS = ("a3f9c2e17b64d085", "9b1e7d20c4f8a653", "0c5d8e3fa1b27946")


def entry(url: str, guid: str | None = None, title: str = "One", published_at: datetime | None = NOW) -> Entry:
    return Entry(guid, url, title, "", published_at, ())


def read(*entries: Entry) -> Items:
    return read_items(entries, "f", "s", NOW)


def identities(*entries: Entry) -> set[str]:
    """What each entry is told by when it is read on its own, as on different polls."""
    return {link.item_key or link.id for one in entries for link in read(one).links}


def test_an_edited_title_or_a_new_guid_is_the_same_item() -> None:
    assert len(identities(entry(f"{SITE}/1", "a", "One"), entry(f"{SITE}/1", "b", "One, corrected"))) == 1


def test_tracking_parameters_make_no_other_item() -> None:
    assert len(identities(entry(f"{SITE}/1?utm_source=rss"), entry(f"{SITE}/1?fbclid=x"), entry(f"{SITE}/1"))) == 1


def test_two_items_with_one_guid_and_different_links_are_two() -> None:
    assert len(read(entry(f"{SITE}/1", "site"), entry(f"{SITE}/2", "site")).links) == 2
    assert len(identities(entry(f"{SITE}/?p=1", "site"), entry(f"{SITE}/?p=2", "site"))) == 2


def test_a_rotating_token_is_the_same_item_by_its_guid() -> None:
    turns = [entry(f"{SITE}/read?id=7&token={token}", "item-7") for token in TOKENS]
    assert len(identities(*turns)) == 1
    assert len({link.url for turn in turns for link in read(turn).links}) == 3


def test_a_rotating_token_in_the_guid_too_is_the_same_item() -> None:
    turns = [f"{SITE}/read?id=7&sid={token}" for token in TOKENS]
    assert len(identities(*(entry(url, url) for url in turns))) == 1


def test_a_rotating_token_without_a_guid_is_the_same_item_by_title_and_date() -> None:
    turns = [entry(f"{SITE}/read?id=7&token={token}") for token in TOKENS]
    assert len(identities(*turns)) == 1
    assert len(identities(turns[0], replace(turns[1], title="Two"))) == 2
    assert len(identities(turns[0], replace(turns[1], published_at=NOW - timedelta(days=1)))) == 2


def test_a_guid_that_all_items_share_tells_no_item_with_a_rotating_token() -> None:
    found = read(
        entry(f"{SITE}/read?token={TOKENS[0]}", "site", "One"), entry(f"{SITE}/read?token={TOKENS[1]}", "site", "Two")
    )
    assert len(found.links) == 2


def test_an_item_listed_twice_in_one_body_counts_once() -> None:
    found = read(entry(f"{SITE}/1"), entry(f"{SITE}/1#comments"), entry(f"{SITE}/1?utm_medium=x"))
    assert len(found.links) == 1
    assert [other.kind for other in found.others] == [Kind.UNCHANGED] * 2


def test_a_date_more_than_a_day_ahead_is_none() -> None:
    dates = [NOW + timedelta(hours=23), NOW + timedelta(hours=25), None]
    links = [link for date in dates for link in read(entry(f"{SITE}/1", published_at=date)).links]
    assert [link.published_at for link in links] == [NOW + timedelta(hours=23), None, None]
