"""Where a user's own theme lies; known apart from `theme`, for code that only has to leave that folder out."""

from pathlib import Path

from notegen.bundled import bundled
from notegen.errors.theme import no_theme_folder

THEME_FOLDER = "theme"
EXTRA_SHEET = "extra.css"
LANGUAGES_FOLDER = "languages"
"""The folder of a theme that holds its translations."""


def find_theme(notes: Path, named: str) -> Path | None:
    """The folder of the user's own templates and style sheets; None where there is none.

    One that is named is it. A folder `theme` in the notes is it when it holds a file by a name that means something to
    a theme, since notes may be about themes.

    Raises:
        NotegenError: there is no folder where one is named.
    """
    if named:
        if not Path(named).is_dir():
            raise no_theme_folder(named)
        return Path(named)
    folder = notes / THEME_FOLDER
    known = {EXTRA_SHEET, LANGUAGES_FOLDER, *(path.name for path in bundled("templates").iterdir())}
    return folder if any((folder / name).exists() for name in known) else None
