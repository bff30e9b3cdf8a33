"""Regions, topics and watch topics: their lists, and a page for each."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from fastapi import APIRouter, HTTPException
from fastapi.responses import HTMLResponse

from silkwire.web.comparison import standing
from silkwire.web.pages.subject_page import draw_subject, numbers_of
from silkwire.web.subjects import SUBJECTS, Subject, is_known
from silkwire.web.tables import show
from silkwire.web.templating import render
from silkwire.web.view import AnyView

router = APIRouter()


def _list_of(subject: Subject) -> Callable[[AnyView], HTMLResponse]:
    def draw_list(view: AnyView) -> HTMLResponse:
        return render(
            view,
            "subjects.html",
            section=subject.path,
            charts=True,
            subject=subject,
            standing=standing(view.reader, view.filters),
            listed=show(subject.listed, view.reader, view.filters),
            heat_map=subject.heat_maps[0],
            numbers=numbers_of(view, subject.heat_maps[:1]),
        )

    return draw_list


def _page_of(subject: Subject) -> Callable[[str, AnyView], HTMLResponse]:
    def draw_page(key: str, view: AnyView) -> HTMLResponse:
        if "\0" in key or not is_known(subject, key, view.reader):
            raise HTTPException(404, f"There is no such {subject.what}. The list has all there are.")
        chosen: dict[str, Any] = {subject.field: key}
        narrowed = replace(view, filters=replace(view.filters, **chosen))
        return draw_subject(
            narrowed,
            subject.path,
            title=subject.name(key),
            what=subject.what,
            action=(subject.path, key),
            fixed=(subject.field,),
            heat_maps=subject.heat_maps,
        )

    return draw_page


for _subject in SUBJECTS:
    router.get(f"/{_subject.path}", response_class=HTMLResponse)(_list_of(_subject))
    router.get(f"/{_subject.path}/{{key}}", response_class=HTMLResponse)(_page_of(_subject))
