"""Files of ours that a site no longer has: removed, with the folders that they leave empty."""

import os
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path, PurePosixPath

from notegen.model import Url
from notegen.write.trees import is_folder, writable


def in_the_way(stale: Iterable[Url], site: Path) -> list[Url]:
    """Those that must go before the new files come: a folder of the site has their name, or a file that of theirs.

    So it is where case does not count, if a new file differs from one of them in that alone.
    """

    @cache
    def is_barred(folder: str) -> bool:
        path = f"{site}/{folder}"
        return bool(folder) and (
            (os.path.lexists(path) and not is_folder(path)) or is_barred(folder.rpartition("/")[0])
        )

    return [url for url in stale if is_barred(url.rpartition("/")[0]) or os.path.lexists(f"{site}/{url}")]


def remove_files(site: Path, urls: Iterable[Url]) -> None:
    """Remove files that are there, and folders above them that are then empty; never the site's own.

    Raises:
        OSError: one cannot be removed; the others before it are gone.
    """
    by_folder: dict[str, list[Url]] = {}
    for url in urls:
        by_folder.setdefault(url.rpartition("/")[0], []).append(url)
    for folder, some in by_folder.items():
        _remove_in(site, folder, some)


def _remove_in(site: Path, folder: Url, urls: Iterable[Url]) -> None:
    """The same, of files in one folder."""
    # Never through a symbolic link that somebody put in the place of a folder.
    if not all(is_folder(site / one) for one in (PurePosixPath(folder), *PurePosixPath(folder).parents)):
        _remove_empty(site, _deepest_folder(site, folder))
        return
    with writable(site / folder):
        for url in urls:
            path = f"{site}/{url}"
            if not is_folder(path):
                with suppress(FileNotFoundError):
                    os.unlink(path)
    _remove_empty(site, site / folder)


def _deepest_folder(site: Path, url: Url) -> Path:
    """The last folder on the way to one of which all before it are there too."""
    folder = site
    for name in PurePosixPath(url).parts:
        if not is_folder(folder / name):
            break
        folder = folder / name
    return folder


def _remove_empty(site: Path, folder: Path) -> None:
    while folder != site and not os.listdir(folder):
        with writable(folder.parent):
            folder.rmdir()
        folder = folder.parent
