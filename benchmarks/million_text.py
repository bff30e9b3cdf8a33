"""The words of the large warehouse: headlines, paragraphs and names in each language, the same from the same seed.

Headlines are our own, those that the topic model is trained and tried on. Paragraphs mix them with sentences of their
words, drawn as often as Zipf's law has it, so that a search finds rare, middling and frequent words.
"""

import random
from collections import Counter
from functools import cached_property
from itertools import accumulate, islice, pairwise
from operator import add
from pathlib import Path

from babel import Locale

from silkwire.label.matching.normal import normalise
from silkwire.label.matching.uzbek import cyrillic, latin
from silkwire.label.regions.region_file import Region
from silkwire.label.search.terms import is_latin_kazakh
from silkwire.label.search.tokens import spoken_in, term_row
from silkwire.label.topics.training.texts import own_texts
from silkwire.label.topics.vocabulary import topic_codes
from silkwire.label.topics.watch_topic import WatchTopic
from silkwire.settings import ROOT

PARAGRAPHS = 2_500
PEOPLE = 8_000
_LETTERS_A_PARAGRAPH = 300
_CHARACTERS_A_PARAGRAPH = 130  # of Chinese, which says more with each
_FOLDERS = (Path(__file__).with_name("headlines"), ROOT / "plugins/silkwire/label/topics/training/news")
_GAP = 2  # between title and text, see `label.search.terms`
_PLACES = [str(place) for place in range(1, 16_383)]
_PLACES_OF_TITLE = [f"{place}A" for place in range(1, 16_383)]
# Languages of the list of sources that have no headlines of ours are written with the words of their neighbours.
_NEIGHBOURS = {"az": "tr"}


class Tongue:
    """A language of the warehouse: what its articles are made of."""

    def __init__(self, language: str, seed: int) -> None:
        """Read the headlines of a language (BCP 47) and draw its paragraphs and people."""
        self.language = language
        self.chinese = language.startswith("zh")
        self.colon, self.comma, self.stop = ("：", "、", "。") if self.chinese else (": ", ", ", ". ")
        self._spoken = spoken_in(language)
        self._rows: dict[str, list[str]] = {}
        self._chance = random.Random(f"{seed} {language}")  # noqa: S311 - the same words every time
        self.headlines = self._read_headlines()
        self._words = self._count_words()
        self._weights = list(accumulate(1 / (rank + 2.7) for rank in range(len(self._words))))
        self._names = [word for word in self._words[len(self._words) // 4 :] if word.isalpha()]
        self.paragraphs = [self._paragraph() for _ in range(PARAGRAPHS)]
        self.people = [self._person() for _ in range(PEOPLE)]

    @cached_property
    def _territories(self) -> dict[str, str]:
        return dict(Locale.parse(self.language.replace("-", "_")).territories)

    def terms(self, title: list[str], text: list[str], discovered: str) -> str:
        """Return what `label.search.terms` makes of a title and a text of pieces that are met again and again.

        A piece is no part of a word, so each is read once. `discovered` is a moment as SQL has it.
        """
        head = [term for piece in title for term in self._row(piece)]
        body = [term for piece in text for term in self._row(piece)]
        places = islice(_PLACES, len(head) + _GAP, None)
        moments = f"'@{discovered[:10]}' '@{discovered[:7]}'"
        return " ".join((*map(add, head, _PLACES_OF_TITLE), *map(add, body, places), moments))

    def _row(self, piece: str) -> list[str]:
        row = self._rows.get(piece)
        if row is None:
            latin_kazakh = is_latin_kazakh(self.language)
            found = term_row(normalise(piece), self._spoken, latin_kazakh=latin_kazakh)
            row = self._rows[piece] = [f"'{term}':" for term in found]
        return row

    def country(self, code: str) -> str:
        """Return the name of a country."""
        return self._territories.get(code) or str(Locale("en").territories[code])

    def label(self, labelled: Region | WatchTopic) -> str:
        """Return what people who read this language call a region or a watch topic."""
        labels = dict(labelled.labels)
        short = self.language.split("-", maxsplit=1)[0]
        name = " ".join(labels.get(short) or labels["en"])
        return self._spelt(name) if short in labels else name

    def _spelt(self, text: str) -> str:
        """Write Uzbek in the one alphabet of the language."""
        spell = {"uz-Cyrl": cyrillic, "uz-Latn": latin}.get(self.language)
        return " ".join(map(spell, text.split(" "))) if spell else text

    def _read_headlines(self) -> list[list[str]]:
        """Return the headlines of each top-level topic, in the order of their codes."""
        short = self.language.split("-", maxsplit=1)[0]
        name = f"{_NEIGHBOURS.get(short, short)}.tsv"
        found: list[list[str]] = [[] for _ in topic_codes()]
        for text in (text for folder in _FOLDERS for text in own_texts(folder / name)):
            # Quotes and backslashes would have to be escaped in evidence.
            title = text.title.replace('"', "").replace("\\", "")
            for topic in text.topics:
                found[topic].append(self._spelt(title))
        everything = [title for titles in found for title in titles]
        return [titles or everything for titles in found]

    def _count_words(self) -> list[str]:
        """Return the words of the headlines, the most frequent first; pairs of characters in Chinese."""
        counts: Counter[str] = Counter()
        for title in (title for titles in self.headlines for title in titles):
            words = title.split()
            if self.chinese:
                words = [a + b for a, b in pairwise(title) if a.isalpha() and b.isalpha()]
            counts.update(word.strip(".,:;!?«»()،؛؟") for word in words)
        return [word for word, _ in counts.most_common() if word.isalnum()]

    def _draw(self, words: int) -> list[str]:
        return self._chance.choices(self._words, cum_weights=self._weights, k=words)

    def _paragraph(self) -> str:
        """Write sentences up to a paragraph's length: every third is a headline, the others are drawn."""
        sentences: list[str] = []
        size = self._chance.gauss(1, 0.2) * (_CHARACTERS_A_PARAGRAPH if self.chinese else _LETTERS_A_PARAGRAPH)
        while sum(map(len, sentences)) < size:
            drawn = self._draw(self._chance.randint(7, 15))
            if self._chance.random() < 1 / 3:
                sentence = self._chance.choice(self._chance.choice(self.headlines))
            elif self.chinese:
                sentence = "".join(drawn[:5]) + "，" + "".join(drawn[5:])
            else:
                sentence = " ".join(drawn)
            sentences.append(sentence[:1].upper() + sentence[1:].rstrip(".?!。？！؟") + self.stop)
        return "".join(sentences).strip()

    def _person(self) -> str:
        """Make up a name: the beginning of one rare word with the end of another."""
        first, second, third, fourth = self._chance.choices(self._names, k=4)
        if self.chinese:
            return first[0] + second
        return f"{first[:4].capitalize()}{second[-2:]} {third[:5].capitalize()}{fourth[-3:]}"
