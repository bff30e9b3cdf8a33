"""What the letters of a text say of its language before any model is asked: the script, and letters of one alphabet.

Ranges are Unicode's blocks. Names of scripts are ISO 15924 codes; Chinese characters and kana count as one, `Jpan`,
until `han_language` takes them apart.
"""

import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from functools import lru_cache

# Marks of Indic and Tibetan writing are no word characters to `re`, so only what is surely noise is named. An
# apostrophe is a letter inside an Uzbek or Ukrainian word and a quotation mark outside.
_NOISE = re.compile(
    r"https?://\S+|www\.\S+|\S+@\S+|[@#]\w+|(?<!\w)['’]|['’](?!\w)"
    r"|[\d_\s!-&(-/:-@\[-`{-~«»“”„‚—–…·•©®™°|\ud800-\udfff\u2190-\u2bff\u3000-\u303f\uff01-\uff20]+"
)
_APOSTROPHES = str.maketrans(dict.fromkeys("ʻʼ‘’`´ʹ", "'"))
# Soft hyphens, marks of direction, byte order marks, tatweel: they stand inside words and are seen by no reader.
_INVISIBLE = str.maketrans(dict.fromkeys("\xad\u200b\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\ufeffـ"))

_BLOCKS = (
    *((0x41, "Latn"), (0x250, ""), (0x370, "Grek"), (0x400, "Cyrl"), (0x530, "Armn"), (0x590, "Hebr")),
    *((0x600, "Arab"), (0x700, ""), (0x750, "Arab"), (0x780, ""), (0x8A0, "Arab"), (0x900, "Deva"), (0x980, "Beng")),
    *((0xA00, "Guru"), (0xA80, "Gujr"), (0xB00, "Orya"), (0xB80, "Taml"), (0xC00, "Telu"), (0xC80, "Knda")),
    *((0xD00, "Mlym"), (0xD80, "Sinh"), (0xE00, "Thai"), (0xE80, "Laoo"), (0xF00, "Tibt"), (0x1000, "Mymr")),
    *((0x10A0, "Geor"), (0x1100, "Hang"), (0x1200, "Ethi"), (0x13A0, ""), (0x1780, "Khmr"), (0x1800, "Mong")),
    *((0x18B0, ""), (0x1E00, "Latn"), (0x1F00, "Grek"), (0x2000, ""), (0x3041, "Jpan"), (0x3100, ""), (0x3400, "Jpan")),
    *((0xA000, ""), (0xAC00, "Hang"), (0xD7B0, ""), (0xF900, "Jpan"), (0xFB00, ""), (0x20000, "Jpan"), (0x40000, "")),
)
_STARTS = [start for start, _ in _BLOCKS]
# A Chinese character, a kana or a Korean syllable says as much as three letters.
_WORTH = {"Jpan": 3, "Hang": 3}
# Names of firms and people stand in Latin letters in every language's headlines, the other way round hardly ever: a
# letter of an alphabet other than Latin weighs double where scripts compete.
_WEIGHT = {"Latn": 1, "Jpan": 1, "Hang": 1}
_OTHER_WEIGHT = 2
# Forms of Traditional Chinese that Big5 lacks or hides, and Japanese sets have.
_OLD_FORMS = frozenset("爲裏羣衆峯綫")

# Scripts that one language of the news is written in. Manchu and Yiddish have hardly a press.
ONE_LANGUAGE = {
    "Grek": "el",
    "Armn": "hy",
    "Hebr": "he",
    "Guru": "pa",
    "Gujr": "gu",
    "Orya": "or",
    "Taml": "ta",
    "Telu": "te",
    "Knda": "kn",
    "Mlym": "ml",
    "Sinh": "si",
    "Thai": "th",
    "Laoo": "lo",
    "Tibt": "bo",
    "Mymr": "my",
    "Geor": "ka",
    "Hang": "ko",
    "Ethi": "am",
    "Khmr": "km",
    "Mong": "mn-Mong",
}

# (tag, letters of which at least one must stand, letters of which none may stand), the first match decides. Letters
# that several alphabets of the watch share (қ, ғ, ә) count only together with what tells those alphabets apart; what is
# left open (ң ө ү alone: Kyrgyz, Mongolian …) goes to the model. ٴ is the mark of front vowels
# in the Kazakh of China.
_OWN_LETTERS = {
    "Cyrl": (
        ("ba", "ҙҫҡ", "ұҷ"),
        ("tg", "ҷӣӯ", "ұў"),
        ("kk", "ұ", ""),
        ("uk", "їєґ", ""),
        ("uz-Cyrl", "ў", "іы"),
        ("be", "ў", "ї"),
        ("kk", "қ", "җҳӣӯҷў"),
    ),
    "Arab": (
        ("kk-Arab", "ٴ", "ڵڕێ"),
        ("ug", "ۈ", "ڵڕێ"),
        ("ckb", "ڵڕێ", "ۈ"),
        ("ps", "ټډړږښڼۍ", ""),
        ("ur", "ٹڈڑے", ""),
    ),
}
# Letters that Russian has not, and those that Arabic and Persian have not. Below this share of the sample they
# belong to a name or a quotation (Тоқаев in a Russian text) and decide nothing.
_BEYOND = {
    "Cyrl": re.compile(r"[әғқңөұүһіҙҫҡҷӣӯҳўїєґҗ]"),
    "Arab": re.compile(r"[ۇۆۈۋېڵڕێەټډړږښڼۍٹڈڑےٴ]"),
}
_LEAST_SHARE = 0.05


def letters_of(text: str, most: int) -> str:
    """Return the words of a text's beginning, at most `most` characters, with one space between them.

    Digits, marks, addresses, handles and signs nobody sees go; letters come in their plain form (ﻻ as لا, Ａ as A), and
    a text in capitals in small ones.
    """
    plain = unicodedata.normalize("NFKC", text[: most * 2]).translate(_INVISIBLE).translate(_APOSTROPHES)
    words = _NOISE.sub(" ", plain)[:most].strip()
    capitals = sum(map(str.isupper, words))
    return words.lower() if capitals * 2 > len(words) else words


def main_script(sample: str) -> tuple[str, int]:
    """Return the script most of a sample is in, and how many letters that is worth; `("", 0)` without letters."""
    worth: Counter[str] = Counter()
    for character, times in Counter(sample).items():
        script = _script(character)
        if script:
            worth[script] += times * _WORTH.get(script, 1)
    return max(
        worth.items(), key=lambda found: (found[1] * _WEIGHT.get(found[0], _OTHER_WEIGHT), found), default=("", 0)
    )


def only_script(sample: str, script: str) -> str:
    """Blank out the letters of other scripts: names and quotations in them say nothing of the language."""
    foreign = {ord(character): " " for character in set(sample) if _script(character) not in {script, ""}}
    return re.sub(" +", " ", sample.translate(foreign)).strip() if foreign else sample


def by_own_letters(sample: str, script: str) -> str | None:
    """Return the language whose own letters a sample uses, where they are frequent enough to be its alphabet."""
    lowered = sample.lower()
    if script not in _BEYOND or len(_BEYOND[script].findall(lowered)) < len(lowered) * _LEAST_SHARE:
        return None
    used = set(lowered)
    for tag, own, foreign in _OWN_LETTERS[script]:
        if used.intersection(own) and not used.intersection(foreign):
            return tag
    return None


def han_language(sample: str) -> tuple[str, int]:
    """Tell `ja`, `zh-Hans` and `zh-Hant` apart in a text of Chinese characters and kana.

    The number is by how many characters the script of Chinese is decided: 0 leaves it open (中文 is both). Kana mean
    Japanese unless characters stand there that Japanese cannot write (优惠の). Without kana a
    headline is Japanese where Japanese has all its characters, and Chinese lacks one (経済).
    """
    han = [character for character in sample if _script(character) == "Jpan" and character > "ヿ"]
    kana = sum("ぁ" <= character <= "ヺ" for character in sample)
    not_japanese = sum(not _written(character, "shift_jis") for character in han)
    only_japanese = sum(_only_japanese(character) for character in han)
    if kana * 20 >= len(han) and kana > not_japanese:
        return "ja", kana
    if only_japanese and not not_japanese:
        return "ja", only_japanese
    balance = sum(_leaning(character) for character in han)
    return ("zh-Hant" if balance < 0 else "zh-Hans"), abs(balance)


@lru_cache(maxsize=20_000)
def _script(character: str) -> str:
    if not (character.isalpha() or unicodedata.category(character).startswith("M")):
        return ""
    place = bisect_right(_STARTS, ord(character)) - 1
    return _BLOCKS[place][1] if place >= 0 else ""


@lru_cache(maxsize=20_000)
def _leaning(character: str) -> int:
    """Above 0 for a Simplified character, below for a Traditional one, 0 for those both have alike.

    GB 2312 is the set of Simplified, Big5 that of Traditional characters, and each has a first level of common ones:
    what one alone can write decides (2), what is common in one and rare in the other hints (1).
    """
    simplified, traditional = _written(character, "gb2312"), _written(character, "big5")
    common = (b"" < simplified < b"\xd8") - (b"" < traditional < b"\xc9")
    return 2 * (bool(simplified) - bool(traditional)) or common


@lru_cache(maxsize=20_000)
def _only_japanese(character: str) -> bool:
    chinese = character in _OLD_FORMS or _written(character, "gb2312") or _written(character, "big5")
    return bool(_written(character, "shift_jis")) and not chinese


@lru_cache(maxsize=60_000)
def _written(character: str, encoding: str) -> bytes:
    """Return a character's bytes, none where the set lacks it."""
    try:
        return character.encode(encoding)
    except UnicodeEncodeError:
        return b""
