"""What a site is called, where its settings do not say."""

from pathlib import Path

from msgspec.structs import replace

from notegen.config import Config
from notegen.model import Garden, Note
from notegen.paths import INDEX_NAMES, fold, opens_site
from notegen.text.readable_name import is_made_for_machines, readable_name


def with_title(config: Config, notes: Path, garden: Garden) -> Config:
    """The settings with a title: that of the note which opens the site, else the notes folder's name made readable."""
    if config.title:
        return config
    front = opens_site(garden.notes)
    if front and (title := own_title(garden.notes[front])):
        return replace(config, title=title)
    # Bytes of a folder's name that are no UTF-8 stand as a question mark.
    name = notes.resolve().name.encode("utf-8", "replace").decode()
    return replace(config, title=readable_name(name))


def own_title(front: Note) -> str:
    """What the note that opens the site is called; empty where that is only `README` and its like.

    A repository's name as a heading is made readable.
    """
    if fold(front.title) in INDEX_NAMES:
        return ""
    return readable_name(front.title) if is_made_for_machines(front.title) else front.title
