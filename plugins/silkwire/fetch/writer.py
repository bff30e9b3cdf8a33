"""The writer: gathers what many hosts answer into batches, each one WARC file and one transaction."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from silkwire.drain import Task
from silkwire.records import Page, Response, TextFrom
from silkwire.warehouse import links, pages, pauses, runs
from silkwire.warehouse.archive import Archive, make_record
from silkwire.warehouse.engine import transaction
from silkwire.warehouse.links import FetchedLink
from silkwire.warehouse.runs import Tally, tally_key

STAGE = "fetch"
_BATCH_ITEMS = 400
_BATCH_BYTES = 32 * 2**20
_BATCH_SECONDS = 5.0
_HURRY_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class Fetched:
    """The fate of a link with the response to keep: of an `ok`, or of a refusal that the feed's text stands in for."""

    fate: FetchedLink
    response: Response | None
    text_from: TextFrom = TextFrom.PAGE
    pauses_host: bool = False


class Writer:
    """Commits fetched links in batches: by count, by size, or after a few seconds."""

    def __init__(self, task: Task) -> None:
        """Write to the warehouse of `task` and the archive of its settings."""
        self._task = task
        self._archive = Archive(task.settings.archive)
        self._batch: list[Fetched] = []
        self._bytes = 0
        self._committed: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._full = asyncio.Event()
        self._closing = False
        self.tally: Tally = Counter()

    def put(self, fetched: Fetched) -> asyncio.Future[None]:
        """Add a fetched link to the batch; return what is done once the batch is committed."""
        self._batch.append(fetched)
        self._bytes += len(fetched.response.body) if fetched.response else 0
        if len(self._batch) >= _BATCH_ITEMS or self._bytes >= _BATCH_BYTES:
            self._full.set()
        return self._committed

    def hurry(self) -> None:
        """Say that somebody waits: commit soon, together with what other hosts finish in the meantime."""
        awaited = self._committed

        def commit() -> None:
            if awaited is self._committed:  # and not on its way already, with its batch
                self._full.set()

        asyncio.get_running_loop().call_later(_HURRY_SECONDS, commit)

    def close(self) -> None:
        """Say that no more comes: the rest is committed and `work` ends."""
        self._closing = True
        self._full.set()

    async def work(self) -> None:
        """Commit batches until closed. An error here ends the stage: what was not committed is still pending."""
        while not self._closing or self._batch:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._full.wait(), _BATCH_SECONDS)
            self._full.clear()
            if self._closing:
                self._full.set()
            await self._commit()

    async def _commit(self) -> None:
        if not self._batch:
            return
        batch, self._batch, self._bytes = self._batch, [], 0
        committed, self._committed = self._committed, asyncio.get_running_loop().create_future()
        self.tally += await asyncio.to_thread(self._store, batch)
        committed.set_result(None)

    def _store(self, batch: Sequence[Fetched]) -> Tally:
        task = self._task
        kept = [
            (item.fate.link, item.response, item.text_from, make_record(item.response))
            for item in batch
            if item.response is not None
        ]
        # The archive first: a page that the warehouse knows is always there to be read.
        addresses = self._archive.write([record for *_, record in kept], task.clock()) if kept else []
        rows = [
            (
                Page(
                    link_id=link.id,
                    # A refusal may have led to a page for logging in, which is not the article's address.
                    url=response.url if text_from is TextFrom.PAGE else link.url,
                    status=response.status,
                    content_type=response.content_type,
                    digest=record.digest,
                    fetched_at=response.fetched_at,
                    warc_path=address.path,
                    warc_offset=address.offset,
                    warc_length=address.length,
                    text_from=text_from,
                ),
                link.source_id,
            )
            for (link, response, text_from, record), address in zip(kept, addresses, strict=True)
        ]
        tally = Counter(tally_key("link", item.fate.outcome) for item in batch)
        with transaction(task.engine) as connection:
            pages.save_fetched(connection, rows)
            pauses.forgive(
                connection, sorted({item.fate.link.host for item in batch if not item.pauses_host}), task.clock()
            )
            links.save_fates(connection, [item.fate for item in batch])
            runs.count(connection, task.run_id, STAGE, tally)
        return tally
