"""Whether decoded text looks like writing, which tells a wrong charset from a right one where both decode.

Single-byte code pages never fail, and the two-byte ones of East Asia read one another without an error. What betrays
them is the form of the words: small letters before capitals, letters of two scripts in one word, rare characters.
"""

import re

_RUN = re.compile(r"(?:(?<=[A-Za-z])|(?<![A-Za-z]))[^\x00-\x7f\s]+")
_LATIN = re.compile(r"[«»„“”‘’…–—·•©®™°€£§ ¿¡]*[\u00c0-\u024f]{0,2}[«»„“”‘’…–—·•©®™°€£§¿¡]*")
_CYRILLIC = re.compile(
    r"[«„“”№–—…]*(?:[\u0400-\u042fҐҒҚҢӨҰҮҺӘҲҶӢӮ]?[\u0430-\u045fґғқңөұүһәҳҷӣӯ’]+|[\u0400-\u042fҐҒҚҢӨҰҮҺӘ]+)[»“”…–—]*"
)
_CAPITALS, _SMALLS = re.compile(r"[\u0410-\u042f]"), re.compile(r"[\u0430-\u044f]")
_ARABIC = re.compile(
    r"[«»]*[\u0621-\u063a\u0641-\u0652\u060c\u061b\u061f\u067e\u0686\u0698\u06a9\u06af\u06cc\u200c\u200d]+[«»]*"
)
_KANA = re.compile(r"[\u3041-\u30fe]")
_HAN = re.compile(r"[\u3400-\u9fff]")
_HANGUL = re.compile(r"[\uac00-\ud7a3]")
_FREQUENT = frozenset(
    "的一是在不了有和人这這中大为為上个個国國我以要他年月日将將会會对對与與"
)  # of Chinese, in both scripts
_COMMON_GB = range(0xB0, 0xD8)  # first bytes of GB 2312's level 1: 3,755 characters, 99.7 % of running text
_COMMON_BIG5 = range(0xA4, 0xC7)  # the same in Big5
_LOOKED_AT = 20_000  # characters
_GOOD = 0.6  # share of runs that have a word's form; it is above .95 in right text, below .4 in wrong
_COMMON = 0.85
_FEW = 8  # characters that prove nothing
_ALIEN = 0.1  # share of kana in what is said to be Chinese
_LEAST_FREQUENT = 0.02  # share of the most frequent characters in Chinese text; 0.1 to 0.2 is usual
_TURKISH = re.compile(r"[ğşıİĞŞ]")
_ICELANDIC = re.compile(r"[áíúæÁÍÚÆ]")


def looks_right(text: str, encoding: str) -> bool:
    """Whether text that came of decoding with this Python codec is writing; too little to tell counts as right."""
    text = text[:_LOOKED_AT]
    if encoding in ("gb18030", "big5hkscs"):
        return _is_chinese(text, encoding)
    if encoding in ("cp932", "euc_jp", "shift_jis", "euc-jp"):
        return _share(_KANA, text, _KANA, _HAN) >= _ALIEN
    if encoding in ("cp949", "euc_kr"):
        return _share(_HANGUL, text, _HANGUL, _HAN, _KANA) >= _GOOD
    if len(_CAPITALS.findall(text)) > max(_FEW, len(_SMALLS.findall(text))):
        return False  # KOI8-R has small letters where windows-1251 has capitals
    runs = list(_RUN.finditer(text))
    if sum(len(run[0]) for run in runs) < _FEW:
        return True
    return sum(_is_word(run[0], text[run.start() - 1 : run.start()]) for run in runs) >= _GOOD * len(runs)


def is_turkish(text: str) -> bool:
    """Whether text read as windows-1254 is Turkish, and not Icelandic, with which it shares six places."""
    return len(_TURKISH.findall(text)) >= _FEW and not _ICELANDIC.search(text)


def _is_word(run: str, before: str) -> bool:
    if _LATIN.fullmatch(run):
        return True
    # A letter of another script right after a Latin one: président in windows-1251.
    latin = before.isascii() and before.isalpha()
    return not latin and bool(_CYRILLIC.fullmatch(run) or _ARABIC.fullmatch(run))


def _is_chinese(text: str, encoding: str) -> bool:
    han = _HAN.findall(text)
    if len(han) < _FEW:
        return not _RUN.search(text)
    if len(_KANA.findall(text)) > _ALIEN * len(han) or len(_HANGUL.findall(text)) > _ALIEN * len(han):
        return False
    codec, common = ("gb2312", _COMMON_GB) if encoding == "gb18030" else ("big5", _COMMON_BIG5)
    known = sum((character.encode(codec, "ignore") or b"\0")[0] in common for character in han)
    # Traditional characters are outside GB 2312, but then their own frequent ones are there.
    frequent = sum(character in _FREQUENT for character in han)
    return frequent >= _LEAST_FREQUENT * len(han) and (known >= _COMMON * len(han) or frequent * 12 >= len(han))


def _share(wanted: re.Pattern[str], text: str, *of: re.Pattern[str]) -> float:
    whole = sum(len(pattern.findall(text)) for pattern in of)
    return len(wanted.findall(text)) / whole if whole >= _FEW else 1.0
