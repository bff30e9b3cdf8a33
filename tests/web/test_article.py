"""The page of an article: evidence in place, receipts, and where it came from."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import pytest
from lxml import html

from silkwire.label.labeller import Labeller
from silkwire.web.evidence import Piece, Reading, read_article
from silkwire.web.wording import days_apart_in_words, matched_in_words, outcome_in_words, score_in_words
from tests.web.conftest import DAY, Site
from tests.web.desk import DeskLoader, at
from tests.web.harmless import SCRIPT, TURNED, assert_harmless

ARTICLES = {
    "zh-Hans": (
        "新疆与哈萨克斯坦开通第三条铁路",
        "乌鲁木齐至阿拉木图的货运列车将于十二月开行。\n\n中国和哈萨克斯坦签署了贸易协定。",
    ),
    "ar": (
        "الصين وكازاخستان تفتتحان معبرا ثالثا",
        "قال الرئيس قاسم جومارت توكاييف إن كازاخستان ستزيد تجارتها مع الصين.\nأستانا",
    ),
    "fa": ("چین و قزاقستان گذرگاه سوم را گشودند", "قطارها میان ارومچی و آلماتی خواهند رفت.\nازبکستان هم می‌پیوندد."),
    "kk": (
        "Қазақстан мен Қытай үшінші теміржол өткелін ашты",
        "Пойыздар Үрімжі мен Алматы арасында жүреді.\nӨзбекстанның вокзалы.",
    ),
    "en": (
        "China and Kazakhstan open a third railway crossing",
        "Freight trains will use the line to Almaty.\n\nXinjiang.",
    ),
}


def rows_of(labeller: Labeller, title: str, text: str, language: str) -> list[dict[str, Any]]:
    """Label an article; return its labels as the mart `article_labels` has them."""
    found = labeller.label(title, text, language)
    labels = (
        *(("country", label.code, label.role.value, label) for label in found.countries),
        *(("region", label.id, label.role.value, label) for label in found.regions),
        *(("topic", label.code, None, label) for label in found.topics),
        *(("watch_topic", label.id, None, label) for label in found.watch),
    )
    return [
        {
            "kind": kind,
            "label": name,
            "role": role,
            "score": label.score,
            "evidence": [asdict(piece) for piece in label.evidence],
        }
        for kind, name, role, label in labels
    ]


def row(kind: str, label: str, *evidence: tuple[str, int], role: str | None = None) -> dict[str, Any]:
    spans = [{"text": text, "start": start, "end": start + len(text)} for text, start in evidence]
    return {"kind": kind, "label": label, "role": role, "score": 0.8, "evidence": spans}


def written(pieces: tuple[Piece, ...]) -> str:
    return "".join(piece.text for piece in pieces)


def marks(reading: Reading) -> Iterator[tuple[str, tuple[str, ...]]]:
    for line in (reading.title, *reading.paragraphs):
        yield from ((piece.text, piece.kinds) for piece in line if piece.kinds)


@pytest.mark.parametrize("language", ARTICLES)
def test_the_labellers_evidence_lies_where_it_says_in_title_and_text(labeller: Labeller, language: str) -> None:
    title, text = ARTICLES[language]
    labels = rows_of(labeller, title, text, language)
    reading = read_article(title, text, labels)

    assert written(reading.title) == title
    assert [written(paragraph) for paragraph in reading.paragraphs] == [line for line in text.split("\n") if line]
    lines = (reading.title, *reading.paragraphs)
    # What is drawn from an anchor on begins with the words of the receipt.
    drawn = {piece.anchor: written(line[place:]) for line in lines for place, piece in enumerate(line) if piece.anchor}
    receipts = [receipt for label in reading.labels for receipt in label.receipts]
    placed = [receipt for receipt in receipts if receipt.anchors]
    assert len(placed) >= 4
    assert all(drawn[anchor].startswith(receipt.text) for receipt in placed for anchor in receipt.anchors)
    assert any(piece.kinds for piece in reading.title)
    assert any(piece.kinds for paragraph in reading.paragraphs for piece in paragraph)


def test_spans_that_nest_and_cross_become_pieces_that_know_all_they_speak_for() -> None:
    title, text = "t", "Central Asia Summit talks"
    reading = read_article(
        title,
        text,
        [
            row("region", "central-asia", ("Central Asia", 2), role="about"),
            row("watch_topic", "summits", ("Central Asia Summit", 2)),
            row("topic", "medtop:11000000", ("Asia Summit talks", 10)),
        ],
    )
    assert list(marks(reading)) == [
        ("Central ", ("region", "watch_topic")),
        ("Asia", ("region", "watch_topic", "topic")),
        (" Summit", ("watch_topic", "topic")),
        (" talks", ("topic",)),
    ]
    said = reading.paragraphs[0][1].said
    assert "Central Asia (region, about)" in said
    assert "summits (watch topic)" in said
    assert [piece.anchor for piece in reading.paragraphs[0]] == ["e2", "e10", None, None]


@pytest.mark.parametrize(
    "evidence",
    [
        {"text": "China", "start": -5, "end": 0},
        {"text": "China", "start": 100, "end": 105},
        {"text": "China", "start": 3, "end": 2},
        {"text": "China", "start": 2, "end": 10**12},
        {"text": "China", "start": "0", "end": "5"},
        {"text": "China", "start": 1, "end": 6},  # something else stands there
        {"text": "China"},
        {},
        "China",
        None,
    ],
)
def test_evidence_that_does_not_lie_where_it_says_is_not_marked(evidence: object) -> None:
    label = {"kind": "country", "label": "CN", "role": "about", "score": 0.9, "evidence": [evidence]}
    reading = read_article("China", "Text of it.", [label])
    assert not list(marks(reading))
    assert all(not receipt.anchors for receipt in reading.labels[0].receipts)


def test_marks_that_turn_text_around_are_gone_and_offsets_still_hold() -> None:
    title = "\u202eA\u2066 title"
    reading = read_article(title, "of \u200fChina", [row("country", "CN", ("title", 4), ("China", len(title) + 5))])
    assert written(reading.title) == "A title"
    assert written(reading.paragraphs[0]) == "of China"
    assert list(marks(reading)) == [("title", ("country",)), ("China", ("country",))]


def test_a_title_with_a_line_break_keeps_the_offsets_of_the_text() -> None:
    reading = read_article("Two\nlines", "China", [row("country", "CN", ("China", 10))])
    assert written(reading.title) == "Two lines"
    assert list(marks(reading)) == [("China", ("country",))]


def test_the_same_words_at_several_places_are_one_receipt_with_a_link_to_each() -> None:
    reading = read_article(
        "China", "China and China", [row("country", "CN", ("China", 0), ("China", 6), ("China", 16))]
    )
    (receipt,) = reading.labels[0].receipts
    assert receipt.anchors == ("e0", "e6", "e16")


def test_a_page_marks_the_words_and_links_each_receipt_to_its_place(site: Site, desk: DeskLoader) -> None:
    desk.source("astana")
    desk.article(
        "a1",
        "astana",
        at(DAY),
        title="新疆的铁路",
        body="乌鲁木齐。\n第二段。",
        language="zh-Hans",
        regions=("xinjiang",),
        countries=("CN",),
    )
    desk.write()
    span = '[{"text": "新疆", "start": 0, "end": 2, "kind": "division", "place": "CN-XJ"}]'
    desk.execute("update article_regions set evidence = cast(:span as jsonb)", span=span)
    desk.execute("update article_countries set evidence = cast(:span as jsonb)", span=span)

    tree = html.document_fromstring(site.page("/articles/a1"))
    (heading,) = tree.xpath("//h1")
    assert heading.text_content() == "新疆的铁路"
    assert (heading.get("lang"), heading.get("dir")) == ("zh-Hans", "ltr")
    (mark,) = heading.xpath("mark")
    assert mark.text == "新疆"
    assert set(mark.get("class").split()) == {"region", "country"}
    assert "China (country, about)" in mark.get("title")
    assert tree.xpath("//ul[@class='receipts']//a[@href='#e0']")
    assert [each.text_content() for each in tree.xpath("//div[@class='story']/p")] == ["乌鲁木齐。", "第二段。"]
    assert tree.xpath("//input[@type='checkbox'][@id='show-region'][@checked]")


def test_text_of_a_script_that_runs_from_right_to_left_is_drawn_so(site: Site, desk: DeskLoader) -> None:
    desk.source("u")
    desk.article("a1", "u", at(DAY), title="قىسقا خەۋەر", body="ئۈرۈمچى", language="ug")
    desk.write()
    tree = html.document_fromstring(site.page("/articles/a1"))
    assert tree.xpath("//h1/@dir") == ["rtl"]
    assert tree.xpath("//div[@class='story']/@dir") == ["rtl"]


def test_a_page_tells_what_dates_language_and_text_rest_on(site: Site, desk: DeskLoader) -> None:
    desk.source("s")
    desk.article(
        "a1",
        "s",
        at(DAY),
        published_from="json-ld",
        feed_days_apart=-2,
        language_from="source",
        text_from="feed",
        text_path="feed",
        authors=["Aigul S."],
        sections=["Politics"],
        site_name="The Site",
    )
    desk.write()
    page = site.page("/articles/a1")
    for said in (
        "by the page&#39;s own structured data (JSON-LD)",
        "2 days before the page&#39;s",
        "by the feed: the text could be in either of two languages",
        "own words",
        "Aigul S.",
        "Politics",
        "The Site",
        "warcio extract --payload 2026/11/24/test.warc.gz 0",
        "https://s.example/rss",
    ):
        assert said in page


def test_a_reprint_and_its_original_lead_to_each_other(site: Site, loaded: DeskLoader) -> None:
    original, reprint = site.page("/articles/a1"), site.page("/articles/r1")
    assert 'href="/silkwire/articles/r1"' in original
    assert "Reprints of it" in original
    assert 'href="/silkwire/articles/a1"' in reprint
    assert "A reprint" in reprint


def test_an_article_without_labels_says_why(site: Site, loaded: DeskLoader) -> None:
    assert "No label was given: nothing in the text speaks for a label." in site.page("/articles/n1")
    loaded.execute("update articles set outcome = null, labelled_at = null where id = 'n1'")
    assert "waits to be labelled" in site.page("/articles/n1")


def test_an_article_that_no_count_has_yet_says_so(site: Site, loaded: DeskLoader) -> None:
    loaded.execute("update articles set id = 'later' where id = 'a9'")
    assert "is in no count yet" in site.page("/articles/later")


def test_an_article_that_is_not_there_is_a_page_that_says_so(site: Site, loaded: DeskLoader) -> None:
    for id_ in ("nope", "a1'%20or%201=1", "%00", "..%2f..%2f", "<script>", "x" * 3000):
        answer = site.get(f"/articles/{id_}")
        assert answer.status_code == 404, id_
        assert "<script>" not in answer.text
        assert "Not here" in answer.text


def test_a_hostile_article_is_harmless(site: Site, desk: DeskLoader) -> None:
    hostile = f"{SCRIPT}{TURNED}"
    desk.source("evil", name=hostile)
    desk.article(
        "evil",
        "evil",
        at(DAY),
        title=hostile,
        body=f"{hostile}\n{hostile}",
        language="en",
        url="javascript:alert(1)",
        image_url="data:text/html,<script>alert(1)</script>",
        authors=[hostile],
        sections=[hostile],
        site_name=hostile,
        regions=("china",),
        countries=("CN",),
    )
    desk.write()
    desk.execute("update feeds set url = :url", url='https://evil.example/"><script>alert(1)</script>')
    desk.execute("update links set url = 'javascript:alert(1)'")
    page = site.page("/articles/evil")
    assert_harmless(page)
    assert "&lt;script&gt;alert(1)" in page


def test_a_word_of_a_million_characters_does_not_make_a_page_of_megabytes(site: Site, desk: DeskLoader) -> None:
    desk.source("s")
    desk.article("long", "s", at(DAY), title="t" * 1_000_000, body="x" * 1_000_000, regions=("china",))
    desk.write()
    page = site.page("/articles/long")
    assert len(page) < 200_000
    assert "Show the whole text" in page
    assert len(site.page("/articles/long?text=whole")) > 1_000_000


@pytest.mark.parametrize(
    ("kind", "role", "score", "said"),
    [
        ("country", "about", 0.83, "likely: an editor would tag 83 of 100 such articles with it"),
        ("topic", None, 0.42, "doubtful: an editor would agree with 42 of 100 such labels"),
        ("region", "about", 0.999, "almost certain: an editor would tag nearly all such articles with it"),
        ("watch_topic", None, 0.5, "1.0 times the weight of words that it needs"),
        ("watch_topic", None, 1.0, "1000.0 times the weight of words that it needs"),
        ("country", "presumed", 0.5, "nothing in the text says so"),
        ("country", "mentioned", 0.0, "unlikely: an editor would tag hardly any such articles with it"),
    ],
)
def test_a_score_is_told_in_words(kind: str, role: str | None, score: float, said: str) -> None:
    assert score_in_words(kind, role, score) == said


def test_every_outcome_and_every_distance_of_dates_has_words() -> None:
    assert outcome_in_words("abstained", "no_evidence") == "No label was given: nothing in the text speaks for a label."
    assert outcome_in_words("failed", "of_another_version") == "Labelling failed: of_another_version."
    assert days_apart_in_words(0) == "page and feed agree on the day"
    assert days_apart_in_words(1) == "the feed's date is 1 day after the page's"
    assert days_apart_in_words(None) is None
    assert matched_in_words("leader", "Xi Jinping", "country") == "leader Xi Jinping"
    assert matched_in_words("outlet", "KG", "country") == "the outlet's own country"
