"""The outlet's own section: read from its pages, and what it says of topics."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime

import pytest

from silkwire.extract.article import extract_article
from silkwire.extract.feed_text import feed_article
from silkwire.label.topics.sections import _spelled, folded, section_names, section_rows, section_topics
from silkwire.label.topics.vocabulary import topic_codes
from silkwire.records import Evidence, Told
from silkwire.sections import named

NOW = datetime(2026, 11, 24, tzinfo=UTC)
URL = "https://courier.example/news/crossing"
TEXT = (
    "China and Kazakhstan opened a third railway crossing on Monday, and the two governments said that freight trains "
    "would begin to use it in December, after customs posts on both sides are ready."
)


def sections_of(json_ld: object = None, meta: str = "", told: Told | None = None) -> tuple[str, ...]:
    """Extract a page whose JSON-LD article has this articleSection, and give its sections."""
    article = {"@type": "NewsArticle", "headline": "A third crossing", "articleSection": json_ld}
    head = f"<script type='application/ld+json'>{json.dumps(article)}</script>{meta}"
    body = f"<html><head><title>A third crossing</title>{head}</head><body><article><h1>A third crossing</h1>"
    body += f"<p>{TEXT}</p><p>{TEXT} It was late.</p></article></body></html>"
    found, outcome = extract_article(body.encode(), URL, "text/html; charset=utf-8", told or Told(), NOW)
    assert found is not None, outcome
    return found.sections


@pytest.mark.parametrize(
    ("declared", "expected"),
    [
        ("Sport", ("Sport",)),
        (["Sport", "Football"], ("Sport", "Football")),
        ([["News", ["Sport"]], "Sport"], ("News", "Sport")),
        ("News &gt; Sport", ("News > Sport",)),
        ("Politics, Economy", ("Politics, Economy",)),
        ({"@type": "Thing", "name": "Спорт"}, ("Спорт",)),
        ([None, 3, {}, "", "  Sport\u200b "], ("Sport",)),
        ("https://courier.example/sport", ()),
        ("word " * 30, ()),
        (None, ()),
    ],
)
def test_json_ld_says_a_section_in_many_forms(declared: object, expected: tuple[str, ...]) -> None:
    assert sections_of(declared) == expected


def test_the_page_speaks_before_the_feed_and_nothing_is_said_twice() -> None:
    meta = "<meta property='article:section' content='Transport &amp; Trade'>"
    told = Told(categories=("Sport", "Asia"))
    assert sections_of("Sport", meta, told) == ("Sport", "Transport & Trade", "Asia")


def test_a_refused_page_keeps_the_feeds_categories() -> None:
    found, _ = feed_article(URL, Told(title="A third crossing", categories=("Transport",)))
    assert found is not None
    assert found.sections == ("Transport",)


def topics(sections: Iterable[str] = (), url: str = "") -> set[str]:
    """The names of the topics that are said."""
    names = {code: name for name, code in topic_codes().items()}
    return {names[code] for code in section_topics(sections, url)}


@pytest.mark.parametrize(
    ("section", "expected"),
    [
        ("Спорт", "sport"),
        ("ЭКОНОМИКА И БИЗНЕС", "economy"),
        ("Business & Finance", "economy"),
        ("Политика и общество", "politics society"),
        ("Қоғам", "society"),
        ("Jamiyat", "society"),
        ("Ta’lim", "education"),
        ("Taʻlim", "education"),
        ("Иқтисодиёт", "economy"),
        ("Варзиш", "sport"),
        ("Syýasat", "politics"),
        ("SAĞLIK", "health"),
        ("İKLİM", "environment"),
        ("تەنھەرىكەت", "sport"),
        ("الاقتصاد", "economy"),
        ("ورزشي", "sport"),
        ("سیاست‌ خارجی", "politics"),
        ("Улс төр", "politics"),
        ("Маданият", "arts"),
        ("財經", "economy"),
        ("体育", "sport"),
        ("Суспільство", "society"),
        ("Faits divers", "crime disaster"),
        ("Происшествия", "crime disaster"),
        ("News > Sport", "sport"),
        ("Главная / Общество / Религия", "society religion"),
        ("world | health", "health"),
        ("Politics, Economy", "politics economy"),
        ("arts-and-culture", "arts"),
        ("Новости", ""),
        ("World", ""),
        ("Казахстан", ""),
        ("Video", ""),
        ("Sporting Lisbon", ""),
        ("Business class", ""),
        ("Economy and Kazakhstan", ""),
        ("", ""),
    ],
)
def test_a_section_names_a_topic_whole_and_in_any_spelling(section: str, expected: str) -> None:
    assert topics([section]) == set(expected.split())


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://outlet.example/sport/2026/11/match-report", "sport"),
        ("https://outlet.example/ru/ekonomika/12345", "economy"),
        ("https://outlet.example/obshchestvo/o-zhizni.html", "society"),
        ("https://outlet.example/obschestvo/o-zhizni.html", "society"),
        ("https://outlet.example/proisshestviya/pozhar-v-almaty", "crime disaster"),
        ("https://outlet.example/qogam/zhana-zan/", "society"),
        ("https://outlet.example/%E7%BB%8F%E6%B5%8E/1.html", "economy"),
        ("https://outlet.example/science_and_technology/x", "science"),
        ("https://sport.outlet.example/news/1", "sport"),
        ("https://finance.sina.com.cn/roll/1.html", "economy"),
        ("https://outlet.example/sport", ""),
        ("https://outlet.example/sport/", ""),
        ("https://outlet.example/news/sport", ""),
        ("https://outlet.example/it/notizie/articolo", ""),
        ("https://outlet.example/media/1.html", ""),
        ("https://sport.example/news/1", ""),
        ("https://www.tsinghua.edu.cn/info/1.htm", ""),
        ("https://outlet.example/a/b/c/d/sport/x", ""),
        ("https://[broken/sport/x", ""),
        ("", ""),
    ],
)
def test_an_address_names_its_section_in_its_path_or_its_host(url: str, expected: str) -> None:
    assert topics(url=url) == set(expected.split())


def test_the_evidence_is_the_outlets_own_word() -> None:
    found = section_topics(["News > Спорт", "Спорт"], "https://outlet.example/sport/politika/x")
    assert found == {
        topic_codes()["sport"]: Evidence("News > Спорт", 0, 0, "section"),
        topic_codes()["politics"]: Evidence("politika", 0, 0, "section"),
    }


def test_a_list_of_more_than_four_topics_says_nothing_but_its_address_does() -> None:
    soup = ["Sport", "Politics", "Economy", "Health", "Science"]
    assert topics(soup[:4]) == {"sport", "politics", "economy", "health"}
    assert topics(soup) == set()
    assert topics(soup, "https://outlet.example/sport/x") == {"sport"}


def test_every_row_of_the_table_names_topics_of_ours() -> None:
    for said, language, name in section_rows():
        assert set(said) <= topic_codes().keys(), (said, name)
        assert len(set(said)) == len(said)
        assert language
        assert folded(name), (said, language)


def test_no_section_is_two_topics_unless_its_row_says_so() -> None:
    known: dict[str, tuple[str, ...]] = {}
    for said, language, name in section_rows():
        assert known.setdefault(folded(name), said) == said, f"{language} {name}"


def test_every_section_of_the_table_is_found_as_it_is_written_and_once_a_language() -> None:
    seen = set()
    for said, language, name in section_rows():
        assert section_names(name, _spelled()) == said
        assert named([name]) == (name,)
        assert (language, folded(name)) not in seen, f"{language} {name}"
        seen.add((language, folded(name)))


def test_every_language_of_the_desk_has_sections_of_the_common_topics() -> None:
    common = {"arts", "crime", "economy", "education", "environment", "health", "politics", "religion", "science"}
    common |= {"society", "sport", "conflict", "weather"}
    said: dict[str, set[str]] = {}
    for topics_said, language, _ in section_rows():
        said.setdefault(language, set()).update(topics_said)
    for language in (
        *("en", "fr", "de", "ru", "uk", "zh", "kk", "ky", "uz", "uz-Cyrl", "tg", "tk", "tr"),
        "ug",
        "mn",
        "fa",
        "ar",
    ):
        assert common <= said[language], (language, common - said[language])


@pytest.mark.parametrize("word", ["news", "новости", "world", "мир", "main", "video", "regions", "Kazakhstan", "china"])
def test_words_that_say_nothing_are_not_in_the_table(word: str) -> None:
    assert section_names(word) == ()


def test_what_only_addresses_spell_is_no_name_of_a_category() -> None:
    assert section_topics(("CHP",), "") == {}
    assert set(section_topics((), "https://a.example/chp/1")) == {"medtop:02000000", "medtop:03000000"}


def test_marks_that_nobody_sees_and_middle_dots_part_nothing_and_something() -> None:
    assert set(section_topics(("\u200fرياضة\u200e",), "")) == {"medtop:15000000"}
    assert set(section_topics(("法治·社会",), "")) >= {"medtop:14000000"}
