"""Walls against robots: answers that are a challenge or a block page, not what was asked for.

A wall says so in a header of its maker, or is a small page with little to read whose title, scripts or one sentence are
the maker's. What a long page says is never looked at: an article may well be about Cloudflare.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

_SMALL = 50_000  # bytes; challenge pages have 1 to 30 KB
_LITTLE_TEXT = 1_200  # characters that a reader sees on a wall, at most
# Ordinary pages behind a wall carry its scripts too: they tell a wall only on a page that refuses, or is all but empty.
_NO_TEXT = 300
# No wall has as many of either.
_PARAGRAPHS = 8
_LINKS = 20
_REFUSALS = frozenset({401, 403, 405, 406, 429, 503, 521})

# None of these looks far past the next "<" twice, so that a page of nothing but "<" is read in linear time.
_TITLE = re.compile(rb"<title[^<>]*>([^<]*)", re.IGNORECASE)
_HIDDEN = re.compile(
    rb"<(script|noscript|style|title)\b.*?(?:</\1\s*>|\Z)"
    rb"|<(?:link|meta|input|form|iframe|body|div)\b[^<>]*>?|<!--.*?(?:-->|\Z)",
    re.DOTALL | re.IGNORECASE,
)
_TAG = re.compile(r"<[^<>]*>?")


@dataclass(frozen=True, slots=True)
class _Wall:
    """How one maker's wall is told on a page with little text: by any one of the three places."""

    name: str
    title: str = r"(?!)"
    code: str = r"(?!)"  # scripts, and the attributes of a few tags
    sentence: str = r"(?!)"


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_WALLS = tuple(
    (wall.name, _compiled(wall.title), _compiled(wall.code), _compiled(wall.sentence))
    for wall in (
        _Wall(
            "Cloudflare",
            r"^just a moment\.\.\.$|^attention required! \| cloudflare$|^access denied \| .* used cloudflare",
            r"_cf_chl_opt|/cdn-cgi/challenge-platform/h/\w+/orchestrate/|cf-browser-verification|cf_captcha_kind",
            r"^sorry, you have been blocked\b.*cloudflare",
        ),
        _Wall(
            "Akamai",
            code=r"/_sec/cp_challenge/|sec-if-cpt-container|bm-verify=",
            sentence=r"^access denied you don't have permission to access .* reference ?#",
        ),
        _Wall("Imperva", code=r"_Incapsula_Resource", sentence=r"incapsula incident id|powered by imperva"),
        _Wall("DataDome", code=r"(?:geo|ct)\.captcha-delivery\.com"),
        _Wall(
            "PerimeterX",
            code=r"captcha\.px-(?:cdn|cloud)\.net|id=[\"']px-captcha|_pxBlockedUrl|/captcha/captcha\.js\?a=c&u=",
            sentence=r"press & hold to confirm you are a human",
        ),
        _Wall("DDoS-Guard", r"^ddos-guard$", r"/\.well-known/ddos-guard/|check\.ddos-guard\.net"),
        _Wall("Qrator", code=r"/__qrator/", sentence=r"^(?:http )?403\b.*\bqrator\b"),
        _Wall("Sucuri", r"^sucuri website firewall - access denied$", r"sucuri_cloudproxy_js"),
        _Wall("AWS WAF", r"^human verification$", r"gokuProps|\.awswaf\.com/|awsWafCookieDomainList|AwsWafCaptcha"),
        _Wall("Aliyun WAF", code=r"acw_sc__v[23]|aliyun_waf_|errors\.aliyun\.com|g\.alicdn\.com/captcha"),
        _Wall("Jiasule", code=r"__jsl_clearance|yunsuo_session_verify"),
        _Wall("Variti", code=r"vddosw3data\.js|variti_check|captcha\.variti\.", sentence=r"protected by variti"),
        _Wall("Yandex SmartCaptcha", r"^(?:ой!|oops!|вы не робот\?|are you not a robot\?)$", r"/showcaptcha\b"),
        # A Chinese wall's title is these words alone; an article's has more.
        _Wall(
            "安全验证",
            r"^(?:百度)?(?:安全|访问|人机|滑动|滑块|人机安全)(?:访问)?验证(?:中|页面)?(?: ?[-|_–] ?.{1,20})?$",
        ),
        _Wall(
            "a challenge",
            r"^(?:ddos protection|checking your browser|bot verification|are you a robot\?|robot check)\b.{0,20}$",
            r"enable javascript and cookies to continue|please enable js and disable any ad blocker",
            r"enable javascript and cookies to continue|^(?:please wait\W+)?checking your browser before accessing"
            r"|please enable js and disable any ad blocker|^verify(?:ing)? (?:that )?you are (?:a )?human\b"
            r"|^проверка браузера|подтвердите, что вы не робот|请完成(?:安全|人机)?验证(?:后|以)继续",
        ),
    )
)


def is_bot_wall(status: int, headers: Mapping[str, str], body: bytes) -> str | None:
    """Return the name of the wall that an answer is, or None. Header names are lower-case.

    A page is read whatever its status: some walls come with 200 or 202.
    """
    named = _by_headers(status, headers)
    if named is not None or not body or len(body) >= _SMALL or b"<" not in body[:2000]:
        return named
    if status < 300 and (_has(body, b"</p>", _PARAGRAPHS) or _has(body, b"</a>", _LINKS)):
        return None  # an ordinary page, told without taking it apart: this is done for each
    return _by_page(status, body)


def _has(body: bytes, tag: bytes, count: int) -> bool:
    """Say whether a page has a tag so often; it is not looked at past that."""
    return len(body.split(tag, count)) > count


def _by_headers(status: int, headers: Mapping[str, str]) -> str | None:
    if headers.get("cf-mitigated", "").strip().lower() == "challenge":
        return "Cloudflare"
    if headers.get("x-amzn-waf-action", "").strip().lower() in ("challenge", "captcha"):
        return "AWS WAF"
    if status != 403:
        return None
    server = headers.get("server", "").lower()
    if "x-datadome" in headers or server == "datadome":
        return "DataDome"
    if "x-sucuri-block" in headers:
        return "Sucuri"
    return {"ddos-guard": "DDoS-Guard", "qrator": "Qrator", "variti": "Variti"}.get(server.partition("/")[0])


def _by_page(status: int, body: bytes) -> str | None:
    sentence = _plain(_TAG.sub(" ", _decode(_HIDDEN.sub(b" ", body))))
    if len(sentence) > _LITTLE_TEXT:
        return None
    found = _TITLE.search(body)
    title = _plain(_decode(found[1])) if found else ""
    may_tell = status in _REFUSALS or len(sentence) <= _NO_TEXT
    code = "" if not may_tell else "\n".join(_decode(hidden[0]) for hidden in _HIDDEN.finditer(body))
    for name, by_title, by_code, by_sentence in _WALLS:
        if by_title.search(title) or by_code.search(code) or by_sentence.search(sentence):
            return name
    return None


def _decode(text: bytes) -> str:
    # A Chinese wall may be in GBK; a misread character only fails to match.
    try:
        return text.decode()
    except UnicodeDecodeError:
        return text.decode("gb18030", "replace")


def _plain(text: str) -> str:
    return " ".join(text.replace("’", "'").replace("&amp;", "&").split())
