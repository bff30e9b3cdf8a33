"""Dates as pages and people write them, to moments in UTC. Strict: what can be read in two ways is not read.

A date-time without a zone is taken as UTC and a date alone as its midnight in UTC: for the day, which is what is
counted, that is the day as written, and no zone is invented. A clock of exactly midnight in a zone is a date without a
clock, as systems of publishers store one, and its day is the one that is written too. Relative dates ("2 hours ago",
"yesterday") are not read: nothing says when they were right.
"""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, timezone
from email.utils import parsedate_to_datetime
from functools import cache
from typing import Literal

from silkwire.calendars import ERA_NAMES, from_buddhist, from_era, from_solar_hijri
from silkwire.month_names import month_number, solar_hijri_month, thai_months

__all__ = ("Order", "find_moments", "in_utc", "month_number", "parse_moment", "plain_digits")

# How a page writes 03/04/2024 and 03.04.24, where that is known.
Order = Literal["dmy", "mdy", "ymd"]

_CLOCK = (
    r"(?:[T\s,·|–—/-]{0,4}(?:в|à|at|um|klo|alle|soat|сағат|саат|ore|ساعت|الساعة)?\s?"
    r"(?<!\d)(?P<hour>[01]?\d|2[0-3])[:.hч](?P<minute>[0-5]\d)"
    r"(?::(?P<second>[0-5]\d)(?:[.,]\d+)?)?\s?(?P<half>[ap]\.?m\.?)?\s?(?P<zone>Z|UTC|GMT|[+-]\d\d:?\d\d)?)?"
)
# A clock before its date, as the agencies of Central Asia write it; behind a figure it belongs to that.
_CLOCK_BEFORE = re.compile(
    r"(?:^|[^\d\s])\s*(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d))?"
    r"\s?(?P<half>[ap]\.?m\.?)?\s*[,/|·–—-]?\s*$",
    re.IGNORECASE,
)
_BEFORE = 24  # characters before a date in which its clock may stand
_YEAR, _MONTH, _DAY = r"(?P<year>(?:19|20)\d\d)", r"(?P<month>0?[1-9]|1[0-2])", r"(?P<day>0?[1-9]|[12]\d|3[01])"
_NAME = r"(?P<name>[^\W\d_]{2,12})"
_OF_YEAR = r"(?:жылғы|жылы|жылдын|жылкы|года|йилнинг|йил|yilning|yili|yil|nji ýylyň|njy ýylyň|соли|оны)"
_TH = r"(?:st|nd|rd|th|er|º|ª|-?(?:nji|njy|inji|ші|шы|нчи|chi))?"
_SOLAR_YEAR = r"(?P<solar>1[34]\d\d)"
_NUMERIC = r"(?P<first>\d{1,2})(?P<sep>[/.-])(?P<second_>\d{1,2})(?P=sep)(?P<third>(?:(?:19|20)\d\d|\d\d)(?!\d))"


def _compiled(*forms: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(rf"(?<![\w/.:-]){form}{_CLOCK}(?![\d/]|\.\d|-\d)", re.IGNORECASE) for form in forms)


_FORMS = _compiled(
    rf"{_YEAR}(?P<sep>[-/.])\s?{_MONTH}(?P=sep)\s?{_DAY}(?!\d)",
    rf"{_YEAR}\s*[年년]\s*{_MONTH}\s*[月월]\s*{_DAY}\s*[日号號일]",
    rf"(?P<era>{ERA_NAMES})\s*(?P<era_year>\d{{1,3}}|元)\s*年\s*{_MONTH}\s*月\s*{_DAY}\s*日",
    rf"{_YEAR}\s+оны\s+{_MONTH}(?:\s*-?\s*(?:р|дугаар|дүгээр))?\s+сарын\s+{_DAY}(?!\d)",
    rf"{_YEAR}\s+оны\s+(?P<name>(?:арван\s+)?[^\W\d_]{{2,8}}д[уү]г[аэ]{{2}}р)\s+сарын\s+{_DAY}(?!\d)",
    rf"{_YEAR}\s*-?\s*يىل\w{{0,4}}\s*{_MONTH}\s*-?\s*ئاي\w{{0,4}}\s*{_DAY}(?!\d)",
    rf"{_DAY}\.\s?{_MONTH}\.\s?{_YEAR}(?!\d)",
    rf"(?P<day>1[3-9]|2\d|3[01])[/-]{_MONTH}[/-]{_YEAR}(?!\d)",
    rf"{_MONTH}/(?P<day>1[3-9]|2\d|3[01])/{_YEAR}(?!\d)",
    rf"{_DAY}{_TH}\.?[\s/.-]{{0,3}}(?:de\s+|of\s+)?(?<![\d]){_NAME}(?:/[^\W\d_]{{3,12}})?"
    rf"\.?,?(?:\s+|[/-])(?:(?:de|del|соли|سنة)\s+)?{_YEAR}(?!\d)",
    rf"(?<!\w){_NAME}\.?[\s-]+{_DAY}{_TH},?[\s-]+{_YEAR}(?!\d)",
    rf"{_YEAR}\s*[-–]?\s*{_OF_YEAR}\s*,?\s*{_DAY}{_TH}[\s-]+{_NAME}",
    rf"{_YEAR}\.\s{_NAME}\.?\s{_DAY}(?!\d)",  # Hungarian
    rf"{_SOLAR_YEAR}(?P<sep>[-/])(?P<month>0?[1-9]|1[0-2])(?P=sep){_DAY}(?!\d)",
    rf"{_DAY}(?P<sep>[-/])(?P<month>0?[1-9]|1[0-2])(?P=sep){_SOLAR_YEAR}(?!\d)",
)
_PERSIAN_FORMS = _compiled(
    rf"{_DAY}\s+{_NAME}(?:\s+ماه)?\s+{_SOLAR_YEAR}(?!\d)",
    rf"{_SOLAR_YEAR}\s+{_NAME}\s+{_DAY}(?!\d)",
    rf"{_DAY}\s+(?P<name>(?:كانون|تشرين)\s(?:الأول|الثاني))(?:/[^\W\d_]{{3,12}})?\s+{_YEAR}(?!\d)",
)
_ORDERED = _compiled(_NUMERIC)[0]
_PERSIAN_OR_ARABIC = re.compile("[\u0621-\u06cc]{2}")
_THAI = re.compile("[\u0e01-\u0e2e]")
# Whether a text can hold a date at all: most do not, and are not asked thirteen times.
_HINT = re.compile(r"(?:19|20)\d\d|1[34]\d\d|25\d\d|\d[./-]\d\d?[./-]\d\d|(?:" + ERA_NAMES + r")\s*(?:\d|元)")

_ISO = re.compile(r"^(?:19|20)\d\d-?\d\d-?\d\d(?:[T ]\d\d:?\d\d.*)?$")
_ISO_ZONE = re.compile(r"\s*(?:UTC|GMT)$|\s+(?=[+-]\d\d:?\d\d$)")
_COMPACT = re.compile(r"^((?:19|20)\d{6})(\d{6}|\d{4})$")
_MAIL = re.compile(r"^(?:[A-Za-z]{3,9},?\s*)?\d{1,2}[\s-][A-Za-z]{3}[\s-]\d{2,4}(?:\s|$)")
_C_DATE = re.compile(
    r"^[A-Za-z]{3}\s+(?P<name>[A-Za-z]{3})\s+(?P<day>\d{1,2})\s+(?P<clock>\d\d:\d\d:\d\d)\s+(?:[A-Z]{3,4}\s+)?(?P<year>\d{4})$"
)
_EPOCH = re.compile(r"^(?:\d{10}|\d{13})$")
_DIGITS = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩０１２３４５６７８９", "0123456789" * 3)
_LONGEST = 400
_NOON = 12
_CENTURY = 2000
_BUDDHIST_FROM = 2400  # years from here on are Thai ones


def parse_moment(value: object, order: Order | None = None) -> datetime | None:
    """Read a date that a machine wrote into a page: ISO 8601, RFC 2822, epoch seconds or one of the written forms.

    `order` is how the page writes numeric dates, where that is known; without it 03/04/2024 is None.
    """
    text = " ".join(str(value or "")[:_LONGEST].translate(_DIGITS).split())[:80]
    if _EPOCH.match(text):
        return datetime.fromtimestamp(int(text[:10]), UTC)
    compact = _COMPACT.match(text)
    if compact:
        text = f"{compact[1]}T{compact[2]}"
    try:
        if compact or _ISO.match(text):
            return in_utc(datetime.fromisoformat(_ISO_ZONE.sub("", text)))
        if _MAIL.match(text):
            return in_utc(parsedate_to_datetime(text))
    except (ValueError, TypeError, IndexError, OverflowError):
        pass
    unix = _C_DATE.match(text)
    if unix:
        text = f"{unix['day']} {unix['name']} {unix['year']} {unix['clock']}"
    return next(iter(find_moments(text, order)), None)


def plain_digits(text: str) -> str:
    """Return the text with Arabic, Persian and full-width digits written as ASCII ones."""
    return text.translate(_DIGITS)


def find_moments(text: str, order: Order | None = None) -> list[datetime]:
    """Every date that the text writes out with day, month and year, in the order of the forms looked for.

    With an `order`, also dates in figures that can be read in two ways, and those with a year of two digits.
    """
    text = text[:_LONGEST].translate(_DIGITS)
    if not _HINT.search(text):
        return []
    forms = _FORMS
    if _PERSIAN_OR_ARABIC.search(text):
        forms = (*_FORMS, *_PERSIAN_FORMS)
    elif _THAI.search(text):
        forms = (*_FORMS, _thai_form())
    found = [_moment(match) for form in forms for match in form.finditer(text)]
    if order is not None and not any(found):
        found = [_moment(match, order) for match in _ORDERED.finditer(text)]
    return [moment for moment in found if moment is not None]


def in_utc(moment: datetime) -> datetime:
    """Return the same moment in UTC; one without a zone is taken as UTC, and so is a zone's midnight, for its day."""
    if moment.tzinfo is None or (moment.time() == time() and moment.utcoffset()):
        return moment.replace(tzinfo=UTC)
    try:
        return moment.astimezone(UTC)
    except OverflowError as error:  # the years 1 and 9999
        raise ValueError(str(error)) from error


def _moment(match: re.Match[str], order: Order | None = None) -> datetime | None:
    parts = match.groupdict()
    try:
        day = _ordered_day(parts, order) if order else _day(parts)
        if day is None:
            return None
        if parts["hour"] is None:
            start = match.start()
            clock_before = _CLOCK_BEFORE.search(match.string[max(0, start - _BEFORE) : start])
            parts.update(clock_before.groupdict() if clock_before else {})
        hour = int(parts["hour"] or 0)
        if parts["half"] and hour <= _NOON:
            hour = hour % _NOON + (_NOON if parts["half"][0] in "pP" else 0)
        clock = time(hour, int(parts["minute"] or 0), int(parts["second"] or 0), tzinfo=_zone(parts["zone"]))
        return in_utc(datetime.combine(day, clock))
    except ValueError:
        return None


def _day(parts: dict[str, str | None]) -> date | None:
    """Build the day of a match; None for a word that is no month, ValueError for a day that does not exist."""
    name, day = parts.get("name"), int(parts["day"] or 0)
    of_name: Callable[[str], int | None] = solar_hijri_month if parts.get("solar") else month_number
    month = of_name(name) if name else int(parts.get("month") or 0)
    if parts.get("thai"):
        month = thai_months()[str(parts["thai"])]
    if not month:
        return None
    if parts.get("solar"):
        return from_solar_hijri(int(parts["solar"] or 0), month, day)
    if parts.get("era"):
        return date(from_era(str(parts["era"]), str(parts["era_year"])), month, day)
    year = int(parts["year"] or 0)
    return date(from_buddhist(year) if parts.get("thai") and year > _BUDDHIST_FROM else year, month, day)


def _ordered_day(parts: dict[str, str | None], order: Order) -> date | None:
    figures = [str(parts[name]) for name in ("first", "second_", "third")]
    if order == "ymd":
        if len(figures[2]) > 2 or len(figures[0]) < 2:
            return None
        figures = [figures[2], figures[1], figures[0]]
    elif order == "mdy" and parts["sep"] != ".":
        figures = [figures[1], figures[0], figures[2]]
    year = int(figures[2])
    return date(year if year >= 100 else year + _CENTURY, int(figures[1]), int(figures[0]))


def _zone(text: str | None) -> timezone:
    if not text or text[0] not in "+-":
        return UTC
    digits = text[1:].replace(":", "")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-offset if text[0] == "-" else offset)


@cache
def _thai_form() -> re.Pattern[str]:
    names = "|".join(re.escape(name) for name in sorted(thai_months(), key=len, reverse=True))
    return _compiled(rf"{_DAY}\s*(?P<thai>{names})\.?\s*(?:พ\.ศ\.\s*)?(?P<year>(?:19|20|25)\d\d)(?!\d)")[0]
