"""CSV for spreadsheets: RFC 4180 in UTF-8, with a mark for Excel and no cell that would run as a formula."""

import re
from collections.abc import Iterable, Iterator, Sequence

from silkwire.report.export.columns import Column, Kind, Row
from silkwire.report.export.plain_text import as_json, as_text

# Without it Excel on Windows takes the file for the system's old code page, and Cyrillic, Chinese and Arabic are lost.
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_END = "\r\n"
_JOIN = "; "

# What PostgreSQL made a number, truth or time of can't be a formula, and must stay what it is.
_SAFE = frozenset(Kind) - {Kind.TEXT, Kind.JSON}
# https://owasp.org/www-community/attacks/CSV_Injection. Blanks and marks without width before the sign don't help: some
# spreadsheets trim them. The wide forms are folded to ASCII by the Chinese and Japanese ones.
_BLANKS = "[\\s\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufffd]*"
_SIGN = "[=+@＝＋－＠﹢﹣﹦﹫-]"
_FORMULA = re.compile(f"[\t\r\n]|{_BLANKS}{_SIGN}")
# Where a spreadsheet's separator is the semicolon or the tab, our quotes hold nothing together: a cell begins after
# each, and a row after each line break.
_LATER_FORMULA = re.compile(f"([;\t\r\n]{_BLANKS})(?={_SIGN})")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
# Beyond what must be quoted: what another reader might take for the end of a cell or line, or trim.
_QUOTED = re.compile('[",;\t\r\n\x85\u2028\u2029]')


def write_csv(columns: Sequence[Column], batches: Iterable[Sequence[Row]]) -> Iterator[bytes]:
    """Yield the header, then each batch. Null is an empty cell, an empty text is `""`, as PostgreSQL writes them."""
    # A table of one column would have an empty line for null, which readers skip.
    null = "" if len(columns) > 1 else '""'
    yield _BYTE_ORDER_MARK + _line(_quoted(_harmless(column.name)) for column in columns).encode()
    for batch in batches:
        yield "".join(_line(_cells(columns, row, null)) for row in batch).encode()


def _line(cells: Iterable[str]) -> str:
    return ",".join(cells) + _END


def _cells(columns: Sequence[Column], row: Row, null: str) -> Iterator[str]:
    for column, value in zip(columns, row, strict=True):
        yield null if value is None else _cell(column, value)


def _cell(column: Column, value: object) -> str:
    if column.is_list and isinstance(value, list):
        return _quoted(_JOIN.join(_item(column, item) for item in value))
    if column.kind in _SAFE:
        return as_text(value)
    return _quoted(_harmless(as_json(value) if column.kind is Kind.JSON else as_text(value)))


def _item(column: Column, item: object) -> str:
    if item is None:
        return ""
    return as_text(item) if column.kind in _SAFE else _harmless(as_text(item))


def _harmless(text: str) -> str:
    """Put an apostrophe before what a spreadsheet would take for a formula; it then shows the text as it is."""
    text = _LATER_FORMULA.sub(r"\1'", _CONTROLS.sub("\ufffd", text))
    return f"'{text}" if _FORMULA.match(text) else text


def _quoted(text: str) -> str:
    if text and not _QUOTED.search(text) and not text[0].isspace() and not text[-1].isspace():
        return text
    return '"' + text.replace('"', '""') + '"'
