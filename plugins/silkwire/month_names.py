"""Names of months in the languages of the watch and of the world's wires."""

from functools import cache

# Whose names CLDR knows. Left out: Croatian, whose listopad is October where the Czechs', Poles' and Ukrainians' is
# November, and Uyghur, which Babel lets leak into other locales' abbreviations once it was loaded.
_LOCALES = (
    *("en", "fr", "de", "es", "it", "pt", "nl", "pl", "ru", "uk", "be", "kk", "ky", "uz", "uz_Cyrl", "tg", "tk", "tr"),
    *("az", "az_Cyrl", "mn", "ar", "ar_DZ", "ar_MA", "ar_SY", "fa", "ka", "hy", "cs", "sk", "hu", "bg", "sr", "ro"),
    *("sv", "da", "nb", "fi", "el", "ca", "id", "he"),
)
# Case and izofat forms, shortened and local names, which CLDR does not list.
_SPELLINGS = {
    "январи": 1, "феврали": 2, "марти": 3, "апрели": 4, "майи": 5, "июни": 6, "июли": 7, "августи": 8,
    "сентябри": 9, "октябри": 10, "ноябри": 11, "декабри": 12, "январы": 1, "февралы": 2, "марты": 3,
    "апрелы": 4, "июну": 6, "июлу": 7, "сентябры": 9, "октябры": 10, "ноябры": 11, "декабры": 12,
    "sept": 9, "mär": 3, "mrz": 3, "märz": 3, "maerz": 3, "jän": 1, "jänner": 1, "feber": 2,
    "fév": 2, "aoû": 8, "aout": 8, "fevrier": 2, "decembre": 12, "setiembre": 9, "gen": 1, "янв": 1, "сент": 9,
    "нояб": 11, "يانۋار": 1, "فېۋرال": 2, "مارت": 3, "ئاپرېل": 4, "ماي": 5, "ئىيۇن": 6, "ئىيۇل": 7,
    "ئاۋغۇست": 8, "سېنتەبىر": 9, "ئۆكتەبىر": 10, "نويابىر": 11, "دېكابىر": 12, "ابريل": 4, "إبريل": 4,
    "اغسطس": 8, "اكتوبر": 10, "ايار": 5, "ايلول": 9, "اذار": 3, "ژانویه": 1, "فوریه": 2, "مه": 5, "می": 5,
    "ژوئیه": 7, "جولای": 7, "اگست": 8, "اپریل": 4, "جون": 6,
    # Formal Mongolian counts the months
    "нэгдүгээр": 1, "хоёрдугаар": 2, "гуравдугаар": 3, "дөрөвдүгээр": 4, "дөрөвдугаар": 4, "тавдугаар": 5,
    "зургаадугаар": 6, "зургадугаар": 6, "долоодугаар": 7, "долдугаар": 7, "наймдугаар": 8, "есдүгээр": 9,
    "аравдугаар": 10, "арван нэгдүгээр": 11, "арван хоёрдугаар": 12,
}  # fmt: skip
_ENDINGS = (
    *("ынын", "инин", "ында", "инде", "ynda", "inde", "ning", "нинг", "нын", "нин", "дын", "дин", "ның", "нің"),
    *("да", "де", "та", "те", "da", "de", "ta", "te", "ы", "и", "у", "ү", "y", "i"),
)
_SHORTEST_INFLECTED = 3  # letters; `May`, whose case forms are `maýy` and `майда`

_SOLAR_HIJRI = {
    "فروردین": 1, "اردیبهشت": 2, "خرداد": 3, "تیر": 4, "مرداد": 5, "امرداد": 5, "شهریور": 6, "مهر": 7, "آبان": 8,
    "آذر": 9, "دی": 10, "بهمن": 11, "اسفند": 12,
    # Afghanistan's
    "حمل": 1, "ثور": 2, "جوزا": 3, "سرطان": 4, "اسد": 5, "سنبله": 6, "میزان": 7, "عقرب": 8, "قوس": 9, "جدی": 10,
    "دلو": 11, "حوت": 12,
}  # fmt: skip
_ARABIC_LETTERS = str.maketrans("يكى", "یکی")  # as an Arabic keyboard writes Persian


def month_number(name: str) -> int | None:
    """Return the month, 1 to 12, that a name, its abbreviation or a case form means in any language, None for none."""
    name = " ".join(name.casefold().rstrip(".").split())
    months, whole = _months()
    if name in months:
        return months[name]
    for ending in _ENDINGS:
        stem = name.removesuffix(ending)
        if stem != name and len(stem) >= _SHORTEST_INFLECTED and stem in whole:
            return months[stem]
    return None


def solar_hijri_month(name: str) -> int | None:
    """Return the month, 1 to 12, that a name means in Iran or Afghanistan, None for none."""
    return _SOLAR_HIJRI.get(name.translate(_ARABIC_LETTERS))


def thai_months() -> dict[str, int]:
    """Return the Thai names and abbreviations, whose vowel signs no pattern takes for letters."""
    from babel import Locale

    widths = Locale.parse("th").months["format"]
    return {name.rstrip("."): number for width in ("wide", "abbreviated") for number, name in widths[width].items()}


@cache
def _months() -> tuple[dict[str, int], frozenset[str]]:
    """Every name with its month, and those that are no abbreviations; a word that names two months names none."""
    from babel import Locale

    meanings: dict[str, set[int]] = {}
    whole: set[str] = set()
    for identifier in _LOCALES:
        for widths in Locale.parse(identifier).months.values():
            for width in ("wide", "abbreviated"):
                for number, name in widths.get(width, {}).items():
                    key = name.casefold().rstrip(".")
                    meanings.setdefault(key, set()).add(number)
                    if width == "wide":
                        whole.add(key)
    months = {name: next(iter(numbers)) for name, numbers in meanings.items() if len(numbers) == 1}
    return {**months, **_SPELLINGS}, frozenset(whole & months.keys())
