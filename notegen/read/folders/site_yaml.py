"""What the settings of Jekyll, Hexo and MkDocs say of the notes of a site: defaults, and what is left out.

Sources: https://jekyllrb.com/docs/configuration/front-matter-defaults/ (a longer path outdoes a shorter one, and a
scope with a type one without), https://jekyllrb.com/docs/collections/ (pages only with `output: true`),
https://www.mkdocs.org/user-guide/configuration/#exclude_docs, https://hexo.io/docs/configuration (`exclude`, `ignore`).
"""

import re
from collections.abc import Generator, Iterator, Mapping
from pathlib import Path

import yaml

from notegen.errors import NotegenError
from notegen.errors.reasons import toml_not_valid, yaml_not_valid
from notegen.paths import fold
from notegen.read.folders.own_lists import read_jekyll_names, read_toc
from notegen.read.folders.statements import (
    FolderFlags,
    LeftOut,
    Statement,
    joined,
    left_out,
    settings_problem,
    table,
    text_of,
    texts,
    understood,
)
from notegen.read.patterns import match_patterns
from notegen.read.properties import read_toml, read_yaml
from notegen.regex import regex

JEKYLL_FILES = ("_config.yml", "_config.yaml", "_config.toml")
MKDOCS_FILES = ("mkdocs.yml", "mkdocs.yaml")
_ALWAYS_OUTPUT = frozenset({"posts", "drafts"})
_MENTIONS = regex(r"^(?:defaults|collections|exclude|ignore|exclude_docs|draft_docs)\b", re.MULTILINE)


def read_jekyll(
    folder: Path, path: str, name: str, endings: tuple[str, ...], *, is_book: bool
) -> Iterator[Statement]:
    """What Jekyll's settings say, and Hexo's and Jupyter Book's, which lie in a file of the same name.

    Args:
        path: the folder, from the notes folder.
        endings: of notes.
        is_book: whether they are Jupyter Book's.
    """
    file = joined(path, name)
    settings = yield from _settings(folder / name, file, path)
    source = settings.get("source")
    roots = list(
        dict.fromkeys((fold(path), *([fold(joined(path, source))] if isinstance(source, str) else [])))
    )
    sources = list(dict.fromkeys((*roots, fold(joined(path, "source")))))  # Hexo's
    left = [*texts(settings.get("exclude")), *texts(settings.get("ignore"))]
    yield from left_out(sources, left, file, crosses=True)
    yield from _collections(settings, roots, file)
    if is_book:
        yield from read_toc(settings, folder, path, endings)
    elif settings:
        yield from read_jekyll_names(settings, sources, endings)
    entries = settings.get("defaults")
    for number, entry in enumerate(entries if isinstance(entries, list) else ()):
        yield from _default(table(entry), number, path, tuple(roots), file)


def read_mkdocs(folder: Path, path: str, name: str, docs: str | None) -> Iterator[Statement]:
    """What MkDocs' settings leave out of a site.

    Args:
        docs: where its notes are, if that is not a folder within this one.
    """
    file = joined(path, name)
    settings = yield from _settings(folder / name, file, path if docs is None else docs)
    base = settings.get("inherit")
    if isinstance(base, str) and ".." not in base.split("/"):
        inherited = yield from _settings(folder / base, joined(path, base), path if docs is None else docs)
        settings = {**inherited, **settings}
    own = settings.get("docs_dir")
    root = fold(joined(path, own if isinstance(own, str) else "docs") if docs is None else docs)
    yield LeftOut(root, lines=("/templates/",), unless_published=True)  # MkDocs' own, for a theme
    for key in ("exclude_docs", "draft_docs"):
        lines = [line for text in texts(settings.get(key)) for line in text.split("\n") if line.strip()]
        try:
            match_patterns(lines, setting=key)
        except NotegenError as error:
            yield settings_problem(file, error.message)
            lines = ["*"]
        if lines:
            yield LeftOut(root, lines=tuple(fold(line.strip()) for line in lines))
    plugins = settings.get("plugins")
    for plugin in plugins if isinstance(plugins, list) else (plugins,):
        for called, options in table(plugin).items():
            if "exclude" in called or "file-filter" in called:
                yield from _plugin(table(options), root, file)
            elif called == "encryptcontent" and table(options).get("global_password"):
                yield FolderFlags(file, root, (("private", True),), "mkdocs", roots=(root,))


def docs_dir(folder: Path, name: str) -> str:
    """The folder of the notes that MkDocs' settings name."""
    try:
        found = table(read_yaml(text_of(folder / name))[0]).get("docs_dir")
    except (yaml.YAMLError, ValueError, RecursionError):
        return "docs"
    return found.strip("./ ") if isinstance(found, str) else "docs"


def _plugin(options: Mapping[str, object], root: str, file: str) -> Iterator[Statement]:
    globs = [*texts(options.get("glob")), *texts(options.get("exclude_glob"))]
    yield from left_out((root,), globs, file, crosses=True)
    for expression in (*texts(options.get("regex")), *texts(options.get("exclude_regex"))):
        try:
            re.compile(expression)
        except re.error as error:
            yield settings_problem(file, str(error))
            expression = ""
        yield LeftOut(root, expressions=(f"^/(?:{expression})",))


def _collections(settings: Mapping[str, object], roots: list[str], file: str) -> Iterator[Statement]:
    """The folders of collections that get no pages, `_recipes`."""
    collections = settings.get("collections")
    if isinstance(collections, list):
        collections = {str(name): {} for name in collections}
    place = settings.get("collections_dir")
    folders = [joined(root, place) if isinstance(place, str) else root for root in roots]
    for name, options in collections.items() if isinstance(collections, Mapping) else ():
        output = str(table(options).get("output", "false")).lower()
        if output != "true" and str(name).lower() not in _ALWAYS_OUTPUT:
            yield from left_out(folders, [f"_{name}"], file)


def _default(
    entry: Mapping[str, object], number: int, path: str, roots: tuple[str, ...], file: str
) -> Iterator[Statement]:
    scope, values = table(entry.get("scope")), entry.get("values")
    if not isinstance(values, Mapping):
        return
    stated = scope.get("path")
    where = stated.strip("/ ") if isinstance(stated, str) else ""
    paths, problems = understood([where, f"{where}/**"] if where else [], file)
    yield from problems
    kind = str(scope.get("type") or "").strip().lower()
    rank = (len(where), bool(kind), number)
    said = tuple((str(key), value) for key, value in values.items())
    for pattern in _paths_of(kind, paths):
        yield FolderFlags(file, fold(path), said, "jekyll", rank, pattern, roots)


_FOLDERS = {"": "", "page": "", "pages": "", "post": "_posts", "draft": "_drafts"}


def _paths_of(kind: str, paths: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The patterns of a type's notes: posts lie in `_posts`, those of a collection in a folder of its name.

    What is a page and what is not nobody can say without all of a site's settings, so that one may be anywhere.
    """
    name = _FOLDERS.get(kind, f"_{kind}")
    if not name:
        yield paths
    elif not paths:
        yield (f"**/{name}/**",)
    else:
        yield tuple(
            one
            for path in paths
            for one in ((path,) if f"{name}/" in f"{path}/" else (f"{path}/{name}/**", f"{name}/{path}"))
        )


def _settings(file: Path, name: str, path: str) -> Generator[Statement, None, Mapping[str, object]]:
    text = text_of(file)
    try:
        return table((read_toml if file.suffix == ".toml" else read_yaml)(text)[0])
    except (yaml.YAMLError, ValueError, RecursionError):  # of TOML's errors each is a ValueError
        yield settings_problem(name, toml_not_valid() if file.suffix == ".toml" else yaml_not_valid())
        if _MENTIONS.search(text):
            yield LeftOut(fold(path), globs=("**",), unless_published=True)
    return {}
