"""Which language a text is in, told from the text alone: tags on pages and feeds are wrong too often.

The order of evidence: Chinese characters, letters that one Cyrillic or Arabic alphabet has (ұ is Kazakh), then
py3langid's model. Together they tell .999 of the sentences in shared/data/language. The answer is a BCP 47 tag.
"""

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

UNDETERMINED = "und"

_SAMPLE = 800  # characters; more of them do not change the answer and cost 3 ms a page
_FEWEST_LETTERS = 20
_DENSE_WORTH = 3  # a Chinese character, a kana or a Korean syllable says as much as three letters
_LEAST_CONFIDENCE = 0.25

# Marks of Indic and Tibetan writing are no word characters to `re`, so only what is surely noise is named.
_NOISE = re.compile(r"https?://\S+|www\.\S+|\S+@\S+|[@#]\w+|[\d_\s!-/:-@\[-`{-~«»“”„‘’–—…·•©®™°|\ud800-\udfff]+")
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_KANA = re.compile(r"[\u3040-\u30ff]")
_HANGUL = re.compile(r"[\uac00-\ud7af]")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")

# The model's label → what we call it. It knows no Tibetan or Sorani and answers with their nearest relative; Wu and
# Cantonese news is written in standard Chinese.
_ALIASES = {"wuu": "zh", "yue": "zh", "dz": "bo", "sdh": "ckb", "uzs": "uz", "arz": "ar", "ary": "ar"}

# Dead, constructed or hardly published languages, which the model prefers now and then on a short English, Italian,
# Spanish or Tatar sentence.
_NOT_WATCHED = frozenset(
    (
        *("ace", "an", "bcl", "crh", "eo", "ext", "fuv", "gcf", "gcr", "gom", "grc", "guw", "hbo", "kab", "kik", "la"),
        *("lij", "ltg", "pcm", "sa", "se", "sn", "uzs", "vec", "vo", "wa", "zxx"),
    )
)

# (tag, letters of which at least one must stand, letters of which none may stand), the first match decides. Letters
# that several alphabets of the watch share (қ, ғ, ә) count only together with what tells those alphabets apart; what is
# left open (ң ө ү alone: Kyrgyz, Mongolian …) goes to the model.
_CYRILLIC_LETTERS = (
    ("ba", "ҙҫҡ", "ұҷ"),
    ("tg", "ҷӣӯ", "ұў"),
    ("kk", "ұ", ""),
    ("uk", "їєґ", ""),
    ("uz", "ў", "іы"),
    ("be", "ў", "ї"),
    ("kk", "қ", "җҳӣӯҷў"),
    ("tt", "ә", "құіҡҙ"),
)
_ARABIC_LETTERS = (
    ("ug", "ۇۈۋ", "ڵڕێ"),
    ("ckb", "ڵڕێ", "ۈ"),
    ("ps", "ټډړږښڼۍ", ""),
    ("ur", "ٹڈڑے", ""),
)
# Letters that Russian has not, and those that Arabic and Persian have not. Below this share of the sample they
# belong to a name or a quotation (Тоқаев in a Russian text) and decide nothing.
_BEYOND_RUSSIAN = re.compile(r"[әғқңөұүһіҙҫҡҷӣӯҳўїєґҗ]")
_BEYOND_PERSIAN = re.compile(r"[ۇۆۈۋېڵڕێەټډړږښڼۍٹڈڑے]")
_LEAST_SHARE = 0.05


def detect_language(text: str) -> str:
    """Return the BCP 47 tag of the language `text` is written in, or `und`.

    Chinese and Uzbek always carry their script (`zh-Hans`, `zh-Hant`, `uz-Latn`, `uz-Cyrl`). `und` means fewer than
    some 20 letters (6 in Chinese), or no language the model believes in.
    """
    sample = _letters(text)
    letters = len(sample) - sample.count(" ")
    han, kana, hangul = (len(script.findall(sample)) for script in (_HAN, _KANA, _HANGUL))
    if letters + (_DENSE_WORTH - 1) * (han + kana + hangul) < _FEWEST_LETTERS:
        return UNDETERMINED
    if han * 2 > letters and kana * 20 < han:
        return _chinese(sample)
    return _by_letters(sample, letters) or _by_model(sample)


def _letters(text: str) -> str:
    """Words of the text's beginning, without digits, marks, addresses and handles, one space between them."""
    return _NOISE.sub(" ", text[: _SAMPLE * 3])[:_SAMPLE].strip()


def _chinese(sample: str) -> str:
    """Tell Simplified from Traditional by the characters that only one of them has."""
    balance = sum(_leaning(character) for character in sample)
    return "zh-Hant" if balance < 0 else "zh-Hans"


@lru_cache(maxsize=20_000)
def _leaning(character: str) -> int:
    """+1 for a Simplified character, -1 for a Traditional one, 0 for those both have.

    GB 2312 is the set of Simplified, Big5 that of Traditional characters: what only one of them can write decides.
    """
    return _writable(character, "gb2312") - _writable(character, "big5")


def _writable(character: str, encoding: str) -> bool:
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _by_letters(sample: str, letters: int) -> str | None:
    """Return the language whose own letters the sample uses, where they are frequent enough to be its alphabet."""
    lowered = sample.lower()
    for alphabets, beyond in ((_CYRILLIC_LETTERS, _BEYOND_RUSSIAN), (_ARABIC_LETTERS, _BEYOND_PERSIAN)):
        if len(beyond.findall(lowered)) < letters * _LEAST_SHARE:
            continue
        used = set(lowered)
        for tag, own, foreign in alphabets:
            if used.intersection(own) and not used.intersection(foreign):
                return _with_script(tag, sample)
    return None


def _by_model(sample: str) -> str:
    label, confidence = _identifier().classify(sample)
    if confidence < _LEAST_CONFIDENCE:
        return UNDETERMINED
    tag = _ALIASES.get(label, label)
    return _chinese(sample) if tag == "zh" else _with_script(tag, sample)


def _with_script(tag: str, sample: str) -> str:
    if tag != "uz":
        return tag
    return "uz-Cyrl" if len(_CYRILLIC.findall(sample)) > len(_LATIN.findall(sample)) else "uz-Latn"


@cache
def _identifier() -> "LanguageIdentifier":
    """Return the model, loaded once a process (0.5 s) and not at import."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages([label for label in identifier.labels if label not in _NOT_WATCHED])
    return identifier
