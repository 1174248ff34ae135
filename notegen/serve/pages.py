"""Where the server takes its files from: a folder, or a function that makes a page when it is asked for."""

from pathlib import Path
from typing import Protocol
from urllib.parse import quote

from msgspec import Struct

from notegen.serve.broadcast import OpenPages


class Page(Struct, frozen=True):
    """A page of HTML."""

    content: bytes


class Content(Struct, frozen=True):
    """Another file that lies on no disk."""

    name: str
    content: bytes


class Elsewhere(Struct, frozen=True):
    """What was asked for has another address."""

    location: str


Found = Page | Content | Path | Elsewhere
"""A path is a file to be sent as it is."""


class NotReadyError(Exception):
    """There is no site yet."""


class Pages(Protocol):
    """A site as a server sees it; asked from any thread."""

    opened: OpenPages

    def find(self, path: str) -> Found:
        """What the unquoted path of a request names.

        A path with a slash at its end names the `index.html` in it. Nothing that is no part of the site is ever given.

        Raises:
            OSError: There is nothing there.
            NotegenError: It cannot be made.
            NotReadyError: There is no site yet.
        """

    def missing(self) -> bytes | None:
        """The page for an address where nothing is; None where the site has none."""

    def version(self, path: str) -> str | None:
        """What a page is, as far as its reader sees it; None where every build counts as another.

        Raises:
            NotegenError: It cannot be made.
        """

    def styles(self, path: str) -> tuple[str, ...]:
        """The style sheets of a page that `version` knows, as it names them: what it looks like is not in that.

        Raises:
            NotegenError: It cannot be made.
        """


class FolderPages:
    """A site that lies in a folder."""

    def __init__(self, site: Path) -> None:
        self._site = site
        self.opened = OpenPages()

    def find(self, path: str) -> Found:
        """As a file server does, but for what begins with a dot."""
        file = find_file(self._site, path)
        if file.is_dir() and not path.endswith("/"):
            return Elsewhere(folder_address(path))
        return Page(file.read_bytes()) if file.suffix == ".html" else file

    def missing(self) -> bytes | None:
        """The site's own page for that."""
        try:
            return (self._site / "404.html").read_bytes()
        except OSError:
            return None

    def version(self, path: str) -> str | None:
        """Nothing is known of single pages."""
        return None

    def styles(self, path: str) -> tuple[str, ...]:
        """Nothing is known of single pages."""
        return ()


def folder_address(path: str) -> str:
    """The address of a folder; a path that began with two slashes would be one on another host."""
    return f"/{quote(path.strip('/'), errors='surrogateescape')}/"


def is_hidden(path: str) -> bool:
    """Whether something in the path begins with a dot, as no file of a site does, or is no address at all."""
    return "\\" in path or "\0" in path or any(part.startswith(".") for part in path.split("/"))


def find_file(site: Path, path: str) -> Path:
    """The file or folder of the site that the unquoted path of a request names.

    A path with a slash at its end names the `index.html` in it. Nothing outside `site` is ever given, and nothing whose
    name begins with a dot, or lies in a folder of such a name: a site has none, but a folder with one has secrets.

    Raises:
        FileNotFoundError: There is none.
    """
    root = site.resolve()
    if is_hidden(path):
        raise FileNotFoundError(path)
    try:
        file = (root / path.lstrip("/") / ("index.html" if path.endswith("/") else "")).resolve(strict=True)
    except (OSError, ValueError) as error:  # also a name too long for the disk, and a zero byte in it
        raise FileNotFoundError(path) from error
    if not file.is_relative_to(root) or any(part.startswith(".") for part in file.relative_to(root).parts):
        raise FileNotFoundError(path)
    return file
