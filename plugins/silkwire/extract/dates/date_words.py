"""The words beside a date, in the languages of the watch and of the wires: what the day is of, and whose it is."""

import re
from typing import Literal

Kind = Literal["published", "updated", "bare"]

_PUBLISHED = re.compile(
    r"publi[sc]|posted|written|date[:\s]|released|first\s+seen|created|issued|uploaded"  # English
    r"|veröffentlicht|erschienen|erstellt|datum|gespeichert|eingestellt|verfasst"  # German
    r"|mise?\s+en\s+ligne|paru|rédigé|publié|publicad|fecha|pubblicat|data[:\s]"  # French, Spanish, Italian
    r"|опубл|размещ|дата|добавл|создан"  # Russian, Ukrainian
    r"|жарияла|жарыяла|жүкте|нийтэл|огноо"  # Kazakh, Kyrgyz, Mongolian
    r"|e['ʻ’‘`]?lon|joylash|chop\s+et|эълон|сана|нашр"  # Uzbek, Tajik
    r"|çap|yayın|eklenme|giriş|tarix|dərc"  # Turkmen, Turkish, Azerbaijani
    r"|نشر|تاريخ|تاریخ|انتشار|منتشر|ئېلان|يوللان"  # Arabic, Persian, Uyghur
    r"|发布|發布|发表|發表|时间|時間|日期|公開|掲載|投稿|入力|등록|입력|게시",  # Chinese, Japanese, Korean
    re.IGNORECASE,
)
_UPDATED = re.compile(
    r"updat|modif|edited|last\s+change|revised|as\s+of"
    r"|aktualisier|geändert|änderung|stand[:\s]|mise?\s+à\s+jour|actualis|actualiz|aggiornat"
    r"|обновл|измен|ред\.|жаңарт|жаңырт|жаңыл|шинэчл"
    r"|yangila|янгила|тоза|навсозӣ|güncel|yenilən|düzəl|düzed"
    r"|تحديث|تعديل|ویرایش|به\s?روز|يېڭىلا"
    r"|更新|修改|修訂|最終|수정|변경",
    re.IGNORECASE,
)
_OF_NEITHER = re.compile(
    r"copyright|©|\(c\)|all rights|expires|registered|joined|mitglied seit|anmeldedatum|born|geboren|deadline"
    r"|visited|abgerufen",
    re.IGNORECASE,
)

# Parts of the names (classes and ids) that elements bear.
OF_OTHERS = re.compile(
    r"comment|kommentar|related|sidebar|side-bar|widget|recommend|popular|footer|breadcrumb|navi|menu|archive-list"
    r"|calendar|similar|more-|latest|ticker|carousel|slider|teaser|event|termin|newsletter|promo|recent|trending"
    r"|most-?read|xiangguan|hot-?list|copyright|today",
    re.IGNORECASE,
)
SURELY_OF_OTHERS = re.compile(
    r"(?<![^\W_])(?:comment|kommentar)|related|sidebar|recommend|similar|xiangguan|twitter|instagram", re.IGNORECASE
)
CALLED_A_DATE = re.compile(
    r"date|datum|fecha|data\b|time|publi|posted|entry-?meta|post-?meta|byline|infoline|article-?info|created"
    r"|submitted",
    re.IGNORECASE,
)


def kind_of(label: str) -> Kind | None:
    """Return what a label says of the day behind it; None where the day is neither of publication nor of a change."""
    if _OF_NEITHER.search(label):
        return None
    if _UPDATED.search(label):
        return "updated"
    return "published" if _PUBLISHED.search(label) else "bare"


def label_starts(text: str) -> list[int]:
    """Return where labels begin in a line, in order."""
    return sorted({found.start() for form in (_PUBLISHED, _UPDATED) for found in form.finditer(text)})
