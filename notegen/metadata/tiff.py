"""TIFF: directories of entries that say where their values lie; those that draw nothing are taken out in place.

Source: TIFF 6.0 (Adobe, 1992).
"""

from typing import Literal

from msgspec import Struct

_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4}
"""Bytes of a value, by its kind."""
_EXIF, _GPS, _INTEROPERABILITY, _SUB = 34665, 34853, 40965, 330
_DIRECTORIES = frozenset((_EXIF, _GPS, _INTEROPERABILITY))
_TELLING = _DIRECTORIES | {
    269, 270, 271, 272, 285, 305, 306, 315, 316, 700, 18246, 18249, 33723, 34377, 36867, 36868, 37510, 37724, 50341,
    *range(40091, 40096),
}  # fmt: skip
"""Names, days, makes and programs, XMP, IPTC, Photoshop's, Windows' and Exif's own directories."""
_MAX_DIRECTORIES = 100


def clean_tiff(content: bytes) -> bytes:
    """The picture without its metadata; total."""
    made = _Tiff(bytearray(content), "little" if content[:2] == b"II" else "big")
    made.clean_from(made.number(4, 4))
    return bytes(made.content)


class _Tiff(Struct):
    content: bytearray
    order: Literal["little", "big"]
    directories: int = 0

    def number(self, start: int, size: int) -> int:
        return int.from_bytes(self.content[start : start + size], self.order)

    def clean_from(self, start: int) -> None:
        """The directory, those that follow it and those in it."""
        while start and self.directories < _MAX_DIRECTORIES and start + 2 <= len(self.content):
            self.directories += 1
            start = self._clean(start)

    def _clean(self, start: int) -> int:
        """One directory; gives the place of the next, or 0."""
        count = min(self.number(start, 2), (len(self.content) - start - 2) // 12)
        end = start + 2 + 12 * count
        following = self.content[end : end + 4]
        kept = bytearray()
        for at in range(start + 2, end, 12):
            tag = self.number(at, 2)
            if tag in _TELLING:
                self._blank_value(at)
            else:
                kept += self.content[at : at + 12]
                if tag == _SUB and self.number(at + 4, 4) == 1:
                    self.clean_from(self.number(at + 8, 4))
        self.content[start : start + 2] = (len(kept) // 12).to_bytes(2, self.order)
        self.content[start + 2 : end + len(following)] = (kept + following).ljust(
            end + len(following) - start - 2, b"\0"
        )
        return int.from_bytes(following, self.order) if len(following) == 4 else 0

    def _blank_value(self, at: int) -> None:
        """Zeros in place of what an entry's value is, if that lies elsewhere."""
        tag, kind, count = self.number(at, 2), self.number(at + 2, 2), self.number(at + 4, 4)
        place = self.number(at + 8, 4)
        if tag in _DIRECTORIES:
            self._blank_directory(place)
        elif (size := _SIZES.get(kind, 1) * count) > 4:
            self._blank(place, size)

    def _blank_directory(self, start: int) -> None:
        self.directories += 1
        if not start or self.directories > _MAX_DIRECTORIES or start + 2 > len(self.content):
            return
        count = min(self.number(start, 2), (len(self.content) - start - 2) // 12)
        size = 2 + 12 * count + 4
        entries = range(start + 2, start + 2 + 12 * count, 12)
        self.content[start : start + 2] = b"\0\0"  # so that one which leads to itself ends
        for at in entries:
            self._blank_value(at)
        self._blank(start, size)

    def _blank(self, start: int, size: int) -> None:
        end = min(start + size, len(self.content))
        if 8 <= start < end:
            self.content[start:end] = bytes(end - start)
