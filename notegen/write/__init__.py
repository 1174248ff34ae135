"""The site on disk: replaced whole or not at all.

Files go into a new folder beside the site; when the last one is there, the folders change places. Whatever fails
before that leaves the old site as it was, and what is left of a killed build is swept up by the next one.
"""

import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from notegen.errors import cannot_write, out_is_file, out_is_notes, out_not_ours
from notegen.model import OutputFile, Written

MARK = "notegen.json"
"""The file whose presence says that a folder is a site of ours and may be replaced."""


def check_out(out: Path, notes: Path) -> None:
    """Refuses to write where it would cost somebody something; called before any work is done.

    Raises:
        NotegenError: `out` is the notes folder or holds it, is a file, or holds files that notegen did not make.
    """
    real, root = out.resolve(), notes.resolve()
    if root == real or root.is_relative_to(real):
        raise out_is_notes(str(out))
    if out.exists() and not out.is_dir():
        raise out_is_file(str(out))
    if out.is_dir() and not (out / MARK).exists():
        foreign = sorted(path.name for path in out.iterdir() if not path.name.startswith("."))
        if foreign:
            raise out_not_ours(str(out), foreign[0])


def write_site(files: Iterable[OutputFile], out: Path) -> Written:
    """Puts the files where `out` is; dot files and dot folders on top of the old site, such as `.git`, are kept.

    Raises:
        NotegenError: the disk refuses; `out` is then as it was.
    """
    target = out.resolve()
    new = target.with_name(f".{target.name}.new")
    old = target.with_name(f".{target.name}.old")
    try:
        _sweep(new, old, target)
        new.mkdir(parents=True)
        written = _write_all(files, new)
        _swap(new, old, target)
    except OSError as error:
        shutil.rmtree(new, ignore_errors=True)
        raise cannot_write(str(error.filename or out), error.strerror or str(error)) from error
    except BaseException:
        shutil.rmtree(new, ignore_errors=True)
        raise
    return written


def _sweep(new: Path, old: Path, target: Path) -> None:
    """Clears what a killed build left; one killed between the two renames has its site in `old`."""
    if old.exists() and not target.exists():
        old.rename(target)
    elif old.exists():
        _adopt(old, target)
    if new.exists():
        shutil.rmtree(new)


def _write_all(files: Iterable[OutputFile], folder: Path) -> Written:
    count = size = 0
    made: set[Path] = set()
    for file in files:
        path = folder / file.url
        if path.parent not in made:
            path.parent.mkdir(parents=True, exist_ok=True)
            made.add(path.parent)
        if isinstance(file.content, bytes):
            with path.open(
                "xb"
            ) as stream:  # "x": two files with one URL are a mistake of ours, never a silent loss
                stream.write(file.content)
            size += len(file.content)
        else:
            shutil.copyfile(file.content, path)
            size += path.stat().st_size
        count += 1
    return Written(count, size)


def _swap(new: Path, old: Path, target: Path) -> None:
    if target.is_symlink() or not target.exists():
        new.rename(target)
        return
    target.rename(old)
    try:
        new.rename(target)
    except OSError:
        old.rename(target)
        raise
    _adopt(old, target)


def _adopt(old: Path, target: Path) -> None:
    """Moves what people keep on top of a site, `.git` or `.gitignore`, out of the old folder, and drops the rest."""
    for kept in old.glob(".*"):
        if not os.path.lexists(target / kept.name):
            kept.rename(target / kept.name)
    shutil.rmtree(old)
