"""The pictures of a book: each once, by what its bytes are and not by what its name says."""

import re
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from notegen.config import AttachmentMetadata
from notegen.model import OutputFile
from notegen.regex import regex
from notegen.render.parts.attachment import published_file

FOLDER = "pictures"
_HEAD_BYTES = 4096
_SVG = regex(rb"[\s\xef\xbb\xbf]*(?:<\?.*?\?>\s*|<!--.*?-->\s*|<!DOCTYPE[^>]*>\s*)*<svg[\s>]", re.DOTALL)
_ACTIVE = regex(
    rb"<script|<foreignObject|\bon[a-z]+\s*=|(?:href|src)\s*=\s*[\"']\s*(?:https?:)?//|@import", re.I
)
"""What an SVG may not have in a book: what runs, and what is loaded from elsewhere."""


class Picture(Struct, frozen=True):
    """A picture of a book."""

    address: str
    """Its place in the book."""
    media_type: str
    size: int
    """Bytes."""


class Pictures:
    """Puts pictures into a folder as chapters show them."""

    def __init__(
        self, folder: Path, files: Mapping[str, Path], metadata: AttachmentMetadata, *, is_epub: bool
    ) -> None:
        """Args: files: those of the notes, by path. is_epub: whether only formats count that e-readers must know."""
        self._folder = folder
        self._files = files
        self._metadata = metadata
        self._is_epub = is_epub
        self._count = 0
        self._known: dict[str, Picture | None] = {}

    def address_of(self, path: str) -> str:
        """The picture's place in the book; empty where it is not there, or none that can be shown."""
        if path not in self._known:
            self._known[path] = self._added(path)
        picture = self._known[path]
        return picture.address if picture else ""

    def all(self) -> list[Picture]:
        """Those that are shown, in the order in which they were."""
        return [picture for picture in self._known.values() if picture]

    def _added(self, path: str) -> Picture | None:
        file = self._files.get(path)
        if file is None:
            return None
        published = published_file(OutputFile(path, file), self._metadata).content
        try:
            content = published.read_bytes() if isinstance(published, Path) else published
        except OSError:
            return None
        kind = _kind_of(content)
        if kind is None or (self._is_epub and kind in ("avif", "bmp")):
            return None
        self._count += 1
        address = f"{FOLDER}/{self._count}.{kind}"
        target = self._folder / address
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(content)
        return Picture(address, media_type_of(kind), len(content))


def media_type_of(kind: str) -> str:
    """The media type of a picture by what its name ends in."""
    return "image/" + {"svg": "svg+xml", "jpg": "jpeg"}.get(kind, kind)


def _kind_of(content: bytes) -> str | None:
    """What a picture's name ends in, by its first bytes; None for what is none."""
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if content.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if content[:6] in (b"GIF87a", b"GIF89a"):
        return "gif"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "webp"
    if content[4:12] in (b"ftypavif", b"ftypavis"):
        return "avif"
    if content.startswith(b"BM"):
        return "bmp"
    if _SVG.match(content) and not _ACTIVE.search(content):
        return "svg"
    return None
