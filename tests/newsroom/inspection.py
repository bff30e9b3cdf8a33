"""Hold the warehouse against what the newsroom expects: the demo prints it, the tests assert it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, text

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Inspection:
    """What was held against what, and every difference in words."""

    articles: int
    others: Counter[str]
    differences: tuple[str, ...]


def inspect(connection: Connection, expected: Sequence[Row], expected_outcomes: Sequence[Row]) -> Inspection:
    """Compare articles by address, title, language, day and text; links and feeds by outcome and reason."""
    differences = [*_articles(connection, expected), *_outcomes(connection, expected_outcomes)]
    others = Counter(str(row["reason"] or row["outcome"]) for row in expected_outcomes if row["what"] == "link")
    others.update(str(row["reason"]) for row in expected_outcomes if row["what"] == "feed" and row["reason"])
    return Inspection(len(expected), others, tuple(differences))


def _articles(connection: Connection, expected: Sequence[Row]) -> list[str]:
    query = "select url, title, language, text, published_from, published_day::text as day from articles"
    found = {row.url: row for row in connection.execute(text(query))}
    differences = []
    for row in expected:
        article = found.pop(row["url"], None)
        if article is None:
            differences.append(f"missing: {row['url']} ({row['title']})")
            continue
        differences.extend(
            f"{row['url']}: {field} is {getattr(article, field)!r}, not {row[field]!r}"
            for field in ("title", "language", "day", "published_from")
            if getattr(article, field) != row[field]
        )
        if row["must_contain"] not in article.text:
            differences.append(f"{row['url']}: the last paragraph is missing")
        if row["must_not_contain"] in article.text:
            differences.append(f"{row['url']}: the text has the site's {row['must_not_contain']!r}")
    return differences + [f"not expected: {url} ({article.title})" for url, article in found.items()]


def _outcomes(connection: Connection, expected: Sequence[Row]) -> list[str]:
    """Compare what became of the rest. Entries without a usable address have no row of their own, only a count."""
    query = """
        select url, outcome, reason from feeds
        union all
        select links.url, coalesce(pages.outcome, links.outcome), coalesce(pages.reason, links.reason)
        from links left join pages on pages.link_id = links.id
    """
    found = {row.url: (row.outcome, row.reason) for row in connection.execute(text(query))}
    counted = connection.execute(text("select reason, sum(items) from run_counts where item = 'entry' group by reason"))
    entries = {reason for reason, _ in counted}
    differences = []
    for row in expected:
        wanted = row["outcome"], row["reason"]
        if row["stage"] == "poll" and row["what"] == "link":
            if row["reason"] not in entries:
                differences.append(f"no entry was counted as {row['reason']}: {row['title']}")
        elif row["outcome"] == "ok":
            if found.get(row["url"], ("", ""))[0] not in ("ok", "unchanged"):
                differences.append(f"{row['url']}: {found.get(row['url'])}, not ok")
        elif found.get(row["url"]) != wanted:
            differences.append(f"{row['url']}: {found.get(row['url'])}, not {wanted}")
    return differences
