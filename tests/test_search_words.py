"""A word is found in its inflected forms, in both alphabets of its language, and not in words that look like it."""

import pytest
from sqlalchemy import Engine, text

from silkwire.label.search.query import parse_query
from silkwire.label.search.stemming import stem
from silkwire.label.search.terms import terms
from silkwire.warehouse.engine import transaction
from tests.searching import MEET, PART, pairs

FINDS = "select cast(:terms as tsvector) @@ cast(:query as tsquery)"


@pytest.mark.parametrize(("language", "query", "words"), pairs(MEET))
def test_a_query_meets_the_inflected_form(language: str, query: str, words: str) -> None:
    assert parse_query(query).highlight(words, language)


@pytest.mark.parametrize(("language", "query", "words"), pairs(PART))
def test_words_that_look_alike_do_not_meet(language: str, query: str, words: str) -> None:
    assert not parse_query(query).highlight(words, language)


def test_what_is_highlighted_is_what_the_database_finds(engine: Engine) -> None:
    with transaction(engine) as connection:
        for table, expected in ((MEET, True), (PART, False)):
            for language, query, words in pairs(table):
                bound = {"terms": terms("", words, language), "query": parse_query(query).tsquery}
                assert connection.scalar(text(FINDS), bound) is expected, (language, query, words)


def test_an_article_of_no_known_language_is_found_by_its_words_as_they_are() -> None:
    assert parse_query("Qazaqstan").highlight("Qazaqstan", "und")
    assert parse_query("საქართველო").highlight("საქართველო", "ka")


def test_a_name_in_another_alphabet_than_its_article_is_found() -> None:
    assert parse_query("Huawei").highlight("Компания Huawei в Китае", "ru")
    assert parse_query("Huawei").highlight("华为（Huawei）公司", "zh-Hans")


def test_languages_do_not_share_stems() -> None:
    assert "'tr/cin'" in terms("", "Çin'e", "tr")
    assert "'fr/cin" not in terms("", "Çin'e", "tr")


@pytest.mark.parametrize("language", ["ru", "kk", "tr", "mn", "ar", "en", "uz", "de"])
def test_no_word_has_an_empty_stem(language: str) -> None:
    for word in ("а", "на", "ал", "ing", "ed", "s", "ال", "lar", "ning", "ями"):
        assert stem(word, language)
