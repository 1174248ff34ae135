"""Gives every page and file an address of its own: the one that `paths` gives, or one with a suffix and a problem."""

from collections.abc import Container, Iterable

from notegen.errors.reasons import (
    address_is_below,
    address_is_folder,
    address_is_hidden,
    address_is_outside,
    address_is_taken,
    address_is_too_long,
)
from notegen.model import Code, NoteId, Place, Problem, Url
from notegen.paths import (
    HOME,
    INTERNAL,
    MAX_FORMER_LETTERS,
    asset_url,
    fold,
    folder_url,
    former_url,
    free_url,
    is_reserved,
    opens_site,
    page_url,
    suffix_of,
    tag_url,
)
from notegen.regex import regex

# Pages that notegen makes whatever the notes are called, so that they never move.
_OURS = regex(
    rf"(?:404|calendar|drift|folders|graph|map|tags)\.html|dates/\d{{4}}(?:-\d\d){{0,2}}\.html|sw\.js|manifest\.webmanifest|{INTERNAL}(?:/.*|\.json)"
)

_OURS_FILES = regex(
    r"(?:404|calendar|drift|folders|graph|index|map|tags)\.html|dates/\d{4}(?:-\d\d){0,2}\.html|notegen\.json|robots\.txt|sitemap(?:-\d+)?\.xml|feed\.(?:json|xml)|"
    r"_redirects|llms\.txt|passages\.jsonl|vectors\.npy|sw\.js|manifest\.webmanifest"
)
_OUR_FOLDERS = ("dates", "folders", INTERNAL, "tags")


class Addresses:
    """Hands out URLs; two that differ only by case count as one, as on macOS and Windows."""

    def __init__(self) -> None:
        self._taken: dict[str, str] = {}
        self._folders = set(_OUR_FOLDERS)
        """The folders that there must be for what is taken."""
        self._reserved: set[str] = set()
        """The notes, files and folders whose names Windows reserves, each reported once."""
        self.problems: list[Problem] = []

    def notes(self, ids: Iterable[NoteId]) -> dict[NoteId, Url]:
        """A URL for each note; names that need no change go first, so that `a b.md` never takes `a-b.md`'s.

        The note that opens the site has its first page.
        """
        plain = {note: page_url(note) for note in ids}
        if front := opens_site(plain):
            plain[front] = HOME
        order = sorted(
            plain, key=lambda note: (f"{note.removesuffix(suffix_of(note))}.html" != plain[note], note)
        )
        urls = {note: self._take(plain[note], note) for note in order}
        return dict(sorted(urls.items()))

    def tags(self, tags: Iterable[str]) -> dict[str, Url]:
        """A URL for each tag's page."""
        return {tag: self._take(tag_url(tag), "") for tag in tags}

    def folders(self, folders: Iterable[str]) -> dict[str, Url]:
        """A URL for each folder's page."""
        return {folder: self._take(folder_url(folder), "") for folder in folders}

    def assets(self, paths: Iterable[str], documents: Container[str] = ()) -> dict[str, Url]:
        """A URL for each file that is copied, of which some begin as documents."""
        return {
            path: self._take(asset_url(path, is_document=path in documents), path) for path in sorted(paths)
        }

    def redirects(self, former: Iterable[tuple[str, NoteId]]) -> dict[Url, NoteId]:
        """Where each former address leads; what is there already wins, and of several notes the first."""
        found: dict[Url, NoteId] = {}
        for address, note in former:
            url = former_url(address)
            reason = _refusal(address) if url is None else self._reason_against(url, note)
            if reason:
                facts = (("address", address), ("reason", reason))
                self.problems.append(Problem(Code.FORMER_ADDRESS_TAKEN, Place(note), facts))
            elif url is not None and fold(url) not in self._taken:
                self._claim(url, note)
                found[url] = note
        return dict(sorted(found.items()))

    def moved(self, former: Iterable[tuple[Url, NoteId]]) -> dict[Url, NoteId]:
        """Where the addresses that notes had before they moved lead; of those that are taken by now nothing is said."""
        found: dict[Url, NoteId] = {}
        for url, note in former:
            if fold(url) not in self._taken and not self._reason_against(url, note):
                self._claim(url, note)
                found[url] = note
        return dict(sorted(found.items()))

    def _reason_against(self, url: Url, note: NoteId) -> str:
        """Why a page with this address cannot be made; empty where it can, or where it is the note's own."""
        if fold(url) in self._taken:
            owner = self._taken[fold(url)]
            return "" if owner == note else address_is_taken(owner)
        if fold(url) == HOME or _OURS.fullmatch(url):
            return address_is_taken("")
        if fold(url) in self._folders:
            return address_is_folder()
        if (above := self._file_above(url)) is not None:
            return address_is_below(above)
        return ""

    def _take(self, url: Url, owner: str) -> Url:
        plain, url = url, self._below_folders(url)
        ours = bool(_OURS.fullmatch(url)) and owner != ""
        blocked = ours or fold(url) in self._taken or fold(url) in self._folders
        taken = free_url(url, {*self._taken, *self._folders, fold(url)}) if blocked else url
        if taken != plain and owner:
            other = self._taken.get(fold(plain), "") or self._taken.get(
                fold(self._file_above(plain) or ""), ""
            )
            facts = (("url", plain), ("other", "notegen" if ours else _named(other)), ("taken", taken))
            self.problems.append(Problem(Code.URL_TAKEN, Place(owner), facts))
        if owner:
            self._report_reserved(owner, taken)
        self._claim(taken, owner)
        return taken

    def _report_reserved(self, owner: str, url: Url) -> None:
        parts = owner.split("/")
        for end in range(1, len(parts) + 1):
            path = "/".join(parts[:end])
            if is_reserved(parts[end - 1]) and path not in self._reserved:
                self._reserved.add(path)
                facts = (("name", parts[end - 1]), ("taken", url))
                self.problems.append(Problem(Code.NAME_RESERVED, Place(owner), facts))

    def _below_folders(self, url: Url) -> Url:
        """The address with every folder in it renamed that has the name of a file of the site."""
        while (above := self._file_above(url)) is not None:
            url = free_url(above, set(self._taken) | {fold(above)}) + url[len(above) :]
        return url

    def _file_above(self, url: Url) -> Url | None:
        """The first folder of an address that is none, but a file of the site."""
        parts = url.split("/")
        folders = ("/".join(parts[:end]) for end in range(1, len(parts)))
        return next((f for f in folders if fold(f) in self._taken or _OURS_FILES.fullmatch(f)), None)

    def _claim(self, url: Url, owner: str) -> None:
        self._taken[fold(url)] = owner
        parts = fold(url).split("/")
        self._folders.update("/".join(parts[:end]) for end in range(1, len(parts)))


def _refusal(address: str) -> str:
    """Why an address that no file of the site can answer for is wrong; empty where it is of another kind."""
    path = address.split("#")[0].split("?")[0].strip()
    parts = [part for part in path.split("/") if part not in ("", ".")]
    if ":" in path or not parts:
        return ""
    if ".." in parts:
        return address_is_outside()
    if any(part.startswith(".") for part in parts):
        return address_is_hidden()
    return address_is_too_long(MAX_FORMER_LETTERS)


def _named(owner: str) -> str:
    return f"`{owner}`" if owner else "notegen"
