"""What somebody else put into a site: `.git`, `CNAME`, a folder of pictures. It is kept, whatever it is called."""

import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path, PurePosixPath

from notegen.errors.site import would_overwrite
from notegen.model import Url
from notegen.paths import fold
from notegen.write.manifest import Inventory, folders_above
from notegen.write.trees import copy_status, is_file, is_folder, is_same


def refuse_clashes(urls: Iterable[Url], new: Path, site: Path, inventory: Inventory) -> None:
    """Nothing of somebody else's is overwritten; a file that says the same is in nobody's way.

    Raises:
        NotegenError: a new file would lie where somebody else's file or folder lies, or below such a file.
    """
    ours = cache(lambda: {fold(url): url for url in inventory.ours})
    above = cache(lambda folder: _above(folder, site, inventory))
    folders = folders_above(inventory.ours).union(inventory.foreign)  # all of ours that may be folders now
    for url in sorted(urls):
        is_ours = url in inventory.ours and not (url in folders and is_folder(f"{site}/{url}"))
        clash = above(url.rpartition("/")[0]) or (
            None if is_ours else _in_the_way_of(url, site, inventory, ours)
        )
        if clash and not (clash == url and _says_the_same(new / url, site / url)):
            raise would_overwrite(str(site / clash), url)


def link_foreign(foreign: Iterable[str], site: Path, new: Path) -> None:
    """Give all of it a second name in the new folder too, or, where that cannot be, nothing of it."""
    made: list[Path] = []
    try:
        for path in foreign:
            if not os.path.lexists(new / path) or is_folder(site / path):
                _make_folders_above(path, site, new, made)
                _link_tree(site / path, new / path, made)
    except OSError:
        for one in reversed(made):
            with suppress(OSError):
                one.rmdir() if is_folder(one) else one.unlink()


def move_foreign(foreign: Iterable[str], old: Path, site: Path) -> None:
    """Move it to the same place in the site; what the site has already stays as it is there.

    Raises:
        OSError: something stays where it was.
    """
    for path in foreign:
        _make_folders_above(path, old, site, [])
        _move_tree(old / path, site / path)


def _above(folder: Url, site: Path, inventory: Inventory) -> str | None:
    """What is not ours and no folder, where the folder or one above it would be."""
    for name in (*map(str, reversed(PurePosixPath(folder).parents[:-1])), folder) if folder else ():
        if not is_folder(site / name):
            return name if os.path.lexists(site / name) and name not in inventory.ours else None
    return None


def _in_the_way_of(
    url: Url, site: Path, inventory: Inventory, ours: Callable[[], dict[str, Url]]
) -> str | None:
    """What is there already and is not ours, where the file would be; None where it can be put."""
    if is_folder(f"{site}/{url}"):
        return next((one for one in inventory.foreign if f"{one}/".startswith(f"{url}/")), None)
    if not os.path.lexists(f"{site}/{url}"):
        return None
    # Where case does not count, our own file under its former name is the one that is found.
    former = ours().get(fold(url))
    is_former = former is not None and (
        # A disk may number each spelling, but lists one of them.
        is_same(site / former, site / url)
        or not any(f"{url}/".startswith(f"{one}/") for one in inventory.foreign)
    )
    return None if is_former else url


def _says_the_same(one: Path, other: Path) -> bool:
    try:
        return is_file(one) and is_file(other) and one.read_bytes() == other.read_bytes()
    except OSError:
        return False


def _make_folders_above(path: str, site: Path, new: Path, made: list[Path]) -> None:
    for above in reversed(PurePosixPath(path).parents[:-1] if "/" in path else ()):
        if not is_folder(new / above):
            (new / above).mkdir()
            made.append(new / above)
            copy_status(site / above, new / above)


def _link_tree(tree: Path, name: Path, made: list[Path]) -> None:
    """A second name for a file, or a folder with second names for all that lies in it."""
    if not is_folder(tree):
        os.link(tree, name, follow_symlinks=False)
        made.append(name)
        return
    if not is_folder(name):
        name.mkdir()
        made.append(name)
    with os.scandir(tree) as entries:
        for entry in entries:
            _link_tree(Path(entry.path), name / entry.name, made)
    copy_status(tree, name)


def _move_tree(tree: Path, name: Path) -> None:
    if not os.path.lexists(name):
        os.rename(tree, name)
    elif is_folder(tree) and is_folder(name):
        for entry in os.listdir(tree):
            _move_tree(tree / entry, name / entry)
