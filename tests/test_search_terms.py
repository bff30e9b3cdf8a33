"""An article becomes a vector that PostgreSQL takes, however large or odd the article is."""

import pytest
from sqlalchemy import Engine, text

from silkwire.label.search.terms import terms
from silkwire.warehouse.engine import transaction
from silkwire.warehouse.load import clean_text

VECTOR = "select pg_column_size(cast(:terms as tsvector)), length(cast(:terms as tsvector))"


def test_a_title_weighs_more_and_no_phrase_runs_from_it_into_the_text() -> None:
    assert terms("Сила Сибири", "Газ", "ru") == "'ru/сил':1A 'ru/сибир':2A 'ru/газ':5"


def test_chinese_is_cut_into_pairs() -> None:
    assert terms("", "鐵路網。", "zh-Hant") == "'铁路':3 '路网':4 '网':5"


def test_uzbek_of_both_alphabets_has_the_same_terms() -> None:
    assert terms("", "Ўзбекистон темир йўллари", "uz-Cyrl") == terms("", "Oʻzbekiston temir yoʻllari", "uz-Latn")


def test_kazakh_of_both_alphabets_has_the_same_terms() -> None:
    assert terms("", "Қазақстанның қаласы", "kk") == terms("", "Qazaqstannyñ qalasy", "kk-Latn")


@pytest.mark.parametrize(
    "words",
    [
        "",
        "x" * 1_000_000,
        "字" * 1_000_000,
        "a'b\\c \x00 \ud800 'q'",
        " ".join(f"{number}{'щ' * 40}" for number in range(20_000)),
        "".join(chr(0x4E00 + number * number % 20_000) for number in range(100_000)),
        "слово " * 100_000,
    ],
    ids=["empty", "one word", "one character", "signs", "long words", "many pairs", "one word often"],
)
@pytest.mark.parametrize("language", ["ru", "zh-Hans", "uz-Latn", "und"])
def test_any_text_fits_a_vector(engine: Engine, words: str, language: str) -> None:
    with transaction(engine) as connection:
        size, count = connection.execute(text(VECTOR), {"terms": clean_text(terms(words, words, language))}).one()
    assert size < 1_048_575
    assert (count > 0) == bool(words)
