"""Parquet: typed columns in row groups, for DuckDB, pandas, Spark and BI tools."""

import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from silkwire.report.export.columns import Column, Kind, Row
from silkwire.report.export.plain_text import as_json, as_text

# A row group is held in memory until it is written: large enough to compress, small enough for any machine.
_GROUP_ROWS = 50_000
_GROUP_BYTES = 16 * 2**20
_WIDEST_DECIMAL = 38


def write_parquet(columns: Sequence[Column], batches: Iterable[Sequence[Row]]) -> Iterator[bytes]:
    """Yield the file's beginning at once, each row group when it is full, then the index at the end."""
    import pyarrow as pa
    from pyarrow import parquet

    schema = pa.schema([pa.field(column.name, _type(column)) for column in columns])
    converters = [_converter(column) for column in columns]
    sink = _Sink()
    # Snappy is what every reader of Parquet knows.
    with parquet.ParquetWriter(pa.PythonFile(sink, mode="w"), schema, compression="snappy") as writer:
        yield sink.taken()
        for group in _groups(_record_batches(schema, converters, batches)):
            writer.write_table(pa.Table.from_batches(group), row_group_size=2 * _GROUP_ROWS)
            yield sink.taken()
    yield sink.taken()


class _Sink(io.RawIOBase):
    """A file that keeps what is written until it is taken away."""

    def __init__(self) -> None:
        super().__init__()
        self._pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:  # noqa: ANN401 - any buffer
        piece = bytes(data)
        self._pieces.append(piece)
        return len(piece)

    def taken(self) -> bytes:
        """Return what was written since the last time."""
        pieces, self._pieces = self._pieces, []
        return b"".join(pieces)


def _record_batches(
    schema: Any,  # noqa: ANN401 - pyarrow has no types
    converters: Sequence[Callable[[object], object]],
    batches: Iterable[Sequence[Row]],
) -> Iterator[Any]:
    import pyarrow as pa

    for batch in batches:
        arrays = [
            pa.array([None if row[place] is None else convert(row[place]) for row in batch], field.type)
            for place, (field, convert) in enumerate(zip(schema, converters, strict=True))
        ]
        yield pa.RecordBatch.from_arrays(arrays, schema=schema)


def _groups(batches: Iterable[Any]) -> Iterator[list[Any]]:
    """Gather batches until they are a row group."""
    group: list[Any] = []
    rows = size = 0
    for batch in batches:
        if not batch.num_rows:
            continue
        group.append(batch)
        rows += batch.num_rows
        size += batch.nbytes
        if rows >= _GROUP_ROWS or size >= _GROUP_BYTES:
            yield group
            group, rows, size = [], 0, 0
    if group:
        yield group


def _type(column: Column) -> Any:  # noqa: ANN401 - pyarrow has no types
    import pyarrow as pa

    simple = {
        Kind.INTEGER: pa.int64(),
        Kind.REAL: pa.float32(),
        Kind.DOUBLE: pa.float64(),
        Kind.BOOLEAN: pa.bool_(),
        Kind.DATE: pa.date32(),
        Kind.TIME: pa.timestamp("us", tz="UTC"),
        Kind.LOCAL_TIME: pa.timestamp("us"),
    }
    if column.kind is Kind.NUMERIC:
        kind = pa.decimal128(column.precision, column.scale) if _is_decimal(column) else pa.float64()
    else:
        kind = simple.get(column.kind, pa.string())
    return pa.list_(kind) if column.is_list else kind


def _is_decimal(column: Column) -> bool:
    """Say whether the digits of a numeric are bounded; those of an unbounded one are given as a double."""
    precision, scale = column.precision, column.scale
    return precision is not None and scale is not None and 0 <= scale <= precision <= _WIDEST_DECIMAL


def _converter(column: Column) -> Callable[[object], object]:
    convert = _item_converter(column)
    if not column.is_list:
        return convert
    return lambda value: [None if item is None else convert(item) for item in _items(value)]


def _items(value: object) -> Iterable[object]:
    return value if isinstance(value, list) else [value]


def _item_converter(column: Column) -> Callable[[object], object]:
    match column.kind:
        case Kind.TEXT:
            return as_text
        case Kind.JSON:
            return as_json
        case Kind.NUMERIC:
            return _finite if _is_decimal(column) else _double
    return _same


def _same(value: object) -> object:
    return value


def _finite(value: object) -> object:
    """Return a decimal; one that is no number has no place in Parquet's decimals and becomes null."""
    return value if not isinstance(value, Decimal) or value.is_finite() else None


def _double(value: object) -> object:
    return float(value) if isinstance(value, Decimal) else value
