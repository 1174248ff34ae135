"""Pages at the addresses that notes had before, and the list of them that some hosts read."""

from collections.abc import Iterator, Set
from html import escape
from itertools import chain
from urllib.parse import quote, urlsplit

from notegen.model import OutputFile, Url
from notegen.paths import CALENDAR, DRIFT, FOLDERS, GRAPH, HOME, MAP, TAGS, href
from notegen.render.site import Site, link_to

POLICY = """<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:">"""

HOST_REDIRECTS: Url = "_redirects"
"""What Netlify and Cloudflare Pages read: https://developers.cloudflare.com/pages/configuration/redirects/."""
MAX_HOST_REDIRECTS = 1000
"""Former addresses of which they are told; Cloudflare takes 2,000 lines, and each address has two."""


def redirect_pages(site: Site) -> Iterator[OutputFile]:
    """One page a former address, in the garden's order."""
    for url, note in site.garden.redirects.items():
        yield _redirect(site, url, site.garden.notes[note].title, link_to(url, site.garden.urls[note]))


def _redirect(site: Site, url: Url, title: str, goal: str) -> OutputFile:
    """A page that sends its reader on, without a script and on any host."""
    page = (
        f'<!doctype html>\n<html lang="{site.config.language}">\n<meta charset="utf-8">\n'
        f'{POLICY}\n<title>{escape(title)}</title>\n<link rel="icon" href="data:,">\n'
        f'<meta name="robots" content="noindex">\n<link rel="canonical" href="{goal}">\n'
        f'<meta http-equiv="refresh" content="0; url={goal}">\n<a href="{goal}">{escape(title)}</a>\n'
    )
    return OutputFile(url, page.encode())


def host_redirects(site: Site) -> Iterator[OutputFile]:
    """The same for hosts that answer with a status, which search engines follow sooner; only for a site at a root.

    A page that is there as well is what all others show.
    """
    base = site.config.base_url
    redirects = list(site.garden.redirects.items())[:MAX_HOST_REDIRECTS]
    is_at_root = bool(base) and not urlsplit(base).path.strip("/")
    if is_at_root and redirects and HOST_REDIRECTS not in site.garden.assets.values():
        names = _names_of_now(site)
        lines = (line for url, note in redirects for line in _host_lines(url, site.garden.urls[note], names))
        yield OutputFile(HOST_REDIRECTS, "".join(lines).encode())


def _host_lines(url: Url, goal: Url, names: Set[str]) -> Iterator[str]:
    """The address of a file, and what such hosts call it too, unless something else may be called so.

    Args:
        names: what they call pages and folders of now.
    """
    new = f"/{'' if goal == HOME else href('', goal)}"
    folder, is_index = url.removesuffix("index.html"), url.endswith("/index.html")
    short = folder if is_index else url.removesuffix(".html")
    yield f"/{href('', url)} {new} 301\n"
    if short != url and short.rstrip("/") not in names:
        yield f"/{quote(short)} {new} 301\n"


def _names_of_now(site: Site) -> frozenset[str]:
    """What such hosts call the pages and folders that there are, without `.html` and a slash at the end."""
    garden = site.garden
    places = (garden.urls, garden.tag_urls, garden.folder_urls, garden.assets)
    urls = [
        *chain.from_iterable(some.values() for some in places),
        CALENDAR,
        DRIFT,
        FOLDERS,
        GRAPH,
        MAP,
        TAGS,
    ]
    parts = [url.removesuffix(".html").split("/") for url in urls]
    return frozenset("/".join(names[:end]) for names in parts for end in range(1, len(names) + 1))
