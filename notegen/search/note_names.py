"""What notes are called, for questions that name one: `[[Sourdough]] - bread`. `note-names.ts` is the same."""

from collections.abc import Iterator

from notegen.model import Garden
from notegen.text.tokens import fold


def write_names(garden: Garden) -> Iterator[str]:
    """For each note in order its names, separated by tabs: title, file without folders and ending, aliases."""
    for id, note in garden.notes.items():
        stem = id.rpartition("/")[2].rpartition(".")[0] or id
        names = dict.fromkeys(" ".join(fold(name).split()) for name in (note.title, stem, *note.aliases))
        yield "\t".join(name for name in names if name)


def find_named(names: Iterator[str] | list[str], wanted: str) -> int | None:
    """The number of the first note that goes by a name, case and accents aside; None when there is none."""
    folded = " ".join(fold(wanted).split())
    return next((number for number, line in enumerate(names) if folded in line.split("\t")), None)
