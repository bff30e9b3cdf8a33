"""Style sheet, script and icons: served from the package, each under an address with its digest, kept for ever."""

import hashlib
from functools import lru_cache
from pathlib import Path

from fastapi import APIRouter, HTTPException, Response
from jinja2 import pass_context
from jinja2.runtime import Context

from silkwire.web.charts import bundle

router = APIRouter()

_FOLDER = Path(__file__).parent / "static"
_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
_VEGA = "vega.js"
_FOR_EVER = "public, max-age=31536000, immutable"


@router.get("/static/{name}")
def static_file(name: str, v: str = "") -> Response:
    """Serve a file of the package, or Vega."""
    content = _content(name)
    if content is None:
        raise HTTPException(404, "There is no such file.")
    kept = _FOR_EVER if v and v == _digest(name) else "no-cache"
    return Response(content, media_type=_TYPES[Path(name).suffix], headers={"cache-control": kept})


@pass_context
def static_address(context: Context, name: str) -> str:
    """Return the address of a file for a template; it changes when the file does."""
    return f"{context['root']}/static/{name}?v={_digest(name)}"


@lru_cache(maxsize=64)  # names are a visitor's
def _content(name: str) -> bytes | None:
    if name == _VEGA:
        return bundle().encode()
    path = next((path for path in _FOLDER.iterdir() if path.name == name and path.suffix in _TYPES), None)
    return None if path is None else path.read_bytes()


@lru_cache(maxsize=64)
def _digest(name: str) -> str:
    if name == _VEGA:  # it takes two seconds to make, which no page should wait for
        import altair as alt

        return alt.SCHEMA_VERSION
    return hashlib.sha256(_content(name) or b"").hexdigest()[:12]
