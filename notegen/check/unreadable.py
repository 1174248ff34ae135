"""Files that were there when the notes were read, and could not be read any more when the site was written."""

from collections.abc import Iterator, Set

from notegen.model import Code, Garden, Place, Problem, Reading, Written


def unreadable_files(garden: Garden, written: Written) -> Iterator[Problem]:
    """A problem for each, by the path among the notes."""
    paths = {url: path for path, url in garden.assets.items()}
    for url, reason in written.unreadable:
        yield Problem(Code.FILE_UNREADABLE, Place(paths.get(url, url)), (("reason", reason),))


def unreadable_encrypted(reading: Reading, paths: Set[str]) -> Iterator[Problem]:
    """A problem for each of the files to be encrypted that cannot be read; the site will be without them."""
    for path in sorted(paths & reading.assets.keys()):
        try:
            with reading.assets[path].open("rb") as file:
                file.read(1)
        except OSError as error:
            yield Problem(Code.FILE_UNREADABLE, Place(path), (("reason", error.strerror or str(error)),))
