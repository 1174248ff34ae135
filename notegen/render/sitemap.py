"""What search engines ask for by name: robots.txt and the sitemap."""

from collections.abc import Iterator
from html import escape

from notegen.model import OutputFile, Url
from notegen.paths import HOME
from notegen.render.site import Site, address

SITEMAP: Url = "sitemap.xml"
ROBOTS: Url = "robots.txt"


def sitemap_files(site: Site) -> Iterator[OutputFile]:
    """robots.txt and the sitemap; they need the address of the site, and the notes' own files of the name win."""
    taken = set(site.garden.assets.values())
    if site.config.base_url and not {ROBOTS, SITEMAP} & taken:
        base = site.config.base_url
        yield OutputFile(ROBOTS, f"User-agent: *\nAllow: /\nSitemap: {address(base, SITEMAP)}\n".encode())
        yield OutputFile(SITEMAP, _sitemap(site).encode())


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
