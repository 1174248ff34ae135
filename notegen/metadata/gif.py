"""GIF: a row of blocks; comments and what applications write go, but for how often the picture moves.

Source: GIF89a (CompuServe, 1990).
"""

_COMMENT, _APPLICATION = 0xFE, 0xFF
_NEEDED = (b"NETSCAPE2.0", b"ANIMEXTS1.0", b"ICCRGBG1012")
_EXTENSION, _IMAGE, _TRAILER = 0x21, 0x2C, 0x3B


def clean_gif(content: bytes) -> bytes:
    """The picture without its metadata; total."""
    position = 13 + _table_bytes(content[10:11])
    kept = bytearray(content[:position])
    while position < len(content):
        start, kind = position, content[position]
        if kind == _EXTENSION:
            label = content[position + 1 : position + 2]
            name = content[position + 3 : position + 14]
            position = _after_blocks(content, position + 2)
            if label == bytes((_COMMENT,)) or (label == bytes((_APPLICATION,)) and name not in _NEEDED):
                continue
        elif kind == _IMAGE:
            table = _table_bytes(content[position + 9 : position + 10])
            position = _after_blocks(content, position + 11 + table)
        else:
            kept.append(_TRAILER)
            break
        kept += content[start:position]
    return bytes(kept)


def _table_bytes(packed: bytes) -> int:
    """Of a table of colours, by the byte that says whether there is one."""
    return 3 << ((packed[0] & 7) + 1) if packed and packed[0] & 0x80 else 0


def _after_blocks(content: bytes, position: int) -> int:
    while position < len(content) and content[position]:
        position += 1 + content[position]
    return min(position + 1, len(content))
