"""Leaves the numbers of an array of vectors out of what the audit reads: any short word may occur in them by chance.

A site may publish the vectors of its passages as NumPy saves them: whole 4000ths from -1 to 1, each a float of four
bytes. Only 8,001 of the four thousand million floats are such numbers, so an array that holds no others cannot hide a
text. Of such an array everything but the numbers is read; any other array is read as a whole.
"""

import io
import math

import numpy as np
from numpy.lib import format as numpy_format

from notegen.exact import round_rows

_SIGNATURE = b"\x93NUMPY\x01\x00"
_MAX_HEAD = 1 << 16
"""The longest header of an array: its length stands in two bytes."""


def without_numbers(content: bytes) -> bytes:
    """The bytes without the numbers of vectors; all of them where these are not what they say they are."""
    if not content.startswith(_SIGNATURE):
        return content
    head = content[len(_SIGNATURE) :][:_MAX_HEAD]
    try:
        shape, _, kind = numpy_format.read_array_header_1_0(io.BytesIO(head))
    except ValueError:
        return content
    start = len(_SIGNATURE) + 2 + int.from_bytes(head[:2], "little")
    count = math.prod(shape)
    if kind != np.dtype("<f4") or not 0 < count <= (len(content) - start) // kind.itemsize:
        return content
    numbers = np.frombuffer(content, kind, count, start)
    end = start + numbers.nbytes
    is_sound = bool((np.abs(numbers) <= 1).all()) and round_rows(numbers).tobytes() == content[start:end]
    return b"\n".join((content[:start], content[end:])) if is_sound else content
