"""What all pages of one site share: the shell around a page, the links between pages, the page itself."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from html import escape, unescape
from itertools import product
from posixpath import commonpath
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from notegen.config import SITE_LINKS, Config
from notegen.i18n import Language
from notegen.model import (
    DIAGRAM,
    Garden,
    Graph,
    Insights,
    LockedParts,
    Note,
    NoteId,
    OutputFile,
    Overview,
    SiteLink,
    Url,
)
from notegen.paths import CARDS, GRAPH, HOME, MAP, TAGS, WORKER, fold, href
from notegen.render.feed_urls import feed_urls, former_feed_urls, tag_feed_urls
from notegen.render.parts.explorer import Explorer
from notegen.render.parts.pieces import PIECES_POINTER
from notegen.render.parts.previews import Previews
from notegen.render.social_cards import HEIGHT, WIDTH, CardStyle, card_style, site_face
from notegen.render.typeset import typeset
from notegen.theme import (
    PageStyle,
    Theme,
    diagram_scripts,
    enhancements_script,
    language_of,
    safe,
    search_script,
    unlock_script,
)

SiteSection = Literal["", "home", "dates", "tags", "map", "graph"]
"""The part of the site that the header shows as open."""

ICON_COLOUR = "b0512a"
"""The colour of the icon in a browser's tab, if a site has no accent of its own: six digits."""

LOCKED_PAGE = "locked.html"
"""The template of what stands for an encrypted page."""

LOCKED_LINK = 'class="internal locked"'
"""What the HTML of a page has where it leads to one, or would show it."""

HAS = "yes"
"""Stands for what a site has, where a page's script only has to know that."""

SITE_SECTIONS: tuple[SiteSection, ...] = ("", "home", "dates", "tags", "map", "graph")


class Shell(Struct, frozen=True):
    """What pages of one depth and section have in common, as HTML: rendered once, since a site has few of them."""

    site: str
    language: str
    direction: str
    head: str
    header: str
    footer: str
    script: str


class Site(Struct, frozen=True, eq=False):
    """Everything that a page is made of, but the page's own part."""

    garden: Garden
    theme: Theme
    config: Config
    title: str
    search: Url | None
    """What points at the search index; None when there is no search."""
    tag_urls: Mapping[str, Url]
    """By folded tag, since notes write one tag in many ways."""
    is_dated: bool
    """Whether a note is of a day, or tells of one; else no page speaks of dates."""
    front: NoteId | None
    """The note whose page is the home page: the root's `index.md`, where there is one."""
    whole_folders: frozenset[str]
    """The folders that hold every note but that one, as `content` does: they are no levels above a note."""
    shells: Mapping[tuple[int, SiteSection], Shell]
    """By how many folders deep a page lies, and by section."""
    finder: OutputFile | None
    """The script that searches; None when there is no search."""
    enhancements: OutputFile
    """The script of what a reader seldom asks for."""
    unlocker: OutputFile | None
    """The script that decrypts; None in a site with nothing to decrypt."""
    data: Mapping[str, str]
    """What the script of every page is given, beside where the root is, by name in its `data-` attributes; in a site
    that is to be encrypted, what the public site's is given."""
    locked: LockedParts | None
    """What its pages tell of the encrypted part; None in a site without."""
    diagrams: tuple[OutputFile, ...]
    """The scripts for pages with diagrams, in order; none in a site without."""
    graph: Graph | None
    """What the page of the graph draws; None where too few notes are linked."""
    overview: Overview | None
    """What the pages of the map and of drift show; None in a site without."""
    feeds: tuple[Url, ...]
    """The feeds of all notes."""
    tag_feeds: Mapping[str, Url]
    """The feed of each tag that has one."""
    former_feeds: Mapping[Url, Url]
    """Where else a feed of all notes is, for those who followed one there before, and which it is."""
    card_style: CardStyle | None
    """How the pictures look that others show beside a link; None in a site without."""
    site_card: Url
    """The card of pages that are no note's; empty in a site without."""

    @property
    def language(self) -> Language:
        """What pages say, and in which language."""
        return self.theme.language

    @property
    def first_weekday(self) -> int:
        """The day on which weeks begin: 0 for Monday to 6 for Sunday."""
        own = {"monday": 0, "saturday": 5, "sunday": 6}
        return own.get(self.config.week_start, self.language.first_weekday)

    def language_of(self, note: Note) -> Language:
        """What to say inside the note's own text: its language, where there are messages in it."""
        return language_of(self.theme, note.language) if note.language else self.language

    def typeset(self, html: str, note: Note) -> str:
        """HTML of what the note says, with its quotes and dashes set, where the settings want them to be."""
        return typeset(html, note.language or self.language.tag) if self.config.note.smart_quotes else html

    def typeset_text(self, text: str, note: Note) -> str:
        """Plain text of the note, as its title, set likewise."""
        if not ("'" in text or '"' in text or "--" in text):
            return text
        return unescape(self.typeset(escape(text, quote=False), note))

    def translate(self, key: str, /, **values: object) -> str:
        """A message in the site's language, as plain text."""
        return self.theme.language.translate(key, **values)


def open_site(
    garden: Garden,
    insights: Insights,
    theme: Theme,
    config: Config,
    previews: Previews | None = None,
    explorer: Explorer | None = None,
    locked: LockedParts | None = None,
) -> Site:
    """The site around a garden, with its shells rendered."""
    title = config.title or "Notes"
    search = insights.search
    finder = search_script(theme) if search else None
    unlocker = unlock_script(theme) if locked else None
    data = (locked.data if locked else None) or site_data(
        garden,
        theme,
        config,
        search=search,
        salt=locked.salt if locked else "",
        previews=previews is not None,
        folders=explorer is not None,
    )
    depths = {0, 1, *(locked.depths if locked else ())} | {
        url.count("/") for urls in (garden.urls, garden.tag_urls, garden.folder_urls) for url in urls.values()
    }
    front = next((note for note, url in garden.urls.items() if url == HOME), None)
    card_look = card_style(garden, config)
    site = Site(
        garden=garden,
        theme=theme,
        config=config,
        title=title,
        search=search,
        tag_urls={fold(tag): url for tag, url in garden.tag_urls.items()},
        is_dated=bool(garden.days),
        front=front,
        whole_folders=_folders_of_all(note for note in garden.notes if note != front),
        shells={},
        finder=finder,
        enhancements=enhancements_script(theme),
        unlocker=unlocker,
        data=data,
        locked=locked,
        diagrams=diagram_scripts(theme)
        if any(note.content.has_diagram for note in garden.notes.values())
        else (),
        graph=insights.graph if insights.graph and _says_more_than_links(insights.graph) else None,
        overview=insights.overview,
        feeds=feed_urls(garden, config),
        tag_feeds=tag_feed_urls(garden, config),
        former_feeds=former_feed_urls(garden, config),
        card_style=card_look,
        site_card=card_look.url(site_face(card_look, title, config)) if card_look else "",
    )
    places = product(sorted(depths), SITE_SECTIONS)
    return replace(site, shells={(depth, section): _shell(site, depth, section) for depth, section in places})


def site_data(
    garden: Garden,
    theme: Theme,
    config: Config,
    *,
    search: Url | None,
    salt: str,
    previews: bool,
    folders: bool,
) -> dict[str, str]:
    """What the script of every page is given of a site, by name; what is empty is left out.

    Args:
        salt: as `LockedParts` has it; empty in a site with nothing to decrypt.
        previews: whether there are some.
        folders: whether there is a list of them.
    """
    data = {
        "search": search or "",
        "finder": search_script(theme).url if search else "",
        "enhancements": enhancements_script(theme).url,
        "pieces": PIECES_POINTER if previews or folders else "",
        "previews": HAS if previews else "",
        "folders": HAS if folders else "",
        "top": max(_folders_of_all(url for url in garden.urls.values() if url != HOME), key=len, default=""),
        "offline": WORKER if config.offline == "on" else "",
        "unlock": unlock_script(theme).url if salt else "",
        "locked": salt,
    }
    return {name: value for name, value in data.items() if value}


def _says_more_than_links(graph: Graph) -> bool:
    """Whether a picture of the links shows what those in the texts do not: not where it is a line between two dots."""
    return sum(inward + outward > 0 for inward, outward in zip(graph.inward, graph.outward, strict=True)) > 2


def _folders_of_all(notes: Iterable[NoteId]) -> frozenset[str]:
    folders = {note.rpartition("/")[0] for note in notes}
    shared = commonpath(folders) if folders and "" not in folders else ""
    parts = shared.split("/") if shared else []
    return frozenset("/".join(parts[:end]) for end in range(1, len(parts) + 1))


def make_page(
    site: Site,
    template: str,
    url: Url,
    section: SiteSection,
    names: Mapping[str, object],
    *,
    title: str,
    description: str = "",
    canonical: bool = True,
    own: Sequence[OutputFile] = (),
    style: PageStyle | None = None,
) -> OutputFile:
    """One page of the site, from its template and the names that are its own.

    `own` are the scripts that it alone needs, `style` is the sheet beside the one of every page.
    """
    base = site.config.base_url
    diagrams = site.diagrams if DIAGRAM in str(names.get("body")) else ()
    picture = names.get("picture") or (address(base, site.site_card) if site.site_card and canonical else "")
    of_page = {
        "picture": picture,
        "card_size": (WIDTH, HEIGHT) if str(picture).startswith(f"{address(base, CARDS)}/") else None,
    }
    shared = {
        "diagrams": bool(diagrams) or _may_be_unlocked(site, template, names),
        "locked": site.unlocker is not None,
        "offline": "offline" in site.data,
        "shell": site.shells[url.count("/"), section],
        "title": title,
        "description": description,
        "canonical": address(base, url) if base and canonical else "",
        "sheet": link_to(url, site.theme.page_styles[style].url) if style else "",
        "scripts": tuple(link_to(url, file.url) for file in (*diagrams, *own)),
    }
    return OutputFile(url, f"{site.theme.render(template, {**shared, **names, **of_page})}\n".encode())


def _may_be_unlocked(site: Site, template: str, names: Mapping[str, object]) -> bool:
    """Whether the page may become one with a diagram: the policy it began with holds on."""
    stands_in = template == LOCKED_PAGE or LOCKED_LINK in str(names.get("body"))
    return stands_in and site.locked is not None and site.locked.diagrams


def address(base: str, url: Url) -> str:
    """The page's full address on the web; the home page is its folder."""
    return f"{base.rstrip('/')}/{'' if url == HOME else href('', url)}"


def link_to(page: Url, target: Url, fragment: str = "") -> str:
    """What `paths.href` gives, faster: the way between two pages is remembered, since pages of a folder share most."""
    if not fragment:
        return _link_from(page[: page.rfind("/") + 1], target)
    within = href(target, target, fragment)
    return within if page == target else _link_from(page[: page.rfind("/") + 1], target) + within


@lru_cache(maxsize=1 << 15)
def _link_from(folder: str, target: Url) -> str:
    return href(folder, target)


def _links_on(garden: Garden, folder: Url, links: Sequence[SiteLink]) -> Iterator[Mapping[str, str]]:
    for link in links:
        if link.note:
            text = link.text or garden.notes[link.note].title
            yield {"href": link_to(folder, garden.urls[link.note]), "text": text}
        else:
            yield {"href": link.address, "text": link.text}


def _shell(site: Site, depth: int, section: SiteSection) -> Shell:
    garden, theme, data = site.garden, site.theme, site.data
    folder = "x/" * depth
    names = {
        "root": "../" * depth,
        "site": site.title,
        "section": section,
        "home": link_to(folder, HOME),
        "dated": site.is_dated,
        "tags": link_to(folder, TAGS) if garden.tags else "",
        "map": link_to(folder, MAP) if site.overview else "",
        "graph": link_to(folder, GRAPH) if site.graph else "",
        "search": data.get("search", ""),
        "previews": data.get("previews", ""),
        "folders": data.get("folders", ""),
        "feeds": site.feeds,
        "offline": data.get("offline", ""),
        "data": data,
        "locked": "unlock" in data,
        "style": theme.style.url,
        "early": theme.early.url,
        "script": theme.script.url,
        "author": site.config.author,
        **{name: tuple(_links_on(garden, folder, garden.site_links.get(name, ()))) for name in SITE_LINKS},
        "icon_colour": site.config.accent.removeprefix("#") or ICON_COLOUR,
    }
    return Shell(
        site=site.title,
        language=theme.language.tag,
        direction=theme.language.direction if theme.language.direction == "rtl" else "",
        head=safe(theme.render("head.html", names)),
        header=safe(theme.render("header.html", names)),
        footer=safe(theme.render("footer.html", names)),
        script=safe(theme.render("script.html", names)),
    )
