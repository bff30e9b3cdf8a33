"""Dates as pages and people write them, to moments in UTC. Strict: what can be read in two ways is not read.

A date-time without a zone is taken as UTC and a date alone as its midnight in UTC: for the day, which is what is
counted, that is right but in the hours around midnight, and no zone is invented.
"""

import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from functools import cache

# Locales of the watch and of the world's wires, whose month names CLDR knows.
_LOCALES = (
    *("en", "fr", "de", "es", "it", "pt", "nl", "pl", "ru", "uk", "be", "kk", "ky", "uz", "uz_Cyrl", "tg", "tk", "tr"),
    *("az", "mn", "ar", "fa"),
)
# Tajik izofat forms and case forms on Kyrgyz and Kazakh sites, which CLDR does not list.
_SPELLINGS = {
    "январи": 1, "феврали": 2, "марти": 3, "апрели": 4, "майи": 5, "июни": 6, "июли": 7, "августи": 8,
    "сентябри": 9, "октябри": 10, "ноябри": 11, "декабри": 12, "январы": 1, "февралы": 2, "марты": 3,
    "апрелы": 4, "июну": 6, "июлу": 7, "сентябры": 9, "октябры": 10, "ноябры": 11, "декабры": 12, "sept": 9,
}  # fmt: skip

_CLOCK = (
    r"(?:[T\s,·|–—-]*(?:в|à|at|um|soat)?\s*(?P<hour>[01]?\d|2[0-3])[:.hч](?P<minute>[0-5]\d)"
    r"(?::(?P<second>[0-5]\d)(?:[.,]\d+)?)?\s*(?P<half>[ap]\.?m\.?)?\s*(?P<zone>Z|UTC|GMT|[+-]\d\d:?\d\d)?)?"
)
_YEAR, _MONTH, _DAY = r"(?P<year>(?:19|20)\d\d)", r"(?P<month>0?[1-9]|1[0-2])", r"(?P<day>0?[1-9]|[12]\d|3[01])"
_NAME = r"(?P<name>[^\W\d_]{3,12})"
_OF_YEAR = r"(?:жылғы|жылдын|жылы|года|йилнинг|йил|yil|yili|ýylyň|соли|оны)"
_FORMS = tuple(
    re.compile(rf"(?<![\w/.:-]){form}{_CLOCK}(?![\d/]|\.\d)", re.IGNORECASE)
    for form in (
        rf"{_YEAR}(?P<sep>[-/.]){_MONTH}(?P=sep){_DAY}(?!\d)",
        rf"{_YEAR}\s*[年년]\s*{_MONTH}\s*[月월]\s*{_DAY}\s*[日号號일]",
        rf"{_YEAR}\s+оны\s+{_MONTH}(?:\s*-?\s*(?:р|дугаар|дүгээр))?\s+сарын\s+{_DAY}(?!\d)",
        rf"{_DAY}\.{_MONTH}\.{_YEAR}(?!\d)",
        rf"(?P<day>1[3-9]|2\d|3[01])[/-]{_MONTH}[/-]{_YEAR}(?!\d)",  # 05/11 is May or November, and not read
        rf"{_DAY}(?:st|nd|rd|th|er|\.|º)?[\s-]+(?:de\s+)?{_NAME}\.?,?\s+(?:de\s+)?{_YEAR}(?!\d)",
        rf"(?<!\w){_NAME}\.?\s+{_DAY}(?:st|nd|rd|th)?,?\s+{_YEAR}(?!\d)",
        rf"{_YEAR}\s*[-–]?\s*{_OF_YEAR}\s*,?\s*{_DAY}[\s-]+{_NAME}",
    )
)
_ISO = re.compile(r"^(?:19|20)\d\d-?\d\d-?\d\d(?:[T ]\d\d:?\d\d.*)?$")
_EPOCH = re.compile(r"^(?:\d{10}|\d{13})$")
_DIGITS = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "01234567890123456789")
_LONGEST = 400
_NOON = 12


def parse_moment(value: object) -> datetime | None:
    """Read a date that a machine wrote into a page: ISO 8601, RFC 2822, epoch seconds, or one of the written forms."""
    text = " ".join(str(value or "").translate(_DIGITS).split())[:80]
    if _EPOCH.match(text):
        return datetime.fromtimestamp(int(text[:10]), UTC)
    if _ISO.match(text):
        try:
            return in_utc(datetime.fromisoformat(text))
        except ValueError:
            pass
    try:
        return in_utc(parsedate_to_datetime(text))
    except (ValueError, TypeError, IndexError, OverflowError):
        return next(iter(find_moments(text)), None)


def plain_digits(text: str) -> str:
    """Return the text with Arabic and Persian digits written as ASCII ones."""
    return text.translate(_DIGITS)


def month_number(name: str) -> int | None:
    """Return the month, 1 to 12, that a name or its abbreviation means in any of the languages; None for no month."""
    return _months().get(name.casefold().rstrip("."))


def find_moments(text: str) -> list[datetime]:
    """Every date that the text writes out with day, month and year, in the order of the forms looked for."""
    text = text[:_LONGEST].translate(_DIGITS)
    found = (_moment(match) for form in _FORMS for match in form.finditer(text))
    return [moment for moment in found if moment is not None]


def in_utc(moment: datetime) -> datetime:
    """Return the same moment in UTC; one without a zone is taken as UTC."""
    try:
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except OverflowError as error:  # the years 1 and 9999
        raise ValueError(str(error)) from error


def _moment(match: re.Match[str]) -> datetime | None:
    parts = match.groupdict()
    month = int(parts["month"]) if parts.get("month") else month_number(parts["name"])
    if month is None:
        return None
    hour = int(parts["hour"] or 0)
    if parts["half"] and hour <= _NOON:
        hour = hour % _NOON + (_NOON if parts["half"][0] in "pP" else 0)
    try:
        naive = datetime(
            int(parts["year"]), month, int(parts["day"]), hour, int(parts["minute"] or 0), int(parts["second"] or 0),
            tzinfo=_zone(parts["zone"]),
        )  # fmt: skip
        return in_utc(naive)
    except ValueError:
        return None


def _zone(text: str | None) -> timezone:
    if not text or text[0] not in "+-":
        return UTC
    digits = text[1:].replace(":", "")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-offset if text[0] == "-" else offset)


@cache
def _months() -> dict[str, int]:
    """Month names and their abbreviations in every language of the watch; a word that names two months names none."""
    from babel import Locale

    meanings: dict[str, set[int]] = {}
    for identifier in _LOCALES:
        for widths in Locale.parse(identifier).months.values():
            for width in ("wide", "abbreviated"):
                for number, name in widths.get(width, {}).items():
                    meanings.setdefault(name.casefold().rstrip("."), set()).add(number)
    months = {name: next(iter(numbers)) for name, numbers in meanings.items() if len(numbers) == 1}
    return {**months, **_SPELLINGS}
