"""What every answer carries, our own Content-Security-Policy first, and what no request may do: write from elsewhere.

Written as plain ASGI, so that a download streams through it.
"""

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# No inline script and no inline style anywhere, so neither nonces nor hashes; Vega reads its expressions itself.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
    "font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'"  # Airflow shows the app in a frame
)
_HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "SAMEORIGIN",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
_SAFE = frozenset(("GET", "HEAD", "OPTIONS"))


class HeadersMiddleware:
    """Adds the headers, and refuses writes that no page of ours has sent."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap an app."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers[name] = value
                headers.setdefault("cache-control", "private, no-store")
            await send(message)

        if scope["method"] not in _SAFE and not is_from_here(Headers(scope=scope)):
            refusal = PlainTextResponse("Refused: this request does not come from a page of Silkwire.", 403)
            await refusal(scope, receive, send_with_headers)
            return
        await self._app(scope, receive, send_with_headers)


def is_from_here(headers: Headers) -> bool:
    """Say whether a browser sent a request from our own origin; what does not say where it comes from, does not.

    `Sec-Fetch-Site` is believed first: no page can set it, and behind a proxy our host may be named otherwise than the
    browser's. Browsers send it over HTTPS and to this machine.
    """
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site is not None:
        return site == "same-origin"
    try:
        return origin is not None and urlsplit(origin).netloc == headers.get("host")
    except ValueError:
        return False
