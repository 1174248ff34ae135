"""Links whose only words are the path of a note, `[[thoughts/trust]]`: they show its title, in the text as in quotes.

Parsing knows no other note, so what it makes of such a link says the path.
"""

from html import escape

from notegen.model import Link, Note, NoteId, Resolution, ToNote
from notegen.paths import INDEX_NAMES, fold, stem_of
from notegen.render.site import Site


def fill_titles(html: str, note: Note, site: Site) -> str:
    """The note's HTML, its holes not filled yet, with titles in the place of paths."""
    for number, (link, goal) in enumerate(zip(note.links, site.garden.resolutions[note.id], strict=True)):
        if title := title_of_path(site, link, goal):
            hole = f'<a href="notegen:{number}">'
            html = html.replace(f"{hole}{escape(link.text)}</a>", f"{hole}{escape(title)}</a>")
    return html


def quote_titles(text: str, note: Note, site: Site) -> str:
    """A piece of the note's plain text with titles in the place of paths."""
    if "/" not in text:
        return text
    titles = {
        link.text: title
        for link, goal in zip(note.links, site.garden.resolutions[note.id], strict=True)
        if link.text in text and (title := title_of_path(site, link, goal))
    }
    for path in sorted(titles, key=lambda path: (-len(path), path)):  # none within a longer one
        text = text.replace(path, titles[path])
    return text


def title_of_path(site: Site, link: Link, goal: Resolution) -> str:
    """What a link with no words but a path shows: with a heading `Trust > Its limits`; empty for any other link."""
    if link.kind != "wiki" or "/" not in link.target or not isinstance(goal, ToNote):
        return ""
    if not _is_path(link.target, goal.note):
        return ""
    parts = [part.strip() for part in link.fragment.split("#") if part.strip()]
    if link.text != " > ".join((link.target, *parts)):
        return ""
    return " > ".join((site.garden.notes[goal.note].title, *parts))


def _is_path(target: str, note: NoteId) -> bool:
    """Whether it ends as the note's path does, or its folder's where it opens that; no name with a slash, `AC/DC`."""
    above, _, name = fold(stem_of(note)).rpartition("/")
    names = {name, above.rpartition("/")[2]} if name in INDEX_NAMES else {name}
    _, slash, last = fold(target).rpartition("/")
    return bool(slash) and last.removesuffix(".md") in names
