"""Leaves out of a PNG what is neither text nor can hold any: its packed pixels, in which any short word may occur.

All else stays to be read: what it says of itself, and whatever stands behind its end.
"""

import struct
import zlib

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_PIXELS = b"IDAT"


def without_pixels(content: bytes) -> bytes:
    """The bytes without the parts that hold pixels; all of them where these are not what they say they are."""
    if not content.startswith(_SIGNATURE):
        return content
    kept, at, unpacker = [_SIGNATURE], len(_SIGNATURE), zlib.decompressobj()
    while at + 12 <= len(content):
        length, name = struct.unpack_from(">I4s", content, at)
        data, end = content[at + 8 : at + 8 + length], at + 12 + length
        if name == _PIXELS:
            if end > len(content) or content[end - 4 : end] != struct.pack(">I", zlib.crc32(name + data)):
                return content
            try:
                unpacker.decompress(data)
            except zlib.error:
                return content
        else:
            kept.append(content[at:end])
        at = end
    return b"\n".join((*kept, content[at:])) if unpacker.eof and not unpacker.unused_data else content
