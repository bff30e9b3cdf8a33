"""The extract stage: pages of the archive become articles."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from silkwire.drain import Task, crashed, drain
from silkwire.extract.article import EXTRACTOR_VERSION, extract_article
from silkwire.extract.feed_text import feed_article
from silkwire.extract.identity import content_key
from silkwire.reasons import Reason
from silkwire.records import Extraction, Outcome, TextFrom
from silkwire.warehouse import articles, pages
from silkwire.warehouse.archive import Archive, RecordMissing
from silkwire.warehouse.articles import NewArticle
from silkwire.warehouse.pages import ExtractedPage, PendingPage
from silkwire.warehouse.runs import Tally

STAGE = "extract"
_BATCH = 25
_NO_VERDICT = (Reason.RECORD_MISSING, Reason.CRASHED)


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

    def take(connection: Connection) -> Sequence[PendingPage]:
        return pages.take_pending(connection, task.shard, EXTRACTOR_VERSION, _BATCH)

    def work(page: PendingPage) -> _Extracted:
        return _extract(archive, page)

    def save(connection: Connection, extracted: Sequence[_Extracted]) -> Iterable[tuple[str, Outcome]]:
        kept = [item for item in extracted if item.keeps_article]
        judged = [item for item in extracted if not item.keeps_article]
        pages.keep_fates(connection, [item.page.link_id for item in kept], EXTRACTOR_VERSION, task.clock())
        fates = _save(connection, judged)
        pages.save_fates(connection, fates, EXTRACTOR_VERSION, task.clock())
        return [("page", item.outcome) for item in kept] + [("page", fate.outcome) for fate in fates]

    return drain(task, STAGE, take, work, save)


def _extract(archive: Archive, page: PendingPage) -> _Extracted:
    try:
        if page.text_from is TextFrom.FEED:
            return _Extracted(page, *_from_feed(page))
        body = archive.read(page.record)
        extraction, outcome = extract_article(
            body, page.url, page.content_type, page.feed_title, page.feed_published_at, page.fetched_at
        )
    except RecordMissing as error:
        return _Extracted(page, None, Outcome.failed(Reason.RECORD_MISSING, str(error)))
    except Exception as error:  # noqa: BLE001 - a page's fate is recorded here
        return _Extracted(page, None, crashed(error))
    return _Extracted(page, extraction, outcome)


def _from_feed(page: PendingPage) -> tuple[Extraction | None, Outcome]:
    return feed_article(
        page.url, page.feed_title, page.feed_summary, page.feed_content, page.feed_authors, page.feed_published_at
    )


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
