"""Vectors are no text; all else in their file is read, and so is an array of any other numbers."""

import io

import numpy as np
import pytest
from numpy.typing import NDArray

from notegen.audit.numbers import without_numbers
from notegen.audit.readings import lines_of
from notegen.exact import round_rows

SECRET = b"the quince hedge"


def says(content: bytes) -> bool:
    """Whether an audit reads the words in the file."""
    return any(SECRET.decode() in line for line in lines_of("vectors.npy", content).written)


def saved(array: NDArray[np.generic]) -> bytes:
    """As NumPy saves it."""
    file = io.BytesIO()
    np.save(file, array)
    return file.getvalue()


def vectors(count: int = 40) -> NDArray[np.float32]:
    """Unit rows as notes have them."""
    rows = np.random.default_rng(1).normal(size=(count, 384)).astype(np.float32)
    return round_rows(rows / np.linalg.norm(rows, axis=1, keepdims=True))


def test_vectors_are_not_read() -> None:
    """What is left is what says that they are some."""
    content = saved(vectors())
    assert len(without_numbers(content)) < 200 < len(content)
    assert len([*filter(str.strip, lines_of("vectors.npy", content).written)]) == 1


def test_what_stands_beside_them_is_read() -> None:
    """Behind their end, and in what says how many they are."""
    content = saved(vectors())
    assert says(content + SECRET)
    assert says(content.replace(b"'shape'", b"'%s'" % SECRET))
    assert says(b"\x93NUMPY\x01\x00" + SECRET)


@pytest.mark.parametrize("at", [0, 1, 2, 3, 4001])
def test_words_among_them_are_read(at: int) -> None:
    """Wherever they begin: with them the array holds numbers that no vector has."""
    numbers = bytearray(vectors().tobytes())
    numbers[at : at + len(SECRET)] = SECRET
    assert says(saved(np.frombuffer(bytes(numbers), np.float32).reshape(40, 384)))


def test_letters_of_two_bytes_are_no_vector() -> None:
    """As small numbers they are next to nothing, and yet no whole 4000ths; nor is a zero with a sign, or no number."""
    for one in ("ab".encode("utf-16-le"), np.float32(-0.0).tobytes(), np.float32(np.nan).tobytes()):
        numbers = bytearray(vectors().tobytes())
        numbers[8:12] = one
        content = saved(np.frombuffer(bytes(numbers), np.float32).reshape(40, 384))
        assert without_numbers(content) == content


def test_an_array_that_promises_more_than_there_is_is_read_as_it_is() -> None:
    """And one of other numbers, of none, or with the bytes of a number the other way round."""
    content = saved(vectors())
    assert without_numbers(content[:-1]) == content[:-1]
    huge = content.replace(b"(40, 384), ", b"(10**9,9), ")
    assert without_numbers(huge) == huge
    for array in (vectors().astype(np.float64), vectors().astype(">f4"), vectors()[:0], np.arange(9)):
        assert without_numbers(saved(array)) == saved(array)
