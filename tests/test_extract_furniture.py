"""Lines of the site go from a text, in every language that is watched; sentences with the same words stay."""

import pytest

from silkwire.extract.decoding.tree import parse_page
from silkwire.extract.facts.page_facts import read_facts
from silkwire.extract.texts.furniture import cut_furniture
from silkwire.extract.texts.text import find_text

TEXT = (
    "The presidents of both countries agreed on Tuesday to build a second railway through the mountains, they said.\n"
    "Work will begin in spring, and the first trains are expected to run within four years, according to the ministry."
)
RUSSIAN = [
    "Министры двух стран подписали во вторник соглашение о второй железной дороге через горы, сообщили в министерстве.",
    "Работы начнутся весной, а первые поезда пойдут по новой линии через четыре года, говорится в документе.",
    "Издание «Пограничье» писало о переговорах ещё осенью, когда стороны спорили о ширине колеи и о цене билета.",
]
TAJIK = [
    "Вазирони ду кишвар рӯзи сешанбе оид ба сохтмони роҳи оҳани дуюм тавассути кӯҳҳо созишнома имзо карданд.",
    "Корҳо баҳори оянда оғоз мешаванд ва қаторҳои аввал пас аз чор сол ҳаракат мекунанд, гуфта мешавад дар ҳуҷҷат.",
    "Сокинони водӣ мегӯянд, ки роҳи нав ба онҳо барои расонидани меваю сабзавот ба бозорҳо кӯмак хоҳад кард.",
]
FRENCH = [
    "Les ministres des deux pays ont signé mardi un accord sur une seconde voie ferrée à travers les montagnes.",
    "Les travaux commenceront au printemps, et les premiers trains rouleront dans quatre ans, selon le ministère.",
    "Les habitants de la vallée espèrent que la ligne les aidera à porter leurs fruits jusqu'aux grands marchés.",
]


@pytest.mark.parametrize(
    "line",
    [
        *("Read more", "Related stories:", "Share this article", "Accept all", "Photo: Xinhua", "Read in English"),
        *(
            "À lire aussi",
            "Partagez",
            "Crédit photo : AFP",
            "Lesen Sie auch",
            "Teilen",
            "Te puede interesar",
            "Compartir",
        ),
        *(
            "Leggi anche",
            "Riproduzione riservata",
            "Читайте также",
            "Фото: пресс-служба",
            "Версия для печати",
            "Теги: рельсы",
        ),
        *("Читайте нас в Telegram", "Нашли ошибку? Выделите её мышью", "Поділитися", "Читайте також:", "Мітки: поїзд"),
        *(
            "相关阅读",
            "責任編輯：王五",
            "[责编：李四]",
            "（责任编辑：李四）",
            "图片来源：新华社",
            "扫描二维码关注我们",
            "分享到：",
        ),
        *(
            "新华社记者 张三 摄",
            "（原标题：两国签署铁路协议）",
            "関連記事",
            "この記事は会員限定です。",
            "관련기사",
            "ⓒ 신문사, 무단전재 금지",
        ),
        *("اقرأ أيضا", "تابعونا على تلغرام", "صورة: وكالة", "بیشتر بخوانید", "انتهای پیام", "کد خبر: 12345"),
        *(
            "İlgili haberler",
            "Abone ol",
            "Fotoğraf: AA",
            "Həmçinin oxuyun",
            "Paylaş",
            "Тағы оқыңыз",
            "Бөлісу",
            "Сурет: баспасөз",
        ),
        *(
            "Дагы окуңуз",
            "Бөлүшүү",
            "Oʻqing",
            "Ulashish",
            "Мавзуга оид:",
            "Улашиш",
            "Инчунин бихонед",
            "Мубодила кунед",
        ),
        *("تصوير: وكالة", "Акс: Ховар", "سۈرەت: تەڭرىتاغ", "Гэрэл зургийг: МОНЦАМЭ", "（記者王五攝）"),
        *("扫一扫关注我们的微信公众号", "加入我們的Telegram頻道", "公式LINEで最新ニュースを受け取る"),
        *("카카오톡 채널을 추가하세요", "草原网>>新疆频道", "草 原 网 股 份 有 限 公 司 版 权 所 有 ，未 经 授 权"),
        *("Şeýle hem okaň", "Paýlaşmak", "يەنە ئوقۇڭ", "ھەمبەھىرلەش", "Холбоотой мэдээ", "Хуваалцах"),
        *("© 2026 Steppe Daily", "Steppe Daily. All rights reserved", "Tags: rail, trade", "Comments", "* * *"),
    ],
)
def test_a_line_of_the_site_goes(line: str) -> None:
    assert cut_furniture(f"{TEXT}\n{line}") == TEXT
    first, second = TEXT.split("\n")
    assert cut_furniture(f"{first}\n{line}\n{second}") == TEXT


@pytest.mark.parametrize(
    "line",
    [
        "Share prices fell on Tuesday, and the ministry was asked to comment on the fall.",
        "Photo exhibitions will open in both capitals in May, the organisers said.",
        "Related parties must declare their contracts, the new law says, or pay a fine.",
        "БИШКЕК, 3 мар — АКИpress. Министры двух стран подписали соглашение о железной дороге.",
        "Фото и видео с места происшествия изучают следователи, сообщили в министерстве.",
        "新华社北京3月3日电（记者张三）两国星期二签署铁路协议。",
        "来源不明的资金不得投入铁路建设，部长在会上说。",
        "编辑部设在首都，共有四十名记者。（完）",
        "Реклама алкоголя будет запрещена с января, говорится в законе.",
        "Бөлісу экономикасы туралы заң жобасы мәжілісте қаралды.",
        "اقرأ الوزير البيان أمام البرلمان، وقال إن العمل سيبدأ في الربيع.",
        "市が公式LINEで情報を受け取る住民は昨年より増えたと発表した。",
        "2026년 3월 선거 이후의 과제",
        "法院认定该照片版权所有者为当地一家报社。",
        "Tags are sewn into every uniform by hand, and it takes a day.",
        "What comes next",
    ],
)
def test_a_sentence_with_such_words_stays(line: str) -> None:
    first, second = TEXT.split("\n")
    text = f"{first}\n{line}\n{second}"
    assert cut_furniture(text) == text


def test_what_stands_above_the_text_goes_and_the_lead_stays() -> None:
    lead = "Two countries want to be nearer to each other, and to the sea: what was agreed, and what was not."
    head = f"Home\nWorld\nSecond railway agreed\nStand: 22.04.2026, 06:00 Uhr\n{lead}"
    assert cut_furniture(f"{head}\n{TEXT}", "Second railway agreed") == f"{lead}\n{TEXT}"


@pytest.mark.parametrize(
    "line",
    [
        *("2026年3月5日 10:20", "March 5, 2026 10:20 JST", "05.03.2026 | 10:20", "5 марта 2026, 10:20"),
        *("2026년 3월 5일 목요일", "5-март, 2026", "5-mart, payshanba", "2026 оны 3 сарын 5", "2026-yil 5-mart"),
    ],
)
def test_a_line_of_only_a_date_goes_from_the_top_alone(line: str) -> None:
    assert cut_furniture(f"{line}\n{TEXT}") == TEXT
    assert cut_furniture("\n".join([TEXT] * 4 + [line, TEXT])).count(line) == 1


def test_scores_are_no_dates() -> None:
    text = f"Palm Bay 18 22 13 17 — 70\n{TEXT}"
    assert cut_furniture(text) == text


def test_headlines_after_read_also_go_with_it_and_a_sentence_does_not() -> None:
    assert cut_furniture(f"{TEXT}\nRead also\nMinisters meet in the capital\nGas price rises again") == TEXT
    assert cut_furniture(f"{TEXT}\nRead also\nThe line will cost three billion, they said.").endswith("they said.")


def test_linked_headlines_at_the_end_go_with_their_dates() -> None:
    links = frozenset({"Ministers meet in the capital", "两国部长在首都会晤"})
    tail = ("- 【 新闻 】 两国部长在首都会晤", "12.03.2026", "[国际] 两国部长在首都会晤 2026-03-05 10:20 财经")
    assert cut_furniture("\n".join([TEXT, "Ministers meet in the capital", *tail]), "", links) == TEXT


def test_the_last_heading_that_is_no_link_stays() -> None:
    text = f"{TEXT}\nNames of the ministers"
    assert cut_furniture(text, "", frozenset({"Ministers meet in the capital"})) == text


def text_of_page(body: str, site: str, head: str = "") -> list[str]:
    heading = "Вторая дорога через горы"
    page = f"<html><head><title>{heading} | {site}</title>{head}</head><body>{body}</body></html>"
    tree = parse_page(page.encode(), "text/html; charset=utf-8")
    assert tree is not None
    return find_text(tree, read_facts(tree), "https://news.example/rail", heading)[0].split("\n")


@pytest.mark.parametrize(("site", "texts"), [("Пограничье", RUSSIAN), ("Паёми Помир", TAJIK)])
def test_the_masthead_of_an_old_layout_is_no_first_paragraph(site: str, texts: list[str]) -> None:
    paragraphs = "".join(f"<p align=justify>{text}" for text in texts)
    body = (
        f"<table><tr><td><font size=5><b>{site}</b></font></td></tr></table><table><tr><td><h1>Вторая дорога через горы"
        f"</h1><small>05.03.2026 10:20</small>{paragraphs}</td></tr></table>"
    )
    assert text_of_page(body, site) == texts


@pytest.mark.parametrize("signature", ["Les Temps du Monde", "(LES TEMPS DU MONDE)", "— Les Temps du Monde —"])
def test_the_sites_name_that_signs_a_text_is_no_last_paragraph(signature: str) -> None:
    paragraphs = "".join(f"<p>{text}</p>" for text in (*FRENCH, f"<em>{signature}</em>"))
    body = f"<div class=post><h1>Вторая дорога через горы</h1><div class=post-content>{paragraphs}</div></div>"
    head = '<meta property="og:site_name" content="Les Temps du Monde">'
    assert text_of_page(body, "Temps", head) == FRENCH
    assert text_of_page(body, "Le Courrier") == [*FRENCH, signature]


def test_the_sites_name_goes_from_both_ends_and_from_nowhere_else() -> None:
    sites = frozenset({"пограничье"})
    first, *others = RUSSIAN
    text = "\n".join([first, "Пограничье", *others])
    assert cut_furniture(f"| Пограничье |\n{text}\n[ПОГРАНИЧЬЕ]", "", frozenset(), sites) == text


@pytest.mark.parametrize("line", ["Пограничье сегодня", "Пограничье: что изменилось", "Граница", "Пограничья"])
def test_a_line_that_is_more_than_the_sites_name_or_another_stays(line: str) -> None:
    text = "\n".join([line, *RUSSIAN, line])
    assert cut_furniture(text, "", frozenset(), frozenset({"пограничье"})) == text


def test_a_text_that_is_nothing_but_the_sites_name_stays() -> None:
    assert cut_furniture("Пограничье", "", frozenset(), frozenset({"пограничье"})) == "Пограничье"
