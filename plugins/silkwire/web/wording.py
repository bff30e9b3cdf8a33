"""The words for what is known of an article: what a date rests on, what a score says, why there is no label."""

from silkwire.reasons import Reason
from silkwire.web import names

DATED_BY = {
    "json-ld": "by the page's own structured data (JSON-LD)",
    "meta": "by the page's meta tags",
    "feed": "by the feed",
    "url": "by the day in the address",
    "text": "by a date written on the page",
}
LANGUAGE_BY = {
    "text": "by the text itself",
    "source": "by the feed: the text could be in either of two languages",
}
TEXT_FROM = {
    "page": "the page",
    "feed": "the feed's own words, since the page was refused",
}
TEXT_PATH = {
    "markup": "from the page's markup",
    "markup-thorough": "from the page's markup, on a second and thorough reading",
    "json-ld": "from the page's structured data (JSON-LD articleBody)",
    "state": "from the data that the page's scripts are started with",
    "feed": "from the feed's entry",
}
ROLES = {
    "about": "the place carries the article",
    "mentioned": "it is only named in it",
    "presumed": "the text names no country, so the outlet's own stands in; never counted as about",
}
_MATCHED = {
    "name": "its name",
    "adj": "an adjective of it",
    "short": "a short form of its name",
    "government": "its government",
    "region": "the region's name",
    "section": "the section that the outlet files it under",
    "outlet": "the outlet's own country",
}
_NAMED = {"city": "city", "town": "town", "division": "part of it", "county": "county", "leader": "leader"}
_SURE = ((0.9, "almost certain"), (0.7, "likely"), (0.5, "more likely than not"), (0.25, "doubtful"), (0.0, "unlikely"))
_LABEL_NAMES = {
    "country": names.country_name,
    "region": names.region_name,
    "topic": names.topic_name,
    "watch_topic": names.watch_name,
}


def label_name(kind: str, label: str) -> str:
    """Return the English name of a label of the mart `article_labels`."""
    find = _LABEL_NAMES.get(kind)
    return find(label) if find else label


def matched_in_words(kind: str, place: str, label_kind: str) -> str:
    """Say what a piece of evidence is: of places by the kind of what was matched; nothing of a topic's words."""
    if kind in _MATCHED:
        said = _MATCHED[kind]
        spoken = names.country_name(place) if place.isupper() else ""
        return f"{said}: {spoken}" if label_kind == "region" and spoken and kind != "outlet" else said
    if kind:
        named = names.country_name(place) if place.isupper() else place
        return " ".join(part for part in (_NAMED.get(kind, kind.replace("_", " ")), named) if part)
    return "" if label_kind in ("topic", "watch_topic") else "its name"


def score_in_words(kind: str, role: str | None, score: float) -> str:
    """Say what a label's score means. It is a probability, but for watch topics, which weigh words."""
    if role == "presumed":
        return "nothing in the text says so"
    if kind == "watch_topic":
        times = score / (1 - score) if score < 1 else 1_000.0
        return f"{times:.1f} times the weight of words that it needs"
    sure = next(said for least, said in _SURE if score >= least)
    of_100 = f"{100 * score:.0f} of 100" if 0.01 <= score <= 0.99 else "nearly all" if score > 0.5 else "hardly any"
    if kind == "topic":
        return f"{sure}: an editor would agree with {of_100} such labels"
    return f"{sure}: an editor would tag {of_100} such articles with it"


def days_apart_in_words(days: int | None) -> str | None:
    """Say how far the feed's date is from the page's; None where only one of them tells one."""
    if days is None:
        return None
    if days == 0:
        return "page and feed agree on the day"
    apart = abs(days)
    return f"the feed's date is {apart} day{'s' if apart > 1 else ''} {'after' if days > 0 else 'before'} the page's"


def outcome_in_words(outcome: str | None, reason: str | None) -> str:
    """Say what labelling came to."""
    if outcome is None:
        return "It waits to be labelled: the next run does that."
    if outcome == "ok":
        return "It was labelled."
    words = {each.value: each.words for each in Reason}.get(reason or "", reason or "no reason is known")
    return f"{'No label was given' if outcome == 'abstained' else 'Labelling failed'}: {words}."
