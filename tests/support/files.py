"""Files of a test on the disk: folders from texts, sites from pages, and what a folder or a cache holds."""

import sqlite3
from collections.abc import Iterable, Mapping
from pathlib import Path

from notegen.model import OutputFile
from notegen.paths import CACHE_FILE


def write_files(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """The folder with these files, by their paths in it."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def write_pages(folder: Path, files: Iterable[OutputFile]) -> Path:
    """The folder with the files of a site as they come, without the care that a build takes."""
    return write_files(
        folder,
        {
            file.url: file.content if isinstance(file.content, bytes) else file.content.read_bytes()
            for file in files
        },
    )


def files_in(folder: Path) -> dict[str, bytes]:
    """The bytes of every file below a folder, by its path in it."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def write_named(folder: Path, **texts: str) -> Path:
    """The folder with these files; in their names `__` is a slash, and `_dot_` a dot."""
    return write_files(
        folder, {name.replace("__", "/").replace("_dot_", "."): text for name, text in texts.items()}
    )


def cached_vectors(folder: Path) -> dict[tuple[str, bytes], bytes]:
    """All vectors in the cache of a folder, bit for bit, by their encoder and key."""
    connection = sqlite3.connect(folder / CACHE_FILE)
    rows = connection.execute("SELECT encoder, key, vector FROM vectors").fetchall()
    connection.close()
    return {(encoder, name): content for encoder, name, content in rows}
