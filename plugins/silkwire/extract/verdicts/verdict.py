"""Is this page an article? Conservative: what is doubtful is kept, since a lost article can't be counted.

No single sign refuses a page with a text of an article's length: a title that says "not found", a wall's sentence, a
player or a menu refuse it only together with little prose, and a notice's words only where the prose is short.
"""

import re
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from silkwire.extract.density import LEAST_DENSE_TEXT, LEAST_TEXT, is_dense
from silkwire.extract.facts.page_facts import PageFacts
from silkwire.extract.verdicts import notices
from silkwire.extract.verdicts.substance import Substance, has_sentence, link_texts, page_title, weigh
from silkwire.reasons import Reason
from silkwire.records import Outcome

_DENSITY = LEAST_DENSE_TEXT / LEAST_TEXT
_FLASH = 100  # characters of an agency's item of one or two sentences, that a page declares and dates
_NOTICE = 600  # characters of prose around an error's or a wall's title
_CLOSED = 200  # the same where the title may be a piece of news, and the page says that it is an article
_BEGINNING = 300  # characters of prose before a wall; the least that editors of a corpus held worth keeping were 369
_CAPTION = 400  # characters of prose beside a video that the page says it is
_STRAY = 600  # characters of prose that may be another article's, a footer's or an author's portrait
_STRAY_ALONE = 300  # the same where no description is there to compare with
_SHARED = 0.2  # share of the title's or description's words that prose about the same thing has at least
_HALF = 0.5
_PARAGRAPH = 80  # characters of a sentence that makes a body
_HEADLINE_LINKS = 15  # links whose text is a headline, which a listing consists of
_TEASERS = 3
_HEADLINE = range(20, 200)
_DENSE_HEADLINE = range(8, 80)
_LOCKED = re.compile(r"^(?:https?://schema\.org/)?false$", re.IGNORECASE)
_CUT_OFF = re.compile(r"(?:…|\.\.\.|[^\W\d_]|[,，、:：;；–—-])\s*(?:\[…\]|\[\.\.\.\])?$")
_PLAYERS = re.compile(
    r"youtube(?:-nocookie)?\.com/embed|player\.vimeo|rutube\.ru/(?:play|video)/embed|ok\.ru/videoembed|"
    r"vk(?:video)?\.(?:com|ru)/"
    r"video_ext|dailymotion\.com/embed|player\.bilibili|player\.youku|v\.qq\.com|tv\.naver|"
    r"aparat\.com/video|jwplatform|brightcove|"
    r"facebook\.com/plugins/video|soundcloud\.com/player",
)
_MEDIA_PATH = re.compile(
    r"/(?:videos?|audio|podcasts?|photos?|gallery|galleries|galeri|foto|media|watch|multimedia|shipin)(?:[/-]|$)"
)


def judge(tree: HtmlElement, facts: PageFacts, text: str, url: str) -> Outcome:
    """Return ok, or skipped with what the page is: a listing, an error's, a soft 404, a wall's, a stub, or no text."""
    links = link_texts(tree)
    substance = weigh(text, facts, frozenset(links) - {""})
    headlines = sum(len(link) in (_DENSE_HEADLINE if is_dense(link) else _HEADLINE) for link in links)
    return (
        _error(facts, substance, text)
        or _listing(facts, substance, text, url, links, headlines)
        or _stub(tree, facts, substance, url)
        or _stray(facts, substance)
        or Outcome.ok()
    )


def _error(facts: PageFacts, substance: Substance, text: str) -> Outcome | None:
    """Tell a server's page, or one that says that there is none, by the whole of its title, with little prose."""
    if substance.prose >= _scaled(_NOTICE, substance) or _is_dated(facts):
        return None
    if notices.BROKEN_CODE.search(text):
        return Outcome.skipped(Reason.ERROR_PAGE, text[:80])
    signs = [(notices.NOT_FOUND, Reason.SOFT_404), (notices.ERROR, Reason.ERROR_PAGE)]
    if substance.prose < _scaled(_CLOSED, substance) or not _is_declared(facts):
        signs.append((notices.CLOSED, Reason.ERROR_PAGE))
    for title in (facts.head_title, facts.heading, facts.meta.get("og:title", "")):
        for pattern, reason in signs:
            if any(pattern.search(part) for part in notices.parts(title[:200])):
                return Outcome.skipped(reason, title[:80])
    return None


def _listing(  # noqa: PLR0913 - the page's own measures, taken once by `judge`
    facts: PageFacts, substance: Substance, text: str, url: str, links: list[str], headlines: int
) -> Outcome | None:
    """Tell headlines that are links and no body; a page that declares itself an article and has a body is believed."""
    least = _scaled(_PARAGRAPH, substance)
    paragraphs = sum(
        len(line) >= 2 * least or (len(line) >= least and has_sentence(line)) for line in text.splitlines()
    )
    parts = urlsplit(url)
    # A page that a script draws is named behind the hash: /#!/news/551.
    hashed = parts.fragment.startswith(("!", "/")) and parts.fragment.strip("!/")
    front = parts.path in ("", "/") and not parts.query and not hashed
    declared = _is_declared(facts)
    if (front or not paragraphs) and headlines >= _HEADLINE_LINKS and not (declared and (paragraphs or not front)):
        return Outcome.skipped(Reason.LISTING, f"{headlines} headlines, {paragraphs} paragraphs")
    if not declared and _is_teasers(links, text, paragraphs):
        return Outcome.skipped(Reason.LISTING, "linked headlines, each with a teaser")
    some = substance.length >= _scaled(LEAST_TEXT, substance)
    if some and substance.linked >= _HALF and substance.prose < _scaled(_CAPTION, substance):
        # What calls itself an article is one whose body is drawn by a script; its feed may have it.
        reason = Reason.NO_TEXT if declared and not front else Reason.LISTING
        return Outcome.skipped(reason, f"{substance.linked:.0%} of the text are links")
    return None


def _is_teasers(links: list[str], text: str, paragraphs: int) -> bool:
    """Tell a list of linked headlines with a paragraph each: it begins with one, and has no fewer than half as many."""
    known = set(links)
    lines = text.splitlines()
    linked = [line for line in lines if line.lstrip("- ") in known]
    return bool(linked) and lines[0] == linked[0] and len(linked) >= _TEASERS and paragraphs <= 2 * len(linked)


def _stub(tree: HtmlElement, facts: PageFacts, substance: Substance, url: str) -> Outcome | None:
    """Tell a wall or a player where the article would be, or simply too few words."""
    short = _is_short(facts, substance)
    own = _scaled(_BEGINNING, substance)
    if short or (substance.prose < own and len(substance.own) < 2 * own):
        phrase = notices.find_notice(notices.PAYWALL, tree)
        signs = (_is_locked(facts), phrase is not None, bool(_CUT_OFF.search(substance.own)))
        # One sign alone is on whole articles too: publishers lock all they have, and offer subscriptions everywhere.
        if (signs[0] or signs[1]) and (short or sum(signs) > 1):
            return Outcome.skipped(Reason.PAYWALL, phrase or "declared as not free")
    video = facts.meta.get("og:type", "").lower().startswith(("video", "music"))
    if (video and substance.prose < _scaled(_CAPTION, substance)) or (short and _has_player(tree, url)):
        return Outcome.skipped(Reason.MEDIA_STUB, f"{len(substance.own)} characters beside it")
    if not short:
        return None
    for pattern, what in ((notices.CONSENT, "asks for consent"), (notices.SCRIPT, "asks for JavaScript")):
        if (notice := notices.find_notice(pattern, tree)) is not None or pattern.search(substance.own):
            return Outcome.skipped(Reason.NO_TEXT, f"{what}: {(notice or substance.own)[:80]}")
    letters = sum(map(str.isalpha, substance.own))
    return Outcome.skipped(Reason.NO_TEXT, f"{letters} letters in {substance.length} characters")


def _stray(facts: PageFacts, substance: Substance) -> Outcome | None:
    """Tell a menu, or a text not about what the page is titled: what is left where the article itself is missing."""
    shares = [share for share in (substance.titled, substance.described) if share is not None]
    # A title alone may be the site's: then the page must at least claim to be an article.
    compared = substance.described is not None or _is_declared(facts)
    unrelated = substance.titled is not None and compared and max(shares) < _SHARED
    least = _STRAY if substance.described is not None else _STRAY_ALONE
    if unrelated and substance.prose < _scaled(least, substance):
        return Outcome.skipped(Reason.NO_TEXT, f"the text shares no words with its title: {page_title(facts)[:60]}")
    if substance.menu >= _HALF and substance.prose < _scaled(_PARAGRAPH, substance) and max(shares, default=1) < _HALF:
        return Outcome.skipped(Reason.NO_TEXT, f"{substance.menu:.0%} of the text is a menu")
    return None


def _is_short(facts: PageFacts, substance: Substance) -> bool:
    """Tell too few words, or hardly any letters; an agency's flash that is declared and dated may be brief."""
    flash = _is_declared(facts) and _is_dated(facts) and has_sentence(substance.own)
    about = substance.titled is None or substance.titled >= _SHARED
    least = _FLASH if flash and about else LEAST_TEXT
    return len(substance.own) < _scaled(least, substance) or sum(map(str.isalpha, substance.own)) * 5 < len(
        substance.own
    )


def _scaled(characters: int, substance: Substance) -> float:
    return characters * _DENSITY if substance.dense else characters


def _is_declared(facts: PageFacts) -> bool:
    return bool(facts.article) or facts.meta.get("og:type", "").lower() in ("article", "news")


def _is_dated(facts: PageFacts) -> bool:
    return bool(
        facts.article.get("datePublished")
        or facts.meta.get("article:published_time")
        or facts.meta.get("datepublished")
        or facts.meta.get("pubdate")
    )


def _is_locked(facts: PageFacts) -> bool:
    sections = facts.article.get("hasPart")
    objects = [facts.article, *(sections if isinstance(sections, list) else [sections])]
    told = [str(part.get("isAccessibleForFree")) for part in objects if hasattr(part, "get")]
    return any(map(_LOCKED.match, told)) or facts.meta.get("article:content_tier", "").lower() == "locked"


def _has_player(tree: HtmlElement, url: str) -> bool:
    if next(tree.iter("video", "audio"), None) is not None or _MEDIA_PATH.search(urlsplit(url).path.lower()):
        return True
    return any(
        _PLAYERS.search(frame.get("src") or frame.get("data-src") or "") for frame in tree.iter("iframe", "embed")
    )
