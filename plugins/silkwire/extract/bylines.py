"""Who wrote an article, as its page declares it; the outlet itself is not an author."""

import re

from lxml.html import HtmlElement

from silkwire.extract.page_facts import PageFacts, names

_META_NAMES = ("author", "article:author", "dc.creator", "dcterms.creator", "parsely-author", "sailthru.author", "byl")
_BY = re.compile(
    r"^(?:by|par|von|por|di|автор|авторы|автори|муаллиф|muallif|yazar|作者|记者|記者|責任編輯)\s*[:：]?\s+",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s*(?:[;,，、|/]|\s(?:and|et|und|y|и|және|жана|va|ve|و)\s)\s*")
_PLACEHOLDERS = frozenset({"name", "author", "admin", "administrator", "editor", "redaction", "редакция", "none"})
_MOST, _LONGEST = 20, 60


def find_authors(tree: HtmlElement, facts: PageFacts) -> tuple[str, ...]:
    """Return the authors' names, in order, each once: from JSON-LD, else meta elements, else itemprop or rel=author."""
    found = names(facts.article.get("author"))
    if not found:
        found = [name for key in _META_NAMES for name in _BETWEEN.split(facts.meta.get(key, ""))]
    if not any(map(str.strip, found)):
        holders = tree.xpath("//*[@itemprop='author' or @rel='author' or contains(@class, 'author-name')]")
        found = [" ".join(holder.text_content().split()) for holder in holders[:3]]
    site = (facts.site_name or "").casefold()
    # Chinese portals name themselves as the author; their <title> ends in the same name.
    outlet = re.split(r"[_|-]", facts.head_title)[-1].strip().casefold()
    tidy = (_BY.sub("", name).strip(" .,;:") for name in found[:_MOST])
    return tuple(dict.fromkeys(name for name in tidy if _is_name(name) and name.casefold() not in (site, outlet)))


def _is_name(text: str) -> bool:
    """Tell a name: short, with letters, and no address, no handle and no unfilled template."""
    if not 1 < len(text) <= _LONGEST or text.casefold() in _PLACEHOLDERS:
        return False
    return any(map(str.isalpha, text)) and not any(sign in text for sign in ("@", "://", "www.", "{", "<"))
