"""Patterns of files as a .gitignore has them."""

import re
import warnings
from collections.abc import Iterable

from pathspec import GitIgnoreSpec

from notegen.errors import pattern_invalid


def match_patterns(patterns: Iterable[str], *, setting: str) -> GitIgnoreSpec:
    """What the patterns match together, the last one that matches a path deciding.

    Raises:
        NotegenError: one is no pattern; the message names the setting.
    """
    lines = list(patterns)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)  # of `[[:digit:]]`, which means other things elsewhere
        for line in lines:
            try:
                GitIgnoreSpec.from_lines([line])
            except (ValueError, re.error) as error:
                raise pattern_invalid(setting, line) from error
        return GitIgnoreSpec.from_lines(lines)
