"""What a file holds, all of it or its beginning."""

import os
from pathlib import Path

import pytest

from notegen.audit.file_bytes import bytes_of


@pytest.mark.parametrize("size", [0, 1, 1 << 16, (1 << 16) + 1, 200_000])
def test_a_file_is_read_whole_or_as_far_as_is_asked(
    tmp_path: Path, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the system gives it in pieces, or does not know how long it is."""
    file, content = tmp_path / "a", os.urandom(size)
    file.write_bytes(content)
    read = os.read
    for piece in (1 << 30, 1000):
        monkeypatch.setattr(os, "read", lambda file, count, piece=piece: read(file, min(count, piece)))
        assert bytes_of(file) == content
        assert bytes_of(str(file), 5000) == content[:5000]
        assert bytes_of(file, size) == content


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    """As the system does; so is a folder."""
    with pytest.raises(FileNotFoundError):
        bytes_of(tmp_path / "none")
    with pytest.raises(OSError, match="directory"):
        bytes_of(tmp_path)
