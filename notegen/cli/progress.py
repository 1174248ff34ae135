"""A bar for work that takes longer than a blink, on a terminal only."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from notegen.context import no_progress
from notegen.model import Progress as ProgressCall
from notegen.reports import name_progress


@contextmanager
def show_progress(*, quiet: bool) -> Iterator[ProgressCall]:
    """What a build calls as it goes on; nothing shows when quiet or when errors go to a file or pipe."""
    if quiet or not sys.stderr.isatty():
        yield no_progress
        return
    # Only where a bar shows: 20 ms, and pipes have none.
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        tasks = {}

        def update(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = bars.add_task(name_progress(what), total=total)
            bars.update(tasks[what], completed=done, total=total)

        yield update
