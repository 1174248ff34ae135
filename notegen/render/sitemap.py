"""Files that hosts and search engines ask for by name: the page for a missing page, robots.txt, the sitemap."""

import re
from collections.abc import Iterator
from html import escape

from notegen.model import OutputFile, Url
from notegen.paths import HOME, INTERNAL, TAGS
from notegen.render.site import Site, address, link_to, make_page
from notegen.theme import safe

NOT_FOUND: Url = "404.html"
SITEMAP: Url = "sitemap.xml"
ROBOTS: Url = "robots.txt"
NO_JEKYLL: Url = ".nojekyll"
"""GitHub Pages leaves out folders such as `_posts` where this file is not."""


_STYLE_URL = re.compile(r"""url\(\s*["']?(?![a-zA-Z]+:|[/#"'])""")


def host_files(site: Site) -> Iterator[OutputFile]:
    """The 404 page, pages for former addresses, and what a host or a search engine looks for.

    robots.txt and a sitemap need the address of the site, and are left out where the notes bring their own.
    """
    yield not_found_page(site)
    yield OutputFile(NO_JEKYLL, b"")
    for url, note in site.garden.redirects.items():
        yield _redirect(site, url, site.garden.notes[note].title, link_to(url, site.garden.urls[note]))
    taken = set(site.garden.assets.values())
    if site.config.base_url and not {ROBOTS, SITEMAP} & taken:
        base = site.config.base_url
        yield OutputFile(ROBOTS, f"User-agent: *\nAllow: /\nSitemap: {address(base, SITEMAP)}\n".encode())
        yield OutputFile(SITEMAP, _sitemap(site).encode())


def _redirect(site: Site, url: Url, title: str, goal: str) -> OutputFile:
    """A page that sends its reader on, without a script and on any host."""
    page = (
        f'<!doctype html>\n<html lang="{site.config.language}">\n<meta charset="utf-8">\n'
        f'<title>{escape(title)}</title>\n<link rel="icon" href="data:,">\n'
        f'<meta name="robots" content="noindex">\n<link rel="canonical" href="{goal}">\n'
        f'<meta http-equiv="refresh" content="0; url={goal}">\n<a href="{goal}">{escape(title)}</a>\n'
    )
    return OutputFile(url, page.encode())


def not_found_page(site: Site) -> OutputFile:
    """The page that a host shows for an address it does not have; it works at any depth, on any host."""
    names = {
        "base": f"{site.config.base_url.rstrip('/')}/" if site.config.base_url else "",
        "style": safe(_from_root(bytes_of(site.theme.style).decode())),
        "script": site.theme.script.url,
        "search": site.search or "",
        "data": site.data,
        "home": HOME,
        "tags": TAGS if site.garden.tags else "",
    }
    return make_page(site, "404.html", NOT_FOUND, "", names, title=site.say("missing.title"), canonical=False)


def _from_root(style: str) -> str:
    """The style sheet as it stands in a page at the root, not in a file in the folder that its addresses count from."""
    return _STYLE_URL.sub(rf"\g<0>{INTERNAL}/", style)


def bytes_of(file: OutputFile) -> bytes:
    """The content of a file that is not copied."""
    assert isinstance(file.content, bytes)
    return file.content


def _sitemap(site: Site) -> str:
    """The home page and every note; tag and date pages only repeat them."""
    urls = [HOME, *(url for url in sorted(site.garden.urls.values()) if url != HOME)]
    lines = (f"<url><loc>{escape(address(site.config.base_url, url))}</loc></url>" for url in urls)
    return "\n".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>',
            '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
            *lines,
            "</urlset>",
            "",
        ]
    )
