"""What stands around the chapters of a book: what it is called, and what its first page says."""

from collections.abc import Mapping
from datetime import date
from uuid import NAMESPACE_URL, uuid5

from msgspec import Struct

from notegen.book.contents import Selection
from notegen.i18n import capital
from notegen.paths import shown_folder
from notegen.render.site import Site
from notegen.theme import book_style, safe

_NO_DAY = date(1980, 1, 1)
"""The date of a book whose notes have none, and of its files."""


class Frame(Struct, frozen=True):
    """What templates say of a book."""

    site: Site
    names: Mapping[str, object]
    style: str

    def render(self, template: str, names: Mapping[str, object]) -> str:
        """A template filled with what is known of the book, and with `names`."""
        return self.site.theme.render(template, {**self.names, **names})


def frame_of(site: Site, selection: Selection, *, is_epub: bool) -> Frame:
    """The frame of a book of these notes."""
    config = site.config
    shown = " ".join(filter(None, (shown_folder(selection.folder), selection.tag and f"#{selection.tag}")))
    title = f"{site.title}: {shown}" if shown else site.title
    notes = [site.garden.notes[id] for id in selection.notes]
    last = max((day for note in notes if (day := note.changed or note.dating.day)), default=_NO_DAY)
    # The same for every edition, so that a reading system knows the book again.
    identity = "\n".join((config.base_url or config.title, selection.folder, selection.tag))
    names = {
        "book": title,
        "language": site.language.tag,
        "direction": site.language.direction,
        "author": config.author,
        "description": config.description,
        "facts": _facts(site, selection),
        "identifier": f"urn:uuid:{uuid5(NAMESPACE_URL, identity)}",
        "modified": f"{last.isoformat()}T00:00:00Z",
        "is_epub": is_epub,
    }
    return Frame(site, names, safe(book_style(site.theme, config.accent, is_page=not is_epub)))


def _facts(site: Site, selection: Selection) -> str:
    """How many notes there are, and of which months."""
    count = site.translate("count.notes", count=len(selection.notes))
    days = sorted(day for id in selection.notes if (day := site.garden.notes[id].dating.day))
    if not days:
        return count
    first, last = (capital(site.language.month(day.year, day.month)) for day in (days[0], days[-1]))
    if first == last:
        return site.translate("home.facts_month", notes=count, month=first)
    return site.translate("home.facts_span", notes=count, first=first, last=last)
