"""The links that the settings put into the header and the footer of every page."""

from collections.abc import Iterator, Mapping, Sequence

from notegen.link.pins import notes_called
from notegen.model import Code, Note, NoteId, Place, Problem, SiteLink
from notegen.written_link import WrittenLink, written_link


def site_links(
    notes: Mapping[NoteId, Note], settings: Mapping[str, Sequence[str]]
) -> tuple[Mapping[str, tuple[SiteLink, ...]], tuple[Problem, ...]]:
    """The links of each setting, by its name, without those to notes that are not published, which are problems."""
    problems: list[Problem] = []
    links: dict[str, tuple[SiteLink, ...]] = {}
    for setting, written in settings.items():
        each = [link for one in written if (link := written_link(one))]
        known = notes_called(notes, [link.note for link in each if link.note])
        links[setting] = tuple(_led(each, known))
        problems += (
            Problem(Code.SITE_LINK_MISSING, Place("."), (("name", name), ("setting", setting)))
            for name, note in known.items()
            if note is None
        )
    return links, tuple(problems)


def _led(links: Sequence[WrittenLink], known: Mapping[str, NoteId | None]) -> Iterator[SiteLink]:
    for link in links:
        if link.address:
            yield SiteLink(link.text, address=link.address)
        elif note := known[link.note]:
            yield SiteLink(link.text, note)
