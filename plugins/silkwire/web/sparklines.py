"""A trend as small as a word, drawn as SVG, with what it shows in words."""

import itertools
from collections.abc import Sequence

from markupsafe import Markup

_WIDTH, _HEIGHT, _MOST = 96, 22, 60  # pixels; points


def sparkline(counts: Sequence[int] | None) -> Markup:
    """Draw counts, one a day: more than sixty are averaged into sixty. Its words are for those who can't see it."""
    if not counts:
        return Markup("–")
    shown = _averaged(counts)
    top = max(shown) or 1
    step = _WIDTH / max(len(shown) - 1, 1)
    heights = [_HEIGHT - 2 - value / top * (_HEIGHT - 4) for value in shown]
    points = " ".join(f"{number * step:.1f},{height:.1f}" for number, height in enumerate(heights))
    if len(shown) == 1:
        points += f" {_WIDTH},{points.split(',')[1]}"
    said = f"from {min(counts)} to {max(counts)} a day, {counts[-1]} on the last"
    return Markup(
        '<svg class="spark" width="{w}" height="{h}" viewBox="0 0 {w} {h}" role="img" aria-label="{said}">'
        '<title>{said}</title><polyline points="{points}"/></svg>'
    ).format(w=_WIDTH, h=_HEIGHT, said=said, points=points)


def _averaged(counts: Sequence[int]) -> list[float]:
    if len(counts) <= _MOST:
        return [float(count) for count in counts]
    edges = [round(n * len(counts) / _MOST) for n in range(_MOST + 1)]
    return [sum(counts[a:b]) / (b - a) for a, b in itertools.pairwise(edges)]
