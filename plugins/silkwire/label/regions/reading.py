"""How the words beside a name read: as those of a place, of a person or a company, or of anything."""

import re
from enum import IntEnum
from functools import cache

from silkwire.label.matching.languages import primary
from silkwire.label.matching.matcher import Hit, Tail
from silkwire.label.matching.normal import NormalText, fold
from silkwire.label.regions.ambiguity import line_of, looks_titled

# Words before a place, not before a person's surname.
_LOCATIVE = {
    "en": "in at near outside around across via between through downtown greater",
    "fr": "à en dans vers depuis près",
    "de": "in aus nach bei um",
    "es": "en desde hacia cerca",
    "ru": "в во из под около близ до город города городе г",
    "uk": "в у з із зі до під біля місто міста місті м",
    "tg": "дар аз ба то шаҳри шаҳр",
}
# Words before a place or a person: they make a place of a name that no other name follows.
_EITHER = {"en": "from to of", "fr": "de pour", "de": "von vor", "es": "de a"}
# The case of a place, which persons seldom stand in; in scripts without case any noun does.
_LOCATIVE_ENDINGS = {
    "kk": "да де та те нда нде дағы дегі тағы тегі",
    "ky": "да де та те до дө то тө нда нде дагы деги догу дөгү тагы теги тогу төгү",
    "tt": "да дә та тә нда ндә дагы дәге тагы тәге",
    "uz": "da dagi да даги",
    "tk": "da de daky däki",
    "tr": "da de ta te daki deki taki teki",
    "az": "da də dakı dəki",
}
# Characters that write foreign syllables and little else.
_SYLLABLES_BEFORE = frozenset("阿艾贝伯厄尔菲弗盖戈赫霍卡柯克库莱勒卢鲁洛迈梅莫姆穆尼诺帕佩萨瑟舍斯瓦韦沃雅耶伊泽扎詹·")
_SYLLABLES_AFTER = frozenset("尔斯姆弗赫瑟·")
_SHORT_HAN = 2
_SUFFIXING = frozenset((*_LOCATIVE_ENDINGS, "mn", "ug"))
# Words with a capital before a name that make it neither a person's nor a company's.
_OPENING = (
    "the a la le der die das el au aux du des im am and et und y и і та"
    " north south east west northern southern eastern western"
)
# What follows a city's name in the name of something that is there, not of a person.
_OF_THE_CITY = {
    "en": "county city university police airport council hospital island islands metropolitan region province township"
    " parish international state stock exchange summit olympics olympic agreement accords protocol declaration treaty"
    " conference forum court government authorities metro marathon district composite index bourse shares stocks",
    "fr": "accord sommet",
    "de": "abkommen gipfel",
}
# Languages in which the noun that opens a sentence may govern a place without a word between: Хлопок Синьцзяна.
_INFLECTING = frozenset(("ru", "uk"))
_BEFORE = re.compile(r"([\w'’.-]+)[ \u00a0]+$")
_AFTER = re.compile(r"[ \u00a0]+([^\W\d_]+)")
_DATELINE = re.compile(r",[^\n]{1,30}?\d| ?[(（][^\n)）]{2,40}[)）]| [—–-]{1,2} |(?:,[^\n]{1,20})? [—–-]{1,2} ")
_REACH = 30  # characters


# A street, cinema or hotel called after a place. Plurals and common nouns are no names: Tehran streets, отели Турции.
_NAMED_AFTER = re.compile(
    '[»”"]?[ -]?(?:'
    "көше(?:сі)?(?!лер)|даңғыл(?:ы)?(?!дар)|алаңы(?!ң)|қонақүйі|мейрамханасы|дәмханасы|кинотеатры|кафеси|"
    "ресторан(?:ы|ында)|көчөсү|проспекти|аянты|мейманканасы|ko'chasi|shoh ko|mehmonxonasi|kinoteatri|restorani|kafesi|"
    "кўчаси|шоҳ кўча|меҳмонхонаси|köçesi|şaýoly|caddesi|sokagi|bulvari|проспект\\b|كوچىسى|"
    "东路|西路|南路|北路|中路|大街(?!小巷)|大道|路\\d|strasse)"
)
_NAMED_AFTER_ENGLISH = re.compile('[»”"]?[ -](?:Street|Avenue|Boulevard|Road|Hotel)\\b')
_NAMED_BEFORE = re.compile(
    r"(?:\bул\. [«\"„“]?|улиц(?:а|у|е|ы|ей) [«\"„“]|(?:проспект|гостиниц|отел|кинотеатр|ресторан|площад)\w* [«\"„“]"
    r"|станци\w* метро [«\"„“]?|кӯчаи |хиёбони |меҳмонхонаи |خیابان |شارع |\brue d\w+ |\bavenue d\w+ )$"
)
# Countries' names that people of Central Asia bear.
_GIVEN_NAMES = frozenset(map(fold, ("Eron", "Эрон", "Түркия")))
_SURNAME = re.compile(
    r" [А-ЯЁӘҒҚҢӨҰҮҺІЎҲҶӢӮA-ZʻʼÄÖÜŞÇÝŇŽ][\w'ʻʼ’-]+"
    r"(?:ов|ев|ова|ева|ёв|ёва|қызы|ұлы|кызы|уулу|зода|зод"
    r"|ov|ev|ova|eva|yev|yeva|zoda|qizi|oʻgʻli)\w{0,3}\b"
)


class Reading(IntEnum):
    """How a name's surroundings read: as a person's or company's, as anything's, as a place's, as a dateline's."""

    NAME = 0
    OPEN = 1
    PLACE = 2
    DATELINE = 3


def names_a_street(hit: Hit, text: NormalText) -> bool:
    """Say whether a place's name is that of a street, a cinema or a hotel: Москва көшесі, «Toshkent» kinoteatri."""
    if _NAMED_AFTER.match(text.folded, hit.end):
        return True
    if hit.pattern.tail is Tail.INSIDE:
        return False
    if _NAMED_AFTER_ENGLISH.match(text.original, text.evidence(hit.start, hit.end).end):
        return True
    return _NAMED_BEFORE.search(text.folded, max(0, hit.start - _REACH), hit.start) is not None


def names_a_person(hit: Hit, text: NormalText) -> bool:
    """Say whether a name that people bear too stands before a surname: Eron Qodirova."""
    if hit.surface not in _GIVEN_NAMES or hit.end > hit.start + len(hit.surface):
        return False
    return _SURNAME.match(text.original, text.evidence(hit.start, hit.end).end) is not None


def read(hit: Hit, text: NormalText, language: str) -> Reading:
    """Read the words beside a hit; a headline's capitals say nothing, nor do scripts without case."""
    if hit.pattern.tail is Tail.INSIDE:
        return Reading.NAME if _inside_a_transliteration(hit, text) else Reading.OPEN
    code = primary(language)
    span = text.evidence(hit.start, hit.end)
    before = _BEFORE.search(text.original[max(0, span.start - _REACH) : span.start])
    word, gap = (before[1], len(before[0])) if before else ("", 0)
    if fold(word) in _folded(_LOCATIVE.get(code, "")):
        return Reading.PLACE
    if (not hit.start or text.folded[hit.start - 1] == "\n") and _DATELINE.match(text.folded, hit.end):
        return Reading.DATELINE
    ending = text.folded[hit.start + len(hit.surface) : hit.end]
    if ending in _folded(_LOCATIVE_ENDINGS.get(code, "")):
        return Reading.PLACE
    if ending and code in _SUFFIXING:
        return Reading.OPEN  # a name takes its case at its end: what follows is another
    line = line_of(hit, text)
    if looks_titled(line):
        return Reading.OPEN
    if word[:1].isupper() and fold(word) not in _folded(_OPENING) and not word.endswith("."):
        opens = code in _INFLECTING and _opens_sentence(text.original, span.start - gap)
        return Reading.OPEN if opens else Reading.NAME
    after = _AFTER.match(text.original, span.end)
    if after is None or not after[1][0].isupper():
        return Reading.PLACE if fold(word) in _folded(_EITHER.get(code, "")) else Reading.OPEN
    return Reading.PLACE if fold(after[1]) in _folded(_OF_THE_CITY.get(code, "")) else Reading.NAME


def _inside_a_transliteration(hit: Hit, text: NormalText) -> bool:
    """Say whether a short Chinese name stands inside a foreign one: 德里 (Delhi) in 阿德里安 (Adrian)."""
    if hit.end - hit.start > _SHORT_HAN:
        return False
    return (
        text.folded[hit.start - 1 : hit.start] in _SYLLABLES_BEFORE
        or text.folded[hit.end : hit.end + 1] in _SYLLABLES_AFTER
    )


def _opens_sentence(text: str, start: int) -> bool:
    """Say whether a word stands first: its capital says nothing then."""
    before = text[max(0, start - 3) : start].rstrip(' \u00a0«"„“(')
    return not before or before[-1] in ".!?…:\n—–"


@cache
def _folded(words: str) -> frozenset[str]:
    return frozenset(map(fold, words.split()))
