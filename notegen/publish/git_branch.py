"""A branch of a git repository as a target: one commit on top of what is there, pushed only if that is still there.

The commit is made by `git fast-import` in a repository of our own, in the cache. So no file is checked out, no filter,
hook or line ending of anybody's settings takes part, and what others have on the branch stays. Only one publish at a
time works in that repository; if something in it is broken, it is made anew.
"""

import hashlib
import os
import secrets
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from notegen.check.hosts import HostName
from notegen.errors import NotegenError
from notegen.errors.publish import (
    branch_moved,
    branch_name_invalid,
    cannot_keep_branch,
    git_refused,
    publish_at_work,
)
from notegen.model import Url
from notegen.paths import PUBLISHED
from notegen.publish.git_commands import Git, reaching_settings, said_by, said_there
from notegen.publish.git_remote import committer, find_remote, host_of
from notegen.publish.plan import Plan, Sight, in_way_of
from notegen.publish.site_files import IDENTITY, SiteFiles, read_identity, urls_in
from notegen.reports import branch_in_words, commit_message
from notegen.targets import GitTarget, without_credentials
from notegen.write.locks import lock_held
from notegen.write.manifest import MANIFEST

_OWN = "refs/notegen/"
_THERE = f"{_OWN}there/"
"""Before the name of a branch: what that was when it was last seen."""
_MOVED = ("stale info", "fetch first", "non-fast-forward", "incorrect old")
"""What git says where the branch is not what it was when it was looked at."""


class _Entry(Struct, frozen=True):
    """A file of the branch."""

    mode: str
    digest: str

    @property
    def is_plain(self) -> bool:
        return self.mode.startswith("100")


class Branch:
    """A branch, made where it is not there."""

    def __init__(
        self,
        target: GitTarget,
        notes: Path,
        cache: Path,
        *,
        branch: str,
        history: bool,
        may_ask: bool,
        on_wait: Callable[[], None],
    ) -> None:
        self._notes = notes
        self._branch = branch
        self._history = history
        self._on_wait = on_wait
        self.keeps_past = history
        self._remote = find_remote(target, notes, branch)
        self.name = branch_in_words(branch, without_credentials(self._remote.name))
        self.host: HostName | None = host_of(self._remote.url)
        address = hashlib.blake2b(
            self._remote.url.encode("utf-8", "surrogateescape"), digest_size=16
        ).hexdigest()
        self._git = Git(cache / PUBLISHED / address, reaching_settings(notes), may_ask)
        self._tip = ""
        self._entries: dict[str, _Entry] = {}

    def look(self, site: SiteFiles) -> Sight:
        """What the branch has of the site.

        Raises:
            NotegenError: the repository cannot be reached, or does not let us in.
        """
        if self._nowhere.run("check-ref-format", f"refs/heads/{self._branch}").returncode:
            raise branch_name_invalid(self._branch)
        self._tip = self._ask_tip()
        with self._alone():
            try:
                about = self._read()
            except NotegenError:  # a lock of a git that was killed, a disk that was full
                self._make_anew()
                about = self._read()
        listed = urls_in(about[MANIFEST])
        here = {url: entry for url, entry in self._entries.items() if entry.is_plain}
        ours = listed.intersection(here)
        present = [url for url in site.sources if url in here]
        # A symbolic link, or another repository, where a file of ours is to be.
        odd = {url: (url,) for url in site.sources if url in self._entries and url not in here}
        return Sight(
            ours=ours,
            listed=listed,
            identity=read_identity(about[IDENTITY]),
            missing=frozenset(site.sources.keys() - here.keys()),
            different=frozenset(
                url for url in present if here[url].digest != self._digest(site.content(url))
            ),
            blocked={**in_way_of(site.sources, self._entries), **odd},
        )

    def send(self, plan: Plan, site: SiteFiles, progress: Callable[[str, int, int], None]) -> None:
        """Commit and push.

        Raises:
            NotegenError: somebody else pushed meanwhile, or the repository refuses.
        """
        progress("send", 0, 1)
        with self._alone():
            try:
                self._commit_and_push(plan, site)
            except NotegenError:
                if self._is_sound():
                    raise
                self._make_anew()
                self._read_again()
                self._commit_and_push(plan, site)
        progress("send", 1, 1)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """In the block no other publish reads the repository of our own, writes to it or makes it anew."""
        folder = self._git.folder
        lock = folder.with_name(f"{folder.name}.lock")
        with ExitStack() as held:
            try:
                folder.parent.mkdir(parents=True, exist_ok=True)
                held.enter_context(lock_held(lock, self._on_wait, lambda: publish_at_work(self.name)))
            except OSError as error:
                raise cannot_keep_branch(str(error.filename or lock), error.strerror or str(error)) from error
            self._sweep()
            try:
                yield
            finally:
                self._sweep()

    def _sweep(self) -> None:
        """Remove what was made of a site and never sent, names and all: it is as large as the site is."""
        named = self._git.run("for-each-ref", "--format=%(refname)", _OWN)
        for name in named.stdout.decode("utf-8", "surrogateescape").splitlines():
            if not name.startswith(_THERE):
                self._git.run("update-ref", "-d", name)
        for pattern in ("objects/*/tmp_*", "fast_import_crash_*"):
            for path in self._git.folder.glob(pattern):
                with suppress(OSError):
                    path.unlink()

    def _is_sound(self) -> bool:
        """Whether all is there that names in the repository of our own lead to, and the commit to begin with."""
        has_tip = not self._tip or self._has(self._tip)
        return has_tip and self._git.run("fsck", "--connectivity-only", "--no-dangling").returncode == 0

    def _has(self, commit: str) -> bool:
        return self._git.run("cat-file", "-e", f"{commit}^{{commit}}").returncode == 0

    def _read_again(self) -> None:
        """Have what was looked at once more.

        Raises:
            NotegenError: the branch is no longer at that.
        """
        looked_at = self._tip
        self._read()
        if self._tip != looked_at:
            raise branch_moved(self.name)

    def _commit_and_push(self, plan: Plan, site: SiteFiles) -> None:
        own = f"{_OWN}{os.getpid()}-{secrets.token_hex(4)}"
        self._git.feed(["fast-import", "--quiet", "--force"], self._stream(own, plan, site))
        site.require_unchanged()
        self._push(own)

    def _push(self, own: str) -> None:
        commit = self._git.ask("rev-parse", "--verify", own).decode().strip()
        ref = f"refs/heads/{self._branch}"
        pushed = self._git.run(
            "push", "--porcelain", "--no-verify", f"--force-with-lease={ref}:{self._tip}",
            "--", self._remote.url, f"{commit}:{ref}",
        )  # fmt: skip
        # A connection may end between the change there and the word of it.
        if pushed.returncode and not self._is_at(commit):
            raise self._why_not(pushed)
        # What is there now need not be fetched the next time; sent it is, whether or not that can be kept.
        self._git.run("update-ref", self._there, commit)
        self._git.run("gc", "--auto", "--quiet")

    def _is_at(self, commit: str) -> bool:
        try:
            return self._ask_tip() == commit
        except NotegenError:
            return False

    def _why_not(self, pushed: subprocess.CompletedProcess[bytes]) -> NotegenError:
        lines = pushed.stdout.decode("utf-8", "replace").splitlines()
        for line in lines:
            flag, _, reason = [*line.split("\t"), "", ""][:3]
            if flag != "!":
                continue
            if any(words in reason for words in _MOVED):
                return branch_moved(self.name)
            words = ": ".join([reason, *said_there(pushed)[:1]])
            return git_refused(self._address, without_credentials(words))
        return git_refused(self._address, said_by(pushed))

    def _read(self) -> dict[Url, bytes]:
        """Have the branch in the repository of our own, and say what its list and its identity hold."""
        made = self._git.run("rev-parse", "--show-object-format")
        if made.returncode or made.stdout.decode().strip() != self._kind:
            self._make_anew()
        if self._tip:
            self._fetch()
            self._entries = dict(self._list_tree())
        return {url: self._blob(url) for url in (MANIFEST, IDENTITY)}

    def _make_anew(self) -> None:
        """The repository of our own, with nothing in it: all that it knew can be fetched."""
        folder = self._git.folder
        try:
            if folder.exists():
                shutil.rmtree(folder)
            folder.mkdir(parents=True)
        except OSError as error:
            raise cannot_keep_branch(str(folder), error.strerror or str(error)) from error
        self._git.ask("init", "--quiet", "--bare", "--template=", f"--object-format={self._kind}")

    @property
    def _kind(self) -> str:
        """The digests of the repository there."""
        return "sha256" if len(self._tip) == 64 else "sha1"

    @property
    def _nowhere(self) -> Git:
        """Runs git without a repository, for what asks nothing of ours."""
        return replace(self._git, folder=self._git.folder / "none")

    @property
    def _address(self) -> str:
        return without_credentials(self._remote.url)

    @property
    def _there(self) -> str:
        """The name, in the repository of our own, of what the branch was when it was last seen."""
        return f"{_THERE}{self._branch}"

    def _ask_tip(self) -> str:
        """The commit that the branch is at; empty where there is no such branch."""
        ref = f"refs/heads/{self._branch}"
        asked = self._nowhere.run("ls-remote", "--refs", "--", self._remote.url, ref)
        if asked.returncode:
            raise git_refused(self._address, said_by(asked))
        rows = [line.split("\t") for line in asked.stdout.decode("ascii", "replace").splitlines()]
        return next((row[0] for row in rows if row[1:] == [ref]), "")

    def _fetch(self) -> None:
        if self._has(self._tip):
            return
        fetched = self._git.run(
            "fetch", "--quiet", "--depth=1", "--no-tags", "--no-write-fetch-head", "--no-recurse-submodules",
            "--", self._remote.url, f"+refs/heads/{self._branch}:{self._there}",
        )  # fmt: skip
        if fetched.returncode:
            raise git_refused(self._address, said_by(fetched))
        self._tip = self._git.ask("rev-parse", "--verify", self._there).decode().strip()

    def _list_tree(self) -> Iterator[tuple[str, _Entry]]:
        listed = self._git.ask("ls-tree", "-r", "-z", "--full-tree", self._tip)
        for row in listed.decode("utf-8", "surrogateescape").split("\0"):
            if row:
                facts, _, path = row.partition("\t")
                mode, _, digest = facts.split(" ")
                yield path, _Entry(mode, digest)

    def _blob(self, url: Url) -> bytes:
        """What a file of the branch holds; nothing where it is no file."""
        entry = self._entries.get(url)
        return self._git.ask("cat-file", "blob", entry.digest) if entry and entry.is_plain else b""

    def _digest(self, content: bytes) -> str:
        made = hashlib.new(self._kind, usedforsecurity=False)
        made.update(b"blob %d\0" % len(content))
        made.update(content)
        return made.hexdigest()

    def _stream(self, own: str, plan: Plan, site: SiteFiles) -> Iterator[bytes]:
        """What `git fast-import` makes the commit of."""
        name, email = committer(self._notes)
        message = commit_message(len(plan.added), len(plan.changed), len(plan.removed)).encode()
        yield f"commit {own}\ncommitter {name} <{email}> {int(time.time())} +0000\n".encode(
            "utf-8", "replace"
        )
        yield b"data %d\n%s\n" % (len(message), message)
        if self._tip and self._history:
            yield f"from {self._tip}\n".encode()
        elif self._tip:
            tree = self._git.ask("rev-parse", "--verify", f"{self._tip}^{{tree}}").decode().strip()
            yield f'M 040000 {tree} ""\n'.encode()
        for url in plan.removed:
            yield b"D %s\n" % _quoted(url)
        for url in (*plan.added, *plan.changed):
            content = site.content(url)
            yield b"M 100644 inline %s\ndata %d\n" % (_quoted(url), len(content))
            yield content
            yield b"\n"


def _quoted(path: str) -> bytes:
    """A path as `git fast-import` reads it."""
    escaped = path.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'.encode("utf-8", "surrogateescape")
