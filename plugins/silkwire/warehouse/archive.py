"""The archive: raw responses as WARC 1.1 files, in a folder or an object store.

One file holds the responses of one batch. It is complete before the warehouse points into it, so a killed run leaves
at most a file that nothing names. Header names follow Common Crawl: the body is stored decoded, and what no longer
describes it (Content-Encoding and so on) is kept under an `X-Crawl-` name.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from uuid import uuid4

import fsspec
from fsspec.core import url_to_fs
from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from silkwire.records import Response

_DESCRIBE_TRANSFER = frozenset({"content-encoding", "content-length", "transfer-encoding"})


class RecordMissing(Exception):  # noqa: N818 - it says what happened
    """The archive has no readable record at the address that the warehouse gives."""


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

    def write(self, responses: Sequence[Response], now: datetime) -> list[RecordAddress]:
        """Write one WARC file with a record per response; return their addresses in order."""
        buffer = io.BytesIO()
        writer = WARCWriter(buffer, gzip=True, warc_version="1.1")
        path = f"{now:%Y/%m/%d}/silkwire-{now:%Y%m%d%H%M%S}-{uuid4().hex[:12]}.warc.gz"
        writer.write_record(writer.create_warcinfo_record(path, {"software": "Silkwire", "format": "WARC/1.1"}))
        addresses = []
        for response in responses:
            offset = buffer.tell()
            _write_record(writer, response)
            addresses.append(RecordAddress(path, offset, buffer.tell() - offset))
        target = f"{self._root}/{path}"
        self._filesystem.makedirs(target.rpartition("/")[0], exist_ok=True)
        self._filesystem.pipe_file(target, buffer.getvalue())
        return addresses

    def read(self, address: RecordAddress) -> bytes:
        """Read the body of one record; raise `RecordMissing` where there is none."""
        try:
            data = self._filesystem.cat_file(
                f"{self._root}/{address.path}", start=address.offset, end=address.offset + address.length
            )
            for record in ArchiveIterator(io.BytesIO(data)):
                if record.rec_type == "response":
                    return bytes(record.content_stream().read())
        except (OSError, ArchiveLoadFailed) as error:
            raise RecordMissing(f"{address.path}: {error}") from error
        raise RecordMissing(f"{address.path}: no response record at byte {address.offset}")


def _write_record(writer: WARCWriter, response: Response) -> None:
    headers = [
        (f"X-Crawl-{name}" if name in _DESCRIBE_TRANSFER else name, value.replace("\r", " ").replace("\n", " "))
        for name, value in response.headers.items()
    ]
    headers.append(("Content-Length", str(len(response.body))))
    record = writer.create_warc_record(
        response.url,
        "response",
        payload=io.BytesIO(response.body),
        length=len(response.body),
        http_headers=StatusAndHeaders(_status_line(response.status), headers, protocol="HTTP/1.1"),
        warc_headers_dict={"WARC-Date": response.fetched_at.strftime("%Y-%m-%dT%H:%M:%SZ")},
    )
    writer.write_record(record)


def _status_line(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)
