"""The words after a command's name: the folder of the notes first, where it is named, then what the command is about.

`notegen search ~/vault "fresh bread"`, or only the question, where the folder is the one that a build would take or is
named by `--notes`.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import click

from notegen.cli.options import notes_folder
from notegen.config import CONFIG_NAME
from notegen.errors.command import empty_word, folder_stands_last, no_folder_before, words_not_quoted
from notegen.paths import NOTE_SUFFIXES
from notegen.read.leftovers import folder_like
from notegen.reports import also_a_folder

Command = Literal["audit", "new", "related", "search"]

_OF_TOOLS = frozenset({".foam", ".obsidian", "_config.yml", "dendron.yml", "logseq", CONFIG_NAME})


def folder_first(
    command: Command, words: Sequence[str | None], named: Path | None
) -> tuple[Path | None, str]:
    """The folder of the notes, None where it is not named, and what follows it, which may be empty.

    Args:
        words: as they were given.
        named: by `--notes`.

    Raises:
        NotegenError: the words are not a folder and what follows it, or only that; the folder's name is empty.
    """
    given = [word for word in words if word is not None]
    if not given:
        return named, ""
    if len(given) == 1 and (named or not Path(given[0]).is_dir()):
        return named, given[0]
    if len(given) == 1:
        return _one_folder(command, given[0])
    first, *others = given
    if not first:
        raise empty_word("NOTES")
    if named:
        raise words_not_quoted(command, "", given)
    if Path(first).is_dir():
        if len(others) > 1:
            raise words_not_quoted(command, first, others)
        return Path(first), others[0]
    if Path(given[-1]).is_dir():
        raise folder_stands_last(command, given[-1], given[:-1])
    raise no_folder_before(command, given, folder_like(Path(first)))


def _one_folder(command: Command, word: str) -> tuple[Path | None, str]:
    """What one word is that names a folder: that, unless one stands among notes where it may be a word as well."""
    looks_like_path = "/" in word or "\\" in word or word.startswith((".", "~"))
    if looks_like_path or not _stands_among_notes():
        return Path(word), ""
    click.secho(also_a_folder(command, word), err=True, dim=True)
    return None, word


def _stands_among_notes() -> bool:
    folder = notes_folder(None)
    if folder != Path():
        return False
    return any(path.suffix.lower() in NOTE_SUFFIXES or path.name in _OF_TOOLS for path in folder.iterdir())
