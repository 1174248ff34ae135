"""Pieces of sentences that several messages need: names in backticks, counts, lists."""

import json
import re
from collections.abc import Iterable, Sequence


def in_backticks(names: Iterable[str], *, most: int | None = None) -> str:
    """`a`, `b` and 3 more."""
    marked = [f"`{name}`" for name in names]
    shown = marked[:most]
    more = f" and {len(marked) - len(shown)} more" if len(shown) < len(marked) else ""
    return ", ".join(shown) + more


def both_say(words: Sequence[str]) -> str:
    return f"; both say {in_backticks(words)}" if words else ""


def count_of(number: int, thing: str) -> str:
    """`1 file`, `1,204 files`."""
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"


def count_endings(endings: Sequence[tuple[str, int]]) -> str:
    """``5 `.txt` files, 1 `.png` file and 2 others``."""
    parts = [
        count_of(count, f"`{ending}` file") if ending else f"{count_of(count, 'file')} without an ending"
        for ending, count in endings[:3]
    ]
    others = sum(count for _, count in endings[3:])
    return _listed([*parts, count_of(others, "other")] if others else parts, "and")


def _listed(parts: Sequence[str], word: str) -> str:
    """`a, b and c`, or another word before the last."""
    return f" {word} ".join(filter(None, (", ".join(parts[:-1]), *parts[-1:])))


def as_argument(path: str) -> str:
    """A path as one types it after a command."""
    return path if re.fullmatch(r"[\w./~@:+-]+", path) and not path.startswith("-") else f'"{path}"'


def why_unread(error: OSError | UnicodeDecodeError) -> str:
    """Why a file could not be read as text, in words."""
    if isinstance(error, UnicodeDecodeError):
        return f"its byte {error.start + 1:,} is no UTF-8"
    return error.strerror or str(error)


def did_you_mean(meant: str) -> str:
    return f"did you mean `{meant}`?" if meant else ""


def as_toml(value: object) -> str:
    """A value as it was written, or nearly so."""
    if isinstance(value, list):
        return f"[{', '.join(json.dumps(one, ensure_ascii=False) for one in value)}]"
    return str(value)


def one_of(names: Sequence[str]) -> str:
    return _listed([f"`{name}`" for name in names], "or")


def killed_or_status(status: int) -> str:
    """What is left to say of a program that ended without a word, by its status as Python has it."""
    return f"it was ended by signal {-status}" if status < 0 else f"status {status}"
