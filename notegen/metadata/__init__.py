"""Pictures and films without what they say beside what they show: where they were taken, when, by whom and with what.

A telephone writes the place into every photograph, to some metres, and often a small picture of what was cut off later.
Nobody sees that, so nobody thinks of it who publishes a picture. Here it is taken out, and nothing is encoded anew: the
bytes of what shows stay as they are. What a browser needs to show the picture rightly stays too, how it is turned, its
colours, its movement, and so does a line on who may use it, since that was written to go with the picture.

One module a format. Each is total: where a file is not what its format asks for, what can be read of it decides.
"""

from collections.abc import Callable
from pathlib import Path

from notegen.metadata.gif import clean_gif
from notegen.metadata.iso_media import STARTS, clean_iso_media, tells_something
from notegen.metadata.jpeg import clean_jpeg
from notegen.metadata.png import SIGNATURE, clean_png
from notegen.metadata.svg import BEFORE, cleans_svg
from notegen.metadata.svg import STARTS as SVG_STARTS
from notegen.metadata.tiff import clean_tiff
from notegen.metadata.webp import clean_webp

__all__ = ["can_be_cleaned", "cleaned_file", "without_metadata"]

_HEAD_BYTES = 16
_MAX_PROLOGUE = 200_000
"""Bytes of XML before it says that it is a drawing; Illustrator writes some thousands."""


def without_metadata(content: bytes) -> bytes:
    """The same picture or film, without what it says beside; what is neither, or says nothing, as it is; total."""
    clean = _cleaner_of(content[:_HEAD_BYTES])
    return clean(content) if clean else content


def can_be_cleaned(content: bytes) -> bool:
    """Whether these are the bytes of a picture or film of a format that is known here."""
    return _cleaner_of(content[:_HEAD_BYTES]) is not None


def cleaned_file(file: Path) -> bytes | None:
    """What is to be published of a file in place of its bytes; None where it can be copied as it is.

    A film is read whole only where it has something to take out.

    Raises:
        OSError: it cannot be read.
    """
    with file.open("rb") as stream:
        head = stream.read(_HEAD_BYTES)
        clean = _cleaner_of(head)
        if clean is None:
            return None
        if clean is clean_iso_media and not tells_something(stream):
            return None
        if clean is _clean_svg and b"svg" not in head + stream.read(_MAX_PROLOGUE):
            return None
        stream.seek(0)
        content = stream.read()
    made = clean(content)
    return None if made == content else made


def _cleaner_of(head: bytes) -> Callable[[bytes], bytes] | None:
    """What cleans a file, by its first bytes: names are often wrong."""
    if head.startswith(b"\xff\xd8\xff"):
        return clean_jpeg
    if head.startswith(SIGNATURE):
        return clean_png
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return clean_webp
    if head[:6] in (b"GIF87a", b"GIF89a"):
        return clean_gif
    if head[:4] in (b"II*\0", b"MM\0*"):
        return clean_tiff
    if head.lstrip(BEFORE).startswith(SVG_STARTS):
        return _clean_svg
    return clean_iso_media if head[4:8] in STARTS else None


_clean_svg = cleans_svg(without_metadata)
