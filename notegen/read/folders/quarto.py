"""What Quarto's settings leave out of a site or book.

    _quarto.yml     project: {render: ["*.md", "!notes/"]}    those that are matched, without those with a `!`
                    website: {drafts: [posts/new.md]}
                    book: {chapters: [index.md, tides.md]}    of a book what it lists
    _idea.md        names with `_` before them, and what is in such folders

Sources: https://quarto.org/docs/projects/quarto-projects.html, https://quarto.org/docs/websites/website-drafts.html
"""

from collections.abc import Iterator
from pathlib import Path

import yaml

from notegen.errors.reasons import yaml_not_valid
from notegen.paths import fold
from notegen.read.folders.statements import (
    LeftOut,
    Statement,
    joined,
    left_out,
    only,
    settings_problem,
    table,
    text_of,
    texts,
)
from notegen.read.properties import read_yaml


def read_quarto(folder: Path, path: str, name: str, endings: tuple[str, ...]) -> Iterator[Statement]:
    """What the settings say.

    Args:
        path: the folder, from the notes folder.
        endings: of notes.
    """
    file, root = joined(path, name), fold(path)
    text = text_of(folder / name)
    try:
        settings = table(read_yaml(text)[0])
    except (yaml.YAMLError, ValueError, RecursionError):
        yield settings_problem(file, yaml_not_valid())
        if any(word in text for word in ("render", "drafts", "chapters")):
            yield LeftOut(root, globs=("**",), unless_published=True)
        return
    project = table(settings.get("project"))
    if lines := _rendered(texts(project.get("render")), endings):
        yield LeftOut(root, lines=lines)
    yield from left_out((root,), texts(table(settings.get("website")).get("drafts")), file)
    book = table(settings.get("book"))
    chapters = [*_files_in(book.get("chapters")), *_files_in(book.get("appendices"))]
    if chapters:
        yield only(path, endings, [*chapters, *(f"index{ending}" for ending in endings)])


def _rendered(patterns: list[str], endings: tuple[str, ...]) -> tuple[str, ...]:
    """The lines of a .gitignore that leave out what is not rendered."""
    meant = [one for one in patterns if not one.startswith("!")]
    others = [one[1:] for one in patterns if one.startswith("!")]
    lines = [f"*{ending}" for ending in endings] if meant else []
    lines += [f"!{line}" for one in meant for line in _with_all_below(one)]
    lines += [line for one in others for line in _with_all_below(one)]
    return tuple(map(fold, lines))


def _with_all_below(pattern: str) -> tuple[str, str]:
    return pattern, f"{pattern.rstrip('/')}/**"


def _files_in(value: object) -> Iterator[str]:
    """All files of a list of chapters, those of its parts too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _files_in(item)
    elif isinstance(value, dict):
        for key in ("part", "chapters", "file", "href"):
            yield from _files_in(value.get(key))
