"""A page is read in the charset it is in, whatever it says it is in."""

import pytest

from silkwire.extract.charset import decode_html

RUSSIAN = "Президент Казахстана встретился с министром иностранных дел Китая. Стороны обсудили торговлю. " * 3
CHINESE = "国家主席会见哈萨克斯坦总统，双方就经贸合作交换意见。朱镕基" * 4
FRENCH = "Le président a été reçu à l’Élysée, où il a évoqué la coopération énergétique. " * 3


def page(text: str, meta: str = "") -> str:
    declared = f'<meta charset="{meta}">' if meta else ""
    return f"<html><head>{declared}<title>x</title></head><body><p>{text}</p></body></html>"


@pytest.mark.parametrize(
    ("text", "encoding", "meta", "header"),
    [
        (RUSSIAN, "cp1251", "windows-1251", ""),
        (RUSSIAN, "cp1251", "", "text/html; charset=windows-1251"),
        (RUSSIAN, "cp1251", "", "text/html"),
        (RUSSIAN, "cp1251", "utf-8", "text/html; charset=utf-8"),
        (RUSSIAN, "cp1251", "", "text/html; charset=ISO-8859-1"),
        (RUSSIAN, "koi8-r", "", ""),
        (RUSSIAN, "utf-8", "windows-1251", "text/html; charset=windows-1251"),
        (CHINESE, "gb18030", "gb2312", ""),
        (CHINESE, "gb18030", "", ""),
        (CHINESE, "gb18030", "utf-8", "text/html; charset=UTF-8"),
        (CHINESE, "utf-8", "gb2312", "text/html; charset=gbk"),
        (CHINESE, "utf-16", "", ""),
        (CHINESE, "utf-8-sig", "gb2312", ""),
        (FRENCH, "cp1252", "iso-8859-1", ""),
        (FRENCH, "cp1252", "", ""),
    ],
)
def test_the_bytes_decide_where_labels_disagree(text: str, encoding: str, meta: str, header: str) -> None:
    assert text in decode_html(page(text, meta).encode(encoding), header)


def test_a_few_broken_bytes_do_not_turn_utf_8_into_something_else() -> None:
    body = page(RUSSIAN * 10).encode().replace("Китая".encode(), "Китая".encode() + b"\xd0", 1)
    text = decode_html(body, "text/html")
    assert text.count("\ufffd") == 1
    assert "Президент Казахстана" in text


def test_a_body_cut_off_inside_a_character_is_read_to_there() -> None:
    body = page(RUSSIAN).encode()
    cut = body[: body.index("Стороны".encode()) + 1]
    assert decode_html(cut, "").endswith("Китая. ")


@pytest.mark.parametrize(
    "header", ["", "text/html; charset=hex", "text/html; charset=utf-16", "charset=\x00", "charset=utf-7"]
)
@pytest.mark.parametrize("body", [b"", b"\x00\xff\xfe" * 50, bytes(range(256)) * 4, b"\xff" * 1000, b"plain"])
def test_nothing_makes_it_raise(body: bytes, header: str) -> None:
    assert isinstance(decode_html(body, header), str)
