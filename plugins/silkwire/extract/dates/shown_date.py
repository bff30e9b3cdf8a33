"""Which of the dates that a page shows is that of its publication: the one beside the title, or one that says so."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from silkwire.extract.dates.date_lines import AFTER, BEFORE, NEXT, DateLine


def line_beside_title(lines: Sequence[DateLine], fetched_at: datetime) -> datetime | None:
    """Return the day that the lines near the title tell, None where they tell none or two.

    Of lines that say "published", or whose elements are called a date, the nearest counts; otherwise the only day of
    the short lines there. The day of the fetch above the title is the page's today if another day stands there too.
    """
    own = [line for line in _own(lines) if line.place is not None and -BEFORE <= line.place <= AFTER]
    own = [line for line in own if (line.place or 0) >= 0 or not _is_today(line, fetched_at)] or own
    for reach in (NEXT, AFTER):
        near = [line for line in own if (line.place or 0) <= reach]
        said = [line for line in near if line.named or line.kind == "published"]
        short = [line for line in near if line.short]
        moment = _only(sorted(said, key=lambda line: abs(line.place or 0))[:1]) or _only(short)
        if moment is not None or short:
            return moment
    return None


def published_lines(
    lines: Sequence[DateLine], fetched_at: datetime, *, is_relative: Callable[[], bool]
) -> Iterator[datetime]:
    """Yield the days of publication that visible lines name, the surest kind of line first; each only if it is one day.

    First the line beside the title; then lines anywhere that say "published", or whose elements are called a date; then
    the one day of a page that shows no other. Pages show the day of the fetch as their today: away from the title it
    counts only where it is said to be that of publication. `is_relative` is asked before the weakest kinds: beside a
    title that says "today" they are days of others.
    """
    own = _own(lines)
    other_days = [line for line in own if not _is_today(line, fetched_at)]
    for moment in (
        line_beside_title(lines, fetched_at),
        _only([line for line in own if line.kind == "published" and line.short]),
        _only([line for line in other_days if line.named]),
    ):
        if moment is not None:
            yield moment
    weakest = (
        _only([line for line in lines if line.kind == "published" and line.short]),
        _only(lines) if any(line.short for line in other_days) else None,
    )
    if any(weakest) and not is_relative():
        yield from filter(None, weakest)


def updated_lines(lines: Sequence[DateLine]) -> Iterator[datetime]:
    """Yield the day of the last change that visible lines name, if it is one."""
    moment = _only([line for line in lines if line.kind == "updated" and not line.outside])
    if moment is not None:
        yield moment


def _own(lines: Sequence[DateLine]) -> list[DateLine]:
    return [line for line in lines if not line.outside and line.kind != "updated"]


def _is_today(line: DateLine, fetched_at: datetime) -> bool:
    """Whether a line names the day of the fetch in some zone."""
    return abs((line.moment.date() - fetched_at.date()).days) <= 1


def _only(lines: Sequence[DateLine]) -> datetime | None:
    """Return the most exact moment of lines that all name one day."""
    return max(line.moment for line in lines) if len({line.moment.date() for line in lines}) == 1 else None
