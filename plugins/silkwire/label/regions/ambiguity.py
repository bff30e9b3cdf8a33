"""Names that are also something else: Georgia the state, Jordan the player, mali the Turkish word for financial.

`data/ambiguous.yaml` has a rule for each, with what else a text says where the country is meant (`support`) or not
(`against`). A name whose country another name supports is never doubted.
"""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from silkwire.label.matching.matcher import Hit
from silkwire.label.matching.normal import NormalText, fold

_SENTENCE_END = frozenset(".!?…:;•\n\"'«“(—-")
_NEXT_WORD = re.compile(r" ([^\W\d_])")
_LAST_WORD = re.compile(r"([^\W\d_])[\w'’.-]* $")
_TITLE_CASE_SHARE = 0.6
_HEADLINE = 4  # words
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times as quick where libyaml is there
_PERSON = "reads as another word or a person here"
_NEAR = 200  # characters


@dataclass(frozen=True, slots=True)
class Rule:
    """When a name of a country is doubted: beside a capitalised word, first in a sentence, in capitals, by context.

    `address` doubts it wherever it does not stand after a comma, as an abbreviated state does after its town.
    """

    person: bool
    initial: bool
    shout: bool
    needs: bool
    address: bool
    support: re.Pattern[str] | None
    against: re.Pattern[str] | None


def doubtful(hits: list[Hit], text: NormalText) -> dict[Hit, str]:
    """Return the hits that do not mean their country in this text, each with the reason."""
    rules = _rules()
    ruled = [(hit, rules.get((hit.pattern.language, hit.pattern.speaker.id, hit.surface))) for hit in hits]
    plain = {hit.pattern.speaker.id for hit, rule in ruled if rule is None and hit.pattern.sure}
    doubted = [(hit, rule) for hit, rule in ruled if rule is not None and hit.pattern.speaker.id not in plain]
    verdicts = {rule: _context(rule, text) for rule in {rule for _, rule in doubted}}
    reasons = {hit: _doubt(rule, hit, text, means=verdicts[rule]) for hit, rule in doubted}
    # Who was Michael Jordan once is Jordan from then on.
    persons = {rule for hit, rule in doubted if rule.person and verdicts[rule] is None and beside_capital(hit, text)}
    reasons |= {hit: _PERSON for hit, rule in doubted if rule in persons}
    return {hit: why for hit, why in reasons.items() if why}


def _doubt(rule: Rule, hit: Hit, text: NormalText, *, means: bool | None) -> str:
    """Say why a name does not mean its country here; nothing where it does. `means` is what the whole text says."""
    if means is None:
        return "" if _fits(rule, hit, text) else _PERSON
    return "" if means else "also means something else, and the text speaks for that or does not name the country"


def _context(rule: Rule, text: NormalText) -> bool | None:
    """Say what the whole text says of a name: the country, something else, or nothing (None)."""
    if rule.support and rule.support.search(text.folded):
        return True
    if rule.needs or (rule.against and rule.against.search(text.folded)):
        return False
    return None


def _fits(rule: Rule, hit: Hit, text: NormalText) -> bool:
    """Say whether a hit's own surroundings let it mean the country."""
    if rule.address and not text.folded.endswith(", ", 0, hit.start):
        return False
    if rule.person and beside_capital(hit, text):
        return False
    if rule.initial and _first_in_sentence(hit, text):
        return False
    return not (rule.shout and line_of(hit, text).isupper())


def _first_in_sentence(hit: Hit, text: NormalText) -> bool:
    before = text.folded[max(0, hit.start - _NEAR) : hit.start].rstrip(" ")
    return not before or before[-1] in _SENTENCE_END


def beside_capital(hit: Hit, text: NormalText) -> bool:
    """Say whether the next or the last word has a capital, as in a person's name; headlines in capitals say nothing."""
    if looks_titled(line_of(hit, text)):
        return False
    evidence = text.evidence(hit.start, hit.end)
    after = _NEXT_WORD.match(text.original, evidence.end)
    before = _LAST_WORD.search(text.original[max(0, evidence.start - 30) : evidence.start])
    return bool(after and after[1].isupper()) or bool(before and before[1].isupper())


def looks_titled(line: str) -> bool:
    """Say whether a line is written as a headline: a capital on nearly every word, and no full stop."""
    if line.rstrip().endswith((".", "…")):
        return False
    words = [word for word in line.split() if word[0].isalpha()]
    return len(words) >= _HEADLINE and sum(word[0].isupper() for word in words) >= _TITLE_CASE_SHARE * len(words)


def line_of(hit: Hit, text: NormalText) -> str:
    """Return the line of the original that a hit stands in, no further than some words around it."""
    start = text.start(hit.start)
    before = text.original[max(0, start - _NEAR) : start].rpartition("\n")[2]
    after = text.original[start : start + _NEAR].partition("\n")[0]
    return before + after


@cache
def _rules() -> dict[tuple[str, str, str], Rule]:
    """Read the rules, by language, country and folded form."""
    rows = yaml.load(files(__package__).joinpath("data/ambiguous.yaml").read_text("utf-8"), Loader=_LOADER)  # noqa: S506 - safe
    rules = {}
    for row in rows:
        flags = set(row.get("when", ()))
        rule = Rule(
            "person" in flags,
            "initial" in flags,
            "shout" in flags,
            "unsupported" in flags,
            "address" in flags,
            _either(row.get("support", ())),
            _either(row.get("against", ())),
        )
        for form in row["forms"]:
            rules[row["language"], row["country"], fold(form)] = rule
    return rules


def _either(words: list[str]) -> re.Pattern[str] | None:
    """Compile words to one pattern that finds any at a word's start; Han words anywhere."""
    if not words:
        return None
    return re.compile("|".join(rf"\b{re.escape(fold(word))}" if word < "\u3000" else fold(word) for word in words))
