"""Patterns of files as a .gitignore has them."""

import re
import warnings
from collections.abc import Iterable, Sequence
from functools import lru_cache

from pathspec import GitIgnoreSpec

from notegen.errors.settings import pattern_invalid
from notegen.regex import regex

MAX_STARS = 5
"""The most stars in one name of a pattern, and `**` in all of it: time grows with a path's length to the power of
them."""

_MANY_STARS = regex(r"\*{3,}")


def match_patterns(patterns: Iterable[str], *, setting: str) -> GitIgnoreSpec:
    """What the patterns match together, the last one that matches a path deciding.

    Raises:
        NotegenError: one is no pattern, or has too many stars; the message names the setting.
    """
    return _spec_of(tuple(_MANY_STARS.sub("**", pattern) for pattern in patterns), setting)


@lru_cache(maxsize=64)
def _spec_of(lines: Sequence[str], setting: str) -> GitIgnoreSpec:
    """Made once, since the audit asks for the same ones for every note."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)  # of `[[:digit:]]`, which means other things elsewhere
        for line in lines:
            if any(part.count("*") > MAX_STARS for part in line.split("/")) or line.count("**") > MAX_STARS:
                raise pattern_invalid(setting, line)
            try:
                GitIgnoreSpec.from_lines([line])
            except (ValueError, re.error) as error:
                raise pattern_invalid(setting, line) from error
        return GitIgnoreSpec.from_lines(lines)
