"""What the alphabets of a language have in common."""


def with_case(written: str, like: str) -> str:
    """Give letters the case of those they stand for: Ш is Sh, ш is sh."""
    return written.capitalize() if like[0].isupper() else written
