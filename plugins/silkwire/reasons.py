"""Why an item did not simply go through: one closed list, used in code, tables, counts and reports."""

from enum import StrEnum
from typing import Self


class Reason(StrEnum):
    """A short status that is counted, with the sentence a person reads in `words`."""

    words: str

    def __new__(cls, value: str, words: str) -> Self:
        """Build a member whose value is the short status and whose `words` explain it."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.words = words
        return member

    # The network
    DNS = "dns", "the host's name does not resolve"
    CONNECTION = "connection", "the connection was refused or broke"
    TIMEOUT = "timeout", "the server was too slow"
    TLS = "tls", "the certificate or the TLS handshake is bad"
    TOO_LARGE = "too_large", "the body is over the size limit"
    TOO_MANY_REDIRECTS = "too_many_redirects", "the address redirects too often"
    FORBIDDEN_ADDRESS = "forbidden_address", "the address is private, or of a kind that is never fetched"
    BAD_RESPONSE = "bad_response", "the server does not speak HTTP properly"
    # HTTP
    NOT_FOUND = "not_found", "the server answers 404"
    GONE = "gone", "the server answers 410: removed for good"
    ACCESS_DENIED = "access_denied", "the server refuses access (401, 403, 451)"
    RATE_LIMITED = "rate_limited", "the server asks to come back later (429, 503)"
    SERVER_ERROR = "server_error", "the server failed (5xx)"
    HTTP_ERROR = "http_error", "the server answers with another error"
    BOT_WALL = "bot_wall", "the answer is a wall against robots, not the page"
    ROBOTS = "robots", "robots.txt asks not to fetch this"
    ROBOTS_UNREACHABLE = "robots_unreachable", "robots.txt can't be read at the moment"
    # Feeds and their entries
    FEED_MOVED = "feed_moved", "the feed has a new permanent address"
    FEED_GONE = "feed_gone", "the feed was removed for good (410)"
    NOT_A_FEED = "not_a_feed", "the answer is not RSS, Atom, RDF or JSON Feed"
    MALFORMED = "malformed", "the feed is broken and holds no entry that can be read"
    TOO_COMPLEX = "too_complex", "reading it takes more time or memory than a feed or a page may"
    NO_LINK = "no_link", "the entry has no address"
    BAD_URL = "bad_url", "the address is not http(s)"
    # Gaps
    NO_SITEMAP = "no_sitemap", "the site has no sitemap to look for missing items in"
    OUT_OF_REACH = "out_of_reach", "the site's sitemaps do not reach back far enough"
    # Pages and articles
    NOT_HTML = "not_html", "the answer is not an HTML page"
    TOO_OLD = "too_old", "the feed dates the article before the watch begins"
    NO_TEXT = "no_text", "no article text was found on the page"
    LISTING = "listing", "the page is a listing, not an article"
    PAYWALL = "paywall", "the page shows a beginning at most, and asks for a subscription or a login"
    MEDIA_STUB = "media_stub", "the page holds a video, a broadcast or pictures, and no article"
    SOFT_404 = "soft_404", "the page says that there is nothing here, under a status that says otherwise"
    ERROR_PAGE = "error_page", "the page is the server's or its proxy's message about an error"
    DUPLICATE = "duplicate", "the source has the same text under another address"
    RECORD_MISSING = "record_missing", "the archive has no readable record of the page"
    # Labels
    NO_EVIDENCE = "no_evidence", "nothing in the text speaks for a label"
    # Anything
    BAD_INPUT = "bad_input", "the input does not have the documented form"
    CRASHED = "crashed", "the code failed on this item; the detail names the error"


# Faults on the way to a server, which may as well be those of our own connection.
NETWORK = frozenset({Reason.DNS, Reason.TIMEOUT, Reason.CONNECTION})
