"""Chinese names countries by one character in compounds: 中哈 (China and Kazakhstan), 哈方 (the Kazakh side), 访华.

Single characters mean too much else to be read alone, so `data/compounds.tsv` lists the compounds. An unsure one counts
only where the text names the country in full.
"""

from collections.abc import Iterator
from importlib.resources import files

from silkwire.label.matching.matcher import Case, Pattern, Speaker, Spelling, Tail
from silkwire.label.matching.tables import table_rows

_WEIGHT = 0.7


def short_forms() -> Iterator[Spelling]:
    """Spell the compounds, one for each country that a compound names."""
    rows: dict[str, list[str]] = {}
    for kind, words in table_rows(files(__package__).joinpath("data/compounds.tsv")):
        rows.setdefault(kind, []).extend(words.split())
    first = {word[0]: word[1:] for word in rows["letter"]}
    second = {word[0]: word[1:] for word in rows["second"]}  # 乌 is Uzbekistan, or Ukraine
    for kind in ("sure", "unsure"):
        for compound in rows[kind]:
            yield from _compound(compound, first, sure=kind == "sure")
            yield from _compound(compound, second, sure=False)
    for compound in rows["Ukraine"]:
        yield from _compound(compound, first | second, sure=True)


def _compound(compound: str, letters: dict[str, str], *, sure: bool) -> Iterator[Spelling]:
    for letter in compound:
        if letter in letters:
            speaker = Speaker("short", letters[letter])
            yield compound, Pattern("zh", speaker, Case.ANY, Tail.INSIDE, compound, _WEIGHT, sure)
