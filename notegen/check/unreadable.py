"""Files that were there when the notes were read, and could not be read any more when the site was written."""

from collections.abc import Iterator

from notegen.model import Code, Garden, Place, Problem, Written


def unreadable_files(garden: Garden, written: Written) -> Iterator[Problem]:
    """A problem for each, by the path among the notes."""
    paths = {url: path for path, url in garden.assets.items()}
    for url, reason in written.unreadable:
        yield Problem(Code.FILE_UNREADABLE, Place(paths.get(url, url)), (("reason", reason),))
