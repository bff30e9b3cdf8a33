"""Chinese names countries by one character in compounds: 中哈 (China and Kazakhstan), 哈方 (the Kazakh side), 访华.

Single characters mean too much else to be read alone, so compounds are listed. An unsure one counts only where the
text names the country in full.
"""

from collections.abc import Iterator

from silkwire.label.matcher import Case, Pattern, Speaker, Tail

_COUNTRIES = {
    "中": "CN", "哈": "KZ", "吉": "KG", "乌": "UZ", "塔": "TJ", "土": "TM", "俄": "RU", "美": "US", "日": "JP",
    "韩": "KR", "朝": "KP", "印": "IN", "巴": "PK", "伊": "IR", "英": "GB", "法": "FR", "德": "DE", "澳": "AU",
    "加": "CA", "蒙": "MN", "越": "VN", "阿": "AF", "以": "IL", "白": "BY", "泰": "TH", "新": "SG", "菲": "PH",
    "缅": "MM", "柬": "KH", "老": "LA", "马": "MY", "华": "CN", "台": "TW",
}  # fmt: skip
_OTHER = {"乌": "UA", "土": "TR", "巴": "BR"}  # second readings, never sure
_SURE = (
    "中哈 中吉 中塔 中俄 中美 中日 中韩 中印 中巴 中蒙 中越 中澳 中英 中法 中德 中朝 中伊 中吉乌 中哈乌 中哈俄 中俄蒙 中蒙俄 "
    "中阿巴 中乌阿 中日韩 美日韩 俄美 美俄 俄中 美中 哈中 朝韩 韩朝 日韩 美韩 美日 英美 美英 俄哈 俄白 哈吉 哈乌 吉乌 吉塔 "
    "中方 美方 俄方 哈方 访华 驻华 来华 赴华 涉华 援华 对华 反华 中企 美军 俄军 日媒 美媒 俄媒 韩媒 "
    "中乌"
).split()
_UNSURE = (
    "中土 中加 中以 中白 中泰 中新 中菲 中缅 中柬 中老 中马 中阿 吉方 乌方 塔方 土方 日方 韩方 朝方 印方 巴方 伊方 英方 法方 德方 "
    "澳方 加方 蒙方 越方 阿方 以方 白方 泰方 菲方 缅方 老方 马方 驻哈 驻吉 驻乌 驻塔 驻土 驻俄 驻美 驻日 驻韩 驻英 驻法 驻德 驻伊 "
    "驻蒙 驻巴 访哈 访吉 访乌 访塔 访土 访俄 访美 访日 访韩 访法 访英 访德 访蒙 访巴 对哈 对俄 对美 对日 对乌 在哈 在吉 在乌 "
    "在塔 在土 赴哈 赴吉 赴乌 赴塔 赴土 赴俄 赴美 哈塔 吉哈 乌哈 乌吉 塔吉 塔乌 哈土 乌塔 印巴 美伊 美朝 美印 乌军 台方 台媒"
).split()
_UKRAINE = ("俄乌", "美乌", "乌俄", "援乌")


def short_forms() -> Iterator[Pattern]:
    """Yield the patterns of compounds, one for each country that a compound names."""
    for compound in _SURE:
        for letter in compound:
            if letter in _COUNTRIES:
                yield _pattern(compound, _COUNTRIES[letter], sure=True)
    for compound in _UNSURE:
        for letter in compound:
            if letter in _COUNTRIES:
                yield _pattern(compound, _COUNTRIES[letter], sure=False)
    for compound in (*_SURE, *_UNSURE):
        for letter in compound:
            if letter in _OTHER:
                yield _pattern(compound, _OTHER[letter], sure=False)
    for compound in _UKRAINE:
        yield _pattern(compound, "UA", sure=True)
        yield from (_pattern(compound, _COUNTRIES[letter], sure=True) for letter in compound if letter in "俄美")


def _pattern(compound: str, code: str, *, sure: bool) -> Pattern:
    return Pattern(compound, "zh", Speaker("country", code), Case.ANY, Tail.INSIDE, compound, 0.7, sure)
