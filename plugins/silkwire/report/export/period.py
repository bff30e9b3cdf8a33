"""The days of an export: since and until, both included."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from silkwire.errors import Config

_AGO = re.compile(r"(\d+)d")


@dataclass(frozen=True, slots=True)
class Period:
    """UTC days from `since` to `until`, both included; None is open."""

    since: date | None = None
    until: date | None = None

    @property
    def is_open(self) -> bool:
        """Say whether it holds every day, and those without one."""
        return self.since is None and self.until is None

    @property
    def end(self) -> date | None:
        """The first day after it; None where there is none."""
        return None if self.until in (None, date.max) else self.until + timedelta(days=1)


def read_period(since: str | None, until: str | None, today: date) -> Period:
    """Read the options `--since` and `--until`; raise `Config` where one is no day or they are the wrong way round."""
    period = Period(_day("--since", since, today), _day("--until", until, today))
    if period.since and period.until and period.since > period.until:
        raise Config(f"--since {period.since} is after --until {period.until}. Both days are included in an export.")
    return period


def _day(option: str, written: str | None, today: date) -> date | None:
    if written is None:
        return None
    ago = _AGO.fullmatch(written.strip())
    try:
        return today - timedelta(days=int(ago[1])) if ago else date.fromisoformat(written.strip())
    except (ValueError, OverflowError) as error:
        raise Config(
            f"{option} {written!r} is no day. Write 2026-01-31 for a day, or 30d for 30 days before today (UTC)."
        ) from error
