"""What is wrong or odd in a file of watch topics: a line, what it is, and what mends it."""

from dataclasses import dataclass
from enum import StrEnum

from silkwire.label.configuration import Misplaced


class Level(StrEnum):
    """How bad a finding is: an error never does what its author meant, a notice is worth a look."""

    ERROR = "error"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding; `line` is from 1."""

    level: Level
    line: int
    topic: str
    what: str
    remedy: str


def of_mistake(mistake: Misplaced, topic: str) -> Finding:
    """Turn a refusal of the reader into a finding.

    The remedy stands after the last semicolon. One inside a term does not count: the quote that ends the term follows.
    """
    what, _, remedy = mistake.said.rpartition("; ")
    if not what or "'" in remedy or '"' in remedy:
        return Finding(Level.ERROR, mistake.line, topic, mistake.said, "correct this line")
    return Finding(Level.ERROR, mistake.line, topic, what, remedy)
