"""Builds a vault as every processor that this machine can pass for, and prints one hash of each site.

    python -m bench.same_bytes ../shared/corpora/obsidian-garden-jackyzha0/content [--anew]

The first build makes the vectors, the others have them from its cache and make all else themselves; with `--anew` each
makes its own vectors too. Beside the processors of tests/support/machines.py: hash seeds, zones, languages, masks of
rights, cores, and places on the disk. Ends with status 1 when two hashes differ, and says which files do.
"""

import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.usage import arguments
from notegen.paths import CACHE_FILE
from tests.support.machines import MACHINES, hash_of

MOODS: Mapping[str, Mapping[str, str]] = {
    "another hash seed": {"PYTHONHASHSEED": "4242"},
    "far east, Turkish": {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "tr_TR.UTF-8"},
    "far west, C": {"PYTHONHASHSEED": "2", "TZ": "Pacific/Pago_Pago", "LC_ALL": "C"},
}
MASKS = (0o022, 0o077, 0o000)


def main(vault: Path, *, anew: bool) -> int:
    """One row a build; gives how many differ from the first."""
    ways = {"as it is": {}, **MACHINES, **MOODS}
    print("| as | cores | seconds | hash |\n|---|---:|---:|---|", flush=True)
    with TemporaryDirectory() as folder:
        sites: dict[str, Path] = {}
        for number, (name, variables) in enumerate(ways.items()):
            here = Path(folder) / ("deeper/" * (number % 3)) / name
            kept = Path(folder) / "as it is/cache"
            here.mkdir(parents=True)
            if number and not anew:
                _copy_vectors(kept, here / "cache")
            cores, start = 1 + number % 2, time.perf_counter()
            _build(vault, here, variables, cores, MASKS[number % 3])
            sites[name] = here / "site"
            print(
                f"| {name} | {cores} | {time.perf_counter() - start:.0f} | `{hash_of(here / 'site')[:16]}` |",
                flush=True,
            )
        first, *others = sites.values()
        different = [site for site in others if hash_of(site) != hash_of(first)]
        for site in different:
            print(f"\n{site.parent.name} differs in: {', '.join(_different_files(first, site)[:10])}")
    return len(different)


def _copy_vectors(kept: Path, cache: Path) -> None:
    """Vectors only: what was made of the whole garden is to be made again."""
    shutil.copytree(kept, cache)
    with closing(sqlite3.connect(cache / CACHE_FILE)) as database, database:
        database.execute("DELETE FROM made")


def _build(vault: Path, here: Path, variables: Mapping[str, str], cores: int, mask: int) -> None:
    command = [sys.executable, "-m", "notegen", "build", str(vault), "-o", str(here / "site"), "-q"]
    subprocess.run(
        [*command, "--jobs", str(cores)],
        env={**os.environ, "NOTEGEN_CACHE": str(here / "cache"), **variables},
        umask=mask,
        check=True,
        stderr=subprocess.DEVNULL,
    )


def _different_files(one: Path, other: Path) -> list[str]:
    names = {
        str(path.relative_to(site)) for site in (one, other) for path in site.rglob("*") if path.is_file()
    }
    return sorted(name for name in names if _content(one / name) != _content(other / name))


def _content(file: Path) -> bytes | None:
    return file.read_bytes() if file.is_file() else None


if __name__ == "__main__":
    words = arguments("same_bytes VAULT [--anew]")
    vault = next(word for word in words if word != "--anew")
    sys.exit(bool(main(Path(vault), anew="--anew" in words)))
