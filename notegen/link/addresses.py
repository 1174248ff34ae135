"""One address for every page: the plain one of `paths`, or a suffixed one and a problem."""

import re
from collections.abc import Iterable
from pathlib import PurePosixPath

from notegen.model import Code, NoteId, Place, Problem, Url
from notegen.paths import INTERNAL, asset_url, fold, folder_url, former_url, free_url, page_url, tag_url

# Pages that notegen makes whatever the notes are called, so that they never move.
_OURS = re.compile(
    rf"(?:404|calendar|drift|folders|graph|map|tags)\.html|dates/\d{{4}}(?:-\d\d){{0,2}}\.html|{INTERNAL}(?:/.*|\.json)"
)


class Addresses:
    """Hands out URLs; two that differ only by case count as one, as on macOS and Windows."""

    def __init__(self) -> None:
        self._taken: dict[str, str] = {}
        self.problems: list[Problem] = []

    def notes(self, ids: Iterable[NoteId]) -> dict[NoteId, Url]:
        """A URL for each note; names that need no change go first, so that `a b.md` never takes `a-b.md`'s."""
        plain = {note: page_url(note) for note in ids}
        order = sorted(
            plain, key=lambda note: (str(PurePosixPath(note).with_suffix(".html")) != plain[note], note)
        )
        urls = {note: self._take(plain[note], note) for note in order}
        return dict(sorted(urls.items()))

    def tags(self, tags: Iterable[str]) -> dict[str, Url]:
        """A URL for each tag's page."""
        return {tag: self._take(tag_url(tag), "") for tag in tags}

    def folders(self, folders: Iterable[str]) -> dict[str, Url]:
        """A URL for each folder's page."""
        return {folder: self._take(folder_url(folder), "") for folder in folders}

    def assets(self, paths: Iterable[str]) -> dict[str, Url]:
        """A URL for each file that is copied."""
        return {path: self._take(asset_url(path), path) for path in sorted(paths)}

    def redirects(self, former: Iterable[tuple[str, NoteId]]) -> dict[Url, NoteId]:
        """Where each former address leads; a page that is there wins, and of several notes the first."""
        found: dict[Url, NoteId] = {}
        for address, note in former:
            url = former_url(address)
            if url and fold(url) not in self._taken and not _OURS.fullmatch(url):
                self._taken[fold(url)] = note
                found[url] = note
        return dict(sorted(found.items()))

    def _take(self, url: Url, owner: str) -> Url:
        ours = bool(_OURS.fullmatch(url)) and owner != ""
        taken = (
            free_url(url, {*self._taken, fold(url)} if ours else set(self._taken))
            if self._blocked(url, ours)
            else url
        )
        if taken != url and owner:
            other = "notegen" if ours else f"`{self._taken[fold(url)]}`"
            facts = (("url", url), ("other", other), ("taken", taken))
            self.problems.append(Problem(Code.URL_TAKEN, Place(owner), facts))
        self._taken[fold(taken)] = owner
        return taken

    def _blocked(self, url: Url, ours: bool) -> bool:
        return ours or fold(url) in self._taken
