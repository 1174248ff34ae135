"""Files of ours that a site no longer has: removed, with the folders that they leave empty."""

import os
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from notegen.model import Url
from notegen.write.trees import is_folder, writable


def in_the_way(stale: Iterable[Url], site: Path) -> list[Url]:
    """Those that must go before the new files come: a folder of the site has their name, or a file that of theirs."""
    return [
        url
        for url in stale
        if is_folder(site / url)
        or any(
            os.path.lexists(site / above) and not is_folder(site / above)
            for above in PurePosixPath(url).parents
        )
    ]


def remove_files(site: Path, urls: Iterable[Url]) -> None:
    """Remove files that are there, and folders above them that are then empty; never the site's own.

    Raises:
        OSError: one cannot be removed; the others before it are gone.
    """
    for url in urls:
        path = site / url
        # Never through a symbolic link that somebody put in the place of a folder.
        if not all(is_folder(site / above) for above in PurePosixPath(url).parents):
            _remove_empty(site, _deepest_folder(site, url))
            continue
        with writable(path.parent):
            if not is_folder(path):
                path.unlink(missing_ok=True)
        _remove_empty(site, path.parent)


def _deepest_folder(site: Path, url: Url) -> Path:
    """The last folder on the way to a file of which all before it are there too."""
    folder = site
    for name in PurePosixPath(url).parts[:-1]:
        if not is_folder(folder / name):
            break
        folder = folder / name
    return folder


def _remove_empty(site: Path, folder: Path) -> None:
    while folder != site and not os.listdir(folder):
        with writable(folder.parent):
            folder.rmdir()
        folder = folder.parent
