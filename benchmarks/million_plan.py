"""What the articles of the large warehouse are about, when they were published and found, and who reprints whom.

All is drawn with numpy before a word is written. A row of the arrays is an article, in the order of publication.
"""

from dataclasses import dataclass

import numpy as np

from benchmarks.million_feeds import DAY, DAYS, HOUR, Calendar, Flags, Floats, Integers, Polls, Standing, WatchedFeed
from benchmarks.million_subjects import Subject, draw_subjects

_REPRINTS = 0.12
_UNDATED = 0.03
_REFUSED = 0.05
_WEEK = np.array((1.0, 1.03, 1.02, 1.0, 0.96, 0.6, 0.53))  # from Monday


@dataclass(frozen=True)
class Plan:
    """Articles before they are written. `origin` is the row whose text a row has: its own, or that it reprints.

    `subjects` has three columns, of which the second and third may be -1; a first one of -1 names no place at all.
    `about` says that an article is about its second subject too. `topics` has two columns, `watch` one, -1 for none.
    `writing` draws the words: headline, person, first paragraph, and the step to the next one; `length` counts
    paragraphs, twice as many in Chinese, whose are short.
    """

    feed: Integers
    published: Integers
    poll: Integers
    discovered: Integers
    origin: Integers
    undated: Flags
    refused: Flags
    subjects: Integers
    about: Flags
    topics: Integers
    watch: Integers
    writing: Integers
    length: Integers


def feed_weights(feeds: list[WatchedFeed], chance: np.random.Generator) -> Floats:
    """Return each feed's share of the articles: sources by Zipf's law, a source's feeds alike."""
    owner = np.array([feed.source for feed in feeds])
    rank = chance.permutation(int(owner.max()) + 1)
    shares = (rank[owner] + 3.0) ** -0.8 / np.bincount(owner)[owner]
    return np.asarray(shares / shares.sum())


def plan_days(
    articles: int, weights: Floats, alive: Flags, calendar: Calendar, chance: np.random.Generator
) -> tuple[Integers, Integers]:
    """Draw the feed and the second of publication of each article, in the order of time."""
    days = np.arange(DAYS)
    weekday = (calendar.start // DAY + days + 3) % 7  # 1970 began on a Thursday
    rhythm = _WEEK[weekday] * (1 + 0.08 * np.sin(days / 58))
    today = calendar.end - calendar.start - (DAYS - 1) * DAY
    rhythm[-1] *= today / DAY
    expected = weights * rhythm[:, None] * alive
    counts = chance.multinomial(articles, (expected / expected.sum()).ravel()).reshape(expected.shape)
    day, feed = np.divmod(np.repeat(np.arange(counts.size), counts.ravel()), counts.shape[1])
    second = chance.normal(9.5, 4.5, articles) * HOUR % DAY
    second[day == DAYS - 1] *= today / DAY
    published = calendar.start + day * DAY + second.astype(np.int64)
    order = np.argsort(published, kind="stable")
    return feed[order], published[order]


def discover(
    feed: Integers, published: Integers, polls: Polls, chance: np.random.Generator
) -> tuple[Integers, Integers]:
    """Find the first poll of its feed that answered after each was published; return polls and times of publication.

    What came after the last poll is taken to be from the hours before it.
    """
    found = np.empty(len(feed), dtype=np.int64)
    published = published.copy()
    listed = published + (chance.exponential(600, len(feed))).astype(np.int64)
    for number in range(len(polls.bounds) - 1):
        rows = np.flatnonzero(feed == number)
        own = np.arange(polls.bounds[number], polls.bounds[number + 1])
        own = own[polls.fault[own] == -1]
        place = np.searchsorted(polls.at[own], listed[rows])
        late = place == len(own)
        published[rows[late]] = polls.at[own[-1]] - chance.integers(60, 3 * HOUR, int(late.sum()))
        found[rows] = own[np.minimum(place, len(own) - 1)]
    return found, published


def choose_origins(
    feed: Integers, published: Integers, feeds: list[WatchedFeed], chance: np.random.Generator
) -> Integers:
    """Let one article in eight or so have the text of an earlier one of another source in its language."""
    wanted = chance.random(len(feed)) < _REPRINTS * 1.4
    source = np.array([each.source for each in feeds])[feed]
    languages = sorted({each.language for each in feeds})
    language = np.array([languages.index(each.language) for each in feeds])[feed]
    origin = np.arange(len(feed))
    for number in range(len(languages)):
        rows = np.flatnonzero(language == number)
        first_hand = rows[~wanted[rows]]
        copies = rows[wanted[rows]]
        lag = (HOUR // 2 + chance.exponential(7 * HOUR, len(copies))).astype(np.int64)
        place = np.searchsorted(published[first_hand], published[copies] - lag) - 1
        text = first_hand[np.maximum(place, 0)]
        good = (place >= 0) & (source[text] != source[copies]) & (published[copies] - published[text] < 3 * DAY)
        origin[copies[good]] = text[good]
    return _trimmed(origin, source, chance)


def _trimmed(origin: Integers, source: Integers, chance: np.random.Generator) -> Integers:
    """Keep one copy of a text in a source, and no more copies than wanted."""
    rows = np.arange(len(origin))
    copies = np.flatnonzero(origin != rows)
    _, first = np.unique(source[copies] * len(origin) + origin[copies], return_index=True)
    kept = chance.permutation(copies[first])[: int(len(origin) * _REPRINTS)]
    trimmed = rows.copy()
    trimmed[kept] = origin[kept]
    return trimmed


def draw_topics(rows: int, topics: int, watch: int, chance: np.random.Generator) -> tuple[Integers, Integers]:
    """Draw the topics of each article: two columns of Media Topics, and a watch topic; -1 for none."""
    weights = 1 / (chance.permutation(topics) + 2.0)
    drawn = chance.choice(topics, (rows, 2), p=weights / weights.sum())
    dice = chance.random((rows, 2))
    drawn[dice[:, 0] < 0.07] = -1
    drawn[(dice[:, 1] > 0.3) | (drawn[:, 0] == drawn[:, 1]) | (drawn[:, 0] < 0), 1] = -1
    watched = chance.integers(0, watch, rows)
    return drawn, np.where(chance.random(rows) < 0.14, watched, -1)


@dataclass(frozen=True, slots=True)
class World:
    """What the plan is drawn from: the feeds, the places, the topics (how many, and the ids of watch), and the year."""

    feeds: list[WatchedFeed]
    subjects: list[Subject]
    topics: int
    watch: tuple[str, ...]
    calendar: Calendar
    standing: Standing
    weights: Floats
    polls: Polls


def plan_articles(world: World, articles: int, seed: int) -> Plan:
    """Draw everything about so many articles; the same from the same seed and time."""
    chance = np.random.default_rng([seed, 3])
    feeds, calendar = world.feeds, world.calendar
    feed, published = plan_days(articles, world.weights, world.standing.alive(feeds), calendar, chance)
    poll, published = discover(feed, published, world.polls, chance)
    order = np.argsort(published, kind="stable")
    feed, published, poll = feed[order], published[order], poll[order]
    origin = choose_origins(feed, published, feeds, chance)
    places = [subject.id for subject in world.subjects]
    home = np.array([places.index(each.country) if each.country in places else -1 for each in feeds])[feed]
    subjects, about = draw_subjects(published, home, world.subjects, calendar, chance)
    topics, watch = draw_topics(articles, world.topics, len(world.watch), chance)
    reprinted = np.zeros(articles, dtype=bool)
    reprinted[origin[origin != np.arange(articles)]] = True
    return Plan(
        feed=feed,
        published=published,
        poll=poll,
        discovered=world.polls.at[poll] + chance.integers(0, 5, articles),
        origin=origin,
        # A text's first publication keeps its date, or its reprints would seem to come before it.
        undated=(chance.random(articles) < _UNDATED / (1 - reprinted.mean())) & ~reprinted,
        refused=chance.random(articles) < _REFUSED,
        subjects=subjects,
        about=about,
        topics=topics,
        watch=watch,
        writing=chance.integers(0, 2**31, (articles, 4)),
        length=np.clip(np.rint(chance.lognormal(1.15, 0.55, articles)), 1, 8).astype(np.int64),
    )
