"""What no page may have, whatever an outlet wrote."""

from urllib.parse import urlsplit

from lxml import html

TURNERS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"

# What a hostile outlet writes into every field.
SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>\"' onmouseover=alert(3) x='{{7*7}}"
TURNED = "\u202egnorw si siht\u2066\u200f"


def assert_harmless(page: str) -> None:
    """Fail where a page runs, loads or links to what is not ours or an address of the web, or turns text around."""
    tree = html.document_fromstring(page)
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        assert element.tag not in ("iframe", "object", "embed", "base", "svg", "math"), element.tag
        if element.tag == "script":
            assert element.get("src", "").startswith("/silkwire/static/")
            assert not (element.text or "").strip()
        for name, value in element.attrib.items():
            assert not name.startswith("on"), f"{name}={value}"
            assert name not in ("style", "srcdoc"), f"{name}={value}"
            if name == "src":
                assert value.startswith("/silkwire/"), value
            if name in ("href", "action"):
                address = urlsplit(value)
                assert address.scheme in ("", "http", "https"), value
                if address.scheme:
                    assert {"noopener", "noreferrer"} <= set(element.get("rel", "").split()), value
    assert not set(TURNERS) & set(page)
    assert "49" not in (tree.findtext(".//h1") or "")
