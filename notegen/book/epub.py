"""A book as an EPUB 3: its files in a folder, and the folder as one archive.

    mimetype, META-INF/container.xml
    EPUB/package.opf     what there is, and in which order it is read
    EPUB/nav.xhtml       the contents, for readers and for reading systems; toc.ncx is the same for older ones
    EPUB/cover.png, title.xhtml, n1.xhtml, n2.xhtml, …, book.css, pictures/

Sources: EPUB 3.3 and EPUB Accessibility 1.1 (W3C, 2023); Open Packaging Format 2.0.1 for the NCX.
"""

import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from notegen.book.chapters import Chapter
from notegen.book.contents import Place
from notegen.book.cover import draw_cover
from notegen.book.frame import Frame
from notegen.book.pictures import Picture

MEDIA_TYPE = b"application/epub+zip"
CONTENT = "EPUB"
COVER = "cover.png"
_PACKED_ALREADY = frozenset({".png", ".jpg", ".gif", ".webp"})
_CONTAINER = """<?xml version="1.0" encoding="utf-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles>
<rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/>
</rootfiles>
</container>
"""


class Epub:
    """Writes the files of an EPUB into a folder."""

    is_epub = True

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.content = folder / CONTENT
        self.content.mkdir()
        self._items: list[tuple[str, str]] = []
        """Names of chapters, with what the package says of each."""

    def file_of(self, name: str) -> str:
        """The file of a chapter."""
        return f"{name}.xhtml"

    def add(self, frame: Frame, chapter: Chapter) -> None:
        """Write a chapter."""
        text = frame.render("book-document.html", {"chapter": chapter, "title": chapter.place.entry.title})
        self._write(self.file_of(chapter.place.name), text)
        self._items.append((chapter.place.name, "mathml" if chapter.content.has_math else ""))

    def finish(self, frame: Frame, places: Iterable[Place], pictures: Iterable[Picture]) -> None:
        """Write all that stands around the chapters."""
        cover = draw_cover(str(frame.names["book"]), frame.site.config)
        if cover:
            (self.content / COVER).write_bytes(cover)
        names = {
            "places": places,
            "pictures": pictures,
            "items": self._items,
            "cover": COVER if cover else "",
        }
        self._write("book.css", frame.style)
        for template, file in (
            ("book-title.html", "title.xhtml"),
            ("book-contents.html", "nav.xhtml"),
            ("book-ncx.xml", "toc.ncx"),
            ("book-package.xml", "package.opf"),
        ):
            self._write(file, frame.render(template, names))
        (self._folder / "mimetype").write_bytes(MEDIA_TYPE)
        (self._folder / "META-INF").mkdir()
        self._write("../META-INF/container.xml", _CONTAINER)

    def _write(self, name: str, text: str) -> None:
        (self.content / name).write_text(f"{text.rstrip()}\n", "utf-8", newline="\n")

    def pack(self, stream: IO[bytes]) -> None:
        """Write the archive: the media type first and as it is, so that the first bytes tell what the file is."""
        with ZipFile(stream, "w") as archive:
            for path in _in_order(self._folder):
                info = ZipInfo(path.relative_to(self._folder).as_posix())  # of 1980: an archive's first day
                is_packed = info.filename == "mimetype" or path.suffix in _PACKED_ALREADY
                info.compress_type = ZIP_STORED if is_packed else ZIP_DEFLATED
                info.external_attr, info.create_system = 0o644 << 16, 3  # the same on every system
                info.file_size = path.stat().st_size
                with path.open("rb") as source, archive.open(info, "w") as target:
                    shutil.copyfileobj(source, target)


def _in_order(folder: Path) -> Iterator[Path]:
    """The files, the media type first."""
    every = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return (folder / name for name in sorted(every, key=lambda name: (name != "mimetype", name)))
