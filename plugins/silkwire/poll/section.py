"""A section page to the articles it links: for outlets that have neither a feed nor a sitemap of their news."""

import codecs
import re
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urljoin

from lxml import etree, html

from silkwire.net.links import clean_link, host_of
from silkwire.net.sniffing import Sniffed, sniff
from silkwire.poll.article_address import is_article
from silkwire.poll.feed_dates import parse_feed_date
from silkwire.poll.plain_text import plain
from silkwire.reasons import Reason
from silkwire.records import Entry, Outcome, ParsedFeed

_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_BOMS = (b"\xef\xbb\xbf", *_UTF16)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
_LONGEST_TITLE = 500
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_WHOLE_PAGE = frozenset(("body", "html", "head"))
_MANY = ""  # in a block's place for an address: it has several articles


@dataclass(slots=True)
class _Articles:
    """What is gathered of a page: titles and dates by address, and which blocks of the page are one article's.

    `blocks` maps an element to the one address linked in it, or to `_MANY`.
    """

    titles: dict[str, str] = field(default_factory=dict)
    dates: dict[str, datetime] = field(default_factory=dict)
    blocks: dict[etree._Element, str] = field(default_factory=dict)


def parse_section(body: bytes, url: str, content_type: str, pattern: str | None) -> tuple[ParsedFeed | None, Outcome]:
    """Read the article links of a page, each address once, in document order. `url` is the page's own. Never raises.

    An article is a link within the site (the host of the page, `www.` aside, or one above or below it) whose cleaned
    address `pattern` is found in, or, without a pattern, that `is_article` takes for one. Its title is the heading in
    the link, or else the link's text, or else what its picture shows; the longest where several links lead there. It
    has a date only where a `<time datetime>` stands in a block of the page that links no other article.

    The outcome is ok (also with no entries: nothing on the page looks like an article), failed with NOT_HTML for
    anything that is no page, or failed with BAD_INPUT where the pattern is no regular expression.
    """
    if sniff(content_type, body) is not Sniffed.HTML:
        return None, Outcome.failed(Reason.NOT_HTML, "a section page must be HTML")
    try:
        wanted = re.compile(pattern) if pattern else None
        root = parse_page(body, content_type)
        return _read(root, url, wanted), Outcome.ok()
    except re.error as error:
        return None, Outcome.failed(Reason.BAD_INPUT, f"the pattern {pattern!r}: {error}"[:200])
    except (etree.LxmlError, ValueError) as error:
        return None, Outcome.failed(Reason.MALFORMED, f"{type(error).__name__}: {error}"[:200])


def parse_page(body: bytes, content_type: str) -> etree._Element:
    """Parse a page: in UTF-8 if it is that, or in the charset of its header, or of its meta element (read by lxml)."""
    named = _CHARSET.search(content_type)
    encoding = named[1] if named and _is_known(named[1]) else None
    if body.startswith(_BOMS):
        encoding = None
    elif not body.isascii() and _is_utf8(body):  # no other charset looks like it by chance
        encoding = "utf-8"
    if not body.startswith(_UTF16):
        body = body.replace(b"\x00", b"")  # libxml2 ends the document there
    parser = html.HTMLParser(encoding=encoding, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    return html.document_fromstring(body, parser=parser)


def _is_known(charset: str) -> bool:
    try:
        codecs.lookup(charset)
        html.HTMLParser(encoding=charset)
    except LookupError:
        return False
    return True


def _is_utf8(body: bytes) -> bool:
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return True


def _read(root: etree._Element, url: str, wanted: re.Pattern[str] | None) -> ParsedFeed:
    base = base_of(root, url)
    own, host = clean_link(url, None) or url, host_of(url)
    articles = _Articles()
    for link in root.iter("a"):
        address = clean_link(str(link.get("href") or ""), base)
        if address is None or address == own or not is_within(host, host_of(address)):
            continue
        if wanted.search(address) if wanted else is_article(address):
            title = _title(link)
            articles.titles[address] = max(articles.titles.get(address, ""), title, key=len)
            _claim(articles.blocks, link, address)
    _date(root, articles)
    language = str(root.get("lang") or "").strip().replace("_", "-")
    return ParsedFeed(
        title=plain(root.findtext(".//title") or "", html=False, cap=_LONGEST_TITLE),
        language=language if _LANGUAGE.fullmatch(language) else None,
        entries=tuple(
            Entry(None, address, title, "", articles.dates.get(address), ())
            for address, title in articles.titles.items()
        ),
    )


def base_of(root: etree._Element, url: str) -> str:
    """Return what makes a page's addresses absolute: its own, `url`, unless it says otherwise."""
    named = root.find(".//base[@href]")
    try:
        return urljoin(url, str(named.get("href"))) if named is not None else url
    except ValueError:
        return url


def is_within(host: str, other: str) -> bool:
    """Say whether two hosts are one site: an outlet's language editions and channels are below its own host."""
    return bool(other) and (host == other or host.endswith(f".{other}") or other.endswith(f".{host}"))


def _title(link: etree._Element) -> str:
    heading = next(link.iter(*_HEADINGS), None)
    for part in (heading, link):
        text = plain(" ".join(map(str, part.itertext())), html=False, cap=_LONGEST_TITLE) if part is not None else ""
        if text:
            return text
    pictured = [str(picture.get("alt") or "") for picture in link.iter("img")]
    named = [*pictured, str(link.get("title") or ""), str(link.get("aria-label") or "")]
    return max((plain(text, html=False, cap=_LONGEST_TITLE) for text in named), key=len)


def _claim(blocks: dict[etree._Element, str], link: etree._Element, address: str) -> None:
    """Note an article's address in every block around its link. Each block changes twice at most: one, then many."""
    block: etree._Element | None = link
    while block is not None:
        known = blocks.get(block)
        if known in (address, _MANY):
            return
        blocks[block] = address if known is None else _MANY
        block = block.getparent()


def _date(root: etree._Element, articles: _Articles) -> None:
    for time in root.iter("time"):
        moment = parse_feed_date(time.get("datetime") or "")
        if moment is None:
            continue
        block: etree._Element | None = time
        while block is not None and block not in articles.blocks:
            block = block.getparent()
        address = _MANY if block is None or block.tag in _WHOLE_PAGE else articles.blocks[block]
        if address != _MANY:
            articles.dates.setdefault(address, moment)
