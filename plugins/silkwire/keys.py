"""Stable keys: the same thing has the same key in every run, on every machine."""

import hashlib


def stable_key(*parts: str) -> str:
    """Hash text parts to 16 hexadecimal digits (64 bits of SHA-256).

    At ten million keys the chance of one collision is about 3 in a million.
    """
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]
