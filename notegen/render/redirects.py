"""Pages at the addresses that notes had before."""

from collections.abc import Iterator
from html import escape

from notegen.model import OutputFile, Url
from notegen.render.site import Site, link_to

POLICY = """<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:">"""


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
