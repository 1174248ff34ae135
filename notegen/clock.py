"""What time it is: asked here and nowhere else, once a build, so that a build can be made for any day.

Only which notes are shown hangs on it, never what a page says: see `notegen/read/schedule.py`.
"""

import os
import time

from notegen.errors.settings import source_date_invalid

VARIABLE = "SOURCE_DATE_EPOCH"
"""Seconds since 1970 that stand for now, as https://reproducible-builds.org/specs/source-date-epoch/ has it."""


def now() -> float:
    """The time in seconds since 1970, by the environment or else by the machine.

    Raises:
        NotegenError: the environment has one that is no whole number.
    """
    stated = os.environ.get(VARIABLE, "").strip()
    if not stated:
        return time.time()
    try:
        return float(int(stated))
    except (ValueError, OverflowError) as error:
        raise source_date_invalid(VARIABLE, stated) from error


def local_zone() -> str:
    """What the machine says of its time zone: another one has other midnights."""
    return f"{time.tzname} {time.timezone} {time.altzone}"
