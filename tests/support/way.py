"""A way to keep something private."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Way:
    """Files by path; `SECRET` stands for a word of the way's own, in texts and in names."""

    name: str
    files: Mapping[str, str | bytes]
    shown: tuple[str, ...] = ()
    """Words that the site must have: what is public has not gone too."""
    problems: tuple[str, ...] = ()
    """Codes of problems that the build must report: what was in doubt is said."""
