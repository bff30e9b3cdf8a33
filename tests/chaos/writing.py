"""What the hosts of the chaos run write: feeds in several habits, and pages with an article."""

from datetime import datetime, timedelta
from email.utils import format_datetime
from html import escape

from tests.chaos.hosts import START, Host, chance


def rss(host: Host, items: range, port: int, now: datetime) -> bytes:
    entries = "".join(_entry(host, item, port, now) for item in reversed(items))
    return (
        f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>{host.name}</title>'
        f"<link>http://{host.name}:{port}/</link><description>news</description>{entries}</channel></rss>"
    ).encode()


def _entry(host: Host, item: int, port: int, now: datetime) -> str:
    """Write an item in the host's style: its address, title and identity may change from poll to poll."""
    base, path = f"http://{host.name}:{port}", f"/news/{item}"
    title, guid, url = f"{host.name} reports item {item}", f"{host.name}-{item}", base + path
    hours = (now - START) // timedelta(hours=1)
    match host.style:
        case "tracked":
            url += f"?utm_source=rss&utm_campaign=c{hours}&fbclid={hours * 7919:x}"
        case "rotating":
            url += f"?token={chance(f'{hours}/{item}').randbytes(16).hex()}"
        case "edited":
            title, guid = f"{title} (edited {hours // 6})", f"{guid}-{hours // 6}"
        case "relative":
            url = f"{path}#top"
    return (
        f'<item><title>{title}</title><link>{escape(url)}</link><guid isPermaLink="false">{guid}</guid>'
        f"<pubDate>{format_datetime(host.published_at(item))}</pubDate><description>About {item}.</description></item>"
    )


def page(host: Host, item: int) -> bytes:
    """Write the article of an item: enough text of its own to be taken for one."""
    drawn = chance(f"{host.name}/{item}")
    words = ("river", "council", "harvest", "bridge", "market", "railway", "winter", "school", "border", "theatre")
    paragraphs = "".join(
        f"<p>The {' and the '.join(drawn.choices(words, k=7))} were named in report {item} of {host.name}, "
        f"said the {drawn.choice(words)} office on day {drawn.randint(1, 999)}.</p>"
        for _ in range(8)
    )
    title = f"{host.name} reports item {item}"
    return (
        f'<!doctype html><html lang="en"><head><title>{title}</title></head><body><main><article><h1>{title}</h1>'
        f"{paragraphs}</article></main></body></html>"
    ).encode()
