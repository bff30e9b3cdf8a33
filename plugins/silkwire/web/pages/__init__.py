"""The pages, each a router of its own, and the tables and charts that they show."""

from silkwire.web.pages import (
    actions,
    article,
    articles,
    chart_files,
    feeds,
    overview,
    pairs,
    runs,
    search,
    source,
    sources,
    subjects,
    table_files,
)

# Behind the login.
ROUTERS = (
    overview.router,
    articles.router,
    article.router,
    search.router,
    table_files.router,
    chart_files.router,
    sources.router,
    source.router,
    runs.router,
    actions.router,
    subjects.router,
    pairs.router,
)
# With a way in of their own: a token in the address.
OPEN_ROUTERS = (feeds.router,)
