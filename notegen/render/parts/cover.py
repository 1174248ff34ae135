"""The picture that stands for a note where a link to it is shown."""

from notegen.model import Note, ToAsset
from notegen.render.site import Site, address


def cover_address(site: Site, note: Note) -> str:
    """The full address of the picture that stands for the note where a link to it is shown; empty for none.

    A file of the site has one only where the site knows its own.
    """
    hole, _, number = note.picture.partition(":")
    if hole != "notegen":
        return note.picture
    to = site.garden.resolutions[note.id][int(number)]
    base = site.config.base_url
    return address(base, site.garden.assets[to.path]) if base and isinstance(to, ToAsset) else ""
