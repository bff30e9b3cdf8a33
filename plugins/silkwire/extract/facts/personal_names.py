"""Lines that name people, taken apart: one name each, without roles, initials in brackets and what is no name."""

import re
from collections.abc import Iterable

from silkwire.extract.facts.wording import key_of, one_line, visible

# "von" and "di" begin names too: the one is a label before two names, the other before a colon only.
_LABEL = re.compile(
    r"^[\W_]*(?:(?:(?:written |posted |reported |story |text |words )?by|par|por|von(?=\s+(?!de[rnm]\b)\S+\s+\S)"
    r"|autor(?:en|es|a|i)?|auteurs?|авторы?|автори|автордун|автору|муаллиф(?:он|и)?|muallif(?:lar)?|awtory?|зохиогч|сэтгүүлч"
    r"|yazan|yazar|хабарчы|тілші|мухбир|корреспондент|журналист|نویسنده|گزارشگر|خبرنگار|بقلم|كتب|الكاتب)(?:\s*[:：/|｜]\s*|\s+)"
    r"|(?:作者|撰文|(?:本报|本网|特约|新华社|实习)?(?:记者|記者))\s*[:：/|｜]?\s*|(?:文|글|di|da|av|af|door|text|von)\s*[:：/|｜]\s*)",
    re.IGNORECASE,
)
# Two whole names on both sides: "José Ortega y Gasset" is one man.
_AND = re.compile(
    r"(?<=\w)\s+(?:and|&|et|und|y|e|og|och|en|i|и|та|й|және|жана|ва|va|ve|hem|we|و|및|болон)\s+(?=\w)", re.IGNORECASE
)
_COMMA = re.compile(r"\s*[;,，、،؛|｜]\s*|\s+[/·•]\s+|(?<=[\u3400-\u9fff])/(?=[\u3400-\u9fff])")
_BRACKETS = re.compile(r"\s*[(（\[【][^()（）\[\]【】]*[)）\]】]")
_ROLE_AFTER = re.compile(
    r"(?:\s+[-–—]\s+.*|\s*(?:기자|특파원|논설위원|记者|記者|报道|報導|编辑)|\s+(?:외 \d+명|reporting|in \w+))$",
    re.IGNORECASE,
)
# Words of a role: alone they are no name, before a name they go.
_ROLE = re.compile(
    r"\b(?:(?:chief|senior|managing|executive|deputy|political|foreign|special|guest|web|news|editorial"
    r"|editors?|editor-in-chief|writers?|reporters?|correspondents?|contributors?|contributing|columnists?|producers?|staff|desk"
    r"|newsroom|team|journalists?|photographers?|author|authors|admin|administrator|redaktion|redakteur|redakteurin|redaktör"
    r"|redacción|redazione|rédaction|redaksi|redaksiya|redaksiyasi|tahririyat|redakcja|redakcija|agenturen|von|par|por"
    r"|редакци[яи]|редакторы?|главный|шеф-редактор|корреспонденты?|журналисты?|редакциясы|тахририят|таҳририят|пресс-служба"
    r"|администратор|админ|автор|сайта|собственный|специальный)(?!\w)[\s.-]*)+",
    re.IGNORECASE,
)
_WEB = re.compile(
    r"\b(?:subscribe|follow|folgen|share|comments?|published|updated|newsletter|minut\w*|min|read|view|watch|live|email|e-mail"
    r"|bio|twitter|facebook|instagram|linkedin|undefined|null|none|name|unknown|anonymous|n/a|developer|webmaster|details"
    r"|lesedauer|photo|credit|advertisement|\w*author_?name\w*)\b"
    r"|编辑|編輯|責任|责任|来源|來源|编译|未知|佚名|管理员|编者|小编|关注|授权|整理|综合|转载|网友|订阅|편집|تحریریه|التحرير",
    re.IGNORECASE,
)
# A co-author that is one word.
_AGENCY = re.compile(r"^(?:AFP|AP|dpa|APA|SDA|EFE|ANSA|TASS|ТАСС|Reuters|Xinhua|Belga|PAP|ČTK|UPI|AA|KNA|epd|SID)$")
_NO_NAME = re.compile(r"[@{}<>=#\\]|://|www\.|\.(?:com|html?|php)\b|\d{2}|[!?。！？]|\d+:\d+")
_SLUG = re.compile(r"^[a-z0-9]+(?:[-_][a-z0-9]+)+$")
_LONGEST, _LONGEST_LINE, _MOST_WORDS = 60, 500, 7
_MOST = 20
_EDGES = ' \t.,;:-–—|/*•"“”'


def people(lines: Iterable[str]) -> list[str]:
    """Return the names in a byline's texts, in order, each once; at most twenty."""
    found: dict[str, str] = {}
    for line in lines:
        for name in _parts(line):
            if is_name(name):
                found.setdefault(key_of(name), name)
    return list(found.values())[:_MOST]


def is_name(text: str) -> bool:
    """Tell a name: short, with letters, and no address, no handle, no role, no date and no unfilled template."""
    if not 1 < len(text) <= _LONGEST or len(text.split()) > _MOST_WORDS:
        return False
    return any(map(str.isalpha, text)) and not (
        _NO_NAME.search(text) or _WEB.search(text) or _ROLE.fullmatch(text) or _SLUG.match(text)
    )


def unlabelled(line: str) -> str | None:
    """Return what follows a byline's label ("By", 作者：), None where the line has none."""
    found = _LABEL.match(line)
    return line[found.end() :] if found else None


def _parts(line: str) -> list[str]:
    line = visible(one_line(line))[:_LONGEST_LINE]
    if line.startswith(("http://", "https://", "//", "www.")):
        return []
    line = _LABEL.sub("", _BRACKETS.sub("", line))
    pieces = [piece for piece in _COMMA.split(line) if piece]
    if len(pieces) == 2 and all(len(piece.split()) == 1 and piece[:1].isupper() and len(piece) > 2 for piece in pieces):
        return [f"{pieces[1]} {pieces[0]}"] if "," in line and not pieces[1].isupper() else pieces
    return [_tidy(name) for piece in pieces for name in _apart(piece, in_list=len(pieces) > 1)]


def _apart(piece: str, *, in_list: bool) -> list[str]:
    names = _AND.split(piece)
    are_whole = all(len(name.split()) > 1 or _AGENCY.match(name) for name in names)
    return names if in_list or are_whole or any(map(_AGENCY.match, names)) else [piece]


def _tidy(name: str) -> str:
    name = _LABEL.sub("", name.strip(_EDGES))
    name = _ROLE_AFTER.sub("", name).strip(_EDGES)
    role = _ROLE.match(name)
    # Of "MND Staff" and "Staff of MND" nothing would be left that names anybody.
    rest = name[role.end() :] if role else ""
    return rest if len(rest.split()) > 1 and not rest[0].islower() else name
