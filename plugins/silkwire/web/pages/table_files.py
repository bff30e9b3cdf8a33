"""Every table as a file, whole: CSV, JSON or Parquet, streamed."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack

import anyio
from fastapi import APIRouter, HTTPException
from fastapi.responses import StreamingResponse
from starlette.concurrency import iterate_in_threadpool, run_in_threadpool
from starlette.types import Message, Receive, Scope, Send

from silkwire.report.export.formats import FORMATS
from silkwire.web.tables import find_table
from silkwire.web.view import AnyView

router = APIRouter()

_PIECE = 64 * 2**10  # bytes that are sent at once
_PATIENCE = 60.0  # seconds for a piece; who reads more slowly would hold a connection and its transaction for hours
_LONGEST = 3_600.0  # seconds of a download


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
    headers = {"content-disposition": f'attachment; filename="{filename}"'}
    return Download(_pieces(chunks()), held, form.media_type, headers)


class Download(StreamingResponse):
    """A stream that gives back what it holds however it ends: read to its end, left alone, or read too slowly."""

    def __init__(  # noqa: PLR0913 - the parts of an answer
        self,
        pieces: AsyncIterator[bytes],
        held: ExitStack,
        media_type: str,
        headers: dict[str, str],
        *,
        patience: float = _PATIENCE,
        longest: float = _LONGEST,
    ) -> None:
        """`patience` is for each piece, `longest` for all of them, in seconds."""
        super().__init__(pieces, media_type=media_type, headers=headers)
        self._held, self._patience, self._longest = held, patience, longest

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the stream; raise `TimeoutError` where its reader is too slow, which ends the connection."""

        async def send_in_time(message: Message) -> None:
            async with asyncio.timeout(self._patience):
                await send(message)

        try:
            async with asyncio.timeout(self._longest):
                await super().__call__(scope, receive, send_in_time)
        finally:
            with anyio.CancelScope(shield=True):
                await run_in_threadpool(self._held.close)


async def _pieces(chunks: Iterator[bytes]) -> AsyncIterator[bytes]:
    async for chunk in iterate_in_threadpool(chunks):
        for start in range(0, len(chunk), _PIECE):
            yield chunk[start : start + _PIECE]
