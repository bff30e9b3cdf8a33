"""The countries that the desks watch most closely."""

# Every settlement of theirs is in the gazetteer, and a town of theirs is believed sooner. China's thousands of
# townships are not news: its cities are listed as those of other countries are.
WATCHED = frozenset(("KZ", "KG", "UZ", "TJ", "TM", "MN"))

# Those and their large neighbours: one of their divisions is news by itself.
CLOSE = WATCHED | {"CN", "AF", "HK", "MO", "TW", "RU"}
