"""Each note's Markdown beside its page, and the file `llms`, which tells programs what is on the site.

Both are made of what the pages show, so that they can say nothing that these do not say.
"""

import json
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import partial
from posixpath import dirname, join, normpath
from urllib.parse import unquote

from notegen.model import Note, NoteId, OutputFile, Url
from notegen.page_data import digest_of
from notegen.paths import HOME, PASSAGES, TAGS, href, markdown_url
from notegen.render.known_pages import PageOrder, PageSources
from notegen.render.parts.body import fill_links, fill_properties, split_title
from notegen.render.parts.markdown_text import inline_text, markdown_of
from notegen.render.site import Site, address
from notegen.render.sitemap import SITEMAP
from notegen.text.collation import sort_key
from notegen.text.html_tags import plain_text_of

LLMS: Url = "llms.txt"
MAX_LISTED = 500
"""Notes that it lists: the pinned, the most linked, then the newest; the sitemap has all of them."""
MAX_TAGS = 50
MAX_DESCRIPTION = 160
"""Characters said of a note there."""


def markdown_orders(site: Site) -> Iterator[PageOrder]:
    """The Markdown of every note, where the site has it, in the garden's order."""
    if site.config.export.markdown:
        pages = frozenset(site.garden.urls.values())
        known_by = digest_of("\n".join(sorted(pages)).encode("utf-8", "surrogatepass"))
        for note in site.garden.notes:
            url = markdown_url(site.garden.urls[note])
            yield PageOrder(url, (note, known_by), partial(_ordered, note, pages))


def _ordered(note: NoteId, pages: Collection[Url], sources: PageSources) -> tuple[OutputFile, ...]:
    return (markdown_file(sources.site, sources.site.garden.notes[note], pages),)


def markdown_file(site: Site, note: Note, pages: Collection[Url] | None = None) -> OutputFile:
    """A note's Markdown, whose links to `pages` lead to the Markdown beside these."""
    url = site.garden.urls[note.id]
    known = site.garden.urls.values() if pages is None else pages
    text = note_as_markdown(site, note, lambda page, written: _beside(page, written, known))
    return OutputFile(markdown_url(url), text.encode("utf-8", "replace"))


def note_as_markdown(site: Site, note: Note, address_of: Callable[[Url, str], str]) -> str:
    """What is known of a note in front matter, its title, its text.

    Args:
        address_of: gives a link's address from the page's and the one that it has there.
    """
    url = site.garden.urls[note.id]
    title, body = split_title(note, fill_links(note, site))
    text = markdown_of(body, lambda written: address_of(url, written))
    heading = " ".join(markdown_of(title.html).split()) or inline_text(note.title)
    return f"---\n{''.join(_front_matter(site, note))}---\n\n# {heading}\n" + (f"\n{text}" if text else "")


def llms_files(site: Site) -> Iterator[OutputFile]:
    """What tells of the site, where that knows its address; the notes' own file of the name wins."""
    config = site.config
    if config.base_url and config.export.llms and LLMS not in site.garden.assets.values():
        yield OutputFile(LLMS, llms_text(site).encode("utf-8", "replace"))


def llms_text(site: Site) -> str:
    """What is on the site, as https://llmstxt.org has it: a title, a sentence, and lists of links."""
    garden, config = site.garden, site.config
    description = config.description or (garden.notes[site.front].description if site.front else "")
    listed = _listed(site)
    pinned = [id for id in listed if id in garden.pinned]
    others = [id for id in listed if id not in garden.pinned]
    tags = sorted(garden.tags, key=lambda tag: (-len(garden.tags[tag]), sort_key(tag)))[:MAX_TAGS]
    parts = [
        [f"# {inline_text(site.title)}"],
        [f"> {inline_text(description)}"] if description else [],
        [" ".join(_facts(site, len(listed)))],
        _section(site.translate("home.pinned"), (_note_line(site, garden.notes[id]) for id in pinned)),
        _section(site.translate("llms.notes"), (_note_line(site, garden.notes[id]) for id in others)),
        _section(site.translate("page.tags"), (_tag_line(site, tag) for tag in sorted(tags, key=sort_key))),
        _section("Optional", _further_lines(site)),  # the convention's own word
    ]
    return "\n\n".join("\n".join(part) for part in parts if part) + "\n"


def _section(title: str, rows: Iterable[str]) -> list[str]:
    """A heading and what is under it; nothing where that is nothing."""
    lines = [*rows]
    return [f"## {title}", "", *lines] if lines else []


def _facts(site: Site, listed: int) -> Iterator[str]:
    """How many notes there are, how many are listed, and how they can be read."""
    export, count = site.config.export, len(site.garden.notes)
    if listed < count:
        yield site.translate("llms.listed", listed=listed, count=count)
    else:
        yield site.translate("llms.count", count=count)
    if export.markdown:
        yield site.translate("llms.markdown")
    if export.passages:
        yield site.translate("llms.passages", address=_full(site, PASSAGES))


def _further_lines(site: Site) -> Iterator[str]:
    yield f"- [{site.translate('dates.all')}]({_full(site, HOME)})"
    if site.garden.tags:
        yield f"- [{site.translate('home.all_tags', count=len(site.garden.tags))}]({_full(site, TAGS)})"
    if SITEMAP not in site.garden.assets.values():
        yield f"- [{site.translate('llms.addresses')}]({_full(site, SITEMAP)})"


def _tag_line(site: Site, tag: str) -> str:
    garden = site.garden
    notes = site.translate("count.notes", count=len(garden.tags[tag]))
    return f"- [{inline_text(tag)}]({_full(site, garden.tag_urls[tag])}): {notes}"


def _listed(site: Site) -> list[NoteId]:
    """The notes that are listed, in the order of their addresses."""
    garden = site.garden
    newest = {id: number for number, id in enumerate(reversed(garden.by_date))}

    def rank(id: NoteId) -> tuple[bool, int, int]:
        return id not in garden.pinned, -len(garden.neighbours[id].inward), newest[id]

    return sorted(sorted(garden.notes, key=rank)[:MAX_LISTED], key=lambda id: sort_key(garden.urls[id]))


def _note_line(site: Site, note: Note) -> str:
    url = site.garden.urls[note.id]
    goal = _full(site, markdown_url(url) if site.config.export.markdown else url)
    said = inline_text(_shortened(note.description))
    return f"- [{inline_text(note.title)}]({goal})" + (f": {said}" if said else "")


def _shortened(text: str) -> str:
    if len(text) <= MAX_DESCRIPTION:
        return text
    return text[:MAX_DESCRIPTION].rpartition(" ")[0].rstrip(" ,;:") + " …"


def _full(site: Site, url: Url) -> str:
    return address(site.config.base_url, url)


def _front_matter(site: Site, note: Note) -> Iterator[str]:
    """What is known of a note beside its text, as lines of YAML, whose strings are JSON's."""
    url = site.garden.urls[note.id]
    facts: dict[str, object] = {"title": note.title}
    if note.dating.day:
        facts["date"] = note.dating.iso
    if note.tags:
        facts["tags"] = [*note.tags]
    if note.aliases:
        facts["aliases"] = [*note.aliases]
    if note.language:
        facts["language"] = note.language
    if site.config.base_url:
        facts["url"] = _full(site, url)
    for name, value in facts.items():
        yield f"{name}: {_yaml(value)}\n"
    properties = {name: plain_text_of(html) for name, html in fill_properties(note, site)}
    if properties:
        yield "properties:\n"
        for name, text in properties.items():
            yield f"  {_yaml(name)}: {_yaml(text)}\n"


def _yaml(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _beside(page: Url, written: str, pages: Collection[Url]) -> str:
    """A link's address; of one to another of the pages, its Markdown's."""
    path, mark, fragment = written.partition("#")
    if not path.endswith(".html") or ":" in path:
        return written
    goal = normpath(join(dirname(page), unquote(path)))
    return f"{href(page, markdown_url(goal))}{mark}{fragment}" if goal in pages else written
