"""What makes two pages one article: the same words."""

import unicodedata

from silkwire.keys import stable_key


def content_key(title: str, text: str) -> str:
    """Hash title and text so that spacing, case and compatibility forms of characters make no difference."""
    return stable_key(_normal(title), _normal(text))


def _normal(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
