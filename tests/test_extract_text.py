"""The article's own text comes out whole, wherever on the page it stands, and nothing else with it."""

import json
import time

import pytest

from silkwire.extract.decoding.tree import parse_page
from silkwire.extract.facts.page_facts import read_facts
from silkwire.extract.texts.preparation import link_texts, prepare
from silkwire.extract.texts.text import find_text
from silkwire.records import TextPath

URL = "https://steppe.example/news/rail"
TITLE = "Second railway agreed"
PARAGRAPHS = [
    f"Paragraph {number} says that the ministers of both countries met on Tuesday, and that the railway through the "
    f"mountains will cost {number} billion and be built by the end of the decade, as officials told reporters."
    for number in range(1, 9)
]
CHINESE = [
    f"第{number}段说，两国部长星期二举行会谈，同意修建穿越山区的铁路，工程预计在十年内完成。" for number in range(1, 7)
]


def paragraphs(texts: list[str]) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def found(body: str, head: str = "", title: str = TITLE) -> tuple[list[str], TextPath]:
    page = f"<!doctype html><html><head><title>{title}</title>{head}</head><body>{body}</body></html>"
    tree = parse_page(page.encode(), "text/html; charset=utf-8")
    assert tree is not None
    text, path = find_text(tree, read_facts(tree), URL, title)
    return text.split("\n"), path


def declaration(**fields: str) -> str:
    declared = {"@type": "NewsArticle", "headline": TITLE, **fields}
    return f'<script type="application/ld+json">{json.dumps(declared)}</script>'


def test_paragraphs_are_lines_and_margins_are_no_text() -> None:
    body = (
        f"<nav><a href='/'>Home</a></nav><article>{paragraphs(PARAGRAPHS)}</article><aside><p>{'x' * 90}.</p></aside>"
    )
    assert found(body) == (PARAGRAPHS, TextPath.MARKUP)


def test_an_article_in_several_pieces_of_one_class_is_put_together() -> None:
    pieces = "".join(
        f"<div><div class='article-body chunk'>{paragraphs(PARAGRAPHS[at : at + 2])}</div></div><div>Ad</div>"
        for at in range(0, 8, 2)
    )
    lines, path = found(f"<div class='page'><h1>{TITLE}</h1><div class='chunks'>{pieces}</div></div>")
    assert [line for line in lines if line in PARAGRAPHS] == PARAGRAPHS
    assert path is TextPath.MARKUP_THOROUGH


def test_other_articles_further_down_the_page_are_left_out() -> None:
    other = paragraphs([f"Of another matter. {text}" for text in PARAGRAPHS])
    others = f"<article><h1>Another</h1><div class='article-body'>{other}</div></article>" * 3
    body = f"<article><h1>{TITLE}</h1><div class='article-body'>{paragraphs(PARAGRAPHS)}</div></article>{others}"
    assert found(body)[0] == PARAGRAPHS


def test_text_between_line_breaks_in_one_division_keeps_its_paragraphs() -> None:
    assert found(f"<div id='content'>{'<br><br>'.join(PARAGRAPHS)}</div>")[0] == PARAGRAPHS


def test_an_article_inside_an_item_of_a_list_keeps_its_paragraphs() -> None:
    body = f"<ul class='columns'><li class='left'>{paragraphs(CHINESE)}</li><li>右栏</li></ul>"
    assert found(body, title="铁路")[0][:6] == CHINESE


def test_an_aside_that_was_left_open_does_not_swallow_the_article() -> None:
    assert found(f"<aside><div>Menu</div><article><h1>{TITLE}</h1>{paragraphs(PARAGRAPHS)}</article>")[0] == PARAGRAPHS


def test_text_that_is_hidden_until_scripts_have_run_is_read() -> None:
    sections = "".join(f"<section><span>{text}</span></section>" for text in PARAGRAPHS)
    text = " ".join(found(f"<div class='rich' style='visibility: hidden'>{sections}</div>")[0])
    assert all(paragraph in text for paragraph in PARAGRAPHS)


def test_linked_headlines_go_with_their_lists_and_links_in_a_list_of_facts_stay() -> None:
    headlines = "".join(
        f"<li><a href='/{n}'>Minister number {n} resigns after the vote</a> 12:0{n}</li>" for n in range(4)
    )
    facts = "".join(f"<li>The <a href='/l'>line</a> number {n} is two hundred kilometres long</li>" for n in range(4))
    lists = f"<ul>{headlines}</ul><ul>{facts}</ul>"
    lines, _ = found(f"<article>{paragraphs(PARAGRAPHS[:4])}{lists}{paragraphs(PARAGRAPHS[4:])}</article>")
    assert [line for line in lines if not line.startswith("- ")] == PARAGRAPHS
    assert [line for line in lines if line.startswith("- ")] == [
        f"- The line number {n} is two hundred kilometres long" for n in range(4)
    ]


def test_linked_headlines_at_the_end_go_and_a_link_within_the_text_stays() -> None:
    end = "".join(
        f"<div><a href='/{n}'>Minister number {n} resigns</a></div><div>2026-11-0{n}</div>" for n in range(1, 5)
    )
    linked = f"<p><a href='/study'>{PARAGRAPHS[0][:90]}</a>{PARAGRAPHS[0][90:]}</p>"
    assert found(f"<article>{linked}{paragraphs(PARAGRAPHS[1:])}{end}</article>")[0] == PARAGRAPHS


@pytest.mark.parametrize(
    "text", ["\n".join(PARAGRAPHS), paragraphs(PARAGRAPHS), paragraphs(PARAGRAPHS).replace("<", "&lt;")]
)
def test_a_declared_body_is_taken_where_the_markup_has_none(text: str) -> None:
    assert found("<div id='app'></div>", declaration(articleBody=text)) == (PARAGRAPHS, TextPath.JSON_LD)


def test_a_declared_body_is_believed_against_a_text_that_is_another() -> None:
    other = paragraphs(
        [f"Our newsroom of forty people works day and night, number {n}, and is paid by you." for n in range(9)]
    )
    assert found(f"<article>{other}</article>", declaration(articleBody="\n".join(PARAGRAPHS)))[1] is TextPath.JSON_LD


def test_what_the_declared_body_lacks_is_no_text_but_lead_and_headings_are() -> None:
    lead = "The lead says in a sentence of its own what the two countries agreed on, and what is left open."
    box = "Our newsroom of forty people works day and night, and is paid by you: please give."
    heading = "What comes next"
    first, second = paragraphs(PARAGRAPHS[:4]), paragraphs(PARAGRAPHS[4:])
    body = f"<p>{lead}</p>{first}<p>{box}</p><h2>{heading}</h2>{second}<p>{box}</p>"
    lines, _ = found(f"<article>{body}</article>", declaration(articleBody=" ".join(PARAGRAPHS)))
    assert lines == [lead, *PARAGRAPHS[:4], heading, *PARAGRAPHS[4:]]


def test_a_declaration_that_is_cut_short_cuts_nothing() -> None:
    short = " ".join(PARAGRAPHS[:5])[:700] + "..."
    assert found(f"<article>{paragraphs(PARAGRAPHS)}</article>", declaration(articleBody=short))[0] == PARAGRAPHS


STATE = {"props": {"page": {"menu": ["Home"], "article": {"title": TITLE, "body": paragraphs(PARAGRAPHS)}}}}
PARTS = {"article": {"headline": TITLE, "content_elements": [{"type": "text", "content": text} for text in PARAGRAPHS]}}
ROW = (
    '1:["$","div",null,{"children":['
    + ",".join(f'["$","p",null,{{"children":"{text}"}}]' for text in PARAGRAPHS)
    + "]}]"
)


@pytest.mark.parametrize(
    "script",
    [
        f'<script id="__NEXT_DATA__" type="application/json">{json.dumps(STATE)}</script>',
        f"<script>window.__INITIAL_STATE__ = {json.dumps(STATE)};</script>",
        f"<script>window.__STATE__=JSON.parse({json.dumps(json.dumps(STATE))})</script>",
        f"<script>var Fusion={{}};Fusion.globalContent={json.dumps(PARTS)};Fusion.x=function(){{}}</script>",
        "".join(f"<script>self.__next_f.push([1,{json.dumps(part)}])</script>" for part in (ROW[:300], ROW[300:])),
    ],
    ids=["next", "assigned", "parsed", "fusion", "stream"],
)
def test_a_page_drawn_by_its_scripts_is_read_from_their_data(script: str) -> None:
    title = "Railway of the ministers of both countries"
    assert found(f"<div id='root'></div>{script}", title=title) == (PARAGRAPHS, TextPath.STATE)


def test_data_about_something_else_are_not_taken_for_the_article() -> None:
    script = f"<script>window.__STATE__ = {json.dumps(STATE)};</script>"
    assert found(f"<p>Nothing.</p>{script}", title="Volleyball championship opens tonight")[1] is not TextPath.STATE


SENTENCE = "The quick brown fox jumps over the lazy dog and then goes home, they said. "


@pytest.mark.parametrize(
    "body",
    [
        f"<article>{f'<p>{SENTENCE}</p>' * 50_000}</article>",
        "<div>" * 100_000 + SENTENCE,
        f"<p>{('<script></script>' + SENTENCE) * 20_000}</p>",
        "<table>" + ("<tr>" + "<td>12</td>" * 20 + "</tr>") * 10_000 + "</table>",
        "<ul><li><a href=x>A headline that is long enough to be one</a>" * 4_000,
        f"<div>{(SENTENCE + '<br>') * 30_000}</div>",
        "<script>" + "a.b = {x: 1}; " * 100_000 + "</script>",
        f"<script>self.__next_f.push([1,{json.dumps(chr(10) + '1:[' * 100_000)}])</script>",
    ],
    ids=["paragraphs", "depth", "pieces", "table", "lists", "breaks", "script", "stream"],
)
def test_no_page_takes_long(body: str) -> None:
    started = time.process_time()
    found(body)
    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    "left_open", ["<button>Menu", "<svg><path d='M0 0'/><symbol>", "<select><option>English", "<picture>"]
)
def test_an_element_left_open_does_not_swallow_the_article(left_open: str) -> None:
    text, _ = found(f"{left_open}<div><h1>{TITLE}</h1>{paragraphs(PARAGRAPHS)}</div>")
    assert set(PARAGRAPHS) <= set(text)


def test_a_brief_comes_without_the_title_byline_and_caption_around_it() -> None:
    around = f"<header><h1>{TITLE}</h1><span class='byline'>By A. Reporter</span></header>"
    figure = "<figure><img src='a.jpg'><figcaption>A train in the mountains</figcaption></figure>"
    counters = "<div class='counters'>1543 views</div>"
    lines, _ = found(f"<main><article>{around}{figure}<p>{PARAGRAPHS[0]}</p>{counters}</article></main>")
    assert lines[0] == PARAGRAPHS[0]


@pytest.mark.parametrize(
    ("title", "texts"),
    [
        ("两国部长会谈修建铁路", CHINESE * 3),
        (
            "Президентінің Ташкенттегі сапарында келісімдерге",
            ["Президент Ташкентке сапармен келіп, бірқатар келісім жасады."] * 20,
        ),
    ],
    ids=["undivided", "inflected"],
)
def test_data_about_the_same_thing_in_other_forms_of_its_words_are_the_article(title: str, texts: list[str]) -> None:
    state = {"page": {"article": {"body": paragraphs([f"{text} {n}" for n, text in enumerate(texts)])}}}
    script = f"<script>window.__STATE__ = {json.dumps(state)};</script>"
    assert found(f"<div id='root'></div>{script}", title=title)[1] is TextPath.STATE


def test_links_spelled_with_joiners_are_those_of_the_text() -> None:
    headline = "نشست وزیران درباره راه\u200cآهن می\u200cماند"
    tree = parse_page(f"<html><body><div><a href='/1'>{headline}</a></div></body></html>".encode(), "")
    assert tree is not None
    assert link_texts(prepare(tree)) == {headline}


def test_the_list_of_details_above_a_text_goes() -> None:
    details = "<dl class='article-info muted'><dt>Details</dt><dd>Written by Editor</dd><dd>Hits: 1543</dd></dl>"
    body = f"<div class='item-page' itemprop='articleBody'><h2>{TITLE}</h2>{details}{paragraphs(PARAGRAPHS)}</div>"
    assert found(body)[0] == PARAGRAPHS
