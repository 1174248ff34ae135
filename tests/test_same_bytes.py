"""The same notes give the same bytes, whatever the machine's moods."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

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
MOODS = {
    "as it is": {},
    "another seed": {"PYTHONHASHSEED": "1"},
    "one more": {"PYTHONHASHSEED": "4242", "TZ": "Pacific/Kiritimati", "LC_ALL": "tr_TR.UTF-8"},
    "far west": {"PYTHONHASHSEED": "2", "TZ": "Pacific/Pago_Pago", "LC_ALL": "C"},
    "optimised": {"PYTHONHASHSEED": "3", "PYTHONOPTIMIZE": "1", "COLUMNS": "40", "LANG": "de_DE.ISO-8859-1"},
}
MASKS = ["022", "077", "000"]


@pytest.fixture(scope="module")
def notes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A garden with everything in it, and front matter that has no order; of one time."""
    folder = tmp_path_factory.mktemp("garden") / "notes"
    shutil.copytree(ROOT / "tests/gardens/everything", folder)
    (folder / "Odd.md").write_text(ODD, encoding="utf-8")
    return folder


def build_hash(notes: Path, folder: Path, mask: str, variables: dict[str, str], jobs: int) -> str:
    """One digest of the names and bytes of the site that a process with these variables makes."""
    folder.mkdir(parents=True)
    shutil.copytree(notes, folder / "notes")
    # In another order, as another disk would list them.
    for path in sorted((folder / "notes").rglob("*"), reverse=True):
        os.utime(path, (1_704_067_200, 1_704_067_200))
    command = (
        f'umask {mask}; exec "{sys.executable}" -m notegen build notes -o site --no-semantic -q --jobs {jobs}'
    )
    env = {**os.environ, "PYTHONPATH": str(ROOT), "GIT_CEILING_DIRECTORIES": str(folder.parent), **variables}
    subprocess.run(["sh", "-c", command], cwd=folder, env=env, check=True)
    digest = hashlib.sha256()
    for file in sorted(path for path in (folder / "site").rglob("*") if path.is_file()):
        digest.update(f"{file.relative_to(folder)}\0".encode() + file.read_bytes())
    return digest.hexdigest()


def test_one_hash_for_every_mood_of_a_machine(notes: Path, tmp_path: Path) -> None:
    """Hash seeds, zones, languages, rights of new files, places on the disk, numbers of cores."""
    hashes = {
        f"{mood} {number}": build_hash(
            notes,
            tmp_path / f"a {mood} ä" / ("deeper/" * number),
            MASKS[number % 3],
            variables,
            1 + number % 2,
        )
        for number, (mood, variables) in enumerate(MOODS.items())
    }
    assert len(set(hashes.values())) == 1, hashes
