"""A query is what an analyst types; nothing that is typed is an error, and nothing reaches SQL but terms."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, text

from silkwire.label.search.query import MOST_WORDS, parse_query
from silkwire.label.search.terms import terms
from silkwire.warehouse.engine import transaction

ARTICLE = "Строительство железной дороги в Киргизии. Дорога из железа. 中国铁路建设，5G网络。"
HOSTILE = [
    "'; drop table articles; --",
    "' | 'x' & !:* <-> (",
    "\\' \\\\ \x00 \ud800 ''",
    '"""" "" «»',
    "a:*b:*c",
    "((((((",
    "-" * 5_000,
    "слово " * 2_000,
    "字" * 10_000,
    "x" * 10_000,
    "\u0301\u0301 \u200b \ufeff",
    "𠀀𠀁 😀 👩‍🚀",
]


def found(query: str, words: str = ARTICLE, language: str = "ru") -> list[str]:
    """What a query highlights."""
    return [words[start:end] for start, end in parse_query(query).highlight(words, language)]


@pytest.mark.parametrize("typed", ["", "  ", "?!… — «»", "-дорога", '""', "-", "*", "'"])
def test_a_query_without_a_word_to_find_searches_for_nothing(typed: str) -> None:
    assert parse_query(typed).tsquery is None
    assert parse_query(typed).highlight(ARTICLE, "ru") == []


@pytest.mark.parametrize("typed", HOSTILE, ids=range(len(HOSTILE)))
def test_whatever_is_typed_the_database_understands_the_query(engine: Engine, typed: str) -> None:
    query = parse_query(typed).tsquery
    assert query is None or len(query) < 60_000
    with transaction(engine) as connection:
        connection.execute(text("select cast(:query as tsquery)"), {"query": query})


@given(st.text(max_size=80))
def test_no_text_is_an_error(typed: str) -> None:
    query = parse_query(typed)
    for start, end in query.highlight(typed, "uz-Latn"):
        assert 0 <= start < end <= len(typed)
    terms(typed, typed, "kk-Latn")


def test_words_past_the_twelfth_are_left_out_and_it_is_said() -> None:
    query = parse_query(" ".join(f"слово{number}" for number in range(40)))
    assert len(query.asks) == MOST_WORDS
    assert query.is_cut
    assert not parse_query("железная дорога").is_cut


def test_a_phrase_is_found_where_its_words_are_neighbours() -> None:
    assert found('"железная дорога"') == ["железной дороги"]
    assert found('"дорога железная"') == []


def test_words_of_a_query_are_highlighted_wherever_they_stand() -> None:
    assert found("железная дорога") == ["железной", "дороги", "Дорога"]


def test_an_excluded_word_is_not_highlighted() -> None:
    assert found("Киргизия -дорога") == ["Киргизии"]
    assert "!(" in (parse_query("Киргизия -дорога").tsquery or "")


def test_a_prefix_finds_what_goes_on() -> None:
    assert found("строит*") == ["Строительство"]
    assert found("желез*") == ["железной", "железа"]


def test_a_prefix_longer_than_a_stem_finds_its_forms() -> None:
    assert found("дорога*") == ["дороги", "Дорога"]


def test_chinese_words_are_runs_of_characters() -> None:
    assert found("铁路建设", language="zh-Hans") == ["铁路建设"]
    assert found("鐵路", language="zh-Hans") == ["铁路"]
    assert found("路", language="zh-Hans") == ["路建"]
    assert found("国路", language="zh-Hans") == []
    assert found('"5G网络"', language="zh-Hans") == ["5G网络"]


def test_spans_are_those_of_the_original_with_its_marks() -> None:
    words = "Президент Кита\u0301я и\u00adран\u00adский"
    assert found("Китай", words) == ["Кита\u0301я"]
    assert found("иранский", words) == ["и\u00adран\u00adский"]


def test_a_hyphenated_word_is_its_parts_side_by_side() -> None:
    assert found("Китай-Казахстан", "дорога Китай — Казахстан") == ["Китай — Казахстан"]
    assert found("Китай-Казахстан", "Казахстан и Китай") == []
