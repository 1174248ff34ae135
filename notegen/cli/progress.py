"""A bar for work that takes longer than a blink, on a terminal only."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from notegen.cli.interrupt import INTERRUPTS
from notegen.context import no_progress
from notegen.model import Progress as ProgressCall
from notegen.reports import name_pace, name_progress

_SECONDS_A_DRAWING = 0.1


def _show_cursor() -> None:
    """Clear what is left of a bar, and show the cursor, which it hides."""
    os.write(2, b"\r\x1b[2K\x1b[?25h")


@contextmanager
def show_progress(*, quiet: bool) -> Iterator[ProgressCall]:
    """What a build calls as it goes on; nothing shows when quiet or when errors go to a file or pipe."""
    if quiet or sys.stderr is None or not sys.stderr.isatty():
        yield no_progress
        return
    # Only where a bar shows: 20 ms, and pipes have none.
    from rich.console import Console
    from rich.progress import BarColumn, Progress, Task, TaskID, TextColumn, TimeRemainingColumn
    from rich.text import Text

    class TimeLeft(TimeRemainingColumn):
        """Nothing where nobody knows."""

        def render(self, task: Task) -> Text:
            return super().render(task) if task.total else Text()

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.fields[count]}"),
        TextColumn("{task.fields[pace]}"),
        TimeLeft(),
    )
    # Drawn when something is told and by no thread, beside which no process could be forked.
    bar = Progress(*columns, console=Console(stderr=True), transient=True, auto_refresh=False)
    with INTERRUPTS.tidied(_show_cursor), bar as bars:
        tasks: dict[str, TaskID] = {}
        shown, drawn = "", 0.0

        def update(what: str, done: int, total: int) -> None:
            nonlocal shown, drawn
            name = name_progress(what)
            if not name:
                return
            if what not in tasks:
                tasks[what] = bars.add_task(name, total=total or None, pace="", count="")
            is_new = what != shown
            if is_new:  # one line, of what goes on now
                for one, task in tasks.items():
                    bars.update(task, visible=one == what)
                shown = what
            if total:
                bars.update(tasks[what], completed=done, total=total, count=f"{done}/{total}")
                speed = bars.tasks[tasks[what]].speed
                bars.update(tasks[what], pace=name_pace(speed) if speed else "")
            if is_new or done == total or time.monotonic() - drawn > _SECONDS_A_DRAWING:
                bars.refresh()
                drawn = time.monotonic()

        yield update
