"""Where a redirect leads, read as browsers read it."""

import re
from urllib.parse import urljoin

REDIRECTS = frozenset({301, 302, 303, 307, 308})
PERMANENT_REDIRECTS = frozenset({301, 308})
MAX_REDIRECTS = 10

# aiohttp keeps a header's bytes that are not UTF-8 as lone surrogates.
_RAW_BYTE = re.compile("[\udc80-\udcff]")
_CONTROLS = "".join(map(chr, range(0x21)))


def redirect_target(url: str, location: str) -> str:
    """Return the absolute address to which `location`, in an answer from `url`, leads; ValueError where to none.

    Bytes that are not UTF-8 become percent-escapes, tabs go, and a backslash before the query is a slash.
    """
    location = _RAW_BYTE.sub(lambda found: f"%{ord(found[0]) - 0xDC00:02X}", location)
    location = location.strip(_CONTROLS).replace("\t", "")
    path, mark, query = location.partition("?")
    return urljoin(url, path.replace("\\", "/") + mark + query)
