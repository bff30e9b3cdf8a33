"""The outlet's own section as evidence of a topic: its categories and sections, and the path or host of its address.

`data/sections.tsv` lists what outlets call them in each language, as words and as addresses spell them. A name counts
whole or as a whole part of a list or path of names, never as a piece of something else.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from urllib.parse import unquote, urlsplit

from courlan import extract_domain

from silkwire.label.matching.tables import table_rows
from silkwire.label.topics.vocabulary import topic_codes
from silkwire.records import Evidence

_MOST_TOPICS = 4  # a list that names more is tags for search engines
_LEADING = 4  # segments of a path that may be a section; behind them come dates and names
_MOST_WORDS = 5  # of a section in an address; what is longer is a headline
_SHORTEST = 3  # characters of a section in an address; `it` and `ai` are languages and countries there
_UNSAID = frozenset({"media", "digital", "web", "internet", "style", "games", "mobile", "social"})  # where files lie
_LONGEST = 100  # characters of a name worth reading
_PARTS = re.compile("[/>|,;›»→،؛、，；｜·・]")
_AND = re.compile(
    " (?:and|et|und|и|і|та|i|ta|va|ва|we|ve|және|мен|пен|бен|жана|менен|zhane|zhana|jana|men|болон|ба|و|ۋە|与|和) "
)
# Persian and Uyghur write letters that Arabic keyboards have under other codes; a tatweel is an ornament.
_LETTERS = str.maketrans(
    {"ي": "ی", "ى": "ی", "ك": "ک", "ة": "ه", "ı": "i", "ـ": None} | dict.fromkeys("'’‘ʻʼ`´ʹ\"«»“”#", None)
)
_SPACES = re.compile(r"[\s\u200c_\-‐–—.·:]+")
_ARTICLE = re.compile(r"\bال(?=\w{3})")


Table = dict[str, tuple[str, ...]]  # folded names of sections, and the names of the topics that each is


def section_topics(sections: Iterable[str], url: str) -> dict[str, Evidence]:
    """Return the topics' codes that an article's `sections` and its address name, each with the name as it is written.

    Sections that name more than four topics say nothing. The address counts beside them: leading segments of its path
    (the last one is the article's own) and labels below its registered domain.
    """
    said = _topics_of(sections, _spoken())
    if len(said) > _MOST_TOPICS:
        said = {}
    for code, evidence in _topics_of(_of_address(url), _spelled()).items():
        said.setdefault(code, evidence)
    return said


def section_names(name: str, table: Table | None = None) -> tuple[str, ...]:
    """Return the names of the topics that one section is; none where the table does not know it."""
    known = table or _spoken()
    whole = _known(name, known)
    return whole or tuple(dict.fromkeys(topic for part in _PARTS.split(name) for topic in _known(part, known)))


def folded(name: str) -> str:
    """Return what two spellings of a name have in common: no case, accents and apostrophes, a space between words."""
    name = unicodedata.normalize("NFKD", name.replace("&", " and ").casefold()).translate(_LETTERS)
    name = "".join(letter for letter in name if unicodedata.category(letter) not in ("Mn", "Cf") or letter == "\u200c")
    return _ARTICLE.sub("", _SPACES.sub(" ", name).strip())


def section_rows() -> Iterator[tuple[tuple[str, ...], str, str]]:
    """Yield the table: the topics' names, the language and one section's name."""
    for topics, language, names in table_rows(files(__package__).joinpath("data/sections.tsv")):
        for name in names.split(","):
            yield tuple(topics.split("+")), language, name.strip()


@cache
def _spelled() -> Table:
    """Return all names, with those that only addresses have: proisshestviya, tiyu."""
    return {folded(name): topics for topics, _, name in section_rows()}


@cache
def _spoken() -> Table:
    """Return the names that people read: CHP is a Turkish party, and in Russian addresses an emergency."""
    return {folded(name): topics for topics, language, name in section_rows() if not language.endswith("-Latn")}


def _known(name: str, table: Table) -> tuple[str, ...]:
    """Return the topics of a whole name, or of names that are joined by `and` where each is known."""
    key = folded(name)
    if key in table:
        return table[key]
    pieces = [table.get(piece.strip(), ()) for piece in _AND.split(key)]
    return tuple(dict.fromkeys(topic for piece in pieces for topic in piece)) if all(pieces) else ()


def _topics_of(names: Iterable[str], table: Table) -> dict[str, Evidence]:
    found: dict[str, Evidence] = {}
    for name in (name[:_LONGEST] for name in names):
        for topic in section_names(name, table):
            found.setdefault(topic_codes()[topic], Evidence(name, 0, 0, "section"))
    return found


def _of_address(url: str) -> Iterator[str]:
    """Yield the parts of an address that may be a section, those of its host first."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").removesuffix(".")
    except ValueError:
        return
    domain = extract_domain(url) or ".".join(host.split(".")[-2:])
    if host.endswith(f".{domain}"):
        yield from filter(_is_telling, host.removesuffix(f".{domain}").split("."))
    segments = [unquote(segment) for segment in parts.path.split("/") if segment]
    yield from filter(_is_telling, segments[:-1][:_LEADING])


def _is_telling(part: str) -> bool:
    """Whether a part of an address may name a section: not a code, not a place for files, not a headline."""
    key = folded(part)
    short = part.isascii() and len(part) < _SHORTEST
    return not short and key not in _UNSAID and key.count(" ") < _MOST_WORDS
