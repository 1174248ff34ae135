"""A folder that rsync reaches as a target, over ssh or on this machine.

rsync compares by content what the site has with what is there, sends what differs, and removes what it is told to by
name: never a folder's other files. `RSYNC_RSH` and ssh's own settings say how a host is reached.
"""

import os
import re
import subprocess
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from notegen.errors.publish import rsync_failed, rsync_missing
from notegen.model import Url
from notegen.publish.in_order import send_in_order
from notegen.publish.plan import Plan, Sight
from notegen.publish.site_files import IDENTITY, SiteFiles, read_identity, urls_in
from notegen.regex import regex
from notegen.targets import without_credentials
from notegen.temporary import temporary_folder
from notegen.write.manifest import MANIFEST
from notegen.write.trees import is_file

_NO_FOLDER = frozenset({3, 12, 23})
"""The statuses of rsync where the folder that it is to read is not there: here, over ssh, and in older versions."""
_PARTLY = 23
_SECONDS = 120
"""Without a sign from the other side, after which rsync gives up."""
_LISTED = regex(rb"([-dlcbps])\S{9}\s+[\d,.]+ \S+ \S+ (.*)", re.DOTALL)
_CHANGED = regex(rb"[<>]f\S* (.*)", re.DOTALL)
_CONSEQUENCES = ("rsync error:", "rsync: connection unexpectedly closed", "Warning:")
"""How lines begin that rsync and ssh say beside the reason."""


class Rsync:
    """The folder at `user@host:path`, `rsync://host/module/path`, or a path here."""

    host = None
    keeps_past = False

    def __init__(self, destination: str) -> None:
        self.name = f"`{without_credentials(destination)}`"
        # A path on another machine counts from one's home there; no shell reads it that would know `~`.
        there = re.sub(r"^([^/:]*:)~/*", r"\1", destination)
        here = os.path.expanduser(there) if there.startswith("~") else there
        self._destination = here if here.endswith(":") else here.rstrip("/") + "/"

    def look(self, site: SiteFiles) -> Sight:
        """What is there of the site.

        Raises:
            NotegenError: rsync is missing here or there, or the folder cannot be reached.
        """
        with _links_to(site) as folder:
            return _Place(self.name, self._destination, folder).look(site)

    def send(self, plan: Plan, site: SiteFiles, progress: Callable[[str, int, int], None]) -> None:
        """Do what the plan says.

        Raises:
            NotegenError: the folder cannot be written, or another publish has begun.
        """
        with _links_to(site) as folder:
            send_in_order(_Place(self.name, self._destination, folder), plan, site, self.name, progress)


class _Place:
    """The folder there, and one here with a link to each file that may be sent."""

    def __init__(self, name: str, destination: str, folder: Path) -> None:
        self._name = name
        self._destination = destination
        self._folder = folder

    def look(self, site: SiteFiles) -> Sight:
        about = self._read([MANIFEST, IDENTITY])
        listed = urls_in(about.get(MANIFEST, b""))
        kinds = self._kinds({*site.sources, *listed})
        in_way = {url: found for url in site.sources if (found := self._in_way_of(url, kinds))}
        here = {url for url, kind in kinds.items() if kind == "-" and not _above(url, kinds)}
        return Sight(
            ours=listed & here,
            listed=listed,
            identity=read_identity(about.get(IDENTITY, b"")),
            missing=frozenset(site.sources.keys() - here),
            different=self._different(sorted(here.intersection(site.sources))),
            blocked=in_way,
        )

    def read_list(self) -> bytes | None:
        return self._read([MANIFEST]).get(MANIFEST)

    def put_list(self, text: bytes) -> None:
        with temporary_folder() as folder:
            path = folder / MANIFEST
            path.parent.mkdir(parents=True)
            path.write_bytes(text)
            self._send(folder, [MANIFEST])

    def put(self, urls: Sequence[Url], done: Callable[[int], None]) -> None:
        self._send(self._folder, urls)
        done(len(urls))

    def remove(self, urls: Sequence[Url]) -> None:
        folders = {str(parent) for url in urls for parent in PurePosixPath(url).parents[:-1]}
        self._remove(urls)
        # The deepest first; one that still holds something is left.
        for depth in sorted({folder.count("/") for folder in folders}, reverse=True):
            self._remove([folder for folder in sorted(folders) if folder.count("/") == depth])

    def _remove(self, paths: Sequence[str]) -> None:
        with temporary_folder() as folder:
            for path in paths:
                (folder / path).parent.mkdir(parents=True, exist_ok=True)
            self._run(["--dirs", "--delete-missing-args"], f"{folder}/", self._destination, paths)

    def _send(self, folder: Path, urls: Sequence[Url]) -> None:
        options = ["--checksum", "--copy-links", "--chmod=D755,F644"]
        self._run(options, f"{folder}/", self._destination, urls)

    def _different(self, urls: Sequence[Url]) -> frozenset[Url]:
        if not urls:
            return frozenset()
        options = ["--dry-run", "--checksum", "--copy-links", "--out-format=%i %n"]
        said = self._run(options, f"{self._folder}/", self._destination, urls)
        found = (_CHANGED.fullmatch(line) for line in said.split(b"\n"))
        return frozenset(os.fsdecode(one[1]) for one in found if one)

    def _kinds(self, urls: Iterable[Url]) -> dict[str, str]:
        """What is there under these addresses and above them: `-` for a file, `d` for a folder, `l` for a link."""
        wanted = {part for url in urls for part in (url, *map(str, PurePosixPath(url).parents[:-1]))}
        options = ["--dirs", "--ignore-missing-args", "--list-only"]
        ran = self._start(options, self._destination, ".", sorted(wanted))
        if _has_no_folder(ran):
            return {}
        if not _is_partly_there(ran):
            self._require(ran)
        found = (_LISTED.fullmatch(line) for line in ran.stdout.split(b"\n"))
        return {os.fsdecode(one[2]): one[1].decode() for one in found if one}

    def _in_way_of(self, url: Url, kinds: Mapping[str, str]) -> tuple[str, ...]:
        if above := _above(url, kinds):
            return (above,)
        if kinds.get(url) == "d":
            said = self._run(["--recursive", "--list-only"], f"{self._destination}{url}/", ".", None)
            found = (_LISTED.fullmatch(line) for line in said.split(b"\n"))
            return tuple(f"{url}/{os.fsdecode(one[2])}" for one in found if one and one[1] != b"d")
        return (url,) if kinds.get(url, "-") != "-" else ()

    def _read(self, urls: Sequence[Url]) -> dict[Url, bytes]:
        """What these files hold; those that are not there, or are no files, are left out."""
        with temporary_folder() as folder:
            ran = self._start(["--ignore-missing-args"], self._destination, f"{folder}/", urls)
            if not _has_no_folder(ran) and not _is_partly_there(ran):
                self._require(ran)
            return {url: (folder / url).read_bytes() for url in urls if is_file(folder / url)}

    def _run(self, options: Sequence[str], source: str, to: str, urls: Sequence[Url] | None) -> bytes:
        ran = self._start(options, source, to, urls)
        self._require(ran)
        return ran.stdout

    def _require(self, ran: subprocess.CompletedProcess[bytes]) -> None:
        if ran.returncode:
            raise rsync_failed(self._name, _said_by(ran), ran.returncode)

    def _start(
        self, options: Sequence[str], source: str, to: str, urls: Sequence[Url] | None
    ) -> subprocess.CompletedProcess[bytes]:
        named = [] if urls is None else ["--from0", "--files-from=-"]
        command = ["rsync", "--secluded-args", "--8-bit-output", f"--timeout={_SECONDS}", *options, *named]
        try:
            return subprocess.run(
                [*command, "--", source, to],
                input=b"\0".join(map(os.fsencode, urls or ())),
                capture_output=True,
                check=False,
                env={**os.environ, "LC_ALL": "C"},
            )
        except FileNotFoundError as error:
            raise rsync_missing() from error


def _above(url: Url, kinds: Mapping[str, str]) -> str:
    """What is no folder where one above the file would be."""
    parents = reversed(PurePosixPath(url).parents[:-1])
    return next((str(one) for one in parents if kinds.get(str(one), "d") != "d"), "")


def _has_no_folder(ran: subprocess.CompletedProcess[bytes]) -> bool:
    """Whether the folder that was to be read is not there."""
    return ran.returncode in _NO_FOLDER and b"change_dir" in ran.stderr and b"ermission" not in ran.stderr


def _is_partly_there(ran: subprocess.CompletedProcess[bytes]) -> bool:
    """Whether nothing went wrong but that a file is where a folder above some of the files would be."""
    harmless = (*map(str.encode, _CONSEQUENCES), b"skipping non-regular")
    lines = ran.stderr.splitlines()
    return ran.returncode == _PARTLY and all(
        b"Not a directory" in line or line.startswith(harmless) for line in lines
    )


def _said_by(ran: subprocess.CompletedProcess[bytes]) -> str:
    """The line that tells most of why rsync failed; none if nothing was heard of it."""
    lines = [line.strip() for line in ran.stderr.decode("utf-8", "replace").splitlines() if line.strip()]
    telling = [line for line in lines if not line.startswith(_CONSEQUENCES)]
    return next(iter([*telling, *lines]), "")


@contextmanager
def _links_to(site: SiteFiles) -> Iterator[Path]:
    """A folder with the files of the site, which are links where the site has them."""
    with temporary_folder() as folder:
        for url, source in site.sources.items():
            path = folder / url
            path.parent.mkdir(parents=True, exist_ok=True)
            if isinstance(source, bytes):
                path.write_bytes(source)
            else:
                path.symlink_to(source.absolute())
        yield folder
