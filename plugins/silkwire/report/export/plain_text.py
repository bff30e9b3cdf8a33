"""Values as text that every reader of UTF-8 can read."""

import json
from datetime import date, datetime


def as_text(value: object) -> str:
    """Return a value as text: times in ISO 8601, objects as JSON, bytes in hexadecimal."""
    if isinstance(value, str):
        return _mended(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, dict | list):
        return as_json(value)
    if isinstance(value, bytes | bytearray | memoryview):
        return bytes(value).hex()
    return str(value)


def as_json(value: object) -> str:
    """Return a value as JSON on one line, with letters as they are."""
    return _mended(json.dumps(value, ensure_ascii=False, default=as_text))


def _mended(text: str) -> str:
    """Join the halves of a character that came apart, and put U+FFFD for a half alone: UTF-8 has no place for it."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text
