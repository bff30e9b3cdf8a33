"""News-like text, pages and feeds for the benchmarks: made up, and the same every time."""

import random
from html import escape

ITEMS_A_FEED = 25

_SYLLABLES = ("al", "ba", "bor", "chi", "dar", "en", "fe", "gul", "is", "jan", "kor", "la", "men", "nur", "os", "qa")


class Prose:
    """Words as often as words are, and paragraphs of them, the same from the same seed."""

    def __init__(self, seed: int, pages: int) -> None:
        """Make a vocabulary and a stock of paragraphs; pages link to others below `pages`."""
        self._pages = pages
        self._chance = random.Random(seed)  # noqa: S311 - the same text every time
        words = ["".join(self._chance.choices(_SYLLABLES, k=self._chance.randint(1, 4))) for _ in range(4_000)]
        weights = [1 / (rank + 3) for rank in range(len(words))]
        stream = self._chance.choices(words, weights, k=200_000)
        self.paragraphs = [
            " ".join(stream[first : first + 60]).capitalize() + "." for first in range(0, len(stream) - 60, 60)
        ]

    def title(self, number: int) -> str:
        """Return the headline of an item."""
        return f"{self.paragraphs[number % len(self.paragraphs)][:60].rstrip()} {number}"

    def page(self, number: int) -> bytes:
        """Return an HTML page of 10 to 60 KB, about 30 on average: a third of it text, like a news page."""
        chance = random.Random(number)  # noqa: S311 - the same page every time
        text = chance.choices(self.paragraphs, k=chance.randint(4, 50))
        teasers = "".join(
            f'<li class="teaser teaser--small"><a href="/news/{other}.html" data-track="teaser-{other}">'
            f'<img src="/img/{other}-320x180.webp" alt="" loading="lazy" width="320" height="180">'
            f"<span>{escape(self.title(other))}</span></a></li>"
            for other in chance.sample(range(self._pages), chance.randint(10, 75))
        )
        title = escape(self.title(number))
        head = (
            f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
            f'<meta property="og:title" content="{title}"><meta property="og:type" content="article">'
            f'<meta property="article:published_time" content="2026-11-24T10:{number % 60:02}:00Z">'
            f'<link rel="canonical" href="/news/{number}.html">'
            f"<style>{''.join(f'.c{n}{{margin:{n}px;color:#{n * 977 % 4096:03x}}}' for n in range(60))}</style>"
            f"<script>window.settings={{page:{number},{','.join(f'k{n}:{n * number}' for n in range(90))}}}</script>"
        )
        body = "".join(f"<p>{paragraph}</p>\n" for paragraph in text)
        return (
            f"{head}</head><body><nav><ul>{teasers[:3000]}</ul></nav><main><article><h1>{title}</h1>{body}</article>"
            f"</main><aside><ul>{teasers}</ul></aside><footer>{text[0]}</footer></body></html>"
        ).encode()

    def feed(self, number: int, first_item: int) -> bytes:
        """Return an RSS feed of ITEMS_A_FEED items, the newest first, of which `first_item` is the oldest."""
        items = "".join(
            f"<item><title>{escape(self.title(item))}</title><link>/articles/{number}/{item}</link>"
            f'<guid isPermaLink="false">{number}-{item}</guid>'
            f"<pubDate>Tue, 24 Nov 2026 {item % 24:02}:{item % 60:02}:00 GMT</pubDate>"
            f"<description>{escape('<p>' + self.paragraphs[(number + item) % len(self.paragraphs)] + '</p>')}"
            "</description></item>"
            for item in range(first_item + ITEMS_A_FEED - 1, first_item - 1, -1)
        )
        return (
            '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>'
            f"<title>Feed {number}</title><link>/</link><language>en</language>{items}</channel></rss>"
        ).encode()
