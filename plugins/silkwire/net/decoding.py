"""Content-Encoding undone while a body streams in, with bounds: so much output, so many members, so large a window.

aiohttp can do it too, but takes a gzip body that breaks off for a whole one, and lets a zstd frame ask for 128 MiB.
ISA-L reads gzip and deflate as zlib does, in a third of the time.
"""

import sys
from collections.abc import Callable, Iterator
from typing import Protocol

import brotli  # type: ignore[import-untyped]
from isal import isal_zlib

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

_IsalError: type[Exception] = isal_zlib.IsalError  # type: ignore[assignment]  # its stub says: an instance
_STEP = 2**17  # bytes of output at a time
_MOST_MEMBERS = 200  # of a gzip or zstd body; honest ones have a few
_WINDOW_LOG = 23  # RFC 9659: a zstd content coding needs no more than 8 MiB
_GZIP_MAGIC = (b"\x1f\x8b",)
_ZSTD_MAGIC = (b"\x28\xb5\x2f\xfd", *(bytes((0x50 + number, 0x2A, 0x4D, 0x18)) for number in range(16)))


class BadEncoding(Exception):  # noqa: N818 - it says what happened
    """The body is not what its Content-Encoding says, or breaks off."""


class _Member(Protocol):
    """One compressed stream. `step` is given input once, then nothing while there is `more`."""

    more: bool

    @property
    def done(self) -> bool: ...

    @property
    def rest(self) -> bytes: ...

    def step(self, data: bytes) -> bytes: ...


class Decoder:
    """Undoes one content coding, member by member."""

    def __init__(self, new_member: Callable[[], _Member], magics: tuple[bytes, ...] = ()) -> None:
        """Use `make_decoder` instead. `magics` are the beginnings of a further member."""
        self._new_member = new_member
        self._magics = magics
        self._member: _Member | None = None
        self._members = 0
        self._held = b""
        self._over = False

    def feed(self, chunk: bytes) -> Iterator[bytes]:
        """Decode a chunk in pieces of at most about 128 KiB; a piece that is not asked for is not decoded."""
        try:
            yield from self._decode(self._held + chunk)
        except (_IsalError, brotli.error, zstd.ZstdError) as error:
            raise BadEncoding(str(error)) from error

    def finish(self) -> None:
        """Raise `BadEncoding` where the body ended too early; an empty one is whole."""
        if self._member is not None and not self._member.done:
            raise BadEncoding("the compressed body breaks off")

    def _decode(self, data: bytes) -> Iterator[bytes]:
        self._held = b""
        while data and not self._over:
            if self._member is None or self._member.done:
                if self._member is not None and not self._begins_member(data):
                    return
                self._members += 1
                if self._members > _MOST_MEMBERS:
                    raise BadEncoding(f"more than {_MOST_MEMBERS} compressed members")
                self._member = self._new_member()
            piece = self._member.step(data)
            while True:
                if piece:
                    yield piece
                if self._member.done or not self._member.more:
                    break
                piece = self._member.step(b"")
            data = self._member.rest

    def _begins_member(self, data: bytes) -> bool:
        """Tell a further member from padding, which browsers ignore; hold back what is too short to tell."""
        if data.startswith(self._magics):
            return True
        if any(magic.startswith(data) for magic in self._magics):
            self._held = data
        else:
            self._over = True
        return False


def make_decoder(encoding: str) -> Decoder | None:
    """Return the decoder for a Content-Encoding; None where the body is to be taken as it is.

    An unknown coding, or several, leaves the bytes as they are: sniffing then sees that they are no text.
    """
    match encoding.strip().lower():
        case "gzip" | "x-gzip":
            return Decoder(lambda: _Zlib(16 + isal_zlib.MAX_WBITS), _GZIP_MAGIC)
        case "deflate":
            return Decoder(_Deflate)
        case "br":
            return Decoder(_Brotli)
        case "zstd":
            return Decoder(_Zstd, _ZSTD_MAGIC)
        case _:
            return None


class _Zlib:
    def __init__(self, window_bits: int) -> None:
        self._inner = isal_zlib.decompressobj(window_bits)
        self.more = False

    @property
    def done(self) -> bool:
        return self._inner.eof

    @property
    def rest(self) -> bytes:
        return self._inner.unused_data

    def step(self, data: bytes) -> bytes:
        piece = self._inner.decompress(self._inner.unconsumed_tail + data, _STEP)
        self.more = bool(self._inner.unconsumed_tail) or len(piece) == _STEP
        return piece


class _Deflate(_Zlib):
    """zlib's format, or the bare one that some servers send under the same name."""

    def __init__(self) -> None:
        super().__init__(isal_zlib.MAX_WBITS)
        self._begun = False

    def step(self, data: bytes) -> bytes:
        if not self._begun:
            self._begun = True
            if data[0] & 0x0F != 8:
                self._inner = isal_zlib.decompressobj(-isal_zlib.MAX_WBITS)
        return super().step(data)


class _Brotli:
    rest = b""

    def __init__(self) -> None:
        self._inner = brotli.Decompressor()
        self.more = False

    @property
    def done(self) -> bool:
        return bool(self._inner.is_finished())

    def step(self, data: bytes) -> bytes:
        piece: bytes = self._inner.process(data, output_buffer_limit=_STEP)
        # It may have taken all input and still hold output: only an empty piece says that there is no more.
        self.more = bool(piece) or not self._inner.can_accept_more_data()
        return piece


class _Zstd:
    def __init__(self) -> None:
        self._inner = zstd.ZstdDecompressor(options={zstd.DecompressionParameter.window_log_max: _WINDOW_LOG})
        self.more = False

    @property
    def done(self) -> bool:
        return self._inner.eof

    @property
    def rest(self) -> bytes:
        return self._inner.unused_data if self._inner.eof else b""

    def step(self, data: bytes) -> bytes:
        piece = self._inner.decompress(data, _STEP)
        self.more = not self._inner.needs_input and not self._inner.eof
        return piece
