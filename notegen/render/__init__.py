"""Garden to files: every page of the site, filled from the theme's templates.

`site` holds what all pages share. `pages/` has one file a kind of page, `parts/` what several of them show.
"""

from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from types import MappingProxyType

from msgspec import Struct

from notegen.cache import VectorCache
from notegen.config import Config
from notegen.model import Garden, Insights, LockedParts, OutputFile, Url
from notegen.note_memory import NoteMemory
from notegen.paths import SEARCH_POINTER
from notegen.render.feeds import feed_files
from notegen.render.known_pages import PageSources, page_maker
from notegen.render.on_demand import PagesOnDemand
from notegen.render.pages.calendar import calendar_page
from notegen.render.pages.changed import changed_pages
from notegen.render.pages.dates import date_orders, undated_pages
from notegen.render.pages.drift import drift_files
from notegen.render.pages.folders import folder_pages
from notegen.render.pages.graph import graph_files
from notegen.render.pages.history import history_pages
from notegen.render.pages.home import home_files
from notegen.render.pages.locked import locked_page
from notegen.render.pages.map import map_files
from notegen.render.pages.markdown import llms_files, markdown_orders
from notegen.render.pages.not_found import not_found_page
from notegen.render.pages.notes import note_orders
from notegen.render.pages.tags import all_tags_pages, tag_orders
from notegen.render.parts.anniversaries import anniversaries_of
from notegen.render.parts.attachment import published_file, published_files
from notegen.render.parts.cards import card_files
from notegen.render.parts.explorer import Explorer, explorer_of
from notegen.render.parts.lists import calendar_of
from notegen.render.parts.pieces import pieces_pointer
from notegen.render.parts.previews import Previews, has_previews, previews_of
from notegen.render.redirects import host_redirects, redirect_pages
from notegen.render.site import Site, open_site, site_data
from notegen.render.sitemap import sitemap_files
from notegen.theme import Theme

__all__ = ["OpenedSite", "PagesOnDemand", "data_of_site", "open_site", "render_pages", "rendered_site"]

NO_JEKYLL: Url = ".nojekyll"
"""GitHub Pages leaves out folders such as `_posts` where this file is not."""


class OpenedSite(Struct, frozen=True):
    """A site that is about to be rendered."""

    data: Mapping[str, str]
    """What the script of every page is given."""
    files: Iterator[OutputFile]
    """All but those of the graph."""
    graph: Iterator[OutputFile]
    """Asked for last, since the places of notes may still be being found."""
    locked_page: Callable[[Url], OutputFile]
    """Makes the page that stands for an encrypted one."""


def render_pages(
    garden: Garden,
    insights: Insights,
    theme: Theme,
    config: Config,
    *,
    files: Mapping[str, Path] = MappingProxyType({}),
) -> Iterator[OutputFile]:
    """All pages, the theme's own files and the attachments, one at a time and always in the same order.

    Args:
        insights: what pages show beside the notes; parts that are None or empty have no pages.
        files: where the attachments lie that `garden.assets` names by the same keys; a missing one is not copied.

    Raises:
        NotegenError: a template fails.
    """
    opened = rendered_site(garden, insights, theme, config, files=files)
    yield from chain(opened.files, opened.graph)


def rendered_site(
    garden: Garden,
    insights: Insights,
    theme: Theme,
    config: Config,
    *,
    files: Mapping[str, Path] = MappingProxyType({}),
    locked: LockedParts | None = None,
    cache: VectorCache | None = None,
    memory: NoteMemory | None = None,
    jobs: int = 1,
) -> OpenedSite:
    """The same, with what one has to know of a site that has encrypted notes beside.

    Args:
        locked: what its pages tell of these; None for a site without.
        cache: remembers pages and what was drawn, so that neither need be made again; None to make all.
        memory: of the notes' first words; None to find all anew.
        jobs: processes that may make pages, of which this one is one.
    """
    previews = previews_of(garden, insights.related, memory)
    explorer = explorer_of(garden)
    site = open_site(garden, insights, theme, config, previews, explorer, locked)
    rendered = _rendered(site, insights, previews, explorer, files, cache, jobs)
    graph = graph_files(site, site.graph) if site.graph else iter(())
    return OpenedSite(site.data, rendered, graph, lambda url: locked_page(site, url))


def data_of_site(garden: Garden, theme: Theme, config: Config, locked: LockedParts) -> dict[str, str]:
    """What the script of every page is given of a site with encrypted notes that can be searched, before it is made.

    Args:
        config: with the garden's title.
    """
    return site_data(
        garden,
        theme,
        config,
        search=SEARCH_POINTER,
        salt=locked.salt,
        previews=has_previews(garden),
        folders=bool(garden.folders),
    )


def _rendered(
    site: Site,
    insights: Insights,
    previews: Previews | None,
    explorer: Explorer | None,
    files: Mapping[str, Path],
    cache: VectorCache | None,
    jobs: int,
) -> Iterator[OutputFile]:
    theme, garden = site.theme, site.garden
    calendar = calendar_of(site)
    anniversaries = anniversaries_of(site)
    yield theme.style
    yield theme.early
    yield theme.script
    yield from (published_file(file, site.config.attachment_metadata) for file in theme.files)
    yield site.enhancements
    if site.unlocker:
        yield site.unlocker
    if previews:
        yield from previews.files
    if explorer:
        yield from explorer.files
    if previews or explorer:
        yield pieces_pointer(previews, explorer)
    if site.finder:
        yield site.finder
    yield from site.diagrams
    yield from home_files(site, calendar, anniversaries)
    made = page_maker(PageSources(site, insights, anniversaries, calendar), cache, jobs)
    yield from made(note_orders(site))
    yield from history_pages(site, insights.history)
    if insights.history:
        yield theme.page_styles["history"]
    yield from made(date_orders(site, calendar))
    yield from undated_pages(site)
    yield from changed_pages(site)
    yield calendar_page(site, calendar)
    yield theme.page_styles["calendar"]
    yield from made(tag_orders(site))
    if garden.tags:
        yield from all_tags_pages(site)
    yield from folder_pages(site)
    yield from made(markdown_orders(site))
    yield from llms_files(site)
    if site.overview:
        yield from map_files(site, site.overview)
        yield from drift_files(site, site.overview)
    yield not_found_page(site)
    yield OutputFile(NO_JEKYLL, b"")
    yield from redirect_pages(site)
    yield from host_redirects(site)
    yield from sitemap_files(site)
    yield from feed_files(site)
    if site.locked is None or site.locked.data is None:  # what is to be encrypted shows the public site's
        yield from card_files(site, cache)
    attached = {url: files[path] for path, url in garden.assets.items() if path in files}
    yield from published_files(attached, site.config.attachment_metadata, cache)
