"""Files into a folder that is not the site yet; what the site before has already is linked from there.

A file whose bytes are the same keeps its inode, its times, its mode and its group, so that rsync, a backup and a
server's ETags see a change only where there is one. A file that changed keeps its mode and group. One of which the disk
says what it said when it was written is not read to be compared.
"""

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct, field

from notegen.model import FileDigest, KnownFile, OutputFile, Url
from notegen.page_data import digest_of, digest_of_file
from notegen.write.file_stamps import FileStamps
from notegen.write.manifest import NO_JEKYLL, manifest_of
from notegen.write.second_names import FileStatus, SecondNames
from notegen.write.trees import copy_rights, is_file

_CHUNK_BYTES = 1 << 20
# The system's own calls: thousands of small files take half as long as by way of Python's streams.
_READING = os.O_RDONLY | getattr(os, "O_BINARY", 0)
_MAKING = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


class Filled(Struct):
    """What was put into the folder."""

    files: int = 0
    size: int = 0
    """Bytes of all files together."""
    unreadable: list[tuple[Url, str]] = field(default_factory=list)
    """The files to be copied that could not be read, and why not; they are left out."""
    digests: dict[Url, FileDigest] = field(default_factory=dict)
    """What the files hold, as far as that is known."""


class _SourceError(Exception):
    """A file to be copied cannot be read; the cause is the system's."""


def fill_folder(
    files: Iterable[OutputFile],
    new: Path,
    old: Path,
    stamps: FileStamps | None = None,
    names: SecondNames | None = None,
) -> Filled:
    """Write the files into `new`, and the list of them; from `old`, the site before, comes what has not changed.

    Args:
        stamps: of the site before, which are asked; those of the new files are noted. None to read all.
        names: that files of the site before have in `new` already; None where it is empty.

    Raises:
        OSError: the disk refuses.
    """
    filled = Filled()
    stamps, names = stamps or FileStamps(), names or SecondNames(new)
    urls: list[Url] = []
    folders: set[str] = set()
    for file in files:
        if file.url == NO_JEKYLL and _is_foreign(old / NO_JEKYLL):
            continue
        named = names.take(file.url)
        folder = file.url.rpartition("/")[0]
        if folder not in folders:
            (new / folder).mkdir(parents=True, exist_ok=True)
            folders.add(folder)
        try:
            put = _put_file(file, f"{new}/{file.url}", f"{old}/{file.url}", stamps, named)
        except _SourceError as error:
            reason = error.__cause__
            assert isinstance(reason, OSError)
            filled.unreadable.append((file.url, reason.strerror or str(reason)))
            continue
        urls.append(file.url)
        filled.size += put.size
        if put.digest:
            filled.digests[file.url] = put
    manifest = manifest_of(urls)
    named = names.take(manifest.url)
    (new / manifest.url).parent.mkdir(parents=True, exist_ok=True)
    filled.size += _put_file(manifest, f"{new}/{manifest.url}", f"{old}/{manifest.url}", stamps, named).size
    names.remove_rest()
    filled.files = len(urls) + 1
    return filled


def _is_foreign(no_jekyll: Path) -> bool:
    """Whether somebody else's file lies there: ours is empty. What it says is not looked at by any host."""
    return is_file(no_jekyll) and no_jekyll.stat().st_size > 0


def _put_file(
    file: OutputFile, path: str, before: str, stamps: FileStamps, named: FileStatus | None
) -> FileDigest:
    """Make one file; gives what it holds.

    Args: named: the one before, if that has this name already.
    """
    digest = _known_digest(file)
    if named:
        if digest and stamps.note_if_held(file.url, named, digest):
            return FileDigest(digest, named.st_size)
        if _holds(file, named, path):
            if digest:
                stamps.note(file.url, named, digest)
            return FileDigest(digest or b"", named.st_size)
        os.unlink(path)
        content = file.content
        size = _write_file(content, path)
        copy_rights(before, path)
        return _noted(file, content, size, digest, path, stamps)
    if digest and (seen := _link_seen(file.url, digest, before, path, stamps)):
        return FileDigest(digest, seen.st_size)
    old = _status_of(before)
    if digest and old and _link_known(file, old, before, path):
        stamps.note(file.url, old, digest)
        return FileDigest(digest, old.st_size)
    content = file.content
    size = _put_content(content, path, before, old)
    return _noted(file, content, size, digest, path, stamps)


def _holds(file: OutputFile, named: FileStatus, path: str) -> bool:
    """Whether a file of the site before holds what the new one is to hold."""
    if isinstance(file, KnownFile):
        return named.st_size == file.size and _status_if_unchanged(file, path) is not None
    return named.st_size == _size_of(file.content) and _status_if_unchanged(file.content, path) is not None


def _noted(
    file: OutputFile, content: bytes | Path, size: int, digest: bytes | None, path: str, stamps: FileStamps
) -> FileDigest:
    """What a file holds that was just made."""
    if digest and (status := _status_of(path)):
        if isinstance(file, KnownFile):  # of which it was only said what it would hold
            digest = digest_of(content) if isinstance(content, bytes) else digest_of_file(path)[0]
        stamps.note(file.url, status, digest)
    return FileDigest(digest or b"", size)


def _known_digest(file: OutputFile) -> bytes | None:
    """Of what a file holds; None of one that is to be copied."""
    if isinstance(file, KnownFile):
        return file.digest
    return digest_of(file.content) if isinstance(file.content, bytes) else None


def _link_seen(url: Url, digest: bytes, before: str, path: str, stamps: FileStamps) -> os.stat_result | None:
    """Make the file a second name of the one before, if the disk says of it what it said when it held this.

    It is looked at under its second name: the first may be another build's file by now.
    """
    if stamps.know_nothing:
        return None
    try:
        os.link(before, path, follow_symlinks=False)
    except (OSError, NotImplementedError):
        return None
    now = _status_of(path)
    if now and stamps.note_if_held(url, now, digest):
        return now
    os.unlink(path)
    return None


def _link_known(file: OutputFile, old: os.stat_result, before: str, path: str) -> bool:
    """Make the file a second name of the one before without making what it holds; False when it is not made."""
    return isinstance(file, KnownFile) and old.st_size == file.size and _link_unchanged(file, before, path)


def _put_content(content: bytes | Path, path: str, before: str, old: os.stat_result | None) -> int:
    """Make a file, of the one before if it holds the same; gives its size in bytes."""
    if old is None:
        return _write_file(content, path)
    if old.st_size == _size_of(content):
        if _link_unchanged(content, before, path):
            return old.st_size
        if unchanged := _status_if_unchanged(content, before):
            size = _write_file(content, path)
            os.chmod(path, stat.S_IMODE(unchanged.st_mode))
            os.utime(path, ns=(unchanged.st_atime_ns, unchanged.st_mtime_ns))
            return size
    size = _write_file(content, path)
    copy_rights(before, path)
    return size


def _status_of(path: str) -> os.stat_result | None:
    """What the system says of a plain file; None where there is none."""
    try:
        status = os.lstat(path)
    except OSError:
        return None
    return status if stat.S_ISREG(status.st_mode) else None


def _link_unchanged(content: bytes | Path | KnownFile, before: str, path: str) -> bool:
    """Make the file a second name of the one before, if that can be and holds the same; False when it is not made.

    It is compared under its second name: the first may be another build's file by now.
    """
    try:
        os.link(before, path, follow_symlinks=False)
    except (OSError, NotImplementedError):
        return False
    if is_file(path) and _status_if_unchanged(content, path) is not None:
        return True
    os.unlink(path)
    return False


def _status_if_unchanged(content: bytes | Path | KnownFile, before: str) -> os.stat_result | None:
    """The mode and times of a file that holds just this; None for one that does not, or cannot be read."""
    try:
        file = os.open(before, _READING)
    except OSError:
        return None
    try:
        status = os.fstat(file)
        if isinstance(content, KnownFile):
            same = digest_of_file(file)[0] == content.digest
        else:
            same = all(_read(file, len(chunk)) == chunk for chunk in _chunks(content)) and not _read(file, 1)
        return status if same else None
    except (OSError, _SourceError):
        return None
    finally:
        os.close(file)


def _read(file: int, size: int) -> bytes:
    """So many bytes, or all that are left; the system may give them in pieces."""
    content = os.read(file, size)
    while 0 < len(content) < size and (more := os.read(file, size - len(content))):
        content += more
    return content


def _size_of(content: bytes | Path) -> int:
    """In bytes; -1 of a file that cannot be asked."""
    if isinstance(content, bytes):
        return len(content)
    try:
        return content.stat().st_size
    except OSError:
        return -1


def _write_file(content: bytes | Path, path: str) -> int:
    # O_EXCL: two files with one URL are a mistake of ours, never a silent loss.
    file = os.open(path, _MAKING, 0o666)
    size = 0
    try:
        for chunk in _chunks(content):
            left = memoryview(chunk)
            while left:
                left = left[os.write(file, left) :]
            size += len(chunk)
    except _SourceError:
        os.unlink(path)
        raise
    finally:
        os.close(file)
    return size


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
