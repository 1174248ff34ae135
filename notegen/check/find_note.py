"""Which note a person means who names one."""

from notegen.check.did_you_mean import names_like
from notegen.errors.notes import no_such_note
from notegen.model import Garden, NoteId
from notegen.paths import fold, note_endings


def find_note(garden: Garden, name: str) -> NoteId:
    """The note with that path, or with that name in any folder, the shortest path first; else by title or alias.

    Raises:
        NotegenError: there is none.
    """
    wanted = fold(name)
    for ending in ("", *note_endings(garden.notes)):
        matches = [id for id in garden.notes if f"/{fold(id)}".endswith(f"/{wanted}{ending}")]
        if matches:
            return min(matches, key=lambda id: (len(id), id))
    called = [id for id, note in garden.notes.items() if wanted in map(fold, (note.title, *note.aliases))]
    if called:
        return min(called, key=lambda id: (len(id), id))
    raise no_such_note(name, names_like(garden, wanted))
