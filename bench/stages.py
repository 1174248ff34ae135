"""Prints where the time of a build goes: three vaults, cold and with nothing changed.

    python -m bench.stages ../shared/corpora

Each build is a run of the `notegen build` that anyone runs; `whole` is its wall time, the start of Python and the
loading of the model included. Cold has no cache. The better of two runs counts, by its whole.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.sizes import VAULTS
from bench.usage import arguments

RUNS = 2


@dataclass(frozen=True, slots=True)
class Measured:
    """One build: seconds in all and by stage, and how many notes it had."""

    whole: float
    stages: Mapping[str, float]
    notes: int


def main(corpora: Path) -> None:
    """One row a build, one column a stage."""
    rows = [row for name in VAULTS for row in measure(corpora / name, name)]
    stages = rows[0][2].stages
    print(f"| seconds | notes | | whole | {' | '.join(stages)} |")
    print("|" + "---|" * (len(stages) + 4))
    for name, state, build in rows:
        figures = " | ".join(f"{build.stages[stage]:.2f}" for stage in stages)
        print(f"| {name} | {build.notes} | {state} | {build.whole:.1f} | {figures} |")


def measure(vault: Path, name: str) -> Iterator[tuple[str, str, Measured]]:
    """The vault's cold build, and the one after it."""
    cold, warm = [], []
    for _ in range(RUNS):
        with TemporaryDirectory() as folder:
            cold.append(build(vault, Path(folder)))
            warm.append(build(vault, Path(folder)))
    yield name, "cold", min(cold, key=lambda one: one.whole)
    yield name, "nothing changed", min(warm, key=lambda one: one.whole)


def build(vault: Path, folder: Path) -> Measured:
    """Build into `folder/site` with the cache in `folder/cache`."""
    command = [sys.executable, "-m", "notegen", "build", str(vault), "-o", str(folder / "site"), "--json"]
    environment = {**os.environ, "NOTEGEN_CACHE": str(folder / "cache")}
    start = time.perf_counter()
    ran = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE)
    whole = time.perf_counter() - start
    report = json.loads(ran.stdout)
    return Measured(whole, report["seconds"], report["notes"])


if __name__ == "__main__":
    main(Path(arguments("stages CORPORA")[0]))
