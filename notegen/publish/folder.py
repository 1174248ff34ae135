"""A folder of this machine as a target: each file takes its place in one step, and only where it differs."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from errno import ENOTDIR
from functools import cache
from pathlib import Path, PurePosixPath

from notegen.errors import NotegenError
from notegen.errors.publish import (
    folder_is_notes,
    folder_is_repository,
    folder_is_site,
    folder_too_far_up,
    folder_unwritable,
)
from notegen.model import Url
from notegen.paths import fold
from notegen.publish.in_order import send_in_order
from notegen.publish.plan import Plan, Sight
from notegen.publish.site_files import IDENTITY, SiteFiles, read_identity, urls_in
from notegen.write.check_out import HOST_NAMES
from notegen.write.locks import site_lock
from notegen.write.manifest import MANIFEST, OWN_PREFIX, files_under
from notegen.write.staging import lock_beside
from notegen.write.trees import copy_rights, is_file, is_folder, is_same

_IN_BRANCHES = frozenset({"readme.md", "readme", "license", "license.md", "license.txt"})
"""What hosts put into a branch that is to hold a site, beside what they put into any folder."""

_PART = f"{OWN_PREFIX}part"
"""The file that is being written, before it takes its place: one in each folder, since one publish writes at a time."""


class Folder:
    """A folder, made where it is not there."""

    def __init__(self, path: Path, notes: Path, site: Path, on_wait: Callable[[], None]) -> None:
        self.name = f"`{path}`"
        self.host = None
        self.keeps_past = False
        self._path = path
        self._notes = notes
        self._site = site
        self._on_wait = on_wait

    def look(self, site: SiteFiles) -> Sight:
        """What is there of the site.

        Raises:
            NotegenError: no site belongs there.
        """
        with self._worded():
            _check(self._path, self._notes, self._site)
            here = _InFolder(self._path.resolve(), site)
            return here.look()

    def send(self, plan: Plan, site: SiteFiles, progress: Callable[[str, int, int], None]) -> None:
        """Do what the plan says.

        Raises:
            NotegenError: the disk refuses, or another publish has begun.
        """
        with self._worded():
            folder = self._path.resolve()
            folder.mkdir(parents=True, exist_ok=True)
            with site_lock(folder, lock_beside(folder), self._on_wait):
                here = _InFolder(folder, site)
                here.sweep(plan.meanwhile)
                send_in_order(here, plan, site, self.name, progress)
                here.remove_empty(plan.meanwhile)

    @contextmanager
    def _worded(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise folder_unwritable(
                str(error.filename or self._path), error.strerror or str(error), str(self._path)
            ) from error
        except RuntimeError as error:  # a symbolic link to itself, up to Python 3.12
            raise folder_unwritable(str(self._path), str(error), str(self._path)) from error


class _InFolder:
    """The files in it."""

    def __init__(self, folder: Path, site: SiteFiles) -> None:
        self._folder = folder
        self._site = site

    def look(self) -> Sight:
        listed = urls_in(self.read_list() or b"")
        in_way = {url: found for url in self._site.sources if (found := self._in_way_of(url))}
        states = {url: "missing" if url in in_way else self._state(url) for url in self._site.sources}
        identity = self._folder / IDENTITY
        ours = {url for url in listed if self._holds(url)}
        # Where case does not count, our own file under its former name is the one that is found.
        former = {fold(url): url for url in ours}
        names = cache(lambda folder: frozenset(os.listdir(self._folder / folder)))
        renamed = {
            url
            for url in states.keys() - ours
            if fold(url) in former
            and self._holds(url)
            and (is_same(self._folder / former[fold(url)], self._folder / url) or not _is_listed(url, names))
        }
        return Sight(
            ours=frozenset(ours | renamed),
            listed=listed,
            identity=read_identity(identity.read_bytes()) if is_file(identity) else None,
            missing=frozenset(url for url, state in states.items() if state == "missing"),
            different=frozenset(url for url, state in states.items() if state == "different"),
            blocked=in_way,
        )

    def read_list(self) -> bytes | None:
        path = self._folder / MANIFEST
        return path.read_bytes() if self._holds(MANIFEST) else None

    def put_list(self, text: bytes) -> None:
        self._write(MANIFEST, text)

    def put(self, urls: Sequence[Url], done: Callable[[int], None]) -> None:
        for url in urls:
            self._write(url, self._site.content(url))
            done(1)

    def remove(self, urls: Sequence[Url]) -> None:
        for url in urls:
            if self._holds(url):
                (self._folder / url).unlink(missing_ok=True)
        self.remove_empty(urls)

    def remove_empty(self, urls: Iterable[Url]) -> None:
        """Remove the folders of these files that hold nothing."""
        folders = {parent for url in urls for parent in PurePosixPath(url).parents if parent.name}
        for folder in sorted(folders, key=lambda one: -len(one.parts)):
            with suppress(OSError):  # what others have in it stays, and so does the folder
                (self._folder / folder).rmdir()

    def _holds(self, url: Url) -> bool:
        """Whether the file is there, reached through folders and no link."""
        return not self._above(url) and is_file(self._folder / url)

    def _state(self, url: Url) -> str:
        path = self._folder / url
        if not is_file(path):
            return "missing"
        same = path.stat().st_size == self._site.size(url) and path.read_bytes() == self._site.content(url)
        return "same" if same else "different"

    def _in_way_of(self, url: Url) -> tuple[str, ...]:
        """What keeps the file from being put there: what is no folder above it, or what lies where it would be."""
        if above := self._above(url):
            return (above,)
        path = self._folder / url
        if is_folder(path):
            return tuple(file for file in files_under(self._folder, url) if file != url)
        return (url,) if os.path.lexists(path) and not is_file(path) else ()

    def _above(self, url: Url) -> str:
        """What is no folder where one above the file would be."""
        parts = url.split("/")
        for end in range(1, len(parts)):
            above = "/".join(parts[:end])
            if os.path.lexists(self._folder / above) and not is_folder(self._folder / above):
                return above
        return ""

    def sweep(self, urls: Iterable[Url]) -> None:
        """Remove what a killed publish was writing when it ended."""
        for folder in {(self._folder / url).parent for url in urls}:
            with suppress(OSError):
                (folder / _PART).unlink()

    def _write(self, url: Url, content: bytes) -> None:
        path = self._folder / url
        path.parent.mkdir(parents=True, exist_ok=True)
        if is_folder(path):
            _remove_empty(path)
        part = path.parent / _PART
        part.unlink(missing_ok=True)
        try:
            with part.open("xb") as stream:
                stream.write(content)
            if is_file(path):
                copy_rights(path, part)
            part.replace(path)
        except BaseException:
            part.unlink(missing_ok=True)
            raise


def _is_listed(url: Url, names: Callable[[str], frozenset[str]]) -> bool:
    """Whether a file that is there is listed as it is spelled, and so are the folders on the way to it."""
    parts = url.split("/")
    return all(part in names("/".join(parts[:above])) for above, part in enumerate(parts))


def _remove_empty(folder: Path) -> None:
    for entry in folder.iterdir():
        _remove_empty(entry)
    folder.rmdir()


def _check(folder: Path, notes: Path, site: Path) -> None:
    """Refuses a folder in which a site would be lost among other things, or be taken for notes.

    Raises:
        NotegenError: it is a home, the top of a disk, above the working folder, the notes or the site, or a repository.
    """
    real, root, built = folder.resolve(), notes.resolve(), site.resolve()
    if os.path.lexists(folder) and not folder.is_dir():
        raise NotADirectoryError(ENOTDIR, os.strerror(ENOTDIR), str(folder))
    is_among_notes = real.is_relative_to(root) and real.is_dir() and any(real.iterdir())
    if root.is_relative_to(real) or (is_among_notes and not is_file(real / MANIFEST)):
        raise folder_is_notes(str(folder))
    if built.is_relative_to(real) or real.is_relative_to(built):
        raise folder_is_site(str(folder))
    homes = [Path.cwd(), *_home()]
    if any(one.is_relative_to(real) and one != real for one in homes) or real in (real.parent, *_home()):
        raise folder_too_far_up(str(folder))
    if refusal := _repository(folder, real):
        raise refusal


def _repository(folder: Path, real: Path) -> NotegenError | None:
    """Why nothing is put into a repository: its own folder, a bare one, or a working tree of other things."""
    is_bare = is_file(real / "HEAD") and is_folder(real / "objects") and is_folder(real / "refs")
    if is_bare or ".git" in real.parts:
        return folder_is_repository(str(folder), is_bare=is_bare)
    if not os.path.lexists(real / ".git") or is_file(real / MANIFEST):
        return None
    own = {*HOST_NAMES, ".github", ".gitlab-ci.yml"}
    others = sorted(name for name in os.listdir(real) if name not in own and name.lower() not in _IN_BRANCHES)
    return folder_is_repository(str(folder), is_bare=False, example=others[0]) if others else None


def _home() -> list[Path]:
    try:
        return [Path.home().resolve()]
    except RuntimeError:  # nobody says where it is
        return []
