"""Prints how many builds were killed, ran two at once or met a spoiled cache, and how many sites that cost: none.

    python -m bench.faults --kills 300 --pairs 100 [--steps 700] [--caches 300] [--edits 300]

Each once with folders that are exchanged and once in place, see `tests.support.faults`; but for the caches and edits,
where the way of writing is all one, see `tests.support.spoiled_caches` and `tests.support.edits`.
"""

import argparse
import subprocess
import sys
import time
from tempfile import TemporaryDirectory


def main(counts: dict[str, int]) -> int:
    """One row a kind of fault and way of writing; gives the exit status."""
    print("| fault | times | way | spoiled | seconds |\n|---|---|---|---|---|")
    spoiled = 0
    for what, count in counts.items():
        for way, command in _commands(what):
            begin = time.perf_counter()
            with TemporaryDirectory() as folder:
                words = [word.format(count=count, folder=folder) for word in command]
                done = subprocess.run(
                    [sys.executable, "-m", *words], capture_output=True, text=True, check=False
                )
            *said, last = done.stdout.splitlines() or [done.stderr]
            faults = last.partition(" ")[0]
            print(f"| {what} | {count} | {way} | {faults} | {time.perf_counter() - begin:.0f} |", flush=True)
            if said:
                print(*said, sep="\n", file=sys.stderr)
            spoiled += done.returncode
    return min(spoiled, 1)


def _commands(what: str) -> list[tuple[str, list[str]]]:
    """The ways of writing that a fault is tried in, each with the module and its words."""
    if what == "caches":
        return [("either", ["tests.support.spoiled_caches", "{count}", "{folder}"])]
    if what == "edits":
        return [("either", ["tests.support.edits", "{count}", "{folder}"])]
    tried = ["tests.support.faults", what, "{count}", "{folder}"]
    return [("exchanged", tried), ("in place", [*tried, "--in-place"])]


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--pairs", type=int, default=100)
    parser.add_argument("--steps", type=int, default=700)
    parser.add_argument("--caches", type=int, default=300)
    parser.add_argument("--edits", type=int, default=300)
    sys.exit(main(vars(parser.parse_args())))
