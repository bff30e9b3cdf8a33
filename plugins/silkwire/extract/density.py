"""Scripts of few, heavy characters: Chinese, Japanese and Korean say in one what others say in three."""

import re

DENSE = r"\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"  # for a class of characters in a regular expression

LEAST_TEXT = 200  # characters of an article
LEAST_DENSE_TEXT = 80

_CHARACTER = re.compile(rf"[{DENSE}]")
_SAMPLE = 2000  # characters


def is_dense(text: str) -> bool:
    """Whether the text is in a script of few, heavy characters."""
    sample = text[:_SAMPLE]
    return len(_CHARACTER.findall(sample)) * 3 > len(sample)


def is_short(text: str) -> bool:
    """Whether the text has too few characters for an article."""
    return len(text) < (LEAST_DENSE_TEXT if is_dense(text) else LEAST_TEXT)
