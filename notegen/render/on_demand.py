"""Makes one page at a time, when it is asked for: a site as a mapping from addresses to functions that make files.

A page made here is byte for byte the one that `notegen/render/__init__.py` makes for the whole site.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from itertools import chain

from notegen.model import Insights, NoteId, OutputFile, Url
from notegen.paths import (
    CALENDAR,
    CARDS,
    CHANGED,
    DRIFT,
    FOLDERS,
    GRAPH,
    HOME,
    INTERNAL,
    MAP,
    TAGS,
    UNDATED,
    history_url,
)
from notegen.regex import regex
from notegen.render.feeds import feed_file
from notegen.render.pages.calendar import calendar_page
from notegen.render.pages.changed import changed_pages
from notegen.render.pages.dates import (
    pages_of_day,
    pages_of_month,
    pages_of_year,
    undated_pages,
)
from notegen.render.pages.drift import drift_files, drift_title
from notegen.render.pages.folders import all_folders_pages, pages_by_folder
from notegen.render.pages.graph import graph_files
from notegen.render.pages.history import history_page
from notegen.render.pages.home import home_files
from notegen.render.pages.map import map_files
from notegen.render.pages.markdown import LLMS, llms_files, markdown_file
from notegen.render.pages.not_found import NOT_FOUND, not_found_page
from notegen.render.pages.notes import note_page
from notegen.render.pages.tags import all_tags_pages, pages_by_tag
from notegen.render.parts.anniversaries import Anniversaries, anniversaries_of
from notegen.render.parts.attachment import published_file
from notegen.render.parts.cards import card_file, faces_of
from notegen.render.parts.lists import Calendar, calendar_of, undated_notes
from notegen.render.redirects import redirect_pages
from notegen.render.site import Site
from notegen.render.sitemap import ROBOTS, SITEMAP, sitemap_files
from notegen.render.social_cards import Face
from notegen.theme import graph_script, map_script, today_script

_DATE_PAGE = regex(r"dates/(?P<year>\d{4})(?:-(?P<month>\d\d))?(?:-(?P<day>\d\d))?(?:~\d+)?\.html")
_PART = regex(r"~\d+(?=\.[^./]*\Z)")
"""What stands in the address of a long list's part, after the first."""

_SITEMAP_PART = regex(r"sitemap-\d+\.xml")

_Pages = Callable[[], Iterable[OutputFile]]


class PagesOnDemand:
    """The files of one site but for attachments, search, previews, folders and exports; safe to ask from any thread."""

    def __init__(self, site: Site, insights: Insights) -> None:
        self.site = site
        self._insights = insights

    def make(self, url: Url) -> OutputFile | None:
        """The file at an address; None where the site has none.

        Raises:
            NotegenError: its template fails.
        """
        number = self._numbers.get(url)
        if number is not None:
            return note_page(self.site, self._insights, self._anniversaries, number)
        if note := self._histories.get(url):
            return history_page(self.site, note, self._insights.history[note])
        if pages := self._pages_with(url):
            return next((page for page in pages() if page.url == url), None)
        if url.endswith(".html.md") and self.site.config.export.markdown:
            id = self._notes.get(url.removesuffix(".md"))
            return markdown_file(self.site, self.site.garden.notes[id]) if id else None
        if url.startswith(f"{CARDS}/"):
            return card_file(self.site, url, self._faces)
        if url.startswith(f"{INTERNAL}/"):
            return self._files.get(url) or self._data.get(url)
        return self._shared.get(url) or self._for_programs(url)

    @cached_property
    def attachments(self) -> Mapping[Url, str]:
        """The files of the notes that are copied: by address, where they lie among the notes."""
        return {url: path for path, url in self.site.garden.assets.items()}

    @cached_property
    def folders(self) -> frozenset[str]:
        """The folders in which there are files, without a `/` at their end."""
        garden = self.site.garden
        urls = (garden.urls, garden.tag_urls, garden.folder_urls, garden.assets)
        found = {INTERNAL, *(("dates",) if garden.days or undated_notes(self.site) else ())}
        for url in (*chain.from_iterable(some.values() for some in urls), *garden.redirects):
            parts = url.split("/")
            found.update("/".join(parts[:end]) for end in range(1, len(parts)))
        return frozenset(found)

    def _for_programs(self, url: Url) -> OutputFile | None:
        """What a site has that knows its address: feeds, the sitemap and the like."""
        site = self.site
        if url in (*site.feeds, *site.tag_feeds.values(), *site.former_feeds):
            return feed_file(site, url)
        if url in (ROBOTS, SITEMAP) or _SITEMAP_PART.fullmatch(url):
            return next((file for file in sitemap_files(site) if file.url == url), None)
        return next(llms_files(site), None) if url == LLMS else None

    def _pages_with(self, url: Url) -> _Pages | None:
        """What makes the page at an address, and perhaps others."""
        site, first = self.site, _PART.sub("", url)
        overview = site.overview
        single: dict[Url, _Pages] = {
            HOME: lambda: home_files(site, self._calendar, self._anniversaries),
            CALENDAR: lambda: (calendar_page(site, self._calendar),),
            NOT_FOUND: lambda: (not_found_page(site),),
        }
        if site.graph:
            single[GRAPH] = lambda: graph_files(site, site.graph) if site.graph else ()
        if overview:
            single[MAP] = lambda: map_files(site, overview)
            if drift_title(site, overview):
                single[DRIFT] = lambda: drift_files(site, overview)
        if site.garden.tags:
            single[TAGS] = lambda: all_tags_pages(site)
        if site.garden.folders:
            single[FOLDERS] = lambda: all_folders_pages(site)
        single[CHANGED] = lambda: changed_pages(site)
        if undated_notes(site):
            single[UNDATED] = lambda: undated_pages(site)
        if first in single:
            return single[first]
        if found := _DATE_PAGE.fullmatch(url):
            return self._date_pages(int(found["year"]), int(found["month"] or 0), int(found["day"] or 0))
        if first in self._tags:
            return lambda: self._pages_by_tag(self._tags[first])
        if first in self._folders:
            return lambda: self._pages_by_folder(self._folders[first])
        return None

    def _date_pages(self, year: int, month: int, day: int) -> _Pages | None:
        site, calendar = self.site, self._calendar
        if not month:
            years = list(calendar.years)
            return (lambda: pages_of_year(site, calendar, years.index(year))) if year in years else None
        if not day:
            months = list(calendar.months)
            place = year, month
            if place not in months:
                return None
            days = [day for day in site.garden.days if (day.year, day.month) == place]
            return lambda: pages_of_month(site, calendar, months.index(place), days)
        try:
            number = self._days.get(date(year, month, day))
        except ValueError:
            return None
        return None if number is None else lambda: pages_of_day(site, [*self._days], number)

    @cached_property
    def _numbers(self) -> Mapping[Url, int]:
        """The places in the order of dates of the notes that have pages of their own, by address."""
        garden = self.site.garden
        return {
            garden.urls[note]: number for number, note in enumerate(garden.by_date) if note != self.site.front
        }

    @cached_property
    def _histories(self) -> Mapping[Url, NoteId]:
        urls = self.site.garden.urls
        return {history_url(urls[note]): note for note in self._insights.history if note in urls}

    @cached_property
    def _notes(self) -> Mapping[Url, NoteId]:
        return {url: note for note, url in self.site.garden.urls.items()}

    @cached_property
    def _tags(self) -> Mapping[Url, str]:
        garden = self.site.garden
        return {url: tag for tag, url in garden.tag_urls.items() if tag not in garden.tags_of_pages}

    @cached_property
    def _folders(self) -> Mapping[Url, str]:
        return {url: folder for folder, url in self.site.garden.folder_urls.items()}

    @cached_property
    def _days(self) -> Mapping[date, int]:
        return {day: number for number, day in enumerate(self.site.garden.days)}

    @cached_property
    def _pages_by_tag(self) -> Callable[[str], Iterator[OutputFile]]:
        return pages_by_tag(self.site)

    @cached_property
    def _pages_by_folder(self) -> Callable[[str], Iterator[OutputFile]]:
        return pages_by_folder(self.site)

    @cached_property
    def _calendar(self) -> Calendar:
        return calendar_of(self.site)

    @cached_property
    def _anniversaries(self) -> Anniversaries:
        return anniversaries_of(self.site)

    @cached_property
    def _faces(self) -> Mapping[Url, Face]:
        return faces_of(self.site)

    @cached_property
    def _shared(self) -> Mapping[Url, OutputFile]:
        """What stands outside notegen's own folder and is no page of the site."""
        return {file.url: file for file in redirect_pages(self.site)}

    @cached_property
    def _files(self) -> Mapping[Url, OutputFile]:
        """The theme's own, and the scripts that pages load."""
        site, theme = self.site, self.site.theme
        files = [theme.style, theme.early, theme.script, *theme.files, *theme.page_styles.values()]
        files += [site.enhancements, today_script(theme), *site.diagrams]
        files += [file for file in (site.unlocker, site.finder) if file]
        files += [graph_script(theme)] if site.graph else []
        files += [map_script(theme)] if site.overview else []
        metadata = site.config.attachment_metadata
        return {file.url: published_file(file, metadata) for file in files}

    @cached_property
    def _data(self) -> Mapping[Url, OutputFile]:
        """What the scripts of single pages are given."""
        site = self.site
        files = [*home_files(site, self._calendar, self._anniversaries)]
        files += graph_files(site, site.graph) if site.graph else ()
        files += map_files(site, site.overview) if site.overview else ()
        return {file.url: file for file in files}
