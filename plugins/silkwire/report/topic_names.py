"""Names for people: what a Media Topics code stands for."""

from silkwire.label.topics import topic_labels


def topic_name(code: str) -> str:
    """Return the English label of a Media Topic, or the code itself where it is not one of the top level."""
    return topic_labels().get(code, code)
