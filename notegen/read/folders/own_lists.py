"""What site generators leave out by their own rules: by a name that begins with `_`, or since no list of pages has it.

    _config.yml                    Jekyll and Hexo: `_private/`, `_idea.md`, but for posts, collections and `include`
    docusaurus.config.js, astro.config.mjs    `_idea.md`, `_private/`
    hugo.toml                      archetypes, layouts and themes are no pages
    .eleventy.js                   `_includes`, and what is added to its `ignores`
    antora.yml                     partials
    book.toml, book.json           mdBook's and GitBook's: what SUMMARY.md has no link to
    _toc.yml                       Jupyter Book's with `only_build_toc_files`, likewise
    myst.yml, and settings in Python    MyST's, Sphinx's and Pelican's lists of patterns
    retype.yml, couscous.yml       lists called `exclude`
    _quarto.yml                    Quarto: `_idea.md`, `_private/`

Only notes are meant: a picture in such a folder is shown where a published note shows it.
No script is run: of one in Python, lists that are written out count.
Sources: https://jekyllrb.com/docs/structure/, https://docusaurus.io/docs/api/plugins/@docusaurus/plugin-content-docs,
https://docs.astro.build/en/guides/routing/#excluding-pages, https://rust-lang.github.io/mdBook/format/summary.html,
https://www.sphinx-doc.org/en/master/usage/configuration.html, https://docs.getpelican.com/en/latest/settings.html,
https://jupyterbook.org/en/stable/structure/configure.html, https://mystmd.org/guide/frontmatter
"""

import ast
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

import yaml

from notegen.errors.reasons import yaml_not_valid
from notegen.paths import fold
from notegen.read.folders.scripts import ELEVENTY
from notegen.read.folders.statements import (
    LeftOut,
    Statement,
    escaped,
    joined,
    left_out,
    only,
    settings_problem,
    table,
    text_of,
    texts,
)
from notegen.read.properties import read_yaml
from notegen.regex import regex

_UNDERSCORED = regex(r"(?:docusaurus|astro)\.config\.[cm]?[jt]s")
_PYTHON_LISTS = {
    "conf.py": ("exclude_patterns",),
    "pelicanconf.py": ("ARTICLE_EXCLUDES", "PAGE_EXCLUDES", "IGNORE_FILES"),
}
_YAML_LISTS = {
    "myst.yml": ("project", "exclude"),
    "retype.yml": ("exclude",),
    "couscous.yml": ("exclude",),
}
QUARTO_FILES = ("_quarto.yml", "_quarto.yaml")
_LINK = regex(r"\]\(\s*<?([^)>#\s]+)")
_IN_TOC = regex(r"^[ \t-]*(?:file|root)[ \t]*:[ \t]*[\"']?([^\"'#\n]+?)[\"']?[ \t]*(?:#.*)?$", re.MULTILINE)
_IGNORED = regex(r"\bignores\.add\(\s*[\"'`]([^\"'`\n]+)[\"'`]")
_GITBOOK = frozenset({"book.json", ".gitbook.yaml", ".gitbook.yml"})


def read_own_lists(
    folder: Path, path: str, have: frozenset[str], endings: tuple[str, ...]
) -> Iterator[Statement]:
    """What the generators whose settings lie in a folder leave out by themselves.

    Args:
        path: the folder, from the notes folder.
        have: the names of its entries.
        endings: of notes.
    """
    if "antora.yml" in have:
        yield from left_out((fold(joined(path, "modules")),), ["*/partials", "**/_*"], "antora.yml")
    for name in sorted(have):
        if _UNDERSCORED.fullmatch(name):
            yield _without_underscores(path, endings)
        elif ELEVENTY.fullmatch(name):
            named = [found[1] for found in _IGNORED.finditer(text_of(folder / name))]
            yield from left_out((fold(path),), ["_includes", *named], joined(path, name))
        elif name in _PYTHON_LISTS:
            patterns = [*_listed_in_python(text_of(folder / name), _PYTHON_LISTS[name])]
            anywhere = [] if name == "conf.py" else [f"**/{one}" for one in patterns]
            yield from left_out((fold(path),), [*patterns, *anywhere], joined(path, name))
        elif name in _YAML_LISTS:
            yield from _read_yaml_list(folder / name, path, _YAML_LISTS[name])
        elif name in QUARTO_FILES:
            yield _without_underscores(path, endings)
    if have & {"hugo.toml", "hugo.yaml", "hugo.json"} and "content" in have:
        yield from left_out((fold(path),), ["archetypes", "layouts", "themes"], "hugo.toml")
    if "book.toml" in have:
        source = _source_of_book(folder / "book.toml")
        yield from _read_summary(folder / source, joined(path, source).strip("/."), endings)
    elif have & _GITBOOK and "SUMMARY.md" in have:
        yield from _read_summary(folder, path, endings)


def read_book_above(folder: Path, above: Path, endings: tuple[str, ...]) -> Iterator[Statement]:
    """What mdBook leaves out of a notes folder whose settings lie in the folder above it."""
    if _source_of_book(above / "book.toml") == folder.name:
        yield from _read_summary(folder, "", endings)


def read_jekyll_names(
    settings: Mapping[str, object], roots: Iterable[str], endings: tuple[str, ...]
) -> Iterator[Statement]:
    """The names with `_` that Jekyll and Hexo pass over, but for those that these settings have."""
    collections = settings.get("collections")
    if isinstance(collections, list):
        collections = dict.fromkeys(map(str, collections))
    names = [f"_{name}" for name in (collections if isinstance(collections, Mapping) else ())]
    names += ["**/_posts", "**/_drafts"]  # of each category a folder, and of Hexo's `source`
    for root in roots:
        yield _without_underscores(root, endings, (*names, *texts(settings.get("include"))))


def read_toc(
    settings: Mapping[str, object], folder: Path, path: str, endings: tuple[str, ...]
) -> Iterator[Statement]:
    """What Jupyter Book leaves out: patterns, and, where its settings say so, what its list of pages does not have."""
    yield from left_out((fold(path),), texts(settings.get("exclude_patterns")), "_config.yml")
    if str(settings.get("only_build_toc_files")).lower() == "true":
        listed = [found[1].strip() for found in _IN_TOC.finditer(text_of(folder / "_toc.yml"))]
        named = [
            one if one.lower().endswith(endings) else one + ending for one in listed for ending in endings
        ]
        yield only(path, endings, named)


def is_list_of_pages(name: str) -> bool:
    """Whether a note may be what says which others are published."""
    return name == "SUMMARY.md"


def _without_underscores(path: str, endings: tuple[str, ...], but: Iterable[str] = ()) -> LeftOut:
    below = [f"**/_*/**/*{ending}" for ending in endings]
    within = [f"**/_*/{more}_{name}/**" for name in ("posts", "drafts") for more in ("", "**/")]
    again = [f"!{one if one.startswith('**/') else escaped(one.strip('/'))}/**" for one in but]
    names = [f"_*{ending}" for ending in endings]
    # A section's own page is called so in Hugo, and passed over by no tool that has sections.
    kept = [f"!_index*{ending}" for ending in endings]
    return LeftOut(fold(path), lines=tuple(map(fold, (*below, *again, *within, *names, *kept))))


def _read_summary(folder: Path, path: str, endings: tuple[str, ...]) -> Iterator[Statement]:
    text = text_of(folder / "SUMMARY.md")
    links = [unquote(found[1]).removeprefix("./") for found in _LINK.finditer(text)]
    if links:
        yield only(path, endings, [*links, "SUMMARY.md", "README.md"])


def _source_of_book(file: Path) -> str:
    try:
        book = table(tomllib.loads(text_of(file)).get("book"))
    except (tomllib.TOMLDecodeError, RecursionError):
        book = {}
    source = book.get("src")
    return PurePosixPath(source).as_posix() if isinstance(source, str) and ".." not in source else "src"


def _listed_in_python(text: str, names: Iterable[str]) -> Iterator[str]:
    """The texts of lists that are written out in a script; of one that cannot be read, none."""
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    for statement in tree.body:
        named = statement.targets if isinstance(statement, ast.Assign) else ()
        if any(isinstance(one, ast.Name) and one.id in names for one in named):
            assert isinstance(statement, ast.Assign)
            for part in ast.walk(statement.value):
                if isinstance(part, ast.Constant) and isinstance(part.value, str):
                    yield part.value


def _read_yaml_list(file: Path, path: str, keys: tuple[str, ...]) -> Iterator[Statement]:
    """What a list in settings leaves out, which lies under a key under others."""
    try:
        settings = table(read_yaml(text_of(file))[0])
    except (yaml.YAMLError, ValueError, RecursionError):
        yield settings_problem(joined(path, file.name), yaml_not_valid())
        return
    for key in keys[:-1]:
        settings = table(settings.get(key))
    yield from left_out((fold(path),), texts(settings.get(keys[-1])), joined(path, file.name))
