"""What a body is: told by its bytes, whatever the server says."""

import gzip

import pytest

from silkwire.net.sniffing import Sniffed, may_be_text, sniff

PAGE = b"<!DOCTYPE html><html><head><title>News</title></head><body><p>Text.</p></body></html>"
RSS = b'<?xml version="1.0"?><rss version="2.0"><channel></channel></rss>'
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\n"


@pytest.mark.parametrize(
    "content_type", ["text/html; charset=utf-8", "text/plain", "application/octet-stream", "", "image/png"]
)
@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (PAGE, Sniffed.HTML),
        (b"\xef\xbb\xbf\r\n  " + PAGE, Sniffed.HTML),
        (PAGE.decode().encode("utf-16"), Sniffed.HTML),
        (PAGE.decode().encode("utf-16-le"), Sniffed.HTML),
        (b"<!-- " + b"licence " * 400 + b"--><html><p>x", Sniffed.HTML),
        (b'<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x"><html/>', Sniffed.HTML),
        (b"<HEAD><meta charset=gbk>", Sniffed.HTML),
        (RSS, Sniffed.XML),
        (b'<feed xmlns="http://www.w3.org/2005/Atom"></feed>', Sniffed.XML),
        (b'<!-- made by hand --><?xml version="1.0"?><rdf:RDF></rdf:RDF>', Sniffed.XML),
        (b'<!DOCTYPE rss [<!ENTITY a "b">]><rss></rss>', Sniffed.XML),
        (b'<?xml version="1.0"?><urlset><url/></urlset>', Sniffed.XML),
        (b'{"version": "https://jsonfeed.org/version/1.1"}', Sniffed.JSON),
        (b'[{"id": 1}]', Sniffed.JSON),
        (PDF, Sniffed.PDF),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", Sniffed.IMAGE),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", Sniffed.IMAGE),
        (b"RIFF\x24\x10\x00\x00WEBPVP8 ", Sniffed.IMAGE),
        (b"\x00\x00\x00\x1cftypavif\x00\x00", Sniffed.IMAGE),
        (b"PK\x03\x04\x14\x00\x06\x00", Sniffed.BINARY),
        (gzip.compress(PAGE, mtime=0), Sniffed.BINARY),
        (b"MZ\x90\x00\x03\x00", Sniffed.BINARY),
        (b"ID3\x03\x00\x00\x00", Sniffed.BINARY),
        (b"\x00\x00\x00\x18ftypmp42", Sniffed.BINARY),
    ],
)
def test_the_bytes_tell_what_a_body_is_whatever_its_name(body: bytes, kind: Sniffed, content_type: str) -> None:
    assert sniff(content_type, body) is kind


@pytest.mark.parametrize(
    ("content_type", "body", "kind"),
    [
        ("text/html", b"Only a sentence, no tag.", Sniffed.HTML),
        ("text/html", b"", Sniffed.HTML),
        ("application/xhtml+xml", b"<my:page>", Sniffed.HTML),
        ("application/rss+xml", b"<unknown>", Sniffed.XML),
        ("application/json", b"1", Sniffed.JSON),
        ("text/plain", b"User-agent: *\nDisallow: /", Sniffed.TEXT),
        ("text/plain", "Простой текст".encode("cp1251"), Sniffed.TEXT),
        ("text/plain", b"BMW builds a plant; ID3 tags; [1] a note; {braces}", Sniffed.TEXT),
        ("", b"", Sniffed.TEXT),
        ("text/plain", b"Warning: mysql_connect() in /a.php\n" + PAGE, Sniffed.HTML),
        ("", b"Notice: undefined index\n" + RSS, Sniffed.XML),
    ],
)
def test_the_name_tells_where_the_bytes_leave_it_open(content_type: str, body: bytes, kind: Sniffed) -> None:
    assert sniff(content_type, body) is kind


@pytest.mark.parametrize(
    ("content_type", "worth"),
    [
        *(
            (name, True)
            for name in ("", "text/html", "TEXT/HTML; charset=gbk", "text/plain", "application/xml", "nonsense")
        ),
        *(
            (name, True)
            for name in ("application/octet-stream", "application/json", "application/rss+xml", "image/svg+xml")
        ),
        *((name, False) for name in ("image/jpeg", " Video/mp4", "audio/mpeg", "application/pdf", "application/zip")),
        *((name, False) for name in ("application/vnd.ms-excel", "font/woff2", "application/gzip; x=y")),
    ],
)
def test_a_body_that_can_be_no_text_is_not_read(content_type: str, *, worth: bool) -> None:
    assert may_be_text(content_type) is worth
