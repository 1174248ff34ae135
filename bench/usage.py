"""What a measurement is given, and one line that says how it is asked where that is not what it needs."""

import sys
from collections.abc import Sequence
from pathlib import Path

FOLDERS = frozenset({"VAULT", "SET", "CORPORA", "SITE", "WHEELS"})
"""Names of what must be a folder that is there."""

NUMBERS = frozenset({"ROUNDS", "EDITS", "NOTES", "JOBS", "MIB"})
"""Names of what must be a whole number."""


def arguments(usage: str, given: Sequence[str] | None = None) -> list[str]:
    """The words after a module's name; prints how it is asked and ends with 2 where they are not as it needs them.

    Args:
        usage: the module's name without `bench.`, then the names of what it takes: `[...]` around what may be left
            out, `...` after the last one where it may be many, small letters for what is typed so: `large make FOLDER`.
        given: what stands for the command line's words; these when None.
    """
    words = list(sys.argv[1:] if given is None else given)
    if not fits(usage, words):
        print(f"usage: python -m bench.{usage}", file=sys.stderr)
        sys.exit(2)
    return words


def fits(usage: str, words: Sequence[str]) -> bool:
    """Whether these words are what a usage asks for."""
    asked = usage.split()[1:]
    options = {part.strip("[]") for part in asked if part.startswith("[--")}
    names = [part for part in asked if not part.startswith("[--")]
    needed = [name for name in names if not name.startswith("[")]
    plain = [word for word in words if word not in options]
    if any(word.startswith("-") for word in plain) or len(plain) < len(needed):
        return False
    if names[-1].rstrip("]").endswith("..."):
        names += names[-1:] * (len(plain) - len(names))
    return len(plain) <= len(names) and all(map(_is, names, plain))


def _is(name: str, word: str) -> bool:
    name = name.strip("[].")
    if name in FOLDERS:
        return Path(word).is_dir()
    if name in NUMBERS:
        return word.isdecimal()
    return name.isupper() or word in name.split("|")
