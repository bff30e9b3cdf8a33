"""Cities by name: one automaton a script, shared by its languages, over the gazetteer's rows."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from silkwire.label.matching.endings import variants
from silkwire.label.matching.languages import primary
from silkwire.label.matching.matcher import Case, Hit, Matcher, Owners, Pattern, Speaker, Tail
from silkwire.label.matching.normal import NormalText, fold
from silkwire.label.matching.slavic import decline
from silkwire.label.regions.gazetteer import rows
from silkwire.label.regions.scripts import ARABIC, CYRILLIC, HAN, LATIN, SCRIPTS, script_of
from silkwire.label.regions.watched import WATCHED

_LARGE = 100_000  # inhabitants
_GREAT = 1_000_000
_WATCHED_TOWN = 5_000
_INFLECTED = frozenset(("kk", "ky", "uz", "tg", "tk", "tr", "az", "tt", "ug", "mn"))
_BARE = "bare"  # no row of endings.tsv: Arabic and Persian make adjectives of cities, and other words, by endings
_SLAVIC = frozenset(("ru", "uk"))
_STEMS = {CYRILLIC: _SLAVIC, ARABIC: frozenset(("ug", "ar"))}
_STEM = "stem"  # the rows of endings.tsv for names cut to their stems
_FALLING = "аяьйеыи"  # letters that give way to an ending: Москва, в Москве
# Nizhny Novgorod, Rostov-on-Don: the first word changes too; of Saint Petersburg and Ulan-Ude it does not.
_CHANGING = re.compile(r"\w+(?:ий|ый|ой|ая|ое|ые|ій|а|е|і)[ -]|\w+-(?:на|над|в)-")
_SHORT = 4  # letters of a name that is not cut
_WEIGHT = 0.8
_MOST_HOMONYMS = 6
_FAR_MORE = 10  # times the fame of what bears the name by right
_LONGEST = 64  # letters of a name, and one more


@dataclass(frozen=True, slots=True)
class City:
    """A city that a name may mean.

    `known` by it: large, and this is what a newspaper calls it, so that it may speak alone. `fame` weighs homonyms: its
    inhabitants times the names it has in the world's languages (Barcelona in Spain has 90, that in Venezuela 30).
    """

    country: str
    admin1: str
    population: int
    name: str
    known: bool
    fame: int


def city_hits(text: NormalText, language: str) -> list[Hit]:
    """Find the names of cities in a text, in its own script; the speaker's id leads to `cities_named`."""
    script = script_of(text.original)
    if script is None:
        return []
    code = primary(language)
    manner = code if code in _STEMS.get(script, ()) else ""
    endings = f"{code} {_STEM}" if manner and script == CYRILLIC else code if code in _INFLECTED else f"{code} {_BARE}"
    return _matcher(script, manner).hits(text, endings)


def cities_named(hit: Hit) -> tuple[City, ...]:
    """Return the cities that a hit may mean, the largest first."""
    return _cities(hit.pattern.speaker.id)


@cache
def _matcher(script: str, manner: str) -> Matcher:
    """Compile a script's cities; `manner` is a language whose stems change before an ending.

    160,000 names as objects would take 200 MB: the automaton keeps a number for each, and objects are made of what is
    found.
    """
    names = _names()[script].names
    tail = Tail.INSIDE if script == HAN else Tail.ENDINGS
    case = Case.INITIAL if script in (LATIN, CYRILLIC) else Case.ANY

    @lru_cache(maxsize=10_000)
    def owners(number: int) -> Owners:
        index, length = divmod(number, _LONGEST)
        name = names[index]
        return length, (Pattern("", Speaker("town", f"{script}:{index}"), case, tail, name, _WEIGHT),)

    surfaces = (
        (surface, index * _LONGEST + len(surface))
        for index, name in enumerate(names)
        for surface in _surfaces(name, manner)
    )
    return Matcher(surfaces, owners)


def _surfaces(name: str, manner: str) -> tuple[str, ...]:
    """Return what stands before an ending; of Slavic names of several words those forms in which all of them change."""
    if manner not in _SLAVIC:
        return variants(name, manner)
    if _CHANGING.match(name):
        return tuple(fold(form) for form in decline(name.title(), manner))
    return (name, name[:-1]) if name[-1] in _FALLING and len(name) > _SHORT else (name,)


@lru_cache(maxsize=10_000)
def _cities(key: str) -> tuple[City, ...]:
    """Return the cities of a name, given as script:index."""
    script, _, index = key.partition(":")
    named = _names()[script]
    name, numbers = named.names[int(index)], named.rows[int(index)]
    called: list[City] = []
    others: list[City] = []
    for number in (numbers,) if isinstance(numbers, int) else numbers:
        country, admin1, people, spellings, english, _, names, _ = rows("city")[number].split("\t")
        is_name, population = name in map(fold, names.split("|")), int(people)
        known = _is_known(country, population, is_name=is_name)
        city = City(country, admin1, population, english, known, population * int(spellings))
        (called if is_name else others).append(city)
    # Amman was Philadelphia once, and Odesa is called Odessa far oftener than the one in Texas.
    famous = max((city.fame for city in called), default=0) * _FAR_MORE
    found = called + [city for city in others if city.fame >= famous]
    return tuple(sorted(found, key=lambda city: (-city.fame, city.country))[:_MOST_HOMONYMS])


@dataclass(frozen=True, slots=True)
class _Names:
    """The folded names of a script's cities, and for each the row of the gazetteer that has it, or the rows."""

    names: list[str]
    rows: list[int | tuple[int, ...]]


@cache
def _names() -> dict[str, _Names]:
    """Return the names of the cities by script."""
    found: dict[str, dict[str, int | tuple[int, ...]]] = {script: {} for script in SCRIPTS}
    for number, row in enumerate(rows("city")):
        *_, script, names, alternates = row.split("\t")
        by_name = found[script]
        for name in {fold(form) for forms in (names, alternates) if forms for form in forms.split("|")}:
            before = by_name.get(name)
            by_name[name] = number if before is None else (*((before,) if isinstance(before, int) else before), number)
    return {script: _Names(list(by_name), list(by_name.values())) for script, by_name in found.items()}


def _is_known(country: str, population: int, *, is_name: bool) -> bool:
    if not is_name:
        return population >= _GREAT
    return population >= (_WATCHED_TOWN if country in WATCHED else _LARGE)
