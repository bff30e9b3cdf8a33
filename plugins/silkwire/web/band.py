"""The usual band of a count: the median of what came before, two robust spreads to each side.

The spread is the median distance from that median, made comparable with a standard deviation (MAD × 1.4826), so one
holiday or one lost day among eight does not move it; it is never less than the square root of the median, which is what
chance alone does to counts. One ordinary count in twenty lies outside where news comes evenly, up to one in six where
it comes in bursts.
"""

from dataclasses import dataclass

WEEKS = 8  # that a band is made of
ENOUGH_WEEKS = 4  # fewer say nothing about what is usual
FAR = 2  # spreads from the median to the band's edges
VERY_FAR = 3  # spreads at which one label among hundreds is told: at two, chance alone would fill the list


def band(past: str) -> str:
    """Return the joins that give each row its band: `middle.weeks`, `middle.median` and `width.spread`.

    `past` is a subquery under the name `past` with the column `articles`; it may refer to the row.
    """
    return f"""
        cross join lateral (
            select count(*) as weeks, percentile_cont(0.5) within group (order by past.articles) as median
            from {past}
        ) as middle
        cross join lateral (
            select
                greatest(
                    1.4826 * percentile_cont(0.5) within group (order by abs(past.articles - middle.median)),
                    sqrt(middle.median),
                    1
                ) as spread
            from {past}
        ) as width
    """  # noqa: S608 - the subqueries are ours


@dataclass(frozen=True, slots=True)
class Standing:
    """One day against its weekday; the band is None where too few weeks stand behind it. Counts are of originals."""

    articles: int
    weeks: int
    median: float | None
    low: float | None
    high: float | None

    @property
    def verdict(self) -> str:
        """Say in a word or two where the day lies."""
        if self.low is None or self.high is None:
            return "too little history"
        if self.articles < self.low:
            return "fewer than usual"
        return "more than usual" if self.articles > self.high else "as usual"
