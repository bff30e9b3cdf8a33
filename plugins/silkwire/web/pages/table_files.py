"""Every table as a file, whole: CSV, JSON or Parquet, streamed."""

from collections.abc import Iterator
from contextlib import ExitStack

from fastapi import APIRouter, HTTPException
from fastapi.responses import StreamingResponse

from silkwire.report.export.formats import FORMATS
from silkwire.web.tables import find_table
from silkwire.web.view import AnyView

router = APIRouter()


@router.get("/tables/{name}.{suffix}")
def table_file(name: str, suffix: str, view: AnyView) -> StreamingResponse:
    """Serve all rows of a table within the filters."""
    query, form = find_table(name), FORMATS.get(suffix)
    if query is None or form is None:
        raise HTTPException(
            404, f"There is no such table, or not in this format. The formats are: {', '.join(FORMATS)}."
        )
    # Asked before the answer begins, so that a fault of the query is an error and not half a file.
    held = ExitStack()
    rows = held.enter_context(view.reader.stream(query.statement(view.filters)))

    def chunks() -> Iterator[bytes]:
        with held:
            yield from form.write(rows.columns, rows.batches)

    filename = f"silkwire-{name}-{view.filters.first}-{view.filters.last}{form.suffix}"
    return StreamingResponse(
        chunks(), media_type=form.media_type, headers={"content-disposition": f'attachment; filename="{filename}"'}
    )
