"""How often a page is read in its charset: languages, charsets and labels in all combinations, beside two baselines."""

import re
from collections import Counter
from collections.abc import Iterator

from charset_normalizer import from_bytes
from rich.table import Table

from silkwire.extract.decoding.charset import decode_html

# Own sentences, each with the charsets it is found in on the web.
TEXTS = (
    ("Президент встретился с министром. Стороны обсудили торговлю и транспорт.", ("cp1251", "koi8-r", "cp866")),
    ("Президент зустрівся з міністром, сторони обговорили торгівлю та її розвиток.", ("cp1251", "koi8-u")),
    ("Мемлекет басшысы министрмен кездесті. Тараптар сауда мен көлікті талқылады.", ("kz1048",)),
    ("Le président a reçu hier le ministre à l'Élysée, où ils ont évoqué l'énergie.", ("cp1252", "iso8859-15")),
    ("Der Präsident empfing gestern den Außenminister, um über Verträge zu sprechen.", ("cp1252",)),
    ("Cumhurbaşkanı dün bakanla görüştü; ulaşım ve işbirliği konuları ele alındı.", ("cp1254",)),
    ("国家主席昨天会见外国部长，双方就经贸和交通合作交换意见，并签署多项协议。", ("gb18030",)),
    ("國家主席昨天會見外國部長，雙方就經貿和交通合作交換意見，並簽署協議。", ("big5hkscs", "gb18030")),
    ("大統領は昨日、外務大臣と会談した。両国は貿易について話し合い、合意した。", ("cp932", "euc-jp", "iso2022_jp")),
    ("대통령은 어제 외무 장관과 만났다. 양측은 무역과 교통 협력을 논의했다.", ("cp949",)),
    ("رئيس جمهور ديروز با وزير خارجه ديدار كرد و درباره تجارت گفتگو كردند.", ("cp1256",)),
    ("التقى الرئيس أمس وزير الخارجية وبحث الجانبان التجارة والنقل بين البلدين.", ("cp1256", "iso8859-6")),
)
EVERYWHERE = ("utf-8", "utf-16-le", "utf-16-be")
# What the header and the meta element say; an empty text says nothing, RIGHT the charset.
RIGHT = "right"
LABELS = {
    "right header": (RIGHT, ""),
    "right meta": ("", RIGHT),
    "no label": ("", ""),
    "both say utf-8": ("utf-8", "utf-8"),
    "header latin-1, meta right": ("iso-8859-1", RIGHT),
    "header latin-1": ("iso-8859-1", ""),
    "meta windows-1251": ("", "windows-1251"),
    "meta gb2312": ("", "gb2312"),
    "charset=none": ("none", "none"),
}
_META = re.compile(rb"charset=\"([\w-]+)")


def measure() -> Table:
    """Decode each combination three ways; return the share that comes out as it was, by label."""
    table = Table("label", "pages", "header, then meta", "charset-normalizer", "silkwire", title="charsets")
    totals: Counter[str] = Counter()
    for label, said in LABELS.items():
        counts: Counter[str] = Counter()
        for text, body, header in _pages(*said):
            counts["pages"] += 1
            counts["labels"] += text in _by_labels(body, header)
            counts["normalizer"] += text in str(from_bytes(body).best())
            counts["silkwire"] += text in decode_html(body, header)
        totals += counts
        table.add_row(label, *_shares(counts))
    table.add_row("all", *_shares(totals))
    return table


def _pages(header: str, meta: str) -> Iterator[tuple[str, bytes, str]]:
    for sentence, charsets in TEXTS:
        for charset in (*charsets, *EVERYWHERE):
            named, declared = (charset if said == RIGHT else said for said in (header, meta))
            element = f'<meta charset="{declared}">' if declared else ""
            text = f"{sentence} {sentence}"
            body = f"<html><head>{element}<title>x</title></head><body><p>{text}</p></body></html>"
            yield text, body.encode(charset), f"text/html; charset={named}" if named else "text/html"


def _by_labels(body: bytes, header: str) -> str:
    """Decode as a plain reader does: by the header, else by the meta element, else as UTF-8."""
    found = _META.search(body[:1024])
    said = header.partition("charset=")[2] or (found[1].decode() if found else "utf-8")
    try:
        return body.decode(said, "replace")
    except LookupError:
        return body.decode("utf-8", "replace")


def _shares(counts: Counter[str]) -> list[str]:
    pages = counts["pages"]
    return [f"{pages:,}", *(f"{counts[way] / pages:.3f}" for way in ("labels", "normalizer", "silkwire"))]
