"""Exif: a small TIFF in a picture. Of it only two things are kept: how the picture is turned, and who may use it.

Source: Exif 2.32 (JEITA CP-3451E), TIFF 6.0.
"""

from msgspec import Struct

_ORIENTATION = 0x0112
_COPYRIGHT = 0x8298
_SHORT, _ASCII = 3, 2
_MAX_COPYRIGHT = 1000
_MAX_ENTRIES = 1000


class KeptExif(Struct, frozen=True):
    """What is kept of a picture's Exif."""

    orientation: int = 1
    """1 to 8; 1 is upright."""
    copyright: bytes = b""
    """As written, without zeros at its end."""

    def __bool__(self) -> bool:
        return self.orientation != 1 or bool(self.copyright)

    def tiff(self) -> bytes:
        """As a TIFF with these alone, big-endian."""
        entries: list[bytes] = []
        text = self.copyright + b"\0" if self.copyright else b""
        if self.orientation != 1:
            entries.append(_entry(_ORIENTATION, _SHORT, 1, self.orientation.to_bytes(2, "big")))
        if text:
            after = 8 + 2 + 12 * (len(entries) + 1) + 4
            value = text if len(text) <= 4 else after.to_bytes(4, "big")
            entries.append(_entry(_COPYRIGHT, _ASCII, len(text), value))
        header = b"MM\0*" + (8).to_bytes(4, "big") + len(entries).to_bytes(2, "big")
        return header + b"".join(entries) + bytes(4) + (text if len(text) > 4 else b"")


def read_exif(tiff: bytes) -> KeptExif:
    """What is to be kept of an Exif's TIFF; total."""
    tiff = tiff.removeprefix(b"Exif\0\0")
    order: str = {b"II*\0": "little", b"MM\0*": "big"}.get(tiff[:4], "")
    if not order:
        return KeptExif()

    def number(start: int, size: int) -> int:
        return int.from_bytes(tiff[start : start + size], "little" if order == "little" else "big")

    start = number(4, 4)
    orientation, copyright = 1, b""
    for entry in range(min(number(start, 2), _MAX_ENTRIES)):
        at = start + 2 + 12 * entry
        tag, kind, count = number(at, 2), number(at + 2, 2), number(at + 4, 4)
        if tag == _ORIENTATION and kind == _SHORT and 1 <= number(at + 8, 2) <= 8:
            orientation = number(at + 8, 2)
        elif tag == _COPYRIGHT and kind == _ASCII and count <= _MAX_COPYRIGHT:
            place = at + 8 if count <= 4 else number(at + 8, 4)
            copyright = tiff[place : place + count].rstrip(b"\0 ")
    return KeptExif(orientation, copyright)


def _entry(tag: int, kind: int, count: int, value: bytes) -> bytes:
    return tag.to_bytes(2, "big") + kind.to_bytes(2, "big") + count.to_bytes(4, "big") + value.ljust(4, b"\0")
