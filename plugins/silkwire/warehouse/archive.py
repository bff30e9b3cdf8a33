"""The archive: raw responses as WARC 1.1 files, in a folder or an object store.

One file holds the responses of one batch. It is complete before the warehouse points into it, so a killed run leaves
at most a file that nothing names. Header names follow Common Crawl: the body is stored decoded, and what no longer
describes it (Content-Encoding and so on) is kept under an `X-Crawl-` name.

Records are written here and not by warcio, which compresses at level 9 of zlib: that took more time than all else in
fetching a page. ISA-L makes standard gzip members, a fifth larger in a sixteenth of the time. Reading is warcio's.
The digest of a body is SHA-256 in hexadecimal in both places, so that it is computed once: WARC leaves the choice
(WARC 1.1, 5.8).
"""

import hashlib
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from itertools import accumulate, pairwise
from uuid import uuid4

import fsspec
from fsspec.core import url_to_fs
from isal import isal_zlib
from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from silkwire.errors import Transient
from silkwire.records import Response

_DESCRIBE_TRANSFER = frozenset({"content-encoding", "content-length", "transfer-encoding"})
_PHRASES = {status.value: status.phrase for status in HTTPStatus}
_LEVEL = 1  # of ISA-L's 0 to 3
_GZIP = 16 + 15  # zlib's way to ask for a gzip member with the largest window

_Headers = Iterable[tuple[str, str]]


class RecordMissing(Exception):  # noqa: N818 - it says what happened
    """The archive has no readable record at the address that the warehouse gives."""


@dataclass(frozen=True, slots=True)
class Record:
    """A response as it is archived: a gzip member that can be read alone. `digest` is its body's, SHA-256 in hex."""

    member: bytes
    digest: str


@dataclass(frozen=True, slots=True)
class RecordAddress:
    """Where one record lies: `length` bytes of the file `path` from `offset`."""

    path: str
    offset: int
    length: int


class Archive:
    """WARC files below one URL: a folder, s3://, gs://, or whatever else fsspec opens."""

    def __init__(self, url: str) -> None:
        """Open the archive at `url`; nothing is read or written yet."""
        filesystem, self._root = url_to_fs(url)
        self._filesystem: fsspec.AbstractFileSystem = filesystem

    def write(self, records: Sequence[Record], now: datetime) -> list[RecordAddress]:
        """Write one WARC file of records; return their addresses in order."""
        path = f"{now:%Y/%m/%d}/silkwire-{now:%Y%m%d%H%M%S}-{uuid4().hex[:12]}.warc.gz"
        members = [_description(path, now), *(record.member for record in records)]
        ends = list(accumulate(map(len, members)))
        target = f"{self._root}/{path}"
        self._filesystem.makedirs(target.rpartition("/")[0], exist_ok=True)
        self._filesystem.pipe_file(target, b"".join(members))
        return [RecordAddress(path, start, end - start) for start, end in pairwise(ends)]

    def read(self, address: RecordAddress) -> bytes:
        """Read the body of one record.

        Raises `RecordMissing` where there is none, and `Transient` where the archive as a whole does not answer.
        """
        try:
            data = self._filesystem.cat_file(
                f"{self._root}/{address.path}", start=address.offset, end=address.offset + address.length
            )
            for record in ArchiveIterator(io.BytesIO(data)):
                if record.rec_type == "response":
                    return bytes(record.content_stream().read())
        except (OSError, ArchiveLoadFailed) as error:
            self._demand_root()
            raise RecordMissing(f"{address.path}: {error}") from error
        raise RecordMissing(f"{address.path}: no response record at byte {address.offset}")

    def _demand_root(self) -> None:
        """Tell a record that is gone from a disk that is not mounted or a store that is away: nothing is lost then."""
        try:
            self._filesystem.info(self._root)
        except OSError as error:
            raise Transient(f"The archive {self._root} does not answer: {error}") from error


def _description(path: str, now: datetime) -> bytes:
    """Return the record that opens a file and says what wrote it (WARC 1.1, 6.2)."""
    fields = _header_lines((("software", "Silkwire"), ("format", "WARC/1.1")))
    headers = (("WARC-Type", "warcinfo"), ("WARC-Filename", path), ("Content-Type", "application/warc-fields"))
    return _member(headers, now, b"", fields)


def make_record(response: Response) -> Record:
    """Make the record of one response, its body decoded (WARC 1.1, 6.3)."""
    digest = hashlib.sha256(response.body).hexdigest()
    headers = (
        ("WARC-Type", "response"),
        ("WARC-Target-URI", response.url),
        ("WARC-Payload-Digest", f"sha256:{digest}"),
        ("Content-Type", "application/http; msgtype=response"),
    )
    told = [
        (f"X-Crawl-{name}" if name in _DESCRIBE_TRANSFER else name, value) for name, value in response.headers.items()
    ]
    told.append(("Content-Length", str(len(response.body))))
    status = f"HTTP/1.1 {response.status} {_PHRASES.get(response.status, '')}\r\n".encode()
    head = status + _header_lines(told) + b"\r\n"
    return Record(_member(headers, response.fetched_at, head, response.body), digest)


def _member(headers: _Headers, moment: datetime, head: bytes, body: bytes) -> bytes:
    """Return a record whose block is `head` and `body`, as one gzip member, so that it can be read alone."""
    lines = _header_lines(
        (
            *headers,
            ("WARC-Record-ID", uuid4().urn.join("<>")),
            ("WARC-Date", f"{moment.replace(tzinfo=None).isoformat(timespec='seconds')}Z"),
            ("Content-Length", str(len(head) + len(body))),
        )
    )
    # In one piece: given in parts, ISA-L ends a block of its own after each and a member gets twice as large.
    return bytes(
        isal_zlib.compress(b"".join((b"WARC/1.1\r\n", lines, b"\r\n", head, body, b"\r\n\r\n")), _LEVEL, _GZIP)
    )


def _header_lines(headers: _Headers) -> bytes:
    """Write headers a line each; what can't be part of one is replaced."""
    lines = [f"{name}: {' '.join(value.splitlines())}" for name, value in headers]
    return "\r\n".join((*lines, "")).encode("utf-8", "replace")
