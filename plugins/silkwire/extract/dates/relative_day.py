"""Whether a page shows its day only as its readers count it - "today", "2 hours ago" - which no archive can read.

Such a line is not turned into a date, but where it stands beside the title the other dates of the page are of others.
"""

import re

from lxml.html import HtmlElement

from silkwire.extract.dates.date_lines import BEFORE, NEXT
from silkwire.extract.dates.date_words import CALLED_A_DATE

_LONGEST = 40  # characters of such a line
_UNSEEN = frozenset({"script", "style", "noscript", "template", "option", "select", "textarea"})
_DAY = (
    r"сегодня|вчера|сьогодні|вчора|бүгін|кеше|бүгүн|кечээ|bugun|kecha|бугун|кеча|имрӯз|дирӯз|bu\s?gün|düýn|bugün|dün|dünən"
    r"|өнөөдөр|өчигдөр|بۈگۈن|تۈنۈگۈن|امروز|دیروز|اليوم|أمس|today|yesterday|今天|昨天|今日|昨日|오늘|어제|heute|gestern"
    r"|aujourd['’]hui|hier|hoy|ayer|oggi|ieri"
)
_AGO = (
    r"\d{1,2}\s?[^\W\d_]{1,12}\.?\s?(?:назад|тому|бұрын|мурун|oldin|олдин|пеш|öň|önce|əvvəl|өмнө|بۇرۇن|پیش|ago|前|전)\b"
    r"|(?:منذ|قبل|vor|il\sy\sa|hace)\s\d{1,2}\s"
)
_RELATIVE = re.compile(rf"(?:{_AGO}|(?:{_DAY})\b)", re.IGNORECASE)
# A day's name alone is also a menu's or the first word of a deck.
_WITH_CLOCK = re.compile(rf"(?:{_AGO}|(?:{_DAY})\W{{0,3}}(?:[^\W\d_]{{1,6}}\s)?\d\d?[:.h]\d\d)", re.IGNORECASE)


def shows_relative_day(tree: HtmlElement, title: HtmlElement | None) -> bool:
    """Tell whether a line beside the title counts its day from that of the reader."""
    if title is None:
        return False
    at = 0
    places: list[int] = []  # where such lines stand, in characters of text from the start of the page
    start: int | None = None
    for element in tree.iter():
        if element is title:
            start = at
        seen = isinstance(element.tag, str) and element.tag not in _UNSEEN
        for text, holder in ((element.text if seen else None, element), (element.tail, element.getparent())):
            line = (text or "").strip()
            if line and len(line) <= _LONGEST and holder is not None and _is_relative(line, holder):
                places.append(at)
            at += len(line)
        if start is not None and at - start > NEXT:
            break
    return start is not None and any(-BEFORE <= place - start <= NEXT for place in places)


def _is_relative(line: str, holder: HtmlElement) -> bool:
    if _WITH_CLOCK.match(line):
        return True
    names = f"{holder.tag} {holder.get('class') or ''} {holder.get('itemprop') or ''}"
    return _RELATIVE.match(line) is not None and CALLED_A_DATE.search(names) is not None
