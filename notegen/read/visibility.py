"""Who may see a note. When in doubt, nobody: a mistake here is the one that cannot be taken back."""

import re
from collections.abc import Callable, Mapping

from notegen.errors import front_matter_not_closed
from notegen.model import Code, Place, Problem
from notegen.read.front_matter import FrontMatter

# key: the value that withholds the note
_FLAGS = {"draft": True, "private": True, "publish": False, "published": False}
_BOOLEAN_WORDS = {
    "true": True,
    "yes": True,
    "on": True,
    "1": True,
    "false": False,
    "no": False,
    "off": False,
    "0": False,
}
_LOOKS_PRIVATE = re.compile(
    r"^\W*(?:(?:draft|private)\W+(?:true|yes|on|1)|publish(?:ed)?\W+(?:false|no|off|0))\b",
    re.IGNORECASE | re.MULTILINE,
)


def is_withheld(front: FrontMatter, path: str) -> tuple[bool, tuple[Problem, ...]]:
    """Whether front matter keeps the note back, and what was unclear about it.

    `draft: true`, `private: true`, `publish: false` and `published: false` do. A quoted `"false"` counts as false, with
    a warning; a value that is neither withholds the note, with a warning, except a date or nothing. Front matter that
    cannot be read withholds the note when a line of it looks like one of these.
    """
    if front.problems:
        return bool(_LOOKS_PRIVATE.search(front.head)), front.problems
    if not front.properties and (line := _LOOKS_PRIVATE.search(front.head)):
        reason = front_matter_not_closed(line[0].strip())
        return True, (Problem(Code.FRONT_MATTER_INVALID, Place(path, 1), (("reason", reason),)),)
    return read_flags(front.properties, _FLAGS, lambda key: Place(path, front.line_of(key)))


def is_true(value: object) -> bool:
    """Whether a property is true, in quotes or not."""
    return value is True or _BOOLEAN_WORDS.get(str(value).strip().lower()) is True


def read_flags(
    properties: Mapping[str, object], flags: Mapping[str, bool], place: Callable[[str], Place]
) -> tuple[bool, tuple[Problem, ...]]:
    """Whether a property keeps the note back, and what was unclear about it, as `is_withheld` says.

    Args:
        properties: by key, lower-cased.
        flags: which keys count, and for each the value that keeps the note back.
        place: where a key stands.
    """
    withheld, problems = False, []
    for key, closing in flags.items():
        value = properties.get(key)
        if value is None or isinstance(value, bool):
            withheld |= value is closing
            continue
        word = str(value).strip().lower()
        if key == "published" and re.match(r"\d{4}\D?\d\d", word):
            continue
        meant = _BOOLEAN_WORDS.get(word)
        withheld |= meant is closing or meant is None
        taken = "withheld" if meant is None else str(meant).lower()
        facts = (("key", key), ("value", f'"{value}"'), ("taken", taken))
        problems.append(Problem(Code.FLAG_UNCLEAR, place(key), facts))
    return withheld, tuple(problems)
