"""An article: its words with the evidence in place, its labels with their receipts, and where all of it came from."""

import shlex
from typing import Any

from fastapi import APIRouter, HTTPException
from fastapi.responses import HTMLResponse
from sqlalchemy import RowMapping

from silkwire.label.regions.places import EVIDENCE_KEPT
from silkwire.web import wording
from silkwire.web.evidence import KINDS, LONGEST_TEXT, read_article
from silkwire.web.reader import Statement
from silkwire.web.templating import render
from silkwire.web.view import AnyView

router = APIRouter()

_MOST = 50  # links and reprints that a page shows
_ARTICLE = "select texts.* from marts.article_texts as texts where texts.article_id = :id"
_FACTS = "select facts.* from marts.article_facts as facts where facts.article_id = :id"
_LABELS = "select labels.* from marts.article_labels as labels where labels.article_id = :id"
_LINKS = """
    select links.* from marts.article_links as links
    where links.article_id = :id
    order by links.is_duplicate, links.discovered_at, links.link_id
    limit :most
"""
_ORIGINAL = "select reprints.* from marts.reprints where reprints.article_id = :id"
_REPRINTS = """
    select reprints.* from marts.reprints
    where reprints.original_id = :id
    order by reprints.hours_later, reprints.article_id
    limit :most
"""


@router.get("/articles/{article_id}")
def article(article_id: str, view: AnyView, text: str = "") -> HTMLResponse:
    """Draw an article; `text=whole` shows a text that is longer than any page should be."""

    def of(sql: str, **more: Any) -> Statement:  # noqa: ANN401 - bind parameters
        return sql, {"id": article_id.replace("\0", ""), **more}

    row = view.reader.row(of(_ARTICLE))
    if row is None:
        raise HTTPException(404, "There is no such article. It may have been merged with another one of its source.")
    facts = view.reader.row(of(_FACTS))
    most = None if text == "whole" else LONGEST_TEXT
    return render(
        view,
        "article.html",
        section="articles",
        article=row,
        facts=facts,
        reading=read_article(row["title"] or "", row["text"] or "", view.reader.rows(of(_LABELS)), most=most),
        kinds=KINDS,
        kept=EVIDENCE_KEPT,
        longest=LONGEST_TEXT,
        links=[(link, extraction(link)) for link in view.reader.rows(of(_LINKS, most=_MOST))],
        original=view.reader.row(of(_ORIGINAL)) if facts is not None and facts["is_reprint"] else None,
        reprints=view.reader.rows(of(_REPRINTS, most=_MOST)),
        most=_MOST,
        words=wording,
    )


def extraction(link: RowMapping) -> str | None:
    """Return the command that prints the page of a link out of the archive's folder; None where nothing is kept."""
    if not link["warc_path"]:
        return None
    return f"warcio extract --payload {shlex.quote(link['warc_path'])} {link['warc_offset']}"
