"""What search engines ask for by name: robots.txt and the sitemap, after https://www.sitemaps.org/protocol.html."""

from collections.abc import Iterator, Sequence
from datetime import date
from html import escape

from notegen.model import OutputFile, Url
from notegen.paths import HOME
from notegen.render.site import Site, address

SITEMAP: Url = "sitemap.xml"
ROBOTS: Url = "robots.txt"
MAX_PAGES = 50_000
"""Pages of one file, as the protocol has it; with more, the sitemap names the files that name them."""

_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def sitemap_files(site: Site) -> Iterator[OutputFile]:
    """robots.txt and the sitemap; they need the address of the site, and the notes' own files of the name win."""
    taken = set(site.garden.assets.values())
    base = site.config.base_url
    if not base or {ROBOTS, SITEMAP} & taken:
        return
    yield OutputFile(ROBOTS, f"User-agent: *\nAllow: /\nSitemap: {address(base, SITEMAP)}\n".encode())
    pages = _pages(site)
    if len(pages) <= MAX_PAGES:
        yield _sitemap(SITEMAP, site, pages)
        return
    parts = [pages[start : start + MAX_PAGES] for start in range(0, len(pages), MAX_PAGES)]
    urls = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    yield _file(
        SITEMAP,
        "sitemapindex",
        (f"<sitemap><loc>{escape(address(base, url))}</loc></sitemap>" for url in urls),
    )
    yield from (_sitemap(url, site, part) for url, part in zip(urls, parts, strict=True))


def _pages(site: Site) -> Sequence[tuple[Url, date | None]]:
    """The home page and every note, with the day it was last changed; tag and date pages only repeat them.

    The home page shows the newest, so that it changes with any note.
    """
    days = {
        url: note.changed or note.dating.day
        for id, url in site.garden.urls.items()
        for note in (site.garden.notes[id],)
    }
    newest = max((day for day in days.values() if day), default=None)
    return [(HOME, newest), *((url, days[url]) for url in sorted(days) if url != HOME)]


def _sitemap(url: Url, site: Site, pages: Sequence[tuple[Url, date | None]]) -> OutputFile:
    base = site.config.base_url
    lines = (f"<url><loc>{escape(address(base, page))}</loc>{_last_change(day)}</url>" for page, day in pages)
    return _file(url, "urlset", lines)


def _last_change(day: date | None) -> str:
    return f"<lastmod>{day.isoformat()}</lastmod>" if day else ""


def _file(url: Url, element: str, lines: Iterator[str]) -> OutputFile:
    top = ['<?xml version="1.0" encoding="UTF-8"?>', f'<{element} xmlns="{_NAMESPACE}">']
    return OutputFile(url, "\n".join([*top, *lines, f"</{element}>", ""]).encode())
