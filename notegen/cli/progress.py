"""A bar for work that takes longer than a blink, on a terminal only."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from notegen.cli.interrupt import INTERRUPTS
from notegen.context import no_progress
from notegen.model import Progress as ProgressCall
from notegen.reports import name_pace, name_progress


def _show_cursor() -> None:
    """A bar hides it; what is left of the bar goes."""
    os.write(2, b"\r\x1b[2K\x1b[?25h")


@contextmanager
def show_progress(*, quiet: bool) -> Iterator[ProgressCall]:
    """What a build calls as it goes on; nothing shows when quiet or when errors go to a file or pipe."""
    if quiet or sys.stderr is None or not sys.stderr.isatty():
        yield no_progress
        return
    # Only where a bar shows: 20 ms, and pipes have none.
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[pace]}"),
        TimeRemainingColumn(),
    )
    bar = Progress(*columns, console=Console(stderr=True), transient=True)
    with INTERRUPTS.tidied(_show_cursor), bar as bars:
        tasks = {}

        def update(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = bars.add_task(name_progress(what), total=total, pace="")
            bars.update(tasks[what], completed=done, total=total)
            speed = bars.tasks[tasks[what]].speed
            bars.update(tasks[what], pace=name_pace(speed) if speed else "")

        yield update
