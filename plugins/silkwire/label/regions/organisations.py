"""Organisations that carry a country's or city's name in Chinese, where no capital tells: 中国银行, 北京大学.

A name inside one speaks for its country only where the country is named outside of organisations too, as `Bank of
China` says nothing of China. National teams do speak for their countries.
"""

import re
from collections.abc import Iterable

from silkwire.label.matching.matcher import Hit, Tail
from silkwire.label.matching.normal import NormalText

# No word that joins or moves stands inside an organisation's name.
_WITHIN = r"[^\W\d_与和的在向对将是有为及同至到从由于了被把多各几两一二三四五家所名座个数，。]"
_KINDS = (
    *("协会", "学会", "基金会", "委员会", "联合会", "研究会", "贸促会", "科协", "作协", "文联"),
    *("出版社", "日报", "晚报", "时报", "青年报", "电视台", "电台", "通讯社"),
    *("公司", "集团", "银行", "铁路局", "大学", "学院", "研究所", "科学院", "工程院", "医院", "博物馆", "天文馆"),
    *("共产党", "解放军", "红军", "军区"),
)
_REACH = 12  # characters
_REST = re.compile(rf"{_WITHIN}{{0,7}}?(?:{'|'.join(_KINDS)})")


def in_organisations(hits: Iterable[Hit], text: NormalText) -> set[Hit]:
    """Return the hits that begin the name of an organisation, in Chinese."""
    return {
        hit for hit in hits if hit.pattern.tail is Tail.INSIDE and _REST.match(text.folded, hit.end, hit.end + _REACH)
    }
