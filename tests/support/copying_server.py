"""Runs `serve` with a build that makes a page of each note, as a program of its own so that Ctrl-C can be sent to it.

Usage: python -m tests.support.copying_server NOTES SITE PORT [EXTRA_WATCH...]. A note `broken.md` makes the build
refuse, a note `fault.md` makes it fail as only a mistake of ours would, a note `full.md` as a full disk does.
A file `due` beside NOTES is a day that has come.
After the build of a note `theme.md` another folder is watched, and just before that somebody saves `late.md`.
"""

import sys
from errno import ENOSPC
from pathlib import Path

from notegen.errors import NotegenError
from notegen.model import OutputFile, Place
from notegen.serve import Followed, serve
from notegen.write import write_site

# Without an icon of its own a page makes the browser ask for one, and a 404 is a console error.
ICON = "<link rel=icon href='data:,'>"


def build_from(notes: Path, site: Path, extra: list[Path]) -> None:
    """Write `site` with a page for each note, each extra file and each style sheet in an extra folder."""
    if (notes / "broken.md").exists():
        raise NotegenError("the note is broken", place=Place("broken.md", 1), hint="mend it")
    if (notes / "fault.md").exists():
        raise AssertionError("a mistake of ours")
    if (notes / "full.md").exists():
        raise OSError(ENOSPC, "No space left on device", "/tmp/kept")
    sources = [*notes.glob("*.md"), *(path for path in extra if path.is_file())]
    sources += [sheet for path in extra for sheet in path.glob("*.css")]
    pages = {f"{path.stem}.html": f"{ICON}<body>{path.read_text()}</body>" for path in sources}
    pages |= {"404.html": f"{ICON}<body>missing</body>", "notegen.json": "{}"}
    pages["assets/style.css"] = "p { color: red }"
    write_site([OutputFile(name, text.encode()) for name, text in sorted(pages.items())], site)


class Copied(Followed):
    """Notes of which each becomes a page."""

    def __init__(self, notes: Path, site: Path, extra: list[Path]) -> None:
        super().__init__(notes, site)
        self.extra = extra

    def build(self) -> None:
        """A page of each."""
        build_from(self.notes, self.site, self.extra)

    def is_due(self) -> bool:
        """Once for each file `due` beside the folder."""
        due = self.notes.parent / "due"
        if not due.exists():
            return False
        due.unlink()
        return True

    def beside(self) -> list[Path]:
        """What is to be watched beside the notes."""
        if not (self.notes / "theme.md").exists():
            return self.extra
        (self.notes / "late.md").write_text("late")
        return [*self.extra, self.notes / "theme"]


if __name__ == "__main__":
    folder, out, port, *rest = sys.argv[1:]
    copied = Copied(Path(folder), Path(out), [Path(path) for path in rest])
    serve(copied, on_info=print, on_error=print, port=int(port))
