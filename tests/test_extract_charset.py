"""A page is read in the charset it is in, whatever it says it is in."""

import time

import pytest

from silkwire.extract.decoding.charset import decode_html

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


TURKISH = "Cumhurbaşkanı dün dışişleri bakanıyla görüştü; ulaşım ve işbirliği konuları ele alındı. " * 3
ARABIC = "التقى الرئيس أمس وزير الخارجية وبحث الجانبان التجارة والنقل بين البلدين. " * 3
JAPANESE = "大統領は昨日、外務大臣と会談した。両国は貿易について話し合い、合意した。" * 3
KOREAN = "대통령은 어제 외무 장관과 만났다. 양측은 무역과 교통 협력을 논의했다. " * 3
TRADITIONAL = "國家主席昨天會見外國部長，雙方就經貿和交通合作交換意見，並簽署協議。" * 3
UKRAINIAN = "Президент зустрівся з міністром закордонних справ, сторони обговорили її розвиток. " * 3
LANGUAGES = [
    *((RUSSIAN, "cp1251"), (RUSSIAN, "koi8-r"), (RUSSIAN, "iso8859_5"), (RUSSIAN, "cp866"), (UKRAINIAN, "koi8-u")),
    *((CHINESE, "gb18030"), (TRADITIONAL, "big5hkscs"), (JAPANESE, "cp932"), (JAPANESE, "euc_jp"), (KOREAN, "cp949")),
    *((JAPANESE, "iso2022_jp"), (ARABIC, "cp1256"), (ARABIC, "iso8859_6"), (TURKISH, "cp1254"), (FRENCH, "cp1252")),
]


@pytest.mark.parametrize(("text", "encoding"), LANGUAGES)
@pytest.mark.parametrize("label", ["", "none", "utf-8", "ISO-8859-1", "utf8mb4"])
def test_no_label_and_a_wrong_one_give_the_same_text(text: str, encoding: str, label: str) -> None:
    header = f"text/html; charset={label}" if label else "text/html"
    assert text.strip() in decode_html(page(text, label).encode(encoding), header)


@pytest.mark.parametrize("text", [RUSSIAN, CHINESE, TURKISH, ARABIC, JAPANESE, KOREAN])
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_is_read_without_a_mark(text: str, encoding: str) -> None:
    assert text in decode_html(page(text, "utf-16").encode(encoding), "text/html; charset=windows-1251")


@pytest.mark.parametrize("hidden", ["<!-- <meta charset=gb2312> -->", "<script>'<meta charset=gb2312>'</script>"])
def test_a_label_in_a_comment_or_a_script_is_none(hidden: str) -> None:
    short = "Дело"  # too little for the bytes to tell anything: the label decides
    body = page(short, "windows-1251").replace("<head>", f"<head>{hidden}").encode("cp1251")
    assert short in decode_html(body, "")


def test_a_label_far_down_the_head_is_found() -> None:
    body = page("Дело", "windows-1251").replace("<head>", "<head>" + "<link rel=x href=y>" * 500).encode("cp1251")
    assert "Дело" in decode_html(body, "")


@pytest.mark.parametrize(
    "meta", ["content='text/html;charset = windows-1251'", "content=text/html;charset=windows-1251"]
)
def test_odd_quotes_around_a_label_do_not_hide_it(meta: str) -> None:
    body = page("Дело").replace("<head>", f"<head><meta http-equiv=Content-Type {meta}>").encode("cp1251")
    assert "Дело" in decode_html(body, "")


def test_a_block_of_another_charset_leaves_a_page_of_utf_8_alone() -> None:
    body = page(RUSSIAN * 5).encode().replace(b"</body>", "<!-- счётчик посещений -->".encode("cp1251") + b"</body>")
    assert RUSSIAN in decode_html(body, "text/html; charset=windows-1251")


def test_koi8_r_that_is_said_to_be_windows_1251_is_read() -> None:
    assert RUSSIAN.strip() in decode_html(page(RUSSIAN, "windows-1251").encode("koi8-r"), "")


def test_icelandic_is_not_taken_for_turkish() -> None:
    text = "Það er þó ljóst að þau ýta því frá sér, sagði ráðherrann á fundi í dag. Ðað er þýðing þess. " * 2
    assert text in decode_html(page(text).encode("cp1252"), "text/html; charset=iso-8859-1")


@pytest.mark.parametrize("left_open", [b"<script ", b"<style ", b"<a ", b"<"])
def test_tags_left_open_take_no_time_by_the_square(left_open: bytes) -> None:
    started = time.process_time()
    decode_html(RUSSIAN.encode("cp1251") + left_open * 100_000, "")
    assert time.process_time() - started < 1
