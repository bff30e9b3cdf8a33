"""Dates as feeds write them, to moments in UTC: read or None, never a wrong moment.

A date-time without a zone is taken as UTC, and a date alone as its midnight in UTC. A zone's name counts where it has
one meaning; `IST` or `BST` have several and their dates are None. Whether a date lies in the future is judged by
who knows the time.
"""

import calendar
import re
from datetime import UTC, datetime, timedelta, timezone

from silkwire.moments import find_moments, month_number, plain_digits

EARLIEST, LATEST = 1995, 2100  # years; feeds that say 1970, 1 or 9999 mean that they do not know
_LONGEST = 80

# Minutes east of UTC. Left out for having several meanings: IST, BST, AST, GST, SST, ECT, WST, and ALMT, which moved.
_ZONES = {
    **dict.fromkeys(("z", "ut", "utc", "gmt", "wet"), 0),
    "cet": 60, "mez": 60, "cest": 120, "mesz": 120, "eet": 120, "eest": 180, "msk": 180, "мск": 180, "trt": 180,
    "yekt": 300, "omst": 360, "krat": 420, "irkt": 480, "yakt": 540, "vlat": 600, "irst": 210, "pkt": 300,
    "uzt": 300, "tjt": 300, "tmt": 300, "kgt": 360, "npt": 345, "ulat": 480, "hkt": 480, "sgt": 480, "wib": 420,
    "jst": 540, "kst": 540, "awst": 480, "aest": 600, "aedt": 660, "nzst": 720, "nzdt": 780, "brt": -180,
    "est": -300, "edt": -240, "cst": -360, "cdt": -300, "mst": -420, "mdt": -360, "pst": -480, "pdt": -420,
    "akst": -540, "akdt": -480, "hst": -600,
}  # fmt: skip
_CHINA = 480  # what CST means in a Chinese feed
_WIDEST = 14 * 60
_ENGLISH = {
    name.lower(): number
    for names in (calendar.month_name, calendar.month_abbr)
    for number, name in enumerate(names)
    if name
}
# In `GMT+6` the sign is meant as it looks; only in `Etc/GMT+6` it is the other way round, and that is not read.
_ZONE = (
    r"(?P<zone>(?:gmt|utc|ut)?\s*(?P<sign>[+\-−–])\s*(?P<zh>\d{1,2})(?::?(?P<zm>\d\d))?"
    r"(?:\s*[(\[]?[^\W\d_][\w .+/:-]*[)\]]?)?"
    r"|(?P<zname>[^\W\d_]{1,5})(?:\s*\([^()]*\))?|\([^()]*\))?"
)
_HALF = r"(?:\s*(?P<half>[ap])\.?m\.?(?![^\W\d_]))?"
_TIME = rf"(?P<hour>\d{{1,2}})[:.](?P<minute>\d\d)(?:[:.](?P<second>\d\d)(?:[.,]\d+)?)?{_HALF}"
_WEEKDAY = r"(?:[^\W\d_]{2,12}\.?(?:\s?-?[^\W\d_]{3,9})?(?:\s*[,،]\s*|\s+))?"
_NAME = r"(?P<name>[^\W\d_]{3,12})\.?"
_MAIL_DATE = re.compile(
    rf"^{_WEEKDAY}(?P<day>\d{{1,2}})\.?(?:\s+|-){_NAME},?(?:\s+|-)(?P<year>\d{{4}}|\d\d)"
    rf"(?:[\s,T]+{_TIME}\s*{_ZONE})?$",
    re.IGNORECASE,
)
_AMERICAN = re.compile(
    rf"^{_WEEKDAY}{_NAME}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})"
    rf"(?:[\s,]+(?:at\s+)?{_TIME}\s*{_ZONE})?$",
    re.IGNORECASE,
)
_C_DATE = re.compile(
    rf"^[^\W\d_]{{3}},?\s+{_NAME}\s+(?P<day>\d{{1,2}})\s+{_TIME}\s*{_ZONE}\s+(?P<year>\d{{4}})$", re.IGNORECASE
)
_ISO = re.compile(
    rf"^{_WEEKDAY}(?P<year>\d{{4}})(?:(?P<sep>[-/.])(?P<month>\d\d?)(?P=sep)(?P<day>\d\d?)|(?P<mm>\d\d)(?P<dd>\d\d))"
    rf"(?:(?:\s*T\s*|,?\s+)(?P<hour>\d\d?)(?::?(?P<minute>\d\d)(?::?(?P<second>\d\d)(?:[.,]\d+)?)?)?{_HALF}\s*{_ZONE})?$",
    re.IGNORECASE,
)
_FORMS = (_MAIL_DATE, _ISO, _AMERICAN, _C_DATE)
_EPOCH = re.compile(r"^(\d{10})(?:\.\d+|\d{3})?$")
_FRENCH_CLOCK = re.compile(r"\b(\d{1,2})\s?[hч]\s?(\d\d)\b", re.IGNORECASE)
_CLOCK_FIRST = re.compile(r"^(\d{1,2}:\d\d(?::\d\d)?)[\s,|/·–-]+(.*)$")
_CLOCK_LAST = re.compile(rf"^(?P<date>.*?)(?P<time>{_TIME})\s*{_ZONE}$", re.IGNORECASE)
_PERIODS = {
    "hourly": timedelta(hours=1),
    "daily": timedelta(days=1),
    "weekly": timedelta(weeks=1),
    "monthly": timedelta(days=30),
    "yearly": timedelta(days=365),
}
_LONGEST_INTERVAL = timedelta(days=366)
# What may stand between a written day and its clock.
_JOINT = re.compile(
    r"(?:[\d日号號]|[^\W\d_]{3,12}|г\.?|年)[\s,T·|/–-]*(?:(?:в|à|at|um|soat|сағат)\s*)?$", re.IGNORECASE
)


def parse_feed_date(value: object, language: str | None = None) -> datetime | None:
    """Read the date of an entry: RFC 822, ISO 8601 of every length, epoch seconds, or one that a person wrote.

    Months may be named in any language that `silkwire.moments` knows, whatever `language` is: that says only whether
    CST is China's time.
    """
    text = " ".join(plain_digits(str(value or "")).replace("\u200f", "").replace("\u200e", "").split())
    if not text or len(text) > _LONGEST:
        return None
    try:
        moment = _read(text, chinese=(language or "").lower().startswith("zh"))
    except (ValueError, OverflowError):
        return None
    return moment if moment is not None and EARLIEST <= moment.year < LATEST else None


def parse_interval(ttl: str, period: str, frequency: str) -> timedelta | None:
    """Return how long a feed asks to be left alone: <ttl> in minutes, or sy:updatePeriod by sy:updateFrequency.

    The longer of the two; None where it says nothing, or nothing that makes sense. A year and more is a mistake.
    """
    minutes, times = _count(ttl), _count(frequency) if frequency.strip() else 1
    every = _PERIODS.get(period.strip().lower())
    asked = [timedelta(minutes=minutes)] if minutes else []
    if every is not None and times is not None:
        asked.append(every / times)
    return max((interval for interval in asked if timedelta(0) < interval < _LONGEST_INTERVAL), default=None)


def _count(text: str) -> int | None:
    text = text.strip()
    return (int(text) or None) if text.isascii() and text.isdigit() and len(text) < 8 else None


def _read(text: str, *, chinese: bool) -> datetime | None:
    epoch = _EPOCH.match(text)
    if epoch:
        return datetime.fromtimestamp(int(epoch[1]), UTC)
    for form in _FORMS:
        match = form.match(text)
        if match:
            return _moment(match.groupdict(), chinese=chinese)
    text = _FRENCH_CLOCK.sub(r"\1:\2", text)
    return _written(_CLOCK_FIRST.sub(r"\2 \1", text), chinese=chinese)


def _moment(parts: dict[str, str | None], *, chinese: bool) -> datetime | None:
    """Build a moment of the parts of a match; ValueError where there is no such day or hour."""
    month = _month(parts["name"]) if parts.get("name") else int(parts.get("month") or parts["mm"] or 0)
    offset = _offset(parts, chinese=chinese)
    clock = _clock(parts)
    if month is None or offset is None or clock is None:
        return None
    year = int(parts["year"] or 0)
    if len(parts["year"] or "") == 2:
        year += 2000 if year < 70 else 1900
    day = datetime(year, month, int(parts["day"] or parts.get("dd") or 0), tzinfo=timezone(offset))
    return (day + clock).astimezone(UTC)


def _written(text: str, *, chinese: bool) -> datetime | None:
    """Read a date in words or figures, with its clock, if it has one, after it: the one day that is found, or None."""
    timed = _CLOCK_LAST.match(text)
    parts = timed.groupdict() if timed else {}
    days = {moment.date() for moment in find_moments(parts["date"] if timed else text)}
    clock, offset = (_clock(parts), _offset(parts, chinese=chinese)) if timed else (timedelta(0), timedelta(0))
    if len(days) != 1 or clock is None or offset is None or (timed is None and ":" in text):
        return None
    # Between the day and its clock stands nothing that changes the hour, such as 下午 or ب.ظ
    if timed and not _JOINT.search(parts["date"] or ""):
        return None
    day = days.pop()
    return (datetime(day.year, day.month, day.day, tzinfo=timezone(offset)) + clock).astimezone(UTC)


def _clock(parts: dict[str, str | None]) -> timedelta | None:
    """Return the time since midnight, None for no time of day. 24:00 is the day's end; a leap second is 59."""
    hour, minute, second = (int(parts[name] or 0) for name in ("hour", "minute", "second"))
    if parts["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if parts["half"] in "pP" else 0)
    if minute > 59 or second > 60 or hour > 24 or (hour == 24 and minute + second):
        return None
    return timedelta(hours=hour, minutes=minute, seconds=min(second, 59))


def _month(name: str | None) -> int | None:
    return _ENGLISH.get((name or "").lower()) or month_number(name or "")


def _offset(parts: dict[str, str | None], *, chinese: bool) -> timedelta | None:
    """Return how far east of UTC the zone is; None for one that is unknown or has several meanings."""
    if parts["sign"]:
        minutes = int(parts["zh"] or 0) * 60 + int(parts["zm"] or 0)
        if int(parts["zm"] or 0) > 59 or minutes > _WIDEST:
            return None
        return timedelta(minutes=minutes if parts["sign"] == "+" else -minutes)
    name = parts["zname"]
    if not name:
        # A comment alone, `(MSK)`, is no zone that anybody promised.
        return None if parts["zone"] else timedelta(0)
    if chinese and name.lower() == "cst":
        return timedelta(minutes=_CHINA)
    known = _ZONES.get(name.lower())
    return None if known is None else timedelta(minutes=known)
