"""Russian and Ukrainian inflect by changing the end of each word: a name is written once and read in all its cases.

Forms are generated, not checked against grammar tables: a form too many costs nothing where it is no other word.
"""

from functools import cache
from itertools import product

# The end of a dictionary form, longest first, and what may stand in its place.
_RUSSIAN = (
    ("один", "один одного одному одним одном одна одной одну одни одних"),
    ("ский", "ский ская ское ские ского скому ским ском ской скую ских скими"),
    ("цкий", "цкий цкая цкое цкие цкого цкому цким цком цкой цкую цких цкими"),
    ("ный", "ный ная ное ные ного ному ным ном ной ную ных ными"),
    ("вый", "вый вая вое вые вого вому вым вом вой вую вых выми"),
    ("ый", "ый ая ое ые ого ому ым ом ой ую ых ыми"),
    ("анин", "анин анина анину анином анине ане ан анам анами анах"),
    ("янин", "янин янина янину янином янине яне ян янам янами янах"),
    ("ец", "ец ца цу цем цом це цы цев цов цам цами цах"),
    ("иец", "иец ийца ийцу ийцем ийце ийцы ийцев ийцам ийцами ийцах"),
    ("еец", "еец ейца ейцу ейцем ейце ейцы ейцев ейцам ейцами ейцах"),
    ("аец", "аец айца айцу айцем айце айцы айцев айцам айцами айцах"),
    ("анка", "анка анки анке анку анкой анок анкам анками анках"),
    ("янка", "янка янки янке янку янкой янок янкам янками янках"),
    ("ка", "ка ки ке ку кой кою ок ек кам ками ках"),
    ("цы", "цы цев цам цами цах"),
    ("ины", "ины ин инов инам инами инах"),
    ("ки", "ки ков ок ек кам ками ках"),
    ("ии", "ии ий иям иями иях"),
    ("море", "море моря морю морем"),
    ("яя", "яя ей юю ею"),
    ("ая", "ая ой ую ою"),
    ("ое", "ое ого ому ым ом"),
    ("ые", "ые ых ым ыми"),
    ("ие", "ие их им ими"),
    ("ия", "ия ии ию ией"),
    ("а", "а ы и е у ой ою"),
    ("я", "я и ю ей ею е"),
    ("й", "й я ю ем е"),
    ("ь", "ь я ю ем ём е и ью"),
    ("ы", "ы ов ам ами ах"),
)
_UKRAINIAN = (
    ("ський", "ський ська ське ські ського ському ським ській ську ської ською ських ськими"),
    ("зький", "зький зька зьке зькі зького зькому зьким зькій зьку зької зькою зьких зькими"),
    ("цький", "цький цька цьке цькі цького цькому цьким цькій цьку цької цькою цьких цькими"),
    ("ська", "ська ської ській ську ською"),
    ("цька", "цька цької цькій цьку цькою"),
    ("ське", "ське ського ському ським"),
    ("цьке", "цьке цького цькому цьким"),
    ("на", "на ни ні ну ною ної ній"),
    ("ний", "ний на не ні ного ному ним ній ну ної ною них ними"),
    ("єць", "єць йця йцю йцем йцеві йці йців йцям йцями йцях"),
    ("ець", "ець ця цю цем цеві ці ців цям цями цях"),
    ("анин", "анин анина анину анином анинові анині ани ан анам анами анах"),
    ("янин", "янин янина янину янином янинові янині яни ян янам янами янах"),
    ("їнин", "їнин їнина їнину їнином їнинові їнині їни їн їнам їнами їнах"),
    ("ий", "ий а е і ого ому им ій у ої ою их ими"),
    ("дім", "дім дому домом домі домові"),
    ("мени", "мени менів мен менам менами менах"),
    ("ці", "ці ців цям цями цях"),
    ("море", "море моря морю морем морі"),
    ("ка", "ка ки ці ку кою ок кам ками ках"),
    ("га", "га ги зі гу гою"),
    ("рак", "рак рака раку раком ракові раці раки раків ракам раками раках"),
    ("иїв", "иїв иєва иєву иєвом иєві"),
    ("ія", "ія ії ію ією"),
    ("а", "а и і у ою ю"),
    ("я", "я і ї ю ею єю"),
    ("й", "й я ю єм ї"),
    ("ь", "ь я ю ем і ю"),
    ("і", "і их им ими"),
    ("и", "и ів ам ами ах"),
)
# Proper names have no plural (Оманов is a surname), and surnames in -ов and -ин an instrumental of their own.
_PROPER = "  а у ом ем е ым"
_HARD = {"ru": "  а у ом ем е ы и ов ев ам ами ах", "uk": "  а у ом і ові и ів ам ами ах"}
_HUSHED = "  а у ом ем е и ов ей ам ами ах"  # after г, к, х and the hushers: узбеки, латыши
_TABLES = {"ru": _RUSSIAN, "uk": _UKRAINIAN}
_SMALL = frozenset(("и", "і", "та", "в", "на", "с", "о", "об", "для", "острова", "острів"))
_MOST_FORMS = 400
_SHORTEST = 3


def decline(name: str, language: str) -> frozenset[str]:
    """Return the forms of a Russian or Ukrainian name or phrase, the dictionary form included."""
    choices = [_decline_word(word, language) for word in name.split(" ")]
    size = 1
    for choice in choices:
        size *= len(choice)
    if size > _MOST_FORMS:
        return frozenset({name})
    return frozenset(" ".join(words) for words in product(*choices))


def paradigm(word: str, language: str) -> tuple[str, tuple[str, ...]]:
    """Split a word into what stays and the ends that may follow, each once.

    Of a hyphenated name the last part is inflected (Южно-Китайское), or both where both are names.
    """
    if word.isupper() or word in _SMALL or len(word) < _SHORTEST or word[-2:] in ("оа", "уа"):  # Самоа, Никарагуа
        return word, ("",)
    for end, forms in _longest_first(language):
        if word.endswith(end):
            return word[: len(word) - len(end)], forms
    return word, ("",) if word[-1] in "оеуиюэіє" else _split(_hard(word, language))


def _decline_word(word: str, language: str) -> tuple[str, ...]:
    stem, ends = paradigm(word, language)
    return tuple(stem + end for end in ends)


@cache
def _longest_first(language: str) -> list[tuple[str, tuple[str, ...]]]:
    rows = sorted(_TABLES[language], key=lambda row: -len(row[0]))
    return [(end, _split(forms)) for end, forms in rows]


@cache
def _split(forms: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(forms.split(" ")))


def _hard(word: str, language: str) -> str:
    """Return the endings of a word that ends in a hard consonant."""
    if language != "ru":
        return _HARD[language]
    if word[0].isupper():
        return _PROPER
    return _HUSHED if word[-1] in "гкхжчшщ" else _HARD[language]
