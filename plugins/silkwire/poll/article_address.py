"""Whether an address looks like an article's: careful, since a page that is none is fetched for nothing."""

import re
from urllib.parse import parse_qsl, unquote, urlsplit

# Folders and names of what is on every site and is never an article, in the languages of addresses.
_NEVER = frozenset(
    (
        *("tag", "tags", "teg", "tegi", "category", "categories", "kategoriya", "rubric", "rubrics", "rubrika"),
        *("topic", "topics", "theme", "themes", "tema", "temy", "author", "authors", "avtor", "avtory", "people"),
        *("user", "users", "profile", "profiles", "account", "login", "signin", "sign-in", "signup", "sign-up"),
        *("register", "registration", "logout", "auth", "oauth", "subscribe", "subscription", "subscriptions"),
        *("newsletter", "newsletters", "search", "poisk", "page", "pages", "p", "rss", "feed", "feeds", "atom"),
        *("about", "about-us", "contact", "contacts", "contact-us", "kontakty", "privacy", "privacy-policy"),
        *("terms", "terms-of-use", "terms-of-service", "terms-and-conditions", "cookies", "cookie-policy", "legal"),
        *("advertise", "advertising", "advertisement", "reklama", "ads", "careers", "jobs", "vacancies", "vakansii"),
        *("comments", "comment", "share", "print", "amp", "archive", "archives", "arkhiv", "sitemap", "help", "faq"),
        *("wp-content", "wp-admin", "wp-login.php", "wp-json", "cdn-cgi", "static", "assets", "upload", "uploads"),
        *("gallery", "galleries", "shop", "store", "cart", "checkout", "donate", "apps", "mobile", "weather"),
    )
)
# Of those, the ones that outlets also file articles under: with a date or a number, it's an article all the same.
_SOMETIMES = frozenset(
    ("archive", "archives", "topic", "topics", "theme", "tema", "category", "kategoriya", "rubric", "rubrika", "p")
)
_NO_PAGE = re.compile(
    r"\.(?:jpe?g|png|gif|webp|avif|svg|ico|bmp|tiff?|pdf|docx?|xlsx?|pptx?|odt|epub|zip|rar|7z|gz|tar|apk|exe|dmg|mp3"
    r"|m4a|ogg|wav|mp4|m4v|mov|avi|webm|m3u8?|xml|rss|atom|json|js|css|txt|csv|ics|torrent)$",
    re.IGNORECASE,
)
_NO_ARTICLE_QUERY = re.compile(
    r"(?:^|&)(?:page|paged|s|q|query|search|replytocom|share|print|sort|order|login|action|tag|cat)=", re.IGNORECASE
)
_ARTICLE_FOLDERS = (["article"], ["story"])
_QUERY_IDS = frozenset(
    ("id", "idx", "p", "nid", "aid", "sid", "newsid", "news_id", "article", "articleid", "article_id")
)
_PAGE_SUFFIX = re.compile(r"\.(?:html?|s?html|php\d?|aspx?|jsp|jhtml|cfm|do)$", re.IGNORECASE)
# A day or a month, then the article: /2026/11/24/slug, /2026/11/slug, /20261124/slug, /2026/1124/c1002-1.html,
# /2026-11-24-slug, /202611/t20261124_1.html
_DATED = re.compile(
    r"(?:^|[/_t-])(?:19|20)\d\d(?:[-/_.]?(?:0?[1-9]|1[0-2])(?:[-/_.]?(?:[12]\d|3[01]|0?[1-9]))?)(?!\d)[/_.-]+(?P<rest>\S*)"
)
_BARE_DATE = re.compile(r"(?:\d{1,2}[-/_.]?){0,2}")
_YEAR = re.compile(r"(?:19|20)\d\d")
_NUMBER = re.compile(r"\d{4,}")
_CODE = re.compile(r"(?=[a-z0-9]*\d)(?=[a-z0-9]*[a-z])[a-z0-9]{8,40}")
_WORD_GAP = re.compile(r"[-_+\s]+")
_WORDS, _LENGTH = 4, 20
_LONG_NUMBER = 5


def is_article(url: str) -> bool:
    """Say whether a cleaned address looks like an article's.

    It does where it has a date and something after it, an article's number (five digits in its last two parts, four
    that are no year in the last, or an id in the query), a folder named article, a code of eight letters and digits or
    more at its end, or a last part of four words and more. It never does where it is the front page or a section's
    root, a tag, an author, a search, a further page of a list, a log-in, or a file that is no page.
    """
    parts = urlsplit(url)
    path = unquote(parts.path).lower()
    segments = [segment for segment in path.split("/") if segment]
    has_id = _has_query_id(parts.query)
    if _NO_PAGE.search(path) or (not has_id and _NO_ARTICLE_QUERY.search(parts.query)):
        return False
    if not segments:
        return has_id
    folders = [segment for segment in segments if segment in _NEVER]
    if any(folder not in _SOMETIMES for folder in folders) or segments[-1] in _NEVER:
        return False
    last = _PAGE_SUFFIX.sub("", segments[-1])
    if folders:
        return _is_dated(path) or (segments[-2] not in _NEVER and _has_number(segments, last))
    return (
        _is_dated(path) or _has_number(segments, last) or _has_query_id(parts.query) or _is_code(last) or _is_slug(last)
    )


def _is_dated(path: str) -> bool:
    """Say whether a date is in the path and more than a date behind it; the list of a day is no article."""
    found = _DATED.search(path)
    if found is None:
        return False
    rest = _PAGE_SUFFIX.sub("", found["rest"].strip("/"))
    return rest not in ("index", "htm", "html", "php") and _BARE_DATE.fullmatch(rest) is None


def _has_number(segments: list[str], last: str) -> bool:
    before = segments[-2] if len(segments) > 1 else ""
    numbers = [number for text in (last, before) for number in _NUMBER.findall(text)]
    if any(len(number) >= _LONG_NUMBER and not _is_day(number) for number in numbers):
        return True
    return any(len(number) < _LONG_NUMBER and not _YEAR.fullmatch(number) for number in _NUMBER.findall(last))


def _is_day(number: str) -> bool:
    return len(number) in (6, 8) and _DATED.fullmatch(f"/{number}/") is not None


def _has_query_id(query: str) -> bool:
    return any(name.lower() in _QUERY_IDS and re.fullmatch(r"\d{3,}", value) for name, value in parse_qsl(query))


def _is_code(last: str) -> bool:
    """Say whether an address ends in a code, such as c8xk2v9lz1no; a name with a year in it is none."""
    end = _WORD_GAP.split(last)[-1]
    return _CODE.fullmatch(end) is not None and len(re.findall(r"\d+", end)) > 1


def _is_slug(last: str) -> bool:
    words = [word for word in _WORD_GAP.split(last) if word]
    return len(words) >= _WORDS and len(last) >= _LENGTH
