"""What may follow a word's dictionary form, as closed lists: a suffix chain is a product of slots, each optional.

`Казахстан` in a Kazakh text may go on as -ның, -дағы or -дықтарға and nothing else, so that it is never found inside
another word. Lists are written as the language spells them and folded as texts are.
"""

import re
from functools import cache, lru_cache

from silkwire.label.normal import fold
from silkwire.label.uzbek import cyrillic

_SLOTS: dict[str, tuple[str, ...]] = {
    "kk": (
        "лық лік дық дік тық тік",
        "лар лер дар дер тар тер",
        "ы і сы сі ымыз іміз мыз міз",
        "ның нің дың дің тың тің ға ге қа ке на не а е ны ні ды ді ты ті н да де та те нда нде дан ден тан тен нан нен "
        "мен бен пен дағы дегі тағы тегі ндағы ндегі ша ше дай дей",
    ),
    "ky": (
        "лык лик лук лүк дык дик дук дүк тык тик тук түк",
        "лар лер лор лөр дар дер дор дөр тар тер тор төр",
        "ы и у ү сы си су сү ыбыз ибиз убуз үбүз быз биз",
        "нын нин нун нүн дын дин дун дүн тын тин тун түн га ге го гө ка ке ко кө на не но нө а е ны ни ну нү ды ди ду "
        "дү ты ти ту тү н да де до дө та те то тө нда нде дан ден дон дөн тан тен тон төн нан нен дагы деги догу дөгү "
        "тагы теги тогу төгү ндагы ндеги ча че чо чө дай дей",
    ),
    "uz": ("lik", "lar", "i si imiz miz", "ning ni ga ka qa da dan dagi cha gacha niki dek"),
    "tk": (
        "ly li lu lü",
        "lyk lik luk lük",
        "lar ler",
        "y i u ü sy si su sü ymyz imiz",
        "yň iň uň üň nyň niň nuň nüň y i ny ni a e ga ge ä na ne da de nda nde dan den ndan nden daky däki ndaky "
        "ndäki ça çe",
    ),
    "tr": (
        "lı li lu lü",
        "lık lik luk lük",
        "lar ler",
        "ı i u ü sı si su sü",
        "ın in un ün nın nin nun nün yı yi yu yü nı ni nu nü a e ya ye na ne da de ta te nda nde dan den tan ten ndan "
        "nden la le yla yle ca ce ça çe daki deki taki teki ndaki ndeki",
    ),
    "az": (
        "lı li lu lü",
        "lıq lik luq lük",
        "lar lər",
        "ı i u ü sı si su sü",
        "ın in un ün nın nin nun nün yı yi yu yü nı ni nu nü a ə ya yə na nə da də nda ndə dan dən ndan ndən la lə "
        "dakı dəki ndakı ndəki ca cə",
    ),
    "tt": ("лы ле", "лар ләр нар нәр", "ы е сы се", "ның нең ны не га гә ка кә на нә да дә та тә нда ндә дан дән тан тән "
           "ннан ннән дагы дәге тагы тәге ча чә"),
    "ug": (
        "لىق لىك لۇق لۈك",
        "لار لەر",
        "ى سى ىمىز",
        "نىڭ نى غا گە قا كە دا دە تا تە دىن تىن دىكى تىكى چە غىچە گىچە",
    ),
    "tg": ("ӣ", "ҳо ён он", "и", "ро ю у"),
    "fa": ("ی", "ها ان", "ی ای"),
    "mn": (
        "чууд чүүд ууд үүд",
        "ын ийн ы ий н гийн д т ад эд од өд нд анд энд аас ээс оос өөс наас нээс тай тэй той аар ээр оор өөр ыг ийг г "
        "руу рүү луу лүү ынх ийнх",
        "аа ээ оо өө",
    ),
    "ar": ("ي ية يون يين يا ه ها",),
    "en": ("s n ns",),
    "fr": ("e ne s", "s"),
    "de": ("e er es en em s n in innen",),
    "es": ("s es a as",),
}  # fmt: skip
# Arabic writes "and", "in", "for" and the article onto the word.
_PREFIXES = {"ar": frozenset("و ف ب ل ك ال وال بال فال كال لل ولل وب ول".split())}


@cache
def _chain(language: str) -> re.Pattern[str]:
    """Compile the slots of a language to one pattern; Uzbek's are read in both alphabets."""
    pattern = ""
    for slot in _SLOTS.get(language, ()):
        parts = slot.split()
        if language == "uz":
            parts += [cyrillic(part) for part in parts]
        pattern += f"(?:{'|'.join(dict.fromkeys(map(fold, parts)))})?"
    return re.compile(pattern)


@lru_cache(maxsize=50_000)
def ends_well(rest: str, language: str) -> bool:
    """Say whether `rest`, folded, may follow a dictionary form in this language; nothing always may."""
    return not rest or _chain(language).fullmatch(rest) is not None


@cache
def prefixes(language: str) -> frozenset[str]:
    """Return what may be written onto the front of a word in this language, folded."""
    return frozenset(fold(prefix) for prefix in _PREFIXES.get(language, ())) | {""}


def variants(word: str, language: str) -> tuple[str, ...]:
    """Return the stems a folded word takes before an ending. Uyghur raises a final a or e to i."""
    if language == "ug" and word[-1:] in "اە" and len(word) > 3:
        return (word, word[:-1] + fold("ى"))
    if language == "ar" and word.startswith("ال") and len(word) > 4:
        return (word, "ل" + word[1:])  # li + al: للصين
    return (word,)
