"""The table of attacks on the client, the reader of pages and that of robots.txt."""

import gzip
import zlib
from collections.abc import Callable, Iterator
from functools import cache

import brotli
from backports import zstd

from silkwire.reasons import Reason
from tests.hostile_feeds import FEED_ATTACKS
from tests.hostile_steps import HANG, RESET, Again, Attack, Reads, Step, drip, endless, head, raw, redirect, whole

PAGE = b"<!doctype html><html><title>A page</title><p>Some text.</html>"
SLOW = {"total_timeout": 1.5}
SMALL = {"body_cap": 2**20}
MB = 2**20


def chunk(data: bytes) -> bytes:
    return b"%x\r\n%b\r\n" % (len(data), data)


def zeros(window_bits: int, header: bytes = b"") -> Iterator[Step]:
    """Compressed zeros without end: one flushed megabyte of them, again and again."""
    inner = zlib.compressobj(9, zlib.DEFLATED, window_bits)
    yield header + inner.compress(bytes(MB)) + inner.flush(zlib.Z_FULL_FLUSH)
    block = inner.compress(bytes(MB)) + inner.flush(zlib.Z_FULL_FLUSH)
    yield from endless(block * 20)


@cache
def brotli_bomb() -> bytes:
    return bytes(brotli.compress(bytes(200 * MB), quality=3))


@cache
def zstd_bomb() -> bytes:
    return zstd.compress(bytes(200 * MB), 3)


@cache
def zstd_window() -> bytes:
    """A frame that wants a window of 128 MiB."""
    options = {zstd.CompressionParameter.window_log: 27, zstd.CompressionParameter.enable_long_distance_matching: 1}
    inner = zstd.ZstdCompressor(options=options)
    return inner.compress(PAGE * 10) + inner.flush()


def later(make: Callable[[], bytes]) -> Iterator[Step]:
    """Make what is costly only when it is asked for."""
    yield make()


BAD, TIMEOUT, LARGE = (str(Reason.BAD_RESPONSE),), (str(Reason.TIMEOUT),), (str(Reason.TOO_LARGE),)
FORBIDDEN, CONNECTION, NOT_HTML = (str(Reason.FORBIDDEN_ADDRESS),), (str(Reason.CONNECTION),), (str(Reason.NOT_HTML),)
OK, REDIRECTS, WALL = ("ok",), (str(Reason.TOO_MANY_REDIRECTS),), (str(Reason.BOT_WALL),)
HTTP_ERROR, TLS = (str(Reason.HTTP_ERROR),), (str(Reason.TLS),)

ADDRESSES = (
    Attack("loopback-number", raw(whole(PAGE)), FORBIDDEN, host="127.0.0.1"),
    Attack("loopback-decimal", raw(whole(PAGE)), FORBIDDEN, host="2130706433"),
    Attack("loopback-hex", raw(whole(PAGE)), FORBIDDEN, host="0x7f.1"),
    Attack("loopback-wide-digits", raw(whole(PAGE)), FORBIDDEN, host="①②⑦。⓪。⓪。①"),
    Attack("loopback-mapped", raw(whole(PAGE)), FORBIDDEN, host="[::ffff:127.0.0.1]"),
    Attack("redirect-to-loopback", redirect("http://127.0.0.1:{port}/x"), FORBIDDEN),
    Attack("redirect-to-metadata", redirect("http://169.254.169.254/latest/meta-data/"), FORBIDDEN),
    Attack("redirect-to-file", redirect("file:///etc/passwd"), FORBIDDEN),
    Attack("redirect-to-gopher", redirect("gopher://127.0.0.1:6379/_FLUSHALL"), FORBIDDEN),
    Attack("redirect-to-javascript", redirect("javascript:alert(1)"), FORBIDDEN),
    Attack("redirect-to-other-port", redirect("http://news.example:6379/"), FORBIDDEN),
    Attack("redirect-with-user", redirect("http://hostile.localhost@127.0.0.1:{port}/"), FORBIDDEN),
    Attack("redirect-with-backslash", redirect("\\\\127.0.0.1:{port}\\x"), FORBIDDEN),
    Attack("redirect-with-zone", redirect("http://[fe80::1%25eth0]/"), FORBIDDEN),
    Attack("redirect-to-itself", redirect("/redirect-to-itself"), REDIRECTS),
    Attack("redirect-without-end", raw(whole(b"", "Location: ?x", status="301 Moved")), REDIRECTS),
    Attack("redirect-to-nowhere", raw(whole(b"", status="302 Found")), HTTP_ERROR),
    Attack("redirect-of-raw-bytes", redirect("/redirect-of-raw-bytes/\xe9t\xe9 \xff"), OK),
    Attack("redirect-without-scheme", redirect("//other.localhost:{port}/redirect-without-scheme/x"), OK),
    Attack("redirect-of-a-megabyte", redirect("/" + "x" * MB), BAD),
)
ENCODINGS = (
    Attack("bomb-gzip", raw(head("Content-Encoding: gzip"), Again(lambda: zeros(31))), LARGE),
    Attack("bomb-deflate", raw(head("Content-Encoding: deflate"), Again(lambda: zeros(15))), LARGE),
    Attack("bomb-deflate-bare", raw(head("Content-Encoding: deflate"), Again(lambda: zeros(-15))), LARGE),
    Attack("bomb-brotli", raw(head("Content-Encoding: br"), Again(lambda: later(brotli_bomb))), LARGE),
    Attack("bomb-zstd", raw(head("Content-Encoding: zstd"), Again(lambda: later(zstd_bomb))), LARGE),
    Attack("zstd-with-a-window-of-128-mb", raw(head("Content-Encoding: zstd"), Again(lambda: later(zstd_window))), BAD),
    Attack("gzip-of-endless-members", raw(head("Content-Encoding: gzip"), endless(gzip.compress(b"x") * 1000)), BAD),
    Attack("gzip-of-nothing-for-ever", raw(
        head("Content-Encoding: deflate"), b"\x78\x01", endless(b"\x00\x00\x00\xff\xff" * 10_000)), LARGE),
    Attack("gzip-twice", raw(whole(gzip.compress(gzip.compress(PAGE)), "Content-Encoding: gzip, gzip")), NOT_HTML),
    Attack("gzip-broken-off", raw(head("Content-Encoding: gzip"), gzip.compress(PAGE * 99)[:-20]), BAD),
    Attack("gzip-that-is-none", raw(whole(PAGE, "Content-Encoding: gzip")), BAD),
    Attack("gzip-with-a-bad-sum", raw(whole(gzip.compress(PAGE)[:-8] + bytes(8), "Content-Encoding: gzip")), BAD),
    Attack("gzip-with-rubbish-after", raw(whole(gzip.compress(PAGE) + bytes(99), "Content-Encoding: gzip")), OK),
)  # fmt: skip
HEADS = (
    Attack("header-of-a-megabyte", raw(head("X-Long: " + "x" * MB), PAGE), BAD),
    Attack("headers-by-the-million", raw(b"HTTP/1.1 200 OK\r\n", endless(b"X-Many: x\r\n" * 1000)), BAD),
    Attack("header-without-end", raw(b"HTTP/1.1 200 OK\r\nX-Long: ", endless(b"x" * 2**16)), BAD),
    Attack("cookies-by-the-thousand", raw(head(*(f"Set-Cookie: c{n}={n}" for n in range(5000))), PAGE), BAD),
    Attack("headers-drop-by-drop", raw(b"HTTP/1.1 200 OK\r\nX-Slow: ", drip(b"x", 0.1)), TIMEOUT, settings=SLOW),
    Attack("header-without-colon", raw(b"HTTP/1.1 200 OK\r\nno colon\r\n\r\n", PAGE), BAD),
    Attack("header-with-nul", raw(head("X-Nul: a\0b"), PAGE), BAD),
    Attack("header-with-bare-cr", raw(head("X-Split: a\rSet-Cookie: b=c"), PAGE), (*BAD, "ok")),
    Attack("header-folded", raw(head("X-Fold: a", " b"), PAGE), (*BAD, "ok")),
    Attack("header-not-unicode", raw(head("X-Raw: \xff\xfe", "Server: \xe9"), PAGE), OK),
    Attack("status-line-garbage", raw(b"\x16\x03\x01 garbage \r\n\r\n"), BAD),
    Attack("status-line-without-end", raw(endless(b"H" * 2**16)), BAD),
    Attack("http-0.9", raw(PAGE), BAD),
    Attack("http-9.9", raw(b"HTTP/9.9 200 OK\r\n\r\n", PAGE), BAD),
    Attack("status-999", raw(whole(PAGE, status="999 Go away")), HTTP_ERROR),
    Attack("status-99999", raw(whole(PAGE, status="99999 OK")), BAD),
    Attack("status-000", raw(whole(PAGE, status="000 OK")), (*BAD, *HTTP_ERROR)),
    Attack("1xx-for-ever", raw(endless(b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" * 500)), TIMEOUT,
           settings=SLOW),
    Attack("101-switching", raw(head("Upgrade: x", "Connection: upgrade", status="101 Switching"), b"\0" * 99, HANG),
           (*HTTP_ERROR, *TIMEOUT), settings=SLOW),
    Attack("lengths-that-differ", raw(head("Content-Length: 5", "Content-Length: 500"), PAGE), BAD),
    Attack("length-negative", raw(head("Content-Length: -1"), PAGE), BAD),
    Attack("length-of-an-exabyte", raw(head("Content-Length: 999999999999999999"), endless(bytes(2**16))), LARGE),
    Attack("length-and-chunks", raw(head("Content-Length: 3", "Transfer-Encoding: chunked"), chunk(PAGE), b"0\r\n\r\n"),
           (*BAD, "ok")),
)  # fmt: skip
BODIES = (
    Attack("body-shorter-than-told", raw(head("Content-Length: 5000"), PAGE), BAD),
    Attack("body-longer-than-told", raw(
        whole(PAGE), 0.05, b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil", HANG), OK),
    Attack("body-reset", raw(head("Content-Length: 5000"), PAGE, 0.1, RESET), (*BAD, *CONNECTION)),
    Attack("chunk-size-garbage", raw(head("Transfer-Encoding: chunked"), b"zz\r\n", PAGE), BAD),
    Attack("chunk-size-overflow", raw(head("Transfer-Encoding: chunked"), b"f" * 40 + b"\r\n", PAGE), BAD),
    Attack("chunk-size-without-end", raw(head("Transfer-Encoding: chunked"), endless(b"0" * 2**16)),
           (*BAD, *TIMEOUT), settings=SLOW),
    Attack("chunk-extension-without-end", raw(head("Transfer-Encoding: chunked"), b"1;", endless(b"x" * 2**16)),
           (*BAD, *TIMEOUT), settings=SLOW),
    Attack("chunks-broken-off", raw(head("Transfer-Encoding: chunked"), chunk(PAGE)), BAD),
    Attack("chunks-of-one-byte", raw(head("Transfer-Encoding: chunked"), endless(chunk(b"x") * 2000)), LARGE,
           settings=SMALL, seconds=4),
    Attack("trailers-without-end", raw(
        head("Transfer-Encoding: chunked"), chunk(PAGE), b"0\r\n", endless(b"X-T: x\r\n" * 1000)), BAD),
    Attack("body-without-end", raw(head(), endless(b"<p>x" * 2**14)), LARGE),
    Attack("body-drop-by-drop", raw(head(), drip(b"x", 0.05)), TIMEOUT, settings=SLOW),
    Attack("body-that-stalls", raw(head("Content-Length: 100000"), PAGE, HANG), TIMEOUT, settings=SLOW),
    Attack("body-with-204", raw(head(status="204 No Content"), PAGE), (*BAD, *OK)),
    Attack("body-with-205", raw(whole(PAGE, status="205 Reset")), (*BAD, *OK)),
    Attack("body-with-304", raw(whole(PAGE, status="304 Not Modified")), (*BAD, *HTTP_ERROR)),
    Attack("nothing", raw(HANG), TIMEOUT, settings=SLOW),
    Attack("closed-at-once", raw(), CONNECTION),
    Attack("reset-at-once", raw(RESET), CONNECTION),
    Attack("http-where-tls-is-due", raw(whole(PAGE)), TLS, scheme="https"),
    Attack("tls-that-stalls", raw(whole(PAGE)), TIMEOUT, scheme="https", host="hang.localhost",
           settings={"connect_timeout": 1}),
)  # fmt: skip
PAGES = (
    Attack("pdf-as-html", raw(whole(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj" + bytes(500))), NOT_HTML),
    Attack("program-as-html", raw(whole(b"MZ\x90\x00\x03" + bytes(500))), NOT_HTML),
    Attack("video-never-read", raw(head(content_type="video/mp4"), endless(bytes(2**16))), NOT_HTML),
    Attack("html-as-bytes", raw(whole(PAGE, content_type="application/octet-stream")), OK),
    Attack("html-without-type", raw(whole(PAGE, content_type=None)), OK),
    Attack("page-of-brackets", raw(whole(b"<" * 49_000)), OK),
    Attack("page-of-comments", raw(whole(b"<!--" * 12_000)), OK),
    Attack("page-of-scripts", raw(whole(b"<script<title" * 3_800)), OK),
    Attack("wall-with-200", raw(whole(b"<html><title>Just a moment...</title><script>_cf_chl_opt={}</script>")), WALL),
)


def robots_bomb() -> bytes:
    names = b"".join(b"User-agent: a%d\n" % n for n in range(15_000))
    return names + b"".join(b"Disallow: /%d\n" % n for n in range(15_000))


ROBOTS = (
    Attack("robots-bomb", raw(whole(robots_bomb(), content_type="text/plain")), OK, reads=Reads.ROBOTS, seconds=3),
    Attack("robots-without-end", raw(head(content_type="text/plain"), b"User-agent: *\nDisallow: /robots-without-end\n",
           endless(b"# x\n" * 2**14)), (str(Reason.ROBOTS),), reads=Reads.ROBOTS),
    Attack("robots-of-stars", raw(whole(
        b"User-agent: *\n" + b"".join(b"Disallow: /*%d%b$\n" % (n, b"*a" * 40) for n in range(4000)),
        content_type="text/plain")), OK, reads=Reads.ROBOTS),
    Attack("robots-of-html", raw(whole(b"<html>User-agent: *\nDisallow: /\n</html>", content_type="text/plain")), OK,
           reads=Reads.ROBOTS),
    Attack("robots-of-bytes", raw(whole(b"User-agent: *\nDisallow: /\n" + bytes(range(256)))), OK, reads=Reads.ROBOTS),
    Attack("robots-that-delay-a-year", raw(whole(b"User-agent: *\nCrawl-delay: 31536000\n", content_type="text/plain")),
           OK, reads=Reads.ROBOTS),
    Attack("robots-in-a-loop", redirect("/robots.txt"), OK, reads=Reads.ROBOTS),
    Attack("robots-unreachable", raw(whole(b"", status="503 No")), (str(Reason.ROBOTS_UNREACHABLE),),
           reads=Reads.ROBOTS),
)  # fmt: skip
ATTACKS = (*ADDRESSES, *ENCODINGS, *HEADS, *BODIES, *PAGES, *ROBOTS, *FEED_ATTACKS)
