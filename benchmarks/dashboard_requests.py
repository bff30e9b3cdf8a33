"""What the benchmark of the dashboards asks for: each page with filters that differ from request to request."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import cycle, islice, pairwise
from urllib.parse import quote, urlencode

from sqlalchemy import Connection, text

from silkwire.label.topics.vocabulary import topic_codes
from silkwire.web.charts import chart_names
from silkwire.web.tables import table_names
from silkwire.web.tokens import make_token

_DAYS = ("7", "30", "30", "90", "365")
_FREQUENT = {
    "en": ("China", "Kazakhstan", "police", "court", "president", "school", "new", "minister", "Russia", "water"),
    "ru": ("Казахстан", "президент", "суд", "школа", "дорога", "Китай", "год", "Россия", "полиция", "новый"),
    "zh": ("中国", "哈萨克斯坦", "总统", "学校", "铁路", "法院", "美国", "公司", "经济", "发布"),
    "kk": ("Қазақстан", "мектеп", "Қытай", "сот", "су", "жаңа", "президент", "жол", "Ресей", "жыл"),
}
_RARE = """
    select split_part(split_part(text, E'\\n', 1), ', ', 2) from articles
    where language = 'en' order by id limit 40
"""
_STOCK = {
    "articles": "select id from articles order by id limit 60",
    "sources": "select id from sources order by id",
    "runs": "select id from runs where report is not null order by md5(id) limit 40",
    "regions": "select distinct region from article_regions order by 1",
    "watch": "select distinct topic from article_topics where scheme = 'watch' order by 1",
    "languages": "select language from articles group by language order by count(*) desc",
    "countries": "select country from article_countries group by country order by count(*) desc limit 20",
    "rare": _RARE,
}


@dataclass(frozen=True, slots=True)
class Stock:
    """What there is to ask for in a warehouse: ids, words that few articles have, and a token for feeds."""

    token: str
    found: dict[str, list[str]]


def read_stock(connection: Connection, secret: str) -> Stock:
    """Look up what there is in a warehouse."""
    found = {name: list(connection.scalars(text(query))) for name, query in _STOCK.items()}
    return Stock(make_token(secret, "bench"), found | {"topics": list(topic_codes().values())})


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its name in the table, and how it makes an endless row of addresses."""

    name: str
    make: Callable[[Stock, random.Random], Iterator[str]]
    first_byte: bool = False

    def addresses(self, stock: Stock, requests: int) -> list[str]:
        """Return so many addresses, the same each time."""
        return list(islice(self.make(stock, random.Random(self.name)), requests))  # noqa: S311 - no secret


def _filtered(path: str, *names: str) -> Callable[[Stock, random.Random], Iterator[str]]:
    """Ask for a page with some days, and mostly with one more filter of these names."""
    plural = {"region": "regions", "topic": "topics", "language": "languages", "source": "sources"}
    plural |= {"country": "countries", "watch": "watch"}

    def make(stock: Stock, chance: random.Random) -> Iterator[str]:
        while True:
            asked = {"days": chance.choice(_DAYS)}
            if names and chance.random() < 0.7:
                name = chance.choice(names)
                asked[name] = chance.choice(stock.found[plural[name]])
            if names and chance.random() < 0.2:
                asked["kind"] = chance.choice(("original", "reprint"))
            yield f"{path}?{urlencode(asked)}"

    return make


def _each(path: str, stocked: str, *names: str) -> Callable[[Stock, random.Random], Iterator[str]]:
    """Ask for the page of one thing after another."""

    def make(stock: Stock, chance: random.Random) -> Iterator[str]:
        rest = _filtered("", *names)(stock, chance)
        for key in cycle(stock.found[stocked]):
            yield f"{path}/{quote(key, safe='')}{next(rest) if names else ''}"

    return make


def _pairs(stock: Stock, chance: random.Random) -> Iterator[str]:
    while True:
        one, other = sorted(chance.sample(stock.found["regions"], 2))
        yield f"/pairs/{one}/{other}?days={chance.choice(_DAYS)}"


def _search(words: Callable[[Stock], list[str]], **more: str) -> Callable[[Stock, random.Random], Iterator[str]]:
    def make(stock: Stock, chance: random.Random) -> Iterator[str]:
        for word in cycle(words(stock)):
            days = {"days": chance.choice(_DAYS)} if chance.random() < 0.3 else {}
            yield f"/search?{urlencode({'q': word, **more, **days})}"

    return make


def _two(words: tuple[str, ...]) -> list[str]:
    return [f"{one} {other}" for one, other in pairwise(words)]


def _feed(name: str, *names: str, **more: str) -> Callable[[Stock, random.Random], Iterator[str]]:
    def make(stock: Stock, chance: random.Random) -> Iterator[str]:
        for address in _filtered(f"/feeds/{name}.atom", *names)(stock, chance):
            yield f"{address}&{urlencode({'token': stock.token, **more})}"

    return make


def _pictures(stock: Stock, chance: random.Random) -> Iterator[str]:
    for name in cycle(chart_names()):
        yield next(_filtered(f"/charts/{name}.png", "region", "topic")(stock, chance))


def list_pages() -> tuple[Page, ...]:
    """Return all pages; the app must have been made before, since its pages make their charts known."""
    charts = (Page(f"chart {name}", _filtered(f"/charts/{name}.json", "region", "topic")) for name in chart_names())
    return (*_PAGES, *charts, Page("charts as PNG", _pictures))


def _tables(suffix: str) -> Callable[[Stock, random.Random], Iterator[str]]:
    def make(stock: Stock, chance: random.Random) -> Iterator[str]:
        for name in cycle(name for name in table_names() if name not in ("articles", "search")):
            yield next(_filtered(f"/tables/{name}.{suffix}", "region", "topic")(stock, chance))

    return make


def _frequent(language: str) -> Callable[[Stock], list[str]]:
    return lambda _stock: list(_FREQUENT[language])


_ANY = ("region", "topic", "watch", "language", "source", "country")
_WHOLE = ("region", "topic", "language")
_PAGES = (
    Page("overview", _filtered("/")),
    Page("articles", _filtered("/articles", *_ANY)),
    Page("articles, with words", lambda s, c: (f"{a}&q=Kazakhstan" for a in _filtered("/articles", *_ANY)(s, c))),
    Page("articles, further on", lambda s, c: (f"{a}&offset=500" for a in _filtered("/articles", "region")(s, c))),
    Page("an article", _each("/articles", "articles")),
    Page("search, a rare name", _search(lambda stock: stock.found["rare"])),
    Page("search, frequent English", _search(_frequent("en"))),
    Page("search, frequent Russian", _search(_frequent("ru"))),
    Page("search, frequent Chinese", _search(_frequent("zh"))),
    Page("search, frequent Kazakh", _search(_frequent("kk"))),
    Page("search, two words", _search(lambda _: _two(_FREQUENT["en"]) + _two(_FREQUENT["ru"]))),
    Page(
        "search, a phrase", _search(lambda _: ['"Central Asia"', '"Gas and power"', '"Belt and Road"', '"South Korea"'])
    ),
    Page("search, a beginning", _search(lambda _: ["kaz*", "presid*", "пол*", "шко*", "мект*", "min*"])),
    Page("search, with a region", _search(_frequent("en"), region="central-asia")),
    Page("search, without a word", _search(lambda _: ["China -Russia", "школа -суд", "中国 -美国"])),
    Page("regions", _filtered("/regions", "topic", "language", "country", "source")),
    Page("a region", _each("/regions", "regions", "topic", "language", "source")),
    Page("topics", _filtered("/topics", "region", "language", "country", "source")),
    Page("a topic", _each("/topics", "topics", "region", "language", "source")),
    Page("watch topics", _filtered("/watch", "region", "language", "country", "source")),
    Page("a watch topic", _each("/watch", "watch", "region", "language", "source")),
    Page("pairs", _filtered("/pairs", "topic", "language")),
    Page("a pair", _pairs),
    Page("sources", _filtered("/sources", "language", "country")),
    Page("a source", _each("/sources", "sources", "region")),
    Page("runs", _filtered("/runs")),
    Page("a run", _each("/runs", "runs")),
    Page("Atom, articles", _feed("articles", *_ANY)),
    Page("Atom, search", _feed("search", "region", q="China")),
    Page("articles.csv, first byte", _filtered("/tables/articles.csv", *_WHOLE), first_byte=True),
    Page("articles.json, first byte", _filtered("/tables/articles.json", *_WHOLE), first_byte=True),
    Page("articles.parquet, first byte", _filtered("/tables/articles.parquet", *_WHOLE), first_byte=True),
    Page("other tables, CSV, first byte", _tables("csv"), first_byte=True),
)
