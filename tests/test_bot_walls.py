"""Walls against robots are told from the pages behind them, and from articles about them."""

import time

import pytest

from silkwire.net.bot_walls import is_bot_wall

ARTICLE = " ".join(["The ministry said on Tuesday that the bridge across the river will open next spring."] * 40)


def page(title: str = "", text: str = "", code: str = "") -> bytes:
    return f"<!doctype html><html><head><title>{title}</title>{code}</head><body><p>{text}</p></body></html>".encode()


@pytest.mark.parametrize(
    ("status", "headers", "name"),
    [
        (403, {"cf-mitigated": "challenge", "server": "cloudflare"}, "Cloudflare"),
        (202, {"x-amzn-waf-action": "challenge"}, "AWS WAF"),
        (405, {"x-amzn-waf-action": "captcha"}, "AWS WAF"),
        (403, {"x-datadome": "protected"}, "DataDome"),
        (403, {"x-sucuri-block": "1"}, "Sucuri"),
        (403, {"server": "ddos-guard"}, "DDoS-Guard"),
        (403, {"server": "Variti/0.9.3a"}, "Variti"),
    ],
)
def test_a_wall_is_told_by_its_makers_header(status: int, headers: dict[str, str], name: str) -> None:
    assert is_bot_wall(status, headers, b"") == name


@pytest.mark.parametrize(
    ("status", "headers"),
    [
        (200, {"server": "cloudflare", "cf-ray": "8a"}),
        (200, {"x-datadome": "protected"}),
        (200, {"server": "ddos-guard"}),
        (503, {"server": "ddos-guard"}),
        (404, {"server": "cloudflare"}),
        (429, {"x-datadome": "protected"}),
    ],
)
def test_a_header_that_pages_behind_a_wall_have_too_says_nothing(status: int, headers: dict[str, str]) -> None:
    assert is_bot_wall(status, headers, page("News", ARTICLE)) is None
    assert is_bot_wall(status, headers, b"") is None


def script(source: str) -> str:
    return f"<script src='{source}'></script>"


WALLS = [
    (403, page("Just a moment...", code="<script>window._cf_chl_opt={cvId:'3'}</script>"), "Cloudflare"),
    (200, page("Attention Required! | Cloudflare", "Sorry, you have been blocked"), "Cloudflare"),
    (403, page("Один момент…", code=script("/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1")), "Cloudflare"),
    (
        403,
        page("Access Denied", "Access Denied You don't have permission to access this. Reference #18.2d3e"),
        "Akamai",
    ),
    (200, page(code=script("/_sec/cp_challenge/verify")), "Akamai"),
    (200, page(code="<iframe src='/_Incapsula_Resource?SWUDNSAI=31'></iframe>"), "Imperva"),
    (403, page("", "Request unsuccessful. Incapsula incident ID: 44-55"), "Imperva"),
    (403, page("a.example", code=script("https://ct.captcha-delivery.com/c.js")), "DataDome"),
    (
        403,
        page("Access to this page has been denied", "Press & Hold to confirm you are a human (and not a bot)."),
        "PerimeterX",
    ),
    (403, page("DDOS-GUARD", code=script("/.well-known/ddos-guard/js-challenge/index.js")), "DDoS-Guard"),
    (401, page(code=script("/__qrator/qauth.js")), "Qrator"),
    (403, page("Sucuri WebSite Firewall - Access Denied", "Access Denied"), "Sucuri"),
    (307, page(code="<script>sucuri_cloudproxy_js='';</script>"), "Sucuri"),
    (202, page(code="<script>window.gokuProps={}</script>" + script("https://x.awswaf.com/c.js")), "AWS WAF"),
    (
        200,
        b"<html><script>var arg1='8F1';document.cookie='acw_sc__v2='+x;location.reload()</script></html>",
        "Aliyun WAF",
    ),
    (521, b"<script>document.cookie='__jsl_clearance_s=1;';location.href=location.pathname</script>", "Jiasule"),
    (200, page("安全验证", "请完成下方验证后继续操作"), "安全验证"),
    (200, page("访问验证", "请拖动滑块").decode().encode("gb18030"), "安全验证"),
    (200, page("百度安全验证", "网络不给力,请稍后重试"), "安全验证"),
    (
        403,
        page("Ой!", "Подтвердите, что запросы отправляли вы", "<form action='/showcaptcha?x=1'>"),
        "Yandex SmartCaptcha",
    ),
    (200, page("", "Enable JavaScript and cookies to continue"), "a challenge"),
    (503, page("DDoS protection", "Checking your browser before accessing a.example."), "a challenge"),
]


@pytest.mark.parametrize(("status", "body", "name"), WALLS)
def test_a_small_page_that_is_a_wall_is_told(status: int, body: bytes, name: str) -> None:
    assert is_bot_wall(status, {}, body) == name


@pytest.mark.parametrize(
    "body",
    [
        page(
            "Cloudflare outage takes down half the web | News", ARTICLE + " Just a moment... said the page. _cf_chl_opt"
        ),
        page("Just a moment...", ARTICLE),
        page("News", ARTICLE, script("/cdn-cgi/challenge-platform/scripts/jsd/main.js")),
        page("News", ARTICLE, script("/_Incapsula_Resource?SWJIYLWA=5074a7")),
        page("News", ARTICLE, script("https://x.awswaf.com/challenge.js")),
        page("支付宝推出新的安全验证方式 - 新闻", "支付宝今日宣布推出新的安全验证方式,用户可以通过人脸识别完成验证。"),
        page("Why sites say: enable JavaScript and cookies to continue", ARTICLE),
        page("A short note", "The bridge opens on Monday."),
        page("App", code="<noscript>You need to enable JavaScript to run this app.</noscript>"),
        page("Access denied: how Kazakhstan blocks VPNs", ARTICLE),
        b"",
        b"plain text",
        page("Just a moment...", code="<!--" + "x" * 60_000 + "-->"),
    ],
)
def test_an_article_is_no_wall_whatever_it_is_about(body: bytes) -> None:
    assert is_bot_wall(200, {}, body) is None


@pytest.mark.parametrize(
    "piece", [b"<", b"<!--", b"<script", b"<title", b"<div ", b"<script></scrip", b"<a" * 3 + b">"]
)
def test_a_page_that_is_made_to_be_slow_to_look_at_is_not(piece: bytes) -> None:
    body = (piece * 50_000)[:49_000]
    started = time.process_time()
    is_bot_wall(200, {}, body)
    assert time.process_time() - started < 0.3
