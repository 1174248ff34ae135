"""Files into a folder that is not the site yet; what the site before has already is linked from there.

A file whose bytes are the same keeps its inode, its times, its mode and its group, so that rsync, a backup and a
server's ETags see a change only where there is one. A file that changed keeps its mode and group.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from notegen.model import OutputFile, Url
from notegen.write.manifest import NO_JEKYLL, manifest_of
from notegen.write.trees import copy_rights, is_file, link_or_copy

_CHUNK_BYTES = 1 << 20


@dataclass(slots=True)
class Filled:
    """What was put into the folder."""

    files: int = 0
    size: int = 0
    """Bytes of all files together."""
    unreadable: list[tuple[Url, str]] = field(default_factory=list)
    """The files to be copied that could not be read, and why not; they are left out."""


class _SourceError(Exception):
    """A file to be copied cannot be read; the cause is the system's."""


def fill_folder(files: Iterable[OutputFile], new: Path, old: Path) -> Filled:
    """Write the files into `new`, and the list of them; from `old`, the site before, comes what has not changed.

    Raises:
        OSError: the disk refuses.
    """
    filled = Filled()
    urls: list[Url] = []
    for file in files:
        if file.url == NO_JEKYLL and _is_foreign(old / NO_JEKYLL):
            continue
        try:
            size = _put_file(file, new, old)
        except _SourceError as error:
            reason = error.__cause__
            assert isinstance(reason, OSError)
            filled.unreadable.append((file.url, reason.strerror or str(reason)))
            continue
        urls.append(file.url)
        filled.size += size
    manifest = manifest_of(urls)
    filled.size += _put_file(manifest, new, old)
    filled.files = len(urls) + 1
    return filled


def _is_foreign(no_jekyll: Path) -> bool:
    """Whether somebody else's file lies there: ours is empty. What it says is not looked at by any host."""
    return is_file(no_jekyll) and no_jekyll.stat().st_size > 0


def _put_file(file: OutputFile, new: Path, old: Path) -> int:
    """Make one file; gives its size in bytes."""
    path, before = new / file.url, old / file.url
    path.parent.mkdir(parents=True, exist_ok=True)
    if is_file(before) and _is_same_content(file.content, before):
        link_or_copy(before, path)
        return path.stat().st_size
    # "x": two files with one URL are a mistake of ours, never a silent loss.
    try:
        with path.open("xb") as stream:
            for chunk in _chunks(file.content):
                stream.write(chunk)
    except _SourceError:
        path.unlink()
        raise
    if is_file(before):
        copy_rights(before, path)
    return path.stat().st_size


def _is_same_content(content: bytes | Path, before: Path) -> bool:
    """Whether a file of the site before holds just this; one that cannot be read does not."""
    try:
        size = before.stat().st_size
        if isinstance(content, bytes):
            return size == len(content) and before.read_bytes() == content
        if size != content.stat().st_size:
            return False
        with before.open("rb") as stream:
            return all(stream.read(len(chunk)) == chunk for chunk in _chunks(content)) and not stream.read(1)
    except (OSError, _SourceError):
        return False


def _chunks(content: bytes | Path) -> Iterator[bytes]:
    if isinstance(content, bytes):
        yield content
        return
    try:
        with content.open("rb") as stream:
            while chunk := stream.read(_CHUNK_BYTES):
                yield chunk
    except OSError as error:
        raise _SourceError from error
