"""Prints what the audit of a new site costs, and what it finds where nothing leaks, which should be nothing.

    python -m bench.audit VAULT...

Of each vault a copy is built, cold and with meaning, once as it is and once with a third of its notes made private.
Costs are processor time, of all threads, so that they are the same on a machine that does other things too.
"""

import os
import shutil
import time
from collections.abc import Mapping
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from unittest.mock import patch

from msgspec.structs import replace

import notegen.build
from bench.usage import arguments
from notegen.cli.options import Options
from notegen.cli.setup import opened
from notegen.config import find_config, load_config
from notegen.errors.site import word_leak
from notegen.inspection import audit as audit_build
from notegen.model import Audit

SHARES = (0.0, 1 / 3)


def main(vaults: Mapping[str, Path], *, semantic: bool = True) -> None:
    """One row a vault and share, and after them what was found, a line each."""
    print(
        "| notes | private | words | sequences | names | MB | build, CPU s | audit, CPU s | share | found |"
    )
    print("|---|---|---|---|---|---|---|---|---|---|")
    found: list[str] = []
    for name, notes in vaults.items():
        for share in SHARES:
            made, audited, built = _measure(notes, share, semantic=semantic)
            cells = [
                name, f"{made.notes:,}", f"{made.words:,}", f"{made.sequences:,}", f"{made.names:,}",
                f"{made.bytes / 1e6:.1f}", f"{built:.1f}", f"{audited:.2f}", f"{audited / built:.1%}", len(made.leaks),
            ]  # fmt: skip
            print(f"| {' | '.join(map(str, cells))} |", flush=True)
            found += (f"{name}: {word_leak(leak)}" for leak in made.leaks)
    print("", *found, sep="\n")


def make_private(notes: Path, copy: Path, share: float) -> None:
    """Copies a vault with a share of its notes made private, always the same ones."""
    shutil.copytree(notes, copy, ignore=shutil.ignore_patterns(".git"), symlinks=True)
    chance = Random(1)
    for path in sorted(copy.rglob("*.md")):
        if path.is_file() and chance.random() < share:
            content = path.read_bytes()
            rest = content.removeprefix(b"---\n")
            path.write_bytes(b"---\nprivate: true\n" + (rest if rest != content else b"---\n" + content))


def _measure(notes: Path, share: float, *, semantic: bool) -> tuple[Audit, float, float]:
    """The audit of a cold build, and the processor time of the audit and of all the build, in seconds."""
    made: list[tuple[Audit, float]] = []
    real = audit_build

    def timed(*arguments: object, **options: object) -> Audit:
        start = time.process_time()
        audit = real(*arguments, **options)  # type: ignore[arg-type]
        made.append((audit, time.process_time() - start))
        return replace(audit, leaks=())

    with TemporaryDirectory() as folder:
        root = Path(folder) / "notes"
        make_private(notes, root, share)
        config = replace(load_config(find_config(root)), cache=str(Path(folder) / "cache"))
        if not semantic:
            config = replace(config, search=replace(config.search, semantic=False))
        options = Options(root, semantic=semantic, jobs=len(os.sched_getaffinity(0)), quiet=True)
        start = time.process_time()
        with opened(options, config) as context, patch.object(notegen.build, "audit", timed):
            # In one process, whose time can be told.
            notegen.build.build(replace(context, jobs=1), Path(folder) / "site")
        built = time.process_time() - start
    return *made[0], built


if __name__ == "__main__":
    words = arguments("audit VAULT... [--words]")
    main(
        {Path(name).name: Path(name) for name in words if name != "--words"},
        semantic="--words" not in words,
    )
