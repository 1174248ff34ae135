"""A foreground that is killed while its round, and who helps it, write what they keep, without end.

python -m tests.support.busy_rounds KEPT
"""

import os
import signal
import sys
from functools import partial
from itertools import cycle
from pathlib import Path

from notegen.config import Config
from notegen.serve.rounds import RoundRequest, Rounds, Teller
from tests.support.waiting import await_true


def write_without_end(kept: Path, request: RoundRequest, teller: Teller) -> None:
    """A round that is never over, of several processes."""
    for _ in range(3):
        if os.fork() == 0:
            break
    for number in cycle(range(100)):
        (kept / f"{number}").write_text("kept", "utf-8")


if __name__ == "__main__":
    kept = Path(sys.argv[1])
    rounds = Rounds(partial(write_without_end, kept), kept)
    rounds.submit(RoundRequest(1, Config(), "", 0.0), lambda message: None)
    await_true(lambda: any(kept.iterdir()), "a round that writes")
    os.kill(os.getpid(), signal.SIGKILL)
