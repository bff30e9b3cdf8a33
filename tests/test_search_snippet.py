"""A snippet shows the densest matches, cuts no word, and is the text itself."""

import re

import pytest

from silkwire.label.search.query import parse_query
from silkwire.label.search.snippet import snippet

FILLER = "Слова о погоде, о ценах и о спорте занимают место. " * 20
TEXT = f"{FILLER}Река мелеет. {FILLER}Река и ещё одна река впадают в реку. {FILLER}"


def marked(pieces: list[tuple[str, bool]]) -> str:
    return "".join(f"[{piece}]" if is_match else piece for piece, is_match in pieces)


def test_the_densest_place_is_shown() -> None:
    pieces = snippet(TEXT, parse_query("река").highlight(TEXT, "ru"))
    assert "[Река] и ещё одна [река] впадают в [реку]." in marked(pieces)


def test_a_text_that_is_short_is_shown_whole() -> None:
    assert snippet("Река.", [(0, 4)]) == [("Река", True), (".", False)]


def test_without_a_match_it_is_the_beginning() -> None:
    assert marked(snippet(TEXT, [], 60)) == "Слова о погоде, о ценах и о спорте занимают место. Слова о…"


@pytest.mark.parametrize("width", [20, 41, 80, 150, 300])
def test_no_word_is_cut(width: int) -> None:
    pieces = snippet(TEXT, parse_query("река").highlight(TEXT, "ru"), width)
    shown = "".join(piece for piece, _ in pieces).strip("…")
    assert re.search(rf"(?<!\w){re.escape(shown.strip())}(?!\w)", TEXT)
    assert len(shown) <= width
    assert any(is_match for _, is_match in pieces)


def test_chinese_is_cut_between_characters() -> None:
    text = "天气预报。" * 100 + "中国铁路建设" + "体育新闻。" * 100
    pieces = snippet(text, parse_query("铁路").highlight(text, "zh-Hans"), 50)
    assert ("铁路", True) in pieces
    assert 45 <= len("".join(piece for piece, _ in pieces)) <= 52


def test_a_word_longer_than_the_snippet_is_cut_at_a_letter() -> None:
    text = "e\u0301" * 500
    shown = "".join(piece for piece, _ in snippet(text, [], 101))
    assert shown.strip("…").startswith("e")
    assert len(shown) <= 103


def test_spans_that_reach_out_of_the_window_are_shown_in_part() -> None:
    text = "слово " * 200
    pieces = snippet(text, [(0, len(text))], 100)
    assert pieces[0][1]
    assert len("".join(piece for piece, _ in pieces)) <= 101
