"""Which files belong to the garden, in one fixed order whatever order the disk lists them in."""

import os
from collections.abc import Sequence
from errno import EACCES, ELOOP
from pathlib import Path

from msgspec import Struct, field
from pathspec import GitIgnoreSpec

from notegen.config import Config
from notegen.errors.notes import folder_unreadable, no_notes_folder, not_a_folder
from notegen.errors.reasons import folders_too_deep, leads_nowhere
from notegen.model import Code, Place, Problem, ToolRoot
from notegen.paths import (
    CANVAS_SUFFIX,
    MAX_FOLDER_LEVELS,
    NOTE_SUFFIXES,
    ORG_SUFFIX,
    SITE_MARK,
    is_hidden,
    printable,
)
from notegen.read.detect import ToolRoots
from notegen.read.emanote import IGNORE_FILE, ignored_paths
from notegen.read.exclusions import Exclusions
from notegen.read.leftovers import folder_like
from notegen.read.patterns import match_patterns
from notegen.read.sync_leftovers import is_conflicted_copy, stands_for

# What tools keep beside notes for themselves: neither notes nor attachments.
_ALWAYS_IGNORED = (
    "node_modules/",
    "__pycache__/",
    "**/logseq/bak/",
    "**/logseq/version-files/",
    "**/logseq/.recycle/",
    # Copies that hold what their note said before, perhaps before it was private; see also `sync_leftovers`.
    "*.bak",
    "*.orig",
    "*.swp",
    "*.rej",
    "*.save",
    # Windows' own, the first with small pictures of all that lies beside it.
    "Thumbs.db",
    "ehthumbs.db",
    "desktop.ini",
    "*~",
    "\\#*#",
    "$RECYCLE.BIN/",
    "\\#recycle/",
    "@eaDir/",
    "**/logseq/config.edn",
    "**/logseq/custom.css",
    "**/logseq/custom.js",
    "dendron.yml",
    "foam.json",
    "_config.yml",
    "_config.yaml",
    "notegen.toml",
    "notegen-addresses.jsonl",
)


class Discovered(Struct):
    """What `discover` found: note ids ascending, other files by path, what could not be followed."""

    notes: list[str] = field(default_factory=list)
    assets: dict[str, Path] = field(default_factory=dict)
    roots: ToolRoots = field(default_factory=ToolRoots)
    exclusions: Exclusions = field(default_factory=Exclusions)
    problems: list[Problem] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)
    """Notes that are not on this machine, so that nobody knows what they say of who may see them."""


def discover(root: Path, config: Config, *, skip: Sequence[Path] = ()) -> Discovered:
    """All files under `root` but what a dot hides, and what the setting `ignore` (as in a .gitignore) or `skip` names.

    What is private or encrypted by the settings is found like all else, and kept out by the `exclusions`.

    A folder with a notegen.json is a site, and no part of the notes wherever it lies.
    A symbolic link is followed within `root`, once; one that leads out or back up becomes a problem.

    Raises:
        NotegenError: `root` is no folder or cannot be read, or a list of what is private cannot be.
    """
    if not root.exists():
        raise no_notes_folder(str(root), folder_like(root))
    if not root.is_dir():
        raise not_a_folder(str(root))
    try:
        os.scandir(root).close()
    except OSError as error:
        raise folder_unreadable(str(root), error.strerror or str(error)) from error
    walk = _Walk(
        root.resolve(),
        match_patterns([*_ALWAYS_IGNORED, *config.ignore], setting="ignore"),
        {Path(os.path.realpath(path)) for path in skip},  # which a loop of links does not stop
        ToolRoots() if config.tool == "auto" else ToolRoots({"": config.tool}, fixed=True),
        Exclusions(
            config.private_folders,
            config.encrypt_folders,
            (*NOTE_SUFFIXES, *config.extensions),
            config.keep_templates,
        ),
    )
    walk.enter(root, "", (walk.root,))
    walk.found.notes.sort()
    walk.found.roots.detect_by_text(root, walk.found.notes)
    walk.found.problems += (*walk.found.exclusions.problems, *walk.found.exclusions.folders.problems)
    walk.found.problems += walk.found.exclusions.unused((*walk.found.notes, *walk.found.assets))
    walk.found.problems += walk.found.exclusions.folders.beside_content(walk.found.notes)
    walk.found.assets = dict(sorted(walk.found.assets.items()))
    return walk.found


class _Walk:
    def __init__(
        self, root: Path, ignored: GitIgnoreSpec, skip: set[Path], roots: ToolRoots, exclusions: Exclusions
    ) -> None:
        self.root, self.ignored, self.skip = root, ignored, skip
        self.found = Discovered(roots=roots, exclusions=exclusions)
        self.ignored_in: dict[str, GitIgnoreSpec] = {}
        """What each folder says itself is no part of the site, by its path with a `/` after it."""

    def enter(self, folder: Path, prefix: str, above: tuple[Path, ...]) -> None:
        if len(above) > MAX_FOLDER_LEVELS:
            self._problem(
                Code.FILE_UNREADABLE, prefix.rstrip("/"), reason=folders_too_deep(MAX_FOLDER_LEVELS)
            )
            return
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
            os.stat(folder / ".")  # a folder may be listed that may not be entered
        except OSError as error:
            self._problem(Code.FILE_UNREADABLE, prefix.rstrip("/"), reason=error.strerror or str(error))
            return
        self.found.roots.detect(folder, prefix.rstrip("/"), (entry.name for entry in entries))
        self.found.exclusions.add(folder, prefix.rstrip("/"), (entry.name for entry in entries))
        is_notebook = ToolRoot(prefix.rstrip("/"), "emanote") in self.found.roots.all()
        if lines := tuple(ignored_paths(folder, is_notebook=is_notebook)):
            self.ignored_in[prefix] = match_patterns(lines, setting=str(folder / IGNORE_FILE))
        names = {entry.name for entry in entries}
        if prefix and SITE_MARK in names:
            return
        for entry in entries:
            path = prefix + entry.name
            if self._is_left_over(entry, prefix, names):
                continue
            if not is_hidden(path) and not self._is_ignored(path + "/" * _is_dir(entry)):
                if printable(entry.name) == entry.name:
                    self._take(entry, path, above)
                else:
                    self._problem(Code.FILE_NAME_NOT_UTF8, printable(path))

    def _is_left_over(self, entry: os.DirEntry[str], prefix: str, names: set[str]) -> bool:
        """Whether a program that keeps folders alike made it; told where that is news to who wrote the notes."""
        if _is_dir(entry):
            return False
        path = prefix + printable(entry.name)
        if is_conflicted_copy(entry.name, names):
            if not is_hidden(path) and not self._is_ignored(path):
                self._problem(Code.COPY_LEFT_OUT, path)
            return True
        if elsewhere := stands_for(entry.name):
            path = prefix + printable(elsewhere)
            if elsewhere not in names and self._is_note(path) and not self._is_ignored(path):
                self.found.elsewhere.append(path)
                self._problem(Code.FILE_ELSEWHERE, path)
        return bool(elsewhere)

    def _is_ignored(self, path: str) -> bool:
        return self.ignored.match_file(path) or any(
            path.startswith(prefix) and spec.match_file(path.removeprefix(prefix))
            for prefix, spec in self.ignored_in.items()
        )

    def _take(self, entry: os.DirEntry[str], path: str, above: tuple[Path, ...]) -> None:
        if entry.is_symlink() and not self._may_follow(entry, path, above):
            return
        if entry.is_dir():
            real = Path(entry.path).resolve()
            if real not in self.skip:
                self.enter(Path(entry.path), path + "/", (*above, real))
        elif entry.is_file():
            if "/." not in f"/{path}" and self._is_note(path):
                self.found.notes.append(path)
            elif self.root / path not in self.skip:
                self._take_asset(entry, path)

    def _take_asset(self, entry: os.DirEntry[str], path: str) -> None:
        if os.access(entry.path, os.R_OK):
            self.found.assets[path] = Path(entry.path)
        else:
            self._problem(Code.FILE_UNREADABLE, path, reason=os.strerror(EACCES))

    def _is_note(self, path: str) -> bool:
        if path.lower().endswith((*self.found.exclusions.endings, CANVAS_SUFFIX)):
            return True
        return path.lower().endswith(ORG_SUFFIX) and self.found.roots.root_of(path).tool == "logseq"

    def _may_follow(self, entry: os.DirEntry[str], path: str, above: tuple[Path, ...]) -> bool:
        try:
            real = Path(entry.path).resolve(strict=True)
        except (OSError, RuntimeError) as error:
            # Up to Python 3.12 a link to itself raises RuntimeError, later an OSError that says so.
            loops = isinstance(error, RuntimeError) or error.errno == ELOOP
            self._problem(Code.LINK_LOOP if loops else Code.FILE_UNREADABLE, path, reason=leads_nowhere())
            return False
        if not real.is_relative_to(self.root):
            self._problem(Code.LINK_OUTSIDE, path, target=printable(str(Path(entry.path).readlink())))
            return False
        if real in above:
            self._problem(Code.LINK_LOOP, path)
            return False
        place = real.relative_to(self.root).as_posix()
        if is_hidden(place) or self._is_ignored(place + "/" * _is_dir(entry)):
            self._problem(Code.LINK_OUTSIDE, path, target=printable(place))
            return False
        self.found.exclusions.add_link(path, place)
        return True

    def _problem(self, code: Code, path: str, **facts: str) -> None:
        self.found.problems.append(Problem(code, Place(path or "."), tuple(facts.items())))


def _is_dir(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link to itself
        return False
