"""JSON: one array, or an object a line. Values are as they are stored."""

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal

from silkwire.report.export.columns import Column, Kind, Row
from silkwire.report.export.plain_text import as_json, as_text

# They may stand in a JSON string, but many readers of lines take them for the end of one.
_LINE_ENDS = {"\x85": "\\u0085", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def write_json(columns: Sequence[Column], batches: Iterable[Sequence[Row]]) -> Iterator[bytes]:
    """Yield one array of objects, an object a line, each batch as it comes."""
    yield b"["
    lead = "\n"
    for objects in _objects(columns, batches):
        yield (lead + ",\n".join(objects)).encode()
        lead = ",\n"
    yield b"\n]\n"


def write_json_lines(columns: Sequence[Column], batches: Iterable[Sequence[Row]]) -> Iterator[bytes]:
    """Yield an object a line, each batch as it comes."""
    for objects in _objects(columns, batches):
        yield ("\n".join(objects) + "\n").encode()


def _objects(columns: Sequence[Column], batches: Iterable[Sequence[Row]]) -> Iterator[list[str]]:
    """Yield the objects of each batch that has rows."""
    writers = [(as_json(column.name), _writer(column)) for column in columns]
    for batch in batches:
        if batch:
            yield [_object(writers, row) for row in batch]


def _object(writers: Sequence[tuple[str, Callable[[object], str]]], row: Row) -> str:
    fields = (
        f"{name}: {'null' if value is None else write(value)}"
        for (name, write), value in zip(writers, row, strict=True)
    )
    text = "{" + ", ".join(fields) + "}"
    for end, escaped in _LINE_ENDS.items():
        if end in text:
            text = text.replace(end, escaped)
    return text


def _writer(column: Column) -> Callable[[object], str]:
    if column.is_list:
        return _list
    if column.kind in (Kind.REAL, Kind.DOUBLE, Kind.NUMERIC):
        return _number
    if column.kind in (Kind.INTEGER, Kind.BOOLEAN, Kind.JSON):
        return as_json
    return lambda value: as_json(as_text(value))


def _number(value: object) -> str:
    """Write a number with all its digits; what JSON has no number for is null."""
    if isinstance(value, Decimal):
        return format(value, "f") if value.is_finite() else "null"
    return as_json(value) if not isinstance(value, float) or math.isfinite(value) else "null"


def _list(value: object) -> str:
    if not isinstance(value, list):
        return as_json(value)
    written = (_number(item) if isinstance(item, Decimal | float) else as_json(item) for item in value)
    return f"[{', '.join(written)}]"
