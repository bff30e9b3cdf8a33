"""Feeds for feed readers, which can't log in: a token in the address lets them in."""

import hashlib
from datetime import UTC, datetime, time
from email.utils import format_datetime, parsedate_to_datetime

from fastapi import APIRouter, HTTPException, Request, Response

from silkwire.web import names
from silkwire.web.atom import MEDIA_TYPE, MOST_ENTRIES, SUMMARY, Heading, updated, write_feed
from silkwire.web.filters import Filters, read_filters
from silkwire.web.reader import Statement
from silkwire.web.search_words import read_search
from silkwire.web.tokens import read_token
from silkwire.web.untrusted import line
from silkwire.web.view import desk_of, root_of

router = APIRouter()

_NO_TOKEN = "This feed needs a token: take its address anew from the link “Atom” of a page of Silkwire."  # noqa: S105


@router.get("/feeds/articles.atom")
def articles_feed(request: Request, token: str = "") -> Response:
    """Serve the articles of the filters, those found last."""
    _check(request, token)
    filters = read_filters(request.query_params, desk_of(request).clock().date())
    said = ", ".join(line(each, 80) for each in names.narrowing(filters)) or "articles"
    return _feed(request, filters, "articles", f"Silkwire: {said}", token)


@router.get("/feeds/search.atom")
def search_feed(request: Request, token: str = "") -> Response:
    """Serve what a search finds, those found last."""
    _check(request, token)
    filters = read_search(request.query_params, desk_of(request).clock().date())
    if filters.q is None:
        raise HTTPException(400, "Say what to search for: q is missing.")
    return _feed(request, filters, "search", f"Silkwire: {line(filters.q, 120)}", token)


def _check(request: Request, token: str) -> None:
    # Not 401: it sends a browser to the login, which brings it back here, without a token again.
    if read_token(desk_of(request).gate.secret(), token) is None:
        raise HTTPException(403, _NO_TOKEN)


def _feed(request: Request, filters: Filters, name: str, title: str, token: str) -> Response:
    site, query = f"{request.url.scheme}://{request.url.netloc}{root_of(request)}", filters.query()
    heading = Heading(
        id=f"feed/{name}?{query}",
        title=title,
        self_url=f"{site}/feeds/{name}.atom?{f'{query}&' if query else ''}token={token}",
        page_url=f"{site}/{name}" + (f"?{query}" if query else ""),
        articles_url=f"{site}/articles/",
        as_of=datetime.combine(filters.first, time(), UTC),
    )
    entries = desk_of(request).open_reader().rows(found_last(filters))
    body, at = write_feed(heading, entries), updated(entries, heading).astimezone(UTC).replace(microsecond=0)
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {
        "etag": etag,
        "last-modified": format_datetime(at, usegmt=True),
        "cache-control": "private, no-cache",
    }
    if is_known(request, etag, at):
        return Response(status_code=304, headers=headers)
    return Response(body, media_type=f"{MEDIA_TYPE}; charset=utf-8", headers=headers)


def found_last(filters: Filters) -> Statement:
    """Return the articles of the filters that were found last: an old one found late is new to a feed reader."""
    where, values = filters.where()
    sql = f"""
        select articles.*, texts.authors, left(texts.text, :summary) as summary
        from (
            select facts.article_id, facts.discovered_at
            from marts.article_facts as facts
            where {where}
            order by facts.discovered_at desc, facts.article_id
            limit :most
        ) as chosen
        inner join marts.articles on chosen.article_id = articles.article_id
        inner join marts.article_texts as texts on chosen.article_id = texts.article_id
        order by chosen.discovered_at desc, chosen.article_id
    """  # noqa: S608 - the conditions are ours, what a visitor wrote is in the parameters
    return sql, {**values, "most": MOST_ENTRIES, "summary": 2 * SUMMARY}


def is_known(request: Request, etag: str, at: datetime) -> bool:
    """Say whether a feed reader has this state of a feed (RFC 9110, 13.2.2)."""
    if (known := request.headers.get("if-none-match")) is not None:
        return known.strip() == "*" or etag in (part.strip().removeprefix("W/") for part in known.split(","))
    try:
        return parsedate_to_datetime(request.headers.get("if-modified-since", "")) >= at
    except (TypeError, ValueError, OverflowError):
        return False
