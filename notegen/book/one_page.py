"""A book as one HTML file: all chapters below each other, pictures within it, and nothing that runs or is loaded."""

import re
from base64 import b64encode
from collections.abc import Iterable
from pathlib import Path
from typing import IO

from notegen.book.chapters import Chapter
from notegen.book.contents import Place
from notegen.book.frame import Frame
from notegen.book.pictures import FOLDER, Picture
from notegen.regex import regex

_PICTURE = regex(rf' src="({FOLDER}/\d+\.(\w+))"')
"""A text cannot hold it: there a quotation mark is `&quot;`."""


class OnePage:
    """Writes the pieces of the page into a folder."""

    is_epub = False

    def __init__(self, folder: Path) -> None:
        self.content = folder
        self._names: list[str] = []
        self._types: dict[str, str] = {}

    def file_of(self, name: str) -> str:
        """All chapters lie in one file."""
        return ""

    def add(self, frame: Frame, chapter: Chapter) -> None:
        """Write a chapter."""
        self._names.append(f"{chapter.place.name}.html")
        self._write(self._names[-1], frame.render("book-section.html", {"chapter": chapter}))

    def finish(self, frame: Frame, places: Iterable[Place], pictures: Iterable[Picture]) -> None:
        """Write what stands before the chapters."""
        self._types = {picture.address: picture.media_type for picture in pictures}
        self._write("book.html", frame.render("book-page.html", {"places": places, "style": frame.style}))

    def _write(self, name: str, text: str) -> None:
        (self.content / name).write_text(f"{text}\n", "utf-8", newline="\n")

    def pack(self, stream: IO[bytes]) -> None:
        """Write the page, a chapter at a time."""
        for name in ("book.html", *self._names):
            text = (self.content / name).read_text("utf-8")
            stream.write(_PICTURE.sub(self._within, text).encode())
        stream.write(b"</main>\n</body>\n</html>\n")

    def _within(self, found: re.Match[str]) -> str:
        code = b64encode((self.content / found[1]).read_bytes()).decode()
        return f' src="data:{self._types[found[1]]};base64,{code}"'
