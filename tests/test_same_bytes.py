"""The same notes give the same bytes, whatever the machine's moods."""

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from notegen.paths import CACHE_FILE
from tests.conftest import ROOT
from tests.support.machines import MACHINES, OLD, Variables, hash_of

ODD = """---
date: 2024-01-01
letters: !!set {cc, aa, bb, dd, ee}
tags: !!set {zz, yy, xx}
aliases: [!!set {one, two, three}]
ordered: !!omap [b: 1, a: 2]
pairs: !!pairs [b: 1, b: 2]
time: !!timestamp 2001-12-14t21:59:43.10-05:00
---
[[Nobody]] #b #a #C ![[Everything]]
"""
NAMES_IN_ASCII = {"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
"""What Python then takes the C locale to say, as it takes others to say Latin-1."""
MOODS: dict[str, Variables] = {
    "as it is": {},
    "another seed": {"PYTHONHASHSEED": "1"},
    "one more": {"PYTHONHASHSEED": "4242", "TZ": "Pacific/Kiritimati", "LC_ALL": "tr_TR.UTF-8"},
    "far west": {"PYTHONHASHSEED": "2", "TZ": "Pacific/Pago_Pago", "LC_ALL": "C", **NAMES_IN_ASCII},
    "optimised": {"PYTHONHASHSEED": "3", "PYTHONOPTIMIZE": "1", "COLUMNS": "40", "LANG": "de_DE.ISO-8859-1"},
    "old": {"PYTHONHASHSEED": "4", **OLD},
}
NEW = "Haswell" if "Haswell" in MACHINES else "Sandybridge"
MASKS = ["022", "077", "000"]


@pytest.fixture(scope="module")
def notes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A garden with everything in it, and front matter that has no order; of one time."""
    folder = tmp_path_factory.mktemp("garden") / "notes"
    shutil.copytree(ROOT / "tests/gardens/everything", folder)
    (folder / "Odd.md").write_text(ODD, encoding="utf-8")
    return folder


def build_hash(
    notes: Path,
    folder: Path,
    variables: Variables,
    *,
    mask: str = "022",
    jobs: int = 1,
    semantic: bool = False,
) -> str:
    """One digest of the names and bytes of the site that a process with these variables makes."""
    folder.mkdir(parents=True)
    shutil.copytree(notes, folder / "notes")
    # In another order, as another disk would list them.
    for path in sorted((folder / "notes").rglob("*"), reverse=True):
        os.utime(path, (1_704_067_200, 1_704_067_200))
    options = f"-q --jobs {jobs}" if semantic else f"-q --jobs {jobs} --no-semantic"
    command = f'umask {mask}; exec "{sys.executable}" -m notegen build notes -o site {options}'
    env = {**os.environ, "PYTHONPATH": str(ROOT), "GIT_CEILING_DIRECTORIES": str(folder.parent), **variables}
    subprocess.run(["sh", "-c", command], cwd=folder, env=env, check=True)
    return hash_of(folder / "site")


def test_one_hash_for_every_mood_of_a_machine(notes: Path, tmp_path: Path) -> None:
    """Hash seeds, zones, languages, rights of new files, places on the disk, numbers of cores."""
    hashes = {
        f"{mood} {number}": build_hash(
            notes,
            tmp_path / f"a {mood} ä" / ("deeper/" * number),
            variables,
            mask=MASKS[number % 3],
            jobs=1 + number % 2,
        )
        for number, (mood, variables) in enumerate(MOODS.items())
    }
    assert len(set(hashes.values())) == 1, hashes


@pytest.fixture(scope="module")
def meaningful(notes: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with enough notes for a map, topics and related notes: parts of notegen's own."""
    folder = tmp_path_factory.mktemp("meaningful") / "notes"
    shutil.copytree(notes, folder)
    for page in sorted((ROOT / "notes/how-it-works").glob("*.md")):
        lines = page.read_text(encoding="utf-8").splitlines()
        (folder / page.name).write_text("\n".join(lines[:30]) + "\n", encoding="utf-8")
    return folder


@pytest.mark.promise("the same notes give the same bytes")
def test_one_hash_for_every_processor_with_meaning(meaningful: Path, tmp_path: Path) -> None:
    """With vectors of its own, and with those that another processor kept; related notes, map, topics and search."""
    kept = tmp_path / "kept"
    first = build_hash(
        meaningful, tmp_path / "first", {"NOTEGEN_CACHE": str(kept), **MACHINES["one thread"]}, semantic=True
    )
    again = {"anew": {}, "old": OLD, "new": {**MACHINES[NEW], **MACHINES["four threads"]}}
    hashes = {"first": first}
    for number, (name, variables) in enumerate(again.items()):
        cache = tmp_path / f"cache {name}"
        if variables:
            shutil.copytree(kept, cache)
            # Vectors only: what was made of the whole garden is made again.
            with closing(sqlite3.connect(cache / CACHE_FILE)) as database, database:
                database.execute("DELETE FROM made")
        hashes[name] = build_hash(
            meaningful,
            tmp_path / name,
            {"NOTEGEN_CACHE": str(cache), "PYTHONHASHSEED": str(number), **variables},
            jobs=1 + number % 2,
            semantic=True,
        )
    assert len(set(hashes.values())) == 1, hashes
    assert (tmp_path / "first/site/map.html").is_file()
