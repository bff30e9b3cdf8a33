"""Russian and Ukrainian common words: the plurals, genders and endings that names of places do without.

A word is split into what stays and the folded ends that may follow it. As in `slavic.py`, an end too many costs nothing
where it makes no other word.
"""

from functools import cache

from silkwire.label.matching.normal import fold
from silkwire.label.matching.slavic import paradigm

Inflection = tuple[str, frozenset[str]]  # what stays, folded, and the ends that may follow, folded

_AFTER_K = "ий ая ое ие ого ому им ом ой ую их ими ее его ему ем ей"
# The end of a dictionary form and what may stand in its place; `-` is nothing at all.
_RUSSIAN = {
    "ый": "ый ая ое ые ого ому ым ом ой ую ою ых ыми",
    "ой": "ой ая ое ые ого ому ым ом ую ых ыми оя ою оем ое ои оев оям оями оях",
    "ий": "ий яя ее ие его ему им ем ей юю их ими ия ию ием ии иев иям иями иях",
    **{f"{k}ий": " ".join(k + end for end in _AFTER_K.split(" ")) for k in "кгхжшчщ"},
    "ая": "ая ой ую ою ей ею ые ых ым ыми ие их им ими",
    "яя": "яя ей юю ею ие их им ими",
    "ое": "ое ого ому ым ом им ые ых ыми ие их ими",
    "ее": "ее его ему им ем ие их ими",
    "ые": "ые ых ым ыми",
    "ие": "ие их им ими ия ию ием ии ий иям иями иях",
    "ье": "ье ья ью ьем ий ьев ьям ьями ьях",
    "ия": "ия ии ию ией иею ий иям иями иях",
    "ья": "ья ьи ье ью ьей ьею ей ьям ьями ьях",
    "ка": "ка ки ке ку кой кою к ок ек кам ками ках",
    "ца": "ца цы це цу цей цею ц ец цам цами цах",
    **{f"{k}а": f"{k}а {k}и {k}е {k}у {k}ей {k}ею {k} {k}ам {k}ами {k}ах" for k in "жшчщ"},
    "а": "а ы и е у ой ою - ам ами ах",
    "мя": "мя мени менем мен мён менам менами менах",
    "я": "я и ю ей ею е ь й - ям ями ях",
    "ь": "ь я ю ем ём е и ью ей ям ями ях",
    "о": "о а у ом е - ы и ам ами ах ов",
    "е": "е я ю ем ей ям ями ях а у ам ами ах ь -",
    "й": "й я ю ем е и ев ям ями ях",
    "ок": "ок ка ку ком ке ки ков кам ками ках ока оку оком оке оки оков окам оками оках",
    "ек": "ек ка ку ком ке ки ков кам ками ках ека еку еком еке еки еков екам еками еках",
    "ки": "ки ков ок ек к кам ками ках ка ке ку кой",
    "ии": "ии ий иям иями иях ия ию ией",
    "цы": "цы цев ц цам цами цах ец ца цу цем це цей",
    "ы": "ы ов - ам ами ах а у е ом ой",
    "и": "и ов ев ей - ь й ам ами ах ям ями ях а я у ю е ом ем ой ью",
}  # fmt: skip
_UKRAINIAN = {
    "ий": "ий а я е є і ого ього ому ьому им ім ій у ю ої ьої ою ею их іх ими іми",
    "ій": "ій я є і ього ьому ім ю ьої ьою їх іх іми єю єм ї їв ям ями ях",
    "ія": "ія ії ію ією ій іям іями іях",
    "ька": "ька ьки ьці ьку ькою ької ькій ькі ьких ьким ькими ьок ькам ьками ьках",
    "на": "на ни ні ну ною н нам нами нах ної ній них ним ними",
    "ова": "ова ови ові ову овою ов овам овами овах ової овій ових овим овими",
    "а": "а и і у ою - ам ами ах",
    "я": "я і ї ю ею єю ям ем єм ь й - ями ях ів їв",
    "ість": "ість ості істю остей остям остями остях",
    "ь": "ь я ю ем єм еві і у ей ів ям ями ях",
    "о": "о а у ом і ові - ам ами ах",
    "е": "е ого ому им ім я ю ем єм і - ей ям ями ях а у их ими",
    "й": "й я ю єм єві ї їв ям ями ях",
    "ка": "ка ки ці ку кою к ок кам ками ках",
    "га": "га ги зі гу гою г гам гами гах",
    "ок": "ок ку ка ком кові ці ки ків кам ками ках оку ока оком окові оки оків окам оками оках",
    "від": "від вод воду вода водом воді водові води водів водам водами водах",
    "хід": "хід ход ходу хода ходом ході ходові ходи ходів ходам ходами ходах",
    "тік": "тік току тока током тоці токові токи токів токам токами токах",
    "ії": "ії ій іям іями іях ія ію ією",
    "и": "и ів - ам ами ах а у і ою ом",
    "і": "і их им ими ів ей ям ями ях ам ами ах ь а у ю",
}
_TABLES = {"ru": _RUSSIAN, "uk": _UKRAINIAN}
_LONGEST_END = 4
# Names that decline as adjectives have plurals too: Железные дороги.
_ADJECTIVES = ("ый", "ий", "ой", "ая", "яя", "ое", "ее", "ые", "ие", "ська", "цька")
_SHORTEST = 3


def inflections(word: str, language: str) -> tuple[Inflection, ...]:
    """Split a Russian or Ukrainian word of a term; a capital makes it a name, which has no plural."""
    found = [_folded(*paradigm(word, language))]
    acronym = len(word) > 1 and word.isupper()
    name = word[:1].isupper() and not word.endswith(_ADJECTIVES)
    if not acronym and not name and len(word) >= _SHORTEST:
        folded = fold(word)
        table = _ends(language)
        for length in range(_LONGEST_END, 0, -1):
            if length < len(folded) and (ends := table.get(folded[-length:])):
                found.append((folded[:-length], ends))
                break
    return tuple(found)


def _folded(stem: str, ends: tuple[str, ...]) -> Inflection:
    return fold(stem), _fold_ends(ends)


@cache
def _fold_ends(ends: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(fold, ends))


@cache
def _ends(language: str) -> dict[str, frozenset[str]]:
    return {
        fold(end): frozenset(fold(other.strip("-")) for other in others.split(" "))
        for end, others in _TABLES[language].items()
    }
