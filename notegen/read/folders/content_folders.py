"""Where a site's generator looks for its pages: notes that lie beside that folder are no part of the site.

    hugo.toml              content, its `contentDir`s and what is mounted there
    config.toml of Zola's  content
    mkdocs.yml             docs, or its `docs_dir`
    docusaurus.config.js   docs, blog, src, versioned_docs, i18n and each `path`
    Pelican's              content, or its `PATH`
    _config.yml            its `source`
    .eleventy.js           its `input`
    VitePress'             its `srcDir`
    astro.config.mjs       src
    dendron.yml            its vaults

Only notes are meant, and only where that folder is there: a picture beside it is shown where a page shows it. Who says
`publish: true` is published all the same.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import yaml

from notegen.paths import fold
from notegen.read.folders import hugo
from notegen.read.folders.scripts import DOCUSAURUS, ELEVENTY, sources_of_vitepress, without_comments
from notegen.read.folders.statements import LeftOut, Statement, joined, table, text_of
from notegen.read.properties import read_yaml
from notegen.regex import regex

_ASTRO = regex(r"astro\.config\.[cm]?[jt]s")
_INPUT = regex(
    r"\binput[\"']?\s*:\s*[\"'`]([^\"'`\n]+)[\"'`]|\bsetInputDirectory\(\s*[\"'`]([^\"'`\n]+)[\"'`]"
)
_PATHS = regex(r"\bpath[\"']?\s*:\s*[\"'`]([^\"'`\n]+)[\"'`]")
_PELICAN = regex(r"^PATH\s*=\s*[\"']([^\"'\n]+)[\"']", re.MULTILINE)
_OF_DENDRON = ("dendron.yml", "dendron.yaml")
_OF_DOCUSAURUS = ("docs", "blog", "src", "versioned_docs", "i18n")


def read_content_folders(
    folder: Path, path: str, have: frozenset[str], endings: tuple[str, ...]
) -> Iterator[Statement]:
    """What lies beside the folders of the pages of a site whose settings are in a folder.

    Args:
        path: the folder, from the notes folder.
        have: the names of its entries.
        endings: of notes.

    Raises:
        NotegenError: settings cannot be read.
    """
    for name, named in _named(folder, have):
        places = [joined("", one) for one in named]
        there = [one for one in dict.fromkeys(places) if not one or (folder / one).is_dir()]
        if there and "" not in there and not any(".." in one.split("/") for one in places):
            within = "|".join(re.escape(fold(one)) for one in there)
            ends = "|".join(map(re.escape, endings))
            outside = rf"^/(?!(?:{within})/).*(?:{ends})$"
            told = joined(path, name)
            yield LeftOut(fold(path), expressions=(outside,), unless_published=True, told_of=told)


def _named(folder: Path, have: frozenset[str]) -> Iterator[tuple[str, list[str]]]:
    """For each generator its settings, and the folders in which it looks, from this one on; `.` for this one."""
    generator = hugo.generator_of(folder, have)
    if generator:
        named = hugo.content_folders(folder, have) if generator == "hugo" else ["content"]
        yield min(have & hugo.SITE_FILES, default="config"), named
    for name in sorted(have):
        if name in ("mkdocs.yml", "mkdocs.yaml"):
            yield name, [_of_yaml(folder / name, "docs_dir") or "docs"]
        elif name in ("_config.yml", "_config.yaml"):
            yield from ((name, [source]) for source in [_of_yaml(folder / name, "source")] if source)
        elif name == "pelicanconf.py":
            yield name, _PELICAN.findall(text_of(folder / name)) or ["content"]
        elif DOCUSAURUS.fullmatch(name):
            yield name, [*_OF_DOCUSAURUS, *_PATHS.findall(without_comments(text_of(folder / name)))]
        elif ELEVENTY.fullmatch(name):
            found = _INPUT.findall(without_comments(text_of(folder / name)))
            yield from ((name, [one or other]) for one, other in found)
        elif name == ".vitepress":
            yield from ((name, [source]) for source in sources_of_vitepress(folder / name))
        elif name in _OF_DENDRON:
            yield from ((name, vaults) for vaults in [_vaults(folder / name)] if vaults)
        elif _ASTRO.fullmatch(name):
            yield name, ["src"]


def _of_yaml(file: Path, key: str) -> str:
    """A text of settings; empty where there is none, or they cannot be read."""
    try:
        found = table(read_yaml(text_of(file))[0]).get(key)
    except (yaml.YAMLError, ValueError, RecursionError):
        return ""
    return found.strip() if isinstance(found, str) else ""


def _vaults(file: Path) -> list[str]:
    """The folders of a Dendron workspace's vaults; none where its settings cannot be read."""
    try:
        settings = table(read_yaml(text_of(file))[0])
    except (yaml.YAMLError, ValueError, RecursionError):
        return []
    sections = (settings, table(settings.get("workspace")))
    vaults = [table(one) for section in sections for one in _items(section.get("vaults"))]
    named = [
        "/".join(str(vault[key]) for key in ("workspace", "fspath") if vault.get(key)) for vault in vaults
    ]
    return [one or "." for one in named]


def _items(value: object) -> list[object]:
    return value if isinstance(value, list) else []
