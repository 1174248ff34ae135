"""The beginning of a file that says something of the folder it lies in, such as a tool's settings."""

from pathlib import Path


def beginning_of(file: Path, size: int) -> bytes:
    """The file's first `size` bytes; none of one that is not there or cannot be read."""
    try:
        with file.open("rb") as stream:
            return stream.read(size)
    except OSError:
        return b""
