"""In which languages a topic can hold at all, and which languages it leaves out."""

from collections.abc import Iterator, Sequence

from silkwire.label.matching.languages import spoken
from silkwire.label.topics.watch_findings import Finding, Level
from silkwire.label.topics.watch_topic import Term, WatchTopic, weight_of


def reach_findings(topics: Sequence[WatchTopic]) -> Iterator[Finding]:
    """Yield what keeps topics from holding in a language."""
    everywhere = {language for topic in topics for language in _languages(topic)}
    for topic in topics:
        own = _languages(topic)
        for language in sorted(own):
            yield from _unreachable(topic, language)
        if own and (missing := sorted(everywhere - own)):
            what = f"topic {topic.id!r} has no terms in {', '.join(missing)}, which other topics have"
            yield Finding(Level.NOTICE, topic.line, topic.id, what, "add terms in these, or leave it so on purpose")


def _languages(topic: WatchTopic) -> set[str]:
    """Return the languages in which a topic has terms that can make it hold."""
    return {term.language for group in (topic.any, *topic.all) for term in group}


def _unreachable(topic: WatchTopic, language: str) -> Iterator[Finding]:
    alone = _lacking(topic, (language,))
    if alone is None:
        return
    line, what, remedy = alone
    heard = spoken(language)
    if _lacking(topic, heard) is None:
        others = ", ".join(heard[1:])
        what = f"{what}; it holds there only with words of {others}"
        yield Finding(Level.NOTICE, line, topic.id, what, remedy)
    else:
        yield Finding(Level.ERROR, line, topic.id, f"{what}: it can never hold in {language}", remedy)


def _lacking(topic: WatchTopic, languages: Sequence[str]) -> tuple[int, str, str] | None:
    """Return what the terms of some languages lack to make a topic hold: the line, what, and the remedy."""
    language = languages[0]
    if topic.any:
        terms = _of(topic.any, languages)
        weight = weight_of(terms)
        if weight < topic.threshold:
            line = next((term.line for term in topic.any if term.language == language), topic.line)
            what = f"the weights of the {language} terms under any are {weight:g} together, the threshold is"
            return line, f"{what} {topic.threshold:g}", f"add {language} terms, raise weights or lower the threshold"
    for number, group in enumerate(topic.all, 1):
        if not _of(group, languages):
            line = group[0].line if group else topic.line
            return line, f"group {number} of all has no {language} terms", f"add {language} terms to the group"
    return None


def _of(terms: Sequence[Term], languages: Sequence[str]) -> list[Term]:
    return [term for term in terms if term.language in languages]
