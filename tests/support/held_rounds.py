"""`notegen`, whose `serve` builds nothing in the background before a file is there.

python -m tests.support.held_rounds FILE WORD...
"""

import sys
from functools import partial
from pathlib import Path

from notegen.__main__ import main
from notegen.cli import serve
from notegen.cli.build_round import build_round
from notegen.cli.options import Options
from notegen.serve.rounds import RoundRequest, Teller
from tests.support.waiting import await_true


def held(go: Path, options: Options, site: Path, kept: Path, request: RoundRequest, teller: Teller) -> None:
    """A round that waits for the file."""
    await_true(go.exists, f"{go}")
    build_round(options, site, kept, request, teller)


if __name__ == "__main__":
    vars(serve)["build_round"] = partial(held, Path(sys.argv.pop(1)))
    main()
