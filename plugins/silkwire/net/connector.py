"""The pool of connections: one to a host, and none used again on which a server said something unasked."""

from typing import TYPE_CHECKING, Any

import aiohttp

if TYPE_CHECKING:
    from aiohttp.connector import Connection


class CleanConnector(aiohttp.TCPConnector):
    """aiohttp's connector, which lacks one check.

    A server may send a second answer to a request while the connection waits in the pool (a 304 with a body, a wrong
    Content-Length). aiohttp 3.14 would then take it for the answer to the next request, which on a proxy for many
    outlets means one outlet's articles under another's name. There is no public place to look: `_get` takes an idle
    connection out of the pool. `tests/test_hostile.py` notices should it be called otherwise one day.
    """

    async def _get(self, key: Any, traces: list[Any]) -> "Connection | None":  # noqa: ANN401 - aiohttp's own
        while (connection := await super()._get(key, traces)) is not None:
            protocol = connection.protocol
            if protocol is not None and not protocol.should_close:
                return connection
            connection.close()
        return None
