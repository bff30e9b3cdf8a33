"""What is no article is not stored as one, and says why; what is one is kept, however much speaks against it."""

import json
from datetime import UTC, datetime

import pytest

from silkwire.extract.article import extract_article
from silkwire.reasons import Reason
from silkwire.records import Outcome, Told

FETCHED = datetime(2026, 11, 24, 12, tzinfo=UTC)
URL = "https://steppe.example/news/2026/11/rail"
PARAGRAPHS = [
    "The presidents of both countries agreed on Tuesday to build a second railway through the mountains, they said.",
    "Work will begin in spring, and the first trains are expected to run within four years, according to the ministry.",
    "Traders along the border welcomed the plan, though some asked how the line would be paid for and by whom.",
    "The railway is to carry ten million tonnes of goods a year, which is twice what the lorries on the road carry.",
]
LEAD = PARAGRAPHS[0]
RELATED = "".join(f"<li><a href='/n/{n}'>Headline number {n} of another story</a></li>" for n in range(30))


def judged(body: str, head: str = "", title: str = "Second railway agreed", url: str = URL) -> Outcome:
    page = (
        f"<!doctype html><html><head><meta charset=utf-8><title>{title}</title>{head}</head><body>"
        f"<nav><ul><li><a href='/w'>World</a></li><li><a href='/e'>Economy</a></li></ul></nav>{body}"
        "<footer><p>About the house. Contact. Terms of use.</p></footer></body></html>"
    )
    return extract_article(page.encode(), url, "text/html; charset=utf-8", Told(), FETCHED)[1]


def article(text: str, more: str = "", heading: str = "Second railway agreed") -> str:
    paragraphs = "".join(f"<p>{line}</p>" for line in text.split("\n"))
    return f"<main><article><h1>{heading}</h1>{paragraphs}{more}</article></main>"


def declared(**more: object) -> str:
    told = {"@type": "NewsArticle", "headline": "Second railway agreed", "datePublished": "2026-11-20T08:00:00Z"}
    return f"<script type='application/ld+json'>{json.dumps(told | more)}</script>"


@pytest.mark.parametrize(
    "title",
    [
        *("Page not found | Steppe Daily", "404 Not Found", "Error 404", "Steppe Daily - Page Not Found", "404"),
        *(
            "Страница не найдена — Степная газета",
            "Ошибка 404",
            "Сторінку не знайдено",
            "页面不存在 - 草原日报",
            "404错误",
        ),
        *(
            "找不到页面",
            "您访问的页面不存在",
            "ページが見つかりません",
            "페이지를 찾을 수 없습니다",
            "الصفحة غير موجودة",
        ),
        *("صفحه مورد نظر یافت نشد", "Sayfa bulunamadı", "Səhifə tapılmadı", "Бет табылмады", "Барак табылган жок"),
        *("Sahifa topilmadi", "Саҳифа ёфт нашуд", "Sahypa tapylmady", "Хуудас олдсонгүй", "بەت تېپىلمىدى"),
        *("Page introuvable", "Seite nicht gefunden", "Página no encontrada", "Pagina non trovata"),
    ],
)
def test_a_page_titled_not_found_is_a_soft_404(title: str) -> None:
    text = "The address may have changed, or the story was taken down. Use the search, or read what is new today. " * 2
    assert judged(article(text, heading=""), title=title).reason is Reason.SOFT_404


@pytest.mark.parametrize(
    "title",
    [
        *("502 Bad Gateway", "503 Service Temporarily Unavailable", "steppe.example | 521: Web server is down"),
        *("Index of /news", "Welcome to nginx!", "Account Suspended", "Apache2 Ubuntu Default Page: It works"),
        *("steppe.example is for sale", "Database Error", "Under Maintenance", "Доступ запрещён", "Технические работы"),
        *("网站维护中", "服务器内部错误", "メンテナンス中", "Erişim Engellendi", "Accès refusé", "Wartungsarbeiten"),
    ],
)
def test_a_servers_own_page_is_an_error_page(title: str) -> None:
    text = (
        "The server could not do what it was asked to do. Try again later, or write to whoever runs this machine. " * 3
    )
    assert judged(f"<h1>{title}</h1><p>{text}</p>", title=title).reason is Reason.ERROR_PAGE


@pytest.mark.parametrize(
    "text",
    [
        "Fatal error: Uncaught Error: Call to undefined function news() in /srv/www/index.php on line 12. " * 3,
        "SQLSTATE[HY000] [2002] No such file or directory. The connection to the server was refused again. " * 3,
    ],
)
def test_what_broken_code_prints_is_an_error_page(text: str) -> None:
    assert judged(f"<p>{text}</p>", title="Steppe Daily").reason is Reason.ERROR_PAGE


@pytest.mark.parametrize(
    "title",
    ["Why you see 404 Not Found", "Access denied: how a village lost its road", "Page not found: a short history"],
)
def test_an_article_about_errors_is_an_article(title: str) -> None:
    text = "\n".join(
        f"Why page {n} is not found, and access denied, is a question of how road number {n} was built."
        for n in range(10)
    )
    assert judged(article(text, heading=title), title=title).reason is None


WALLS = [
    "Subscribe to continue reading",
    "Log in to read the full story",
    "Материал доступен только подписчикам",
    "Статтю можна прочитати: оформіть передплату",
    "登录后阅读全文",
    "付费阅读",
    "この記事は会員限定です",
    "로그인 후 전체 기사를 볼 수 있습니다",
    "Cet article est réservé aux abonnés",
    "Nur für Abonnenten",
    "Contenido exclusivo para suscriptores",
    "Contenuto riservato agli abbonati",
    "هذا المحتوى مخصص للمشتركين",
    "ویژه مشترکان",
    "Sadece abonelere özel",
    "Yalnız abunəçilər üçün",
    "Жазылушыларға ғана қолжетімді",
    "Жазылуучуларга гана",
    "Faqat obunachilar uchun",
    "Танҳо барои муштариён",
    "Diňe agzalar üçin",
    "Зөвхөн захиалагчдад",
]


@pytest.mark.parametrize("wall", WALLS)
def test_a_lead_before_a_wall_is_a_paywall(wall: str) -> None:
    assert judged(article(LEAD, f"<div class='w'><strong>{wall}</strong></div>")).reason is Reason.PAYWALL


def test_a_lead_that_breaks_off_on_a_locked_page_is_a_paywall() -> None:
    cut = f"{LEAD} {PARAGRAPHS[1][:-40]}…"
    for locked in (False, "False", "http://schema.org/False"):
        assert judged(article(cut), declared(isAccessibleForFree=locked)).reason is Reason.PAYWALL
    part = {"@type": "WebPageElement", "isAccessibleForFree": False, "cssSelector": ".paid"}
    assert judged(article(cut), declared(hasPart=part)).reason is Reason.PAYWALL


def test_three_paragraphs_before_a_wall_are_kept() -> None:
    text = "\n".join(PARAGRAPHS[:3]) + "\nThe..."
    wall = "<div><b>Subscribe to continue reading</b></div>"
    assert judged(article(text, wall), declared(isAccessibleForFree=False)).reason is None


def test_a_short_whole_report_that_is_declared_locked_is_kept() -> None:
    assert judged(article("\n".join(PARAGRAPHS[:2])), declared(isAccessibleForFree=False)).reason is None


def test_an_offer_to_subscribe_under_a_whole_report_is_no_wall() -> None:
    offer = "<div><b>Subscribe to read more like this</b></div>"
    assert judged(article("\n".join(PARAGRAPHS[:2]), offer)).reason is None


@pytest.mark.parametrize(
    ("player", "head"),
    [
        ("<video src='x.mp4'></video>", ""),
        ("<iframe src='https://www.youtube.com/embed/abc'></iframe>", ""),
        ("<iframe src='https://rutube.ru/play/embed/1'></iframe>", ""),
        ("<audio src='x.mp3'></audio>", ""),
        ("", "<meta property='og:type' content='video.other'>"),
    ],
)
def test_a_player_with_a_caption_is_a_media_stub(player: str, head: str) -> None:
    body = f"<article><h1>Second railway agreed</h1>{player}<p>Watch how the second railway was agreed.</p></article>"
    assert judged(body, head).reason is Reason.MEDIA_STUB


def test_a_report_with_a_player_is_an_article() -> None:
    assert (
        judged(article("\n".join(PARAGRAPHS), "<iframe src='https://www.youtube.com/embed/a'></iframe>")).reason is None
    )


FLASHES = {
    "en": (
        "Second railway agreed",
        "Both presidents agreed on Tuesday to build a second railway through the mountains.",
    ),
    "ru": (
        "Землетрясение произошло в горах",
        "Землетрясение произошло утром в горах на границе, сообщили сейсмологи станции.",
    ),
    "kk": (
        "Таулы өңірде жер сілкінді",
        "Бүгін таңертең таулы өңірде жер сілкінді, деп хабарлады сейсмология станциясы кезекшісі.",
    ),
    "zh": (
        "山区发生地震",
        "地震台网测定，今天上午山区发生四点一级地震，震源深度十公里，暂无人员伤亡的报告，救援人员已经赶往现场。",
    ),
}


@pytest.mark.parametrize("language", FLASHES)
def test_a_flash_that_is_declared_and_dated_is_an_article(language: str) -> None:
    title, sentence = FLASHES[language]
    text = sentence if language == "zh" else f"{sentence} {sentence[:-1].replace(' ', ' ', 1)[:40]}."
    told = declared(headline=title)
    assert judged(article(text, heading=title), told, title).reason is None
    assert judged(article(text, heading=title), "", title).reason is Reason.NO_TEXT


@pytest.mark.parametrize("head", [declared(description="How the railway was agreed by both presidents."), ""])
def test_a_page_without_its_article_is_none(head: str) -> None:
    outcome = judged(f"<main><h1>Second railway agreed</h1><ul>{RELATED}</ul></main>", head)
    assert outcome.reason is (Reason.NO_TEXT if head else Reason.LISTING)


def test_what_is_left_beside_a_missing_article_is_not_taken_for_it() -> None:
    title = "Second railway through mountains agreed"
    house = (
        "Our newsroom follows strict standards; write with a correction, and an editor will answer within a day.\n"
        "This newspaper was founded by a family of printers and belongs to a foundation that none of them controls."
    )
    head = (
        declared(headline=title)
        + "<meta name='description' content='Two presidents agree on trains and tunnels across mountains'>"
    )
    assert judged(article(house, heading=title), head, title).reason is Reason.NO_TEXT


@pytest.mark.parametrize("path", ["", "/"])
def test_a_front_page_is_a_listing_even_with_an_editors_note(path: str) -> None:
    body = f"<main><p>{LEAD} {PARAGRAPHS[1]}</p><ul>{RELATED}</ul></main>"
    assert judged(body, url=f"https://steppe.example{path}").reason is Reason.LISTING


def test_an_article_above_many_links_is_an_article() -> None:
    assert judged(article("\n".join(PARAGRAPHS)) + f"<aside><ul>{RELATED * 3}</ul></aside>").reason is None


@pytest.mark.parametrize(
    "notice",
    [
        *("Please enable JavaScript to view this page.", "Включите JavaScript, чтобы продолжить.", "请启用JavaScript"),
        *("Before you continue to Steppe Daily", "Avant d'accéder à Steppe Daily"),
    ],
)
def test_a_demand_for_scripts_or_consent_is_no_text(notice: str) -> None:
    outcome = judged(f"<div><p>{notice}</p></div>", title="Steppe Daily")
    assert outcome.reason is Reason.NO_TEXT


@pytest.mark.parametrize(
    "lines",
    [
        [f"— How will the line be paid for?\n— By {n} banks, which lend the money for thirty years." for n in range(8)],
        [f"{n}. The railway's bridge number {n}, of stone and steel, is {n}0 metres long." for n in range(12)],
        [f"1{n}:05 The second railway is agreed, says minister number {n} to reporters." for n in range(9)],
    ],
    ids=["interview", "list", "live"],
)
def test_interviews_lists_and_live_reports_are_articles(lines: list[str]) -> None:
    assert judged(article("\n".join(lines))).reason is None


@pytest.mark.parametrize("title", ["Технические работы | Водоканал", "Coming soon - Samarkand Times", "Forbidden"])
def test_news_titled_like_a_closed_site_is_kept_where_it_is_declared(title: str) -> None:
    head = '<meta property="og:type" content="article">'
    assert judged(article("\n".join(PARAGRAPHS), heading=title), head, title).reason is None
    assert judged(article("\n".join(PARAGRAPHS), heading=title), "", title).reason is Reason.ERROR_PAGE
    assert judged(article(PARAGRAPHS[0], heading=title), head, title).reason is Reason.ERROR_PAGE


def test_a_wall_before_comments_is_none_before_the_article() -> None:
    brief = (
        "两国部长星期二在首都举行会谈，同意修建穿越山区的第二条铁路，工程预计明年春天开工，"
        "在四年内完成，每年可运送货物一千万吨，费用由双方共同承担。"
    )
    head = declared(headline="两国同意修建第二条铁路")
    walled = [
        judged(article(brief, f"<div>{wall}</div>", "两国同意修建第二条铁路"), head, "两国同意修建第二条铁路")
        for wall in ("登录后查看更多评论", "登录后查看更多内容")
    ]
    assert [outcome.reason for outcome in walled] == [None, Reason.PAYWALL]


@pytest.mark.parametrize(("url", "reason"), [("#!/news/551", None), ("", Reason.LISTING), ("#!/", Reason.LISTING)])
def test_an_article_named_behind_a_hash_is_no_front_page(url: str, reason: Reason | None) -> None:
    body = article("\n".join(PARAGRAPHS), f"<ul>{RELATED}</ul>")
    assert judged(body, url=f"https://steppe.example/{url}").reason is reason
