"""The extract stage: pages of the archive become articles, each extracted in a process that may be killed."""

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from sqlalchemy import Connection

from silkwire.drain import Task, drain
from silkwire.extract.article import EXTRACTOR_VERSION, extract_article, warm_up
from silkwire.extract.feed_text import feed_article
from silkwire.extract.identity import content_key
from silkwire.reasons import Reason
from silkwire.records import Extraction, Outcome, TextFrom
from silkwire.settings import Settings
from silkwire.warehouse import articles, pages
from silkwire.warehouse.archive import Archive, RecordMissing
from silkwire.warehouse.articles import NewArticle
from silkwire.warehouse.pages import ExtractedPage, PendingPage
from silkwire.warehouse.runs import Tally
from silkwire.workers import WorkerPool

STAGE = "extract"
_BATCH = 25  # pages of a worker that are extracted in one transaction
_NO_VERDICT = (Reason.RECORD_MISSING, Reason.CRASHED, Reason.TOO_COMPLEX)


@dataclass(frozen=True, slots=True)
class _Extracted:
    page: PendingPage
    extraction: Extraction | None
    outcome: Outcome

    @property
    def keeps_article(self) -> bool:
        """A record that is gone, or code that crashes, is no reason to lose the article made of the page before."""
        return self.outcome.reason in _NO_VERDICT and self.page.article_id is not None


def run(task: Task) -> Tally:
    """Extract the pages of one shard that have no outcome at this extractor version; return the counts of pages."""
    archive = Archive(task.settings.archive)
    jobs = task.settings.extract_jobs

    def take(connection: Connection) -> Sequence[PendingPage]:
        return pages.take_pending(connection, task.shard, EXTRACTOR_VERSION, _BATCH * jobs)

    def work(page: PendingPage) -> _Extracted:
        return _extract(archive, workers, page)

    def save(connection: Connection, extracted: Sequence[_Extracted]) -> Iterable[tuple[str, Outcome]]:
        kept = [item for item in extracted if item.keeps_article]
        judged = [item for item in extracted if not item.keeps_article]
        pages.keep_fates(connection, [item.page.link_id for item in kept], EXTRACTOR_VERSION, task.clock())
        fates = _save(connection, judged)
        pages.save_fates(connection, fates, EXTRACTOR_VERSION, task.clock())
        return [("page", item.outcome) for item in kept] + [("page", fate.outcome) for fate in fates]

    with (
        ThreadPoolExecutor(jobs) as threads,
        WorkerPool(task.settings.extract_seconds, jobs, preload=warm_up) as workers,
    ):
        return drain(task, STAGE, take, work, save, each=threads.map)


def count_outdated(connection: Connection, _: Settings) -> tuple[str, int, int]:
    """Return the extractor's version, how many pages there are, and how many are at none or another."""
    return EXTRACTOR_VERSION, *pages.count(connection, EXTRACTOR_VERSION)


def _extract(archive: Archive, workers: WorkerPool, page: PendingPage) -> _Extracted:
    if page.text_from is TextFrom.FEED:
        return _Extracted(page, *feed_article(page.url, page.told))
    try:
        body = archive.read(page.record)
    except RecordMissing as error:
        return _Extracted(page, None, Outcome.failed(Reason.RECORD_MISSING, str(error)))
    answer = workers.call(extract_article, body, page.url, page.content_type, page.told, page.fetched_at)
    return _Extracted(page, None, answer) if isinstance(answer, Outcome) else _Extracted(page, *answer)


def _save(connection: Connection, extracted: Sequence[_Extracted]) -> list[ExtractedPage]:
    """Store the articles; tell each page's fate, now that it is known which texts are there already."""
    found = [
        NewArticle(item.page, item.extraction, content_key(item.extraction.title, item.extraction.text))
        for item in extracted
        if item.extraction is not None
    ]
    article_of = articles.save(connection, [item.page for item in extracted], found, EXTRACTOR_VERSION)
    fates = []
    for item in extracted:
        link_id = item.page.link_id
        article_id = article_of.get(link_id)
        outcome = item.outcome
        if article_id is not None and article_id != link_id:
            outcome = Outcome.skipped(Reason.DUPLICATE, article_id)
        fates.append(ExtractedPage(link_id, outcome, article_id))
    return fates
