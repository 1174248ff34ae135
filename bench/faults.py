"""Prints how many builds were killed, or ran two at once, and how many sites that spoiled: none is the promise.

    python -m bench.faults --kills 300 --pairs 100 [--steps 700]

Each once with folders that are exchanged and once in place; see `tests.support.faults`.
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
        for way, options in (("exchanged", []), ("in place", ["--in-place"])):
            begin = time.perf_counter()
            with TemporaryDirectory() as folder:
                command = [sys.executable, "-m", "tests.support.faults", what, str(count), folder, *options]
                done = subprocess.run(command, capture_output=True, text=True, check=False)
            *said, last = done.stdout.splitlines() or [done.stderr]
            faults = last.partition(" faults")[0]
            print(f"| {what} | {count} | {way} | {faults} | {time.perf_counter() - begin:.0f} |", flush=True)
            if said:
                print(*said, sep="\n", file=sys.stderr)
            spoiled += done.returncode
    return min(spoiled, 1)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--pairs", type=int, default=100)
    parser.add_argument("--steps", type=int, default=700)
    sys.exit(main(vars(parser.parse_args())))
