"""What the pages of sources say in words: the states of feeds, of gaps, and why something failed."""

from silkwire.reasons import Reason

# What marts.source_health calls `health`, in words, grouped by what it asks of a person.
WORKS = {"ok": "works"}
UNPOLLED = {"unpolled": "not polled yet"}
WAITS = {
    "rate_limited": "asks for longer pauses",
    "tls": "bad certificate",
    "dns": "host name does not resolve",
    "unreachable": "no answer",
    "server_error": "its server fails",
}
HAND = {
    "dead": "dead",
    "missing": "nothing at its address",
    "blocked": "refuses us",
    "malformed": "can't be read as a feed",
    "empty": "lists nothing",
    "stale": "silent for longer than usual",
    "moved": "read, at a new address",
}
STATES = HAND | WAITS | WORKS | UNPOLLED
GROUPS = {"hand": HAND, "waits": WAITS, "works": WORKS, "unpolled": UNPOLLED, "trouble": HAND | WAITS}

_REASONS = {reason.value: reason.words for reason in Reason}
GAPS = {
    "open": "to be searched",
    "repaired": "repaired",
    "nothing_found": "nothing was missing",
    "partly_repaired": "repaired in part",
    "given_up": "can't be searched",
}


def states_of(asked: str | None) -> list[str]:
    """Return the states that a filter means: those of a group, the one of this name, all, or none that it knows."""
    if asked in (None, "all"):
        return list(STATES)
    return list(GROUPS.get(asked or "", {asked: ""} if asked in STATES else ()))


def state_words(health: str) -> str:
    """Return the state of a feed in words."""
    return STATES.get(health, health.replace("_", " "))


def gap_words(state: str) -> str:
    """Return the state of a gap in words."""
    return GAPS.get(state, state.replace("_", " "))


def reason_words(reason: str | None) -> str:
    """Return the sentence behind a reason; an unknown one as it is, nothing for none."""
    return "" if reason is None else _REASONS.get(reason, reason.replace("_", " "))
