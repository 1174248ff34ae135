"""Finds the line in notegen.toml for a problem of a setting: a build knows the settings, but not their file."""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from msgspec.structs import replace

from notegen.model import Code, Place, Problem
from notegen.toml_places import key_places

_SETTINGS: Mapping[Code, str] = {
    Code.PIN_MISSING: "home.pinned",
    Code.SITE_LINK_MISSING: "",
    Code.SETTING_NAMES_NOTHING: "",
    Code.SETTING_TAG_UNUSED: "",
}
"""Which setting such a problem is of; empty where the problem says so itself."""


def with_settings_lines(problems: Iterable[Problem], config: Path | None, notes: Path) -> tuple[Problem, ...]:
    """The problems, those of a setting at its line in the file, whose path is from the notes folder."""
    places = key_places(_text_of(config)) if config else {}
    path = Path(os.path.relpath(config, notes)).as_posix() if config else ""
    return tuple(_placed(problem, path, places) if config else problem for problem in problems)


def _placed(problem: Problem, path: str, places: Mapping[tuple[str, ...], tuple[int, int]]) -> Problem:
    if problem.code not in _SETTINGS:
        return problem
    setting = _SETTINGS[problem.code] or str(dict(problem.facts)["setting"])
    line, column = places.get(tuple(setting.split(".")), (1, 1))
    return replace(problem, place=Place(path, line, column))


def _text_of(config: Path) -> str:
    try:
        return config.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError):  # it was read a moment ago
        return ""
