"""Emanote notebooks: folder notes, links that branch, days that are tags, and what a notebook keeps out of its site.

Emanote's settings in YAML files beside the notes are its own and are not read; what a note's own front matter says is.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from msgspec.structs import replace

from notegen.dates import day_in_name
from notegen.errors.settings import cannot_read_config
from notegen.model import Source
from notegen.read.code_spans import outside_code
from notegen.regex import regex

IGNORE_FILE = ".emanoteignore"
"""Names what stays out of the site, one pattern a line."""

# `[[target]]#` is a branch down and `#[[source]]` one up: links both, and no tags.
_DOWN = regex(r"(?P<link>\[\[[^\[\]\n]+\]\])#(?![\w/])")
_UP = regex(r"(?<![\w/#\]])#(?P<link>\[\[[^\[\]\n]+\]\])")
_DAILY = regex(r"\d{4}-\d\d-\d\d(?:-.*)?")

# What a notebook keeps beside its notes for itself: settings, templates, and the pages it makes under `-/`.
_NOTEBOOK_FILES = ("*.yaml", "*.tpl", "/-/")


def adapt_emanote(source: Source) -> Source:
    """The source with branching links as plain ones, and named, tagged and described as Emanote does; total."""
    properties = dict(source.properties)
    page = properties.pop("page", None)
    for key in ("description", "image", "lang"):
        if isinstance(page, dict) and page.get(key):
            properties.setdefault(key, page[key])
    if slug := properties.pop("slug", None):
        properties.setdefault("permalink", f"/{str(slug).strip('/')}")
    for key in ("order", "template", "pandoc", "emanote", "feed"):  # Emanote's own
        properties.pop(key, None)
    path = PurePosixPath(source.id)
    if tag := _calendar_tag(path.stem):
        properties["tags"] = [*_listed_tags(properties.get("tags")), tag]
    return replace(
        source,
        text=outside_code(
            source.text, lambda line: _UP.sub(r"\g<link>", _DOWN.sub(r"\g<link>", line)), indented=True
        ),
        properties=properties,
    )


def ignored_paths(folder: Path, *, is_notebook: bool) -> Iterator[str]:
    """What is no part of a notebook's site, as lines of a .gitignore in its folder.

    The ignore file counts wherever it lies. Its patterns are Emanote's, matched from its folder on, without negation;
    read as a .gitignore's they may hide a little more, a folder of that name, never less.

    Raises:
        NotegenError: the ignore file cannot be read, so that nobody knows what is private.
    """
    if is_notebook:
        yield from _NOTEBOOK_FILES
    file = folder / IGNORE_FILE
    if not file.is_file():
        return
    try:
        lines = file.read_text("utf-8-sig", "replace").splitlines()
    except OSError as error:
        raise cannot_read_config(str(file), error.strerror or str(error)) from error
    for line in lines:
        if (pattern := line.strip()) and not pattern.startswith("#"):
            yield "/" + re.sub(r"([\\\[\]?])", r"\\\1", pattern.lstrip("/"))


def _calendar_tag(stem: str) -> str:
    """`calendar/2025/03` for a daily note; empty for any other."""
    found = day_in_name(stem) if _DAILY.fullmatch(stem) else None
    return f"calendar/{found.day:%Y/%m}" if found else ""


def _listed_tags(value: object) -> Iterable[object]:
    if isinstance(value, str):
        return value.split(",") if "," in value else value.split()
    return value if isinstance(value, list) else ()
