"""What makes two pages one article: the same words."""

import unicodedata

from silkwire.keys import stable_key

_TELLING = 400  # letters of text that no two articles of one outlet share by chance


def content_key(title: str, text: str) -> str:
    """Hash a text's letters and digits, so that spacing, case, punctuation and forms of characters make no difference.

    The title counts only beside a short text: outlets edit headlines, and print notices that differ in nothing else.
    """
    words = _letters(text)
    return stable_key(_letters(title) if len(words) < _TELLING else "", words)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).casefold()))
