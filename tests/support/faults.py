"""Sites that are written again and again while somebody pulls the plug: what holds afterwards is checked each time.

    python -m tests.support.faults steps|kills|pairs COUNT FOLDER [--in-place]
    python -m tests.support.faults write VERSION SITE

`steps` ends a build just before each of its calls to the system in turn, `kills` at moments by chance, and `pairs`
lets two builds write one site at once. What does not hold is printed, a line each, and then how many were tried.
A program of its own: it forks. `write` writes one site, and says what the command line would.
"""

import argparse
import os
import random
import signal
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import notegen.write.staging
from notegen.errors import NotegenError, word_error
from notegen.model import OutputFile
from notegen.write import MARK, check_out, write_site
from tests.support.files import write_files

FOREIGN = {
    ".git/HEAD": "ref",
    ".git/objects/a/b": "x",
    "CNAME": "me.example",
    "blog/README": "mine",
    "kept/a": "b",
}
"""What somebody put into the site."""


def version(number: int) -> list[OutputFile]:
    """A site of some sixty files; two of other numbers differ in half of them, and in which there are."""
    same = {f"same/{n}.html": f"page {n}" for n in range(20)}
    changed = {f"changed/{n % 4}/{n}.html": f"page {n} of {number}" for n in range(20)}
    own = {f"only/{number}/{n}.html": "x" for n in range(10)} | {f"blog/{number}.html": "y"}
    # What is a folder in one is a file in the other.
    turned = {"turned/a.html": "folder"} if number % 2 else {"turned": "file"}
    named = {f"notegen/search/{number:08x}/{n}.js": f"{number}" for n in range(5)}
    texts = (
        same
        | changed
        | own
        | turned
        | named
        | {"index.html": f"home of {number}", MARK: f'{{"notes": {number}}}'}
    )
    return [OutputFile(url, text.encode()) for url, text in texts.items()]


def tree(folder: Path) -> dict[str, str]:
    """Everything under a folder."""
    return {p.relative_to(folder).as_posix(): p.read_text() for p in sorted(folder.rglob("*")) if p.is_file()}


class Trial:
    """A site with somebody's files in it, and what it should be."""

    def __init__(self, folder: Path, *, in_place: bool) -> None:
        self.folder, self.site, self.in_place = folder, folder / "site", in_place
        if in_place:
            notegen.write.staging._can_move = lambda site, folder: False
        self.cold = {}
        for number in (1, 2):
            write_site(version(number), folder / f"cold{number}")
            self.cold[number] = tree(folder / f"cold{number}")
        write_site(version(1), self.site)
        write_files(self.site, FOREIGN)
        self.inode = self.site.stat().st_ino
        self.stamp = (self.site / "same/1.html").stat().st_mtime_ns

    def faults_after(self, number: int) -> Iterator[str]:
        """What is wrong with the site as it was left, and then with it after a build of this version."""
        pending = any(self.site.glob(".notegen-new-*/journal"))
        found = {path: text for path, text in tree(self.site).items() if not path.startswith(".notegen-")}
        if {path: found.pop(path, None) for path in FOREIGN} != FOREIGN:
            yield "somebody's files are not there"
        if found not in self.cold.values() and not (self.in_place and pending):
            yield "the site is of two builds, or not whole"
        write_site(version(number), self.site)
        if tree(self.site) != self.cold[number] | FOREIGN:
            yield "the next build is not as a cold one"
        if self.site.stat().st_ino != self.inode:
            yield "the folder is another one"
            self.inode = self.site.stat().st_ino
        if (self.site / "same/1.html").stat().st_mtime_ns != self.stamp:
            yield "an unchanged file has another time"
            self.stamp = (self.site / "same/1.html").stat().st_mtime_ns
        if left := {path.name for path in self.folder.iterdir()} - {"site", "cold1", "cold2"}:
            yield f"something is left: {left}"
        if inside := [path.name for path in self.site.glob(".notegen-*")]:
            yield f"something is left inside: {inside}"


def steps(trial: Trial, count: int) -> Iterator[str]:
    """A build that is killed before its first, second, … call to the system, at `count` of them in all."""
    total = _count_calls(partial(write_site, version(2), trial.site)) - 2  # the last lets go of the lock
    write_site(version(1), trial.site)
    for at in sorted({1 + n * total // count for n in range(count)}):
        if _ended_well(_forked(partial(_die_at, at, lambda: write_site(version(2), trial.site)))):
            yield f"{at}: the build was not killed"
        yield from (f"before call {at} of {total}: {fault}" for fault in trial.faults_after(1))


def kills(trial: Trial, count: int) -> Iterator[str]:
    """Builds without end, one after the other, killed at some moment."""
    moments = random.Random(count)
    begin = time.perf_counter()
    write_site(version(2), trial.site)
    once = time.perf_counter() - begin
    for n in range(count):
        child = _forked(lambda: _write_forever(trial.site))
        time.sleep(moments.uniform(0, 3 * once))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        yield from (f"kill {n}: {fault}" for fault in trial.faults_after(1 + n % 2))


def pairs(trial: Trial, count: int) -> Iterator[str]:
    """Two builds at once, while somebody reads the first page all the time."""
    for n in range(count):
        children = {_forked(partial(write_site, version(number), trial.site)) for number in (1, 2)}
        while children:
            try:
                (trial.site / "index.html").read_bytes()
            except OSError as error:
                yield f"pair {n}: {error}"
            child, status = os.waitpid(-1, os.WNOHANG)
            if child:
                children.remove(child)
                if status:
                    yield f"pair {n}: a build ended with {status}"
        yield from (f"pair {n}: {fault}" for fault in trial.faults_after(1 + n % 2))


def _write_forever(site: Path) -> None:
    while True:
        for number in (1, 2):
            write_site(version(number), site)


def _forked(act: Callable[[], object]) -> int:
    """The number of a new process that does it and ends."""
    child = os.fork()
    if child:
        return child
    try:
        act()
    except BaseException as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        os._exit(1)
    os._exit(0)


def _ended_well(child: int) -> bool:
    return os.waitpid(child, 0)[1] == 0


def _count_calls(act: Callable[[], object]) -> int:
    """How many calls to the system a build makes, counted in a process of its own."""
    reader, writer = os.pipe()

    def count() -> None:
        calls = [0]
        sys.addaudithook(lambda event, _: calls.__setitem__(0, calls[0] + _is_call(event)))
        act()
        os.write(writer, str(calls[0]).encode())

    assert _ended_well(_forked(count))
    os.close(writer)
    with os.fdopen(reader) as stream:
        return int(stream.read())


def _die_at(at: int, act: Callable[[], object]) -> None:
    calls = [0]

    def count(event: str, _: object) -> None:
        if _is_call(event):
            calls[0] += 1
            if calls[0] == at:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)
    act()


def _is_call(event: str) -> bool:
    """Whether an audit event of the interpreter is one on files."""
    return event == "open" or event.startswith(("os.", "shutil.", "fcntl.", "ctypes."))


def write(site: Path, number: int) -> int:
    """Write a version of a site as a build does; gives the exit status."""
    try:
        check_out(site, Path("notes-elsewhere"))
        written = write_site(version(number), site)
    except NotegenError as error:
        print(word_error(error), file=sys.stderr)
        return 2
    print(*written.left)
    return 0


def count_faults(what: str, count: int, folder: Path, *, in_place: bool) -> list[str]:
    """What did not hold, a sentence each."""
    acts: dict[str, Callable[[Trial, int], Iterator[str]]] = {"steps": steps, "kills": kills, "pairs": pairs}
    return list(acts[what](Trial(folder, in_place=in_place), count))


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=["steps", "kills", "pairs", "write"])
    parser.add_argument("count", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--in-place", action="store_true")
    given = parser.parse_args()
    if given.what == "write":
        sys.exit(write(given.folder, given.count))
    faults = count_faults(given.what, given.count, given.folder, in_place=given.in_place)
    print(*faults[:20], f"{len(faults)} faults in {given.count} {given.what}", sep="\n")
    sys.exit(bool(faults))
