"""Files that are whole or not there: written beside their place, renamed at the end, all of an export together."""

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Self

from silkwire.errors import Config


class Files:
    """The files of one export. They take their places when the block ends well, and leave nothing where it does not.

    Raises `Config` for a place that can't be written.
    """

    def __init__(self) -> None:
        """Begin with no file."""
        self._waiting: list[tuple[Path, Path]] = []

    def __enter__(self) -> Self:
        """Enter the block."""
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Rename what was written, or remove it."""
        try:
            if kind is None:
                self._settle()
        finally:
            for partial, _path in self._waiting:
                with suppress(OSError):
                    partial.unlink(missing_ok=True)

    def write(self, path: Path, chunks: Iterable[bytes]) -> int:
        """Write a file from its chunks; return its bytes. What is no file, such as a pipe, is written in its place."""
        try:
            place = path.resolve()  # a link stays one: what it leads to is replaced
            special = place.exists() and not place.is_file()
            partial = place if special else place.with_name(f".{place.name}.{os.getpid()}.partial")
            if not special:
                partial.unlink(missing_ok=True)  # of a process that was killed, or a link that somebody laid out
            output = partial.open("wb" if special else "xb")
        except (OSError, RuntimeError) as error:  # links in a circle are no OSError
            raise _unwritable(path, error) from error
        if not special:
            self._waiting.append((partial, place))
        size = 0
        with output:
            for chunk in chunks:
                size += _put(output.fileno(), chunk, path)
            if not special:
                os.fsync(output.fileno())
        return size

    def _settle(self) -> None:
        for partial, place in self._waiting:
            try:
                partial.replace(place)
            except OSError as error:
                raise _unwritable(place, error) from error


def make_folder(path: Path) -> None:
    """Make the folder of an export where it is missing; raise `Config` where that can't be."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable(path, error) from error


def _put(descriptor: int, chunk: bytes, path: Path) -> int:
    rest = memoryview(chunk)
    try:
        while rest:
            rest = rest[os.write(descriptor, rest) :]
    except OSError as error:
        raise _unwritable(path, error) from error
    return len(chunk)


def _unwritable(path: Path, error: OSError | RuntimeError) -> Config:
    reason = getattr(error, "strerror", None) or error
    return Config(f"{path} can't be written: {reason}. Name another place with --output.")
