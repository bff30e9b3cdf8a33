"""Addresses of articles, made comparable: the same article has one address, two articles never share one.

courlan's cleaning is not used here, though it keeps ports and localhost: it takes `cid`, `eid`, `uid`, `source` and
`session` for trackers (many outlets' only article number), drops empty parameters and reads percent-escapes as UTF-8,
so that `?t=%E9` and `?t=%E8` become one. The list below is closed: what is not surely a tracker stays.
"""

import re
from urllib.parse import SplitResult, quote, urljoin, urlsplit, urlunsplit

import idna

# Names and prefixes of parameters that only say where a reader came from (AdGuard's and ClearURLs' general rules).
_TRACKERS = frozenset(
    (
        *("fbclid", "gclid", "gclsrc", "gbraid", "wbraid", "dclid", "yclid", "ysclid", "msclkid", "twclid", "ttclid"),
        *("igshid", "igsh", "li_fat_id", "mc_cid", "mc_eid", "mkt_tok", "oly_anon_id", "oly_enc_id", "vero_id"),
        *("vero_conv", "wickedid", "_openstat", "_hsenc", "_hsmi", "__hstc", "__hssc", "__hsfp", "hsctatracking"),
        *("at_campaign", "at_medium", "at_custom1", "at_custom2", "at_custom3", "at_custom4", "xtor", "ns_campaign"),
        *("ns_mchannel", "ns_source", "ns_linkname", "cmpid", "ocid", "ncid", "smid", "partnerid", "share_token"),
        *("spm", "scm", "wt_mc", "wt_zmc", "icid", "campaign_id", "sharetype", "share_source", "s_cid", "ito"),
        *("echobox", "ftag", "yptr", "guccounter", "guce_referrer", "guce_referrer_sig", "rss_source", "feedtype"),
    )
)
_TRACKER_PREFIXES = ("utm_", "mtm_", "pk_", "hsa_", "itm_", "ga_source", "ga_medium", "ga_campaign", "stm_")
# Values of `from`, `ref` … that name a channel; with any other value the parameter may choose the article.
_CHANNELS = frozenset({"rss", "feed", "twitter", "facebook", "telegram", "newsletter", "homepage", "wechat"})
_CHANNEL_PARAMETERS = frozenset({"from", "ref", "source", "src", "ref_src", "cmp", "via"})

# Parameters that change from visit to visit while the article stays, if their value looks like it too.
_SECRETS = frozenset(
    (
        *("token", "access_token", "auth_token", "csrf_token", "auth", "hash", "nonce", "ticket", "signature", "sign"),
        *(
            "sig",
            "sid",
            "sessid",
            "sessionid",
            "session_id",
            "session",
            "phpsessid",
            "jsessionid",
            "aspsessionid",
            "zenid",
        ),
        *("oscsid", "cftoken", "hmac", "policy", "key-pair-id", "x-amz-signature", "x-amz-security-token"),
    )
)
# These also name things; an identity is short, a secret is not.
_SHORT_AS_IDS = frozenset({"hash", "sign", "key-pair-id", "ticket", "session", "policy", "auth"})
_LONGER_THAN_IDS = 16
_SECRET_PREFIXES = ("phpsessid", "aspsessionid", "x-goog-sig")
_STAMPS = frozenset(
    (
        *("expires", "expire", "exp", "expiry", "_t", "_ts", "timestamp", "nocache", "no_cache", "cb", "rnd", "rand"),
        *("random", "cachebuster", "cache_buster", "_", "x-amz-date", "x-goog-date"),
    )
)
_STAMP = re.compile(r"[0-9]{10,19}|0\.[0-9]{8,}")
_TOKEN = re.compile(r"[A-Za-z0-9+/_.~%-]{8,}={0,2}")
_PATH_SESSION = re.compile(r";(?:jsessionid|phpsessid|sid)=[A-Za-z0-9._!-]{8,}(?=[/;]|$)", re.IGNORECASE)
# A number in the last part of the path or a long one anywhere, words with hyphens, or letters that are not Latin.
_NAMES_ARTICLE = re.compile(r"[0-9][^/]*$|[0-9]{4}|[^/._-]+[_-][^/._-]+[_-][^/._-]+|%[89A-F]", re.IGNORECASE)

_SPACE_AND_CONTROLS = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]+")
_CDATA = re.compile(r"^<!\[CDATA\[(.*)\]\]>$", re.DOTALL)
_SCHEME = re.compile(r"^[a-z][a-z0-9+.-]*:", re.IGNORECASE)
# Written so that each character can match in one place only: a host of forty letters and a "!" must fail quickly.
_HOST = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?\.)*[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?\.?|\[[0-9a-f:.]+\]")
_DEFAULT_PORTS = {"http": 80, "https": 443}
_LONGEST = 2048
# Left as they are in a path or query; a percent sign stands for an escape that is there already.
_SAFE = "/%:;,=@!$&'()*+~?-._[]|"


def clean_link(url: str, base: str | None) -> str | None:
    """Return the address to fetch and compare, or None where it is not a usable http(s) address.

    `base` makes relative addresses absolute. Host and scheme become lower-case, a default port, the fragment and
    tracking parameters go; the order and the spelling of all other parameters stay. Never raises; cleaning twice
    changes nothing.
    """
    try:
        parts = urlsplit(_absolute(url, base))
        host, port, scheme = _host(parts), parts.port, parts.scheme.lower()
        if host is None or scheme not in _DEFAULT_PORTS:
            return None
        cleaned = _rebuilt(parts, scheme, host if port in (None, _DEFAULT_PORTS[scheme]) else f"{host}:{port}")
    except ValueError:  # also of quote, for lone surrogates
        return None
    return cleaned if len(cleaned) <= _LONGEST else None


def _rebuilt(parts: SplitResult, scheme: str, host: str) -> str:
    path = quote(parts.path, safe=_SAFE.replace("?", "")) or "/"
    # A fragment is a place on a page, except where a script finds the article by it (#!/news/5, #/news/5).
    route = quote(parts.fragment, safe=_SAFE) if parts.fragment.startswith(("!", "/")) else ""
    return urlunsplit((scheme, host, path, _query(parts.query), route))


def host_of(url: str) -> str:
    """Return the host of an absolute address, lower-case, without port or `www.`; empty where it has none."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def rotating_free(url: str) -> str | None:
    """Return an absolute address without the tokens that rotate (sessions, signatures, expiry stamps), or None.

    None where it has none, and where nothing else in it would tell one article from another. A parameter is a token
    only where both its name and its value look like one: `?id=12345` and `?article=abcdef12` never do. Never raises.
    """
    head, mark, fragment = url.partition("#")
    address, has_query, query = head.partition("?")
    path = _PATH_SESSION.sub("", address)
    pairs = query.split("&") if has_query else []
    kept = [pair for pair in pairs if not _rotates(pair)]
    if (len(kept) == len(pairs) and path == address) or not _identifies(path, kept):
        return None
    return path + ("?" + "&".join(kept) if kept else "") + mark + fragment


def _rotates(pair: str) -> bool:
    name, _, value = pair.partition("=")
    name = name.lower()
    if name in _STAMPS:
        return _STAMP.fullmatch(value) is not None or _looks_random(value)
    if name in _SHORT_AS_IDS and len(value) < _LONGER_THAN_IDS:
        return False
    return (name in _SECRETS or name.startswith(_SECRET_PREFIXES)) and _looks_random(value)


def _looks_random(value: str) -> bool:
    """Say whether a value is a token: letters and digits mixed, of the alphabets of hex and base64."""
    letters_and_digits = re.search(r"[A-Za-z]", value) and re.search(r"[0-9]", value)
    return _TOKEN.fullmatch(value) is not None and letters_and_digits is not None


def _identifies(path: str, pairs: list[str]) -> bool:
    """Say whether path and parameters still name an article: by a number, or a headline of several words."""
    if any(re.search(r"[0-9]", pair.partition("=")[2]) and not _is_tracker(pair) for pair in pairs):
        return True
    return _NAMES_ARTICLE.search(path.partition("://")[2].partition("/")[2]) is not None


def origin_of(url: str) -> str:
    """Return the origin of an absolute address as it is written: scheme://host, with the port where it names one."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _absolute(url: str, base: str | None) -> str:
    url = url.strip()
    unwrapped = _CDATA.match(url)
    url = unwrapped[1].strip() if unwrapped else url
    # Spaces at the ends and line breaks inside are typing; browsers drop both and escape the spaces between.
    url = re.sub(r"[\r\n\t]+", "", url).strip()
    url = _SPACE_AND_CONTROLS.sub(lambda found: "%20" * found[0].count(" "), url)
    if not url or (not base and not _SCHEME.match(url) and not url.startswith("//")):
        return ""
    if url.startswith("//") and not base:
        return f"https:{url}"
    return urljoin(base, url) if base else url


def _host(parts: SplitResult) -> str | None:
    """Return the host in ASCII (IDNA), or None where it can't be one; a user or a password in an address is refused."""
    if not parts.hostname or "@" in parts.netloc:
        return None
    host = parts.hostname
    if not host.isascii():
        host = _ascii_host(host)
    if ":" in host:
        host = f"[{host}]"
    return host.rstrip(".") if _HOST.fullmatch(host) else None


def _ascii_host(host: str) -> str:
    # As browsers do (UTS 46): straße.example and strasse.example are two. The older rule knows emoji.
    try:
        return idna.encode(host, uts46=True).decode("ascii").lower()
    except UnicodeError:
        return host.encode("idna").decode("ascii").lower()  # UnicodeError is a ValueError


def _query(query: str) -> str:
    # `&amp;` is left over in links that were escaped twice
    pairs = re.sub(r"&(?:amp;)+", "&", query).split("&")
    kept = [pair for pair in pairs if pair and not _is_tracker(pair)]
    return quote("&".join(kept), safe=_SAFE)


def _is_tracker(pair: str) -> bool:
    name, _, value = pair.partition("=")
    name = name.lower()
    if name in _CHANNEL_PARAMETERS:
        return value.lower() in _CHANNELS
    return name in _TRACKERS or name.startswith(_TRACKER_PREFIXES)
