"""What attacks are made of: the steps of an answer, and the ways to put them together."""

import enum
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import cycle, repeat


class Stop(enum.Enum):
    """How an answer ends, other than by closing the connection."""

    HANG = "say nothing more"
    RESET = "reset the connection"


HANG, RESET = Stop.HANG, Stop.RESET

Step = bytes | float | Stop  # send, sleep for seconds, end
Steps = Iterator[Step]
# Called with the server's port and the part of the path after the attack's name.
Answer = Callable[[int, str], Steps]


class Reads(enum.Enum):
    """Who reads the answer."""

    PAGE = "the client, as a page"
    FEED = "the client and the feed parser"
    ROBOTS = "the reader of robots.txt"


@dataclass(frozen=True, slots=True)
class Attack:
    """One attack: its answer, and what may become of it at most: `outcome` is one of these, in seconds and MB."""

    name: str
    answer: Answer
    outcomes: tuple[str, ...]
    seconds: float = 2.5
    megabytes: float = 60
    reads: Reads = Reads.PAGE
    host: str = "hostile.localhost"
    scheme: str = "http"
    settings: dict[str, object] = field(default_factory=dict)


class Again:
    """Steps that are made anew for each request."""

    def __init__(self, make: Callable[[], Iterator[Step]]) -> None:
        self._make = make

    def __iter__(self) -> Iterator[Step]:
        return self._make()


def raw(*steps: Step | Iterable[Step]) -> Answer:
    """Send these steps, one after the other; an iterable is gone through lazily."""

    def answer(_port: int, _rest: str) -> Steps:
        for step in steps:
            if isinstance(step, bytes | float | Stop):
                yield step
            else:
                yield from step

    return answer


def head(*lines: str, status: str = "200 OK", content_type: str | None = "text/html") -> bytes:
    """Write the head of an answer."""
    named = [f"Content-Type: {content_type}"] if content_type else []
    return "\r\n".join([f"HTTP/1.1 {status}", *named, *lines, "", ""]).encode("latin-1")


def whole(body: bytes, *lines: str, status: str = "200 OK", content_type: str | None = "text/html") -> bytes:
    """Write a whole answer, with the length of its body."""
    return head(f"Content-Length: {len(body)}", *lines, status=status, content_type=content_type) + body


def redirect(location: str, status: str = "302 Found") -> Answer:
    """Redirect to `location`, in which {port} is the server's, and bytes are those of Latin-1."""

    def answer(port: int, rest: str) -> Steps:
        if rest:
            yield whole(b"<html>where it leads: " + rest.encode("latin-1") + b"</html>")
        else:
            yield whole(b"", f"Location: {location.replace('{port}', str(port))}", status=status)

    return answer


def drip(piece: bytes, pause: float) -> Again:
    """Send a piece for ever, with a pause after each."""
    return Again(lambda: cycle((piece, pause)))


def endless(piece: bytes) -> Again:
    """Send a piece for ever, as fast as it goes."""
    return Again(lambda: repeat(piece))
