"""What a page counts: originals, or reprints where the filters ask for these alone."""

from silkwire.web.filters import Filters


def noun(filters: Filters) -> str:
    """Return the word for what is counted."""
    return "reprints" if filters.kind == "reprint" else "originals"


def counted(filters: Filters, facts: str = "facts") -> str:
    """Return the condition on `marts.article_facts` of what is counted."""
    return f"{facts}.is_reprint" if filters.kind == "reprint" else f"not {facts}.is_reprint"
