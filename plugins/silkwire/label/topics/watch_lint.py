"""Looks through a file of watch topics for what will never do what its author meant."""

from collections.abc import Collection
from pathlib import Path

from silkwire.label.configuration import Misplaced
from silkwire.label.topics.watch_file import read_reporting
from silkwire.label.topics.watch_findings import Finding, Level, of_mistake
from silkwire.label.topics.watch_letters import wrong_letters
from silkwire.label.topics.watch_overlaps import overlap_findings
from silkwire.label.topics.watch_reach import reach_findings

__all__ = ["Finding", "Level", "lint"]


def lint(path: Path, regions: Collection[str]) -> list[Finding]:
    """Return all findings in a file in the order of its lines; `regions` are the ids of regions.yaml.

    Raises `Config` where the file can't be read at all.
    """
    findings: list[Finding] = []
    hints: list[Finding] = []

    def note(topic: str, mistake: Misplaced) -> None:
        findings.append(of_mistake(mistake, topic))

    topics = read_reporting(path, regions, note, hints.append)
    mistaken = {finding.topic for finding in findings}
    findings += hints
    for topic in topics:
        for _, terms in topic.groups():
            for term in terms:
                findings += wrong_letters(topic.id, term)
    findings += reach_findings([topic for topic in topics if topic.id not in mistaken])
    findings += overlap_findings(topics)
    return sorted(findings, key=lambda finding: (finding.line, finding.level))
