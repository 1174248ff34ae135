"""Files of data that give front matter to the notes beside and below them.

    posts/posts.json, posts/posts.11tydata.json      Eleventy, also in JavaScript
    posts/first.11tydata.json, posts/first.json      Eleventy, of one note
    posts/posts.yaml, .yml, .toml                    Eleventy, where it is told to read such files
    _data.yml, _defaults.yml, _directory.yml         Lume, Bridgetown, Statiq
    _metadata.yml, .meta.yml                         Quarto, Material's plugin `meta`

The nearest file outdoes those above it, and a note's own front matter all of them.
Source: https://www.11ty.dev/docs/data-cascade/
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import yaml

from notegen.errors.reasons import only_a_program_knows, yaml_not_valid
from notegen.paths import fold
from notegen.read.flags import is_flag
from notegen.read.folders.statements import FolderFlags, Pairs, Statement, joined, settings_problem, text_of
from notegen.read.lenient_json import NotJsonError, parse_json
from notegen.read.properties import TruthWord, read_toml, read_yaml
from notegen.read.schedule import is_schedule_key
from notegen.regex import regex

_DIRECTORY = regex(r"(?:_data|_defaults|_directory|_metadata|\.meta)\.(?:json|ya?ml)", re.IGNORECASE)
_DATA = regex(r"(?P<stem>.+?)(?P<kind>\.11tydata\.(?:json|js|cjs|mjs|ya?ml|toml)|\.(?:json|ya?ml|toml))")
_SCRIPT_COMMENT = regex(r"\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|//[^\n]*|/\*.*?\*/", re.DOTALL)
_SCRIPT_KEY = regex(r"(?<![\w.$])[\"']?(?P<key>[A-Za-z_$][\w$-]*)[\"']?\s*:\s*(?P<value>[^,;}\n]*)")
_SCRIPT_WORD = regex(r"true|false|\"[^\"]*\"|'[^']*'|-?\d+")
_MENTIONS = regex(
    r"draft|publi|pubdate|expiry|private|permalink|render|listed|hidden|headless|secret|confidential|share|exclude|crypt|visib|tags?\b"
    r"|status|build",
    re.IGNORECASE,
)


def read_data_files(
    folder: Path, path: str, names: frozenset[str], note_stems: frozenset[str]
) -> Iterator[Statement]:
    """What the files of data in a folder say.

    Args:
        path: the folder, from the notes folder.
        names: of its files.
        note_stems: what its notes are called without their endings.
    """
    called = folder.name or folder.resolve().name
    depth = path.count("/") + bool(path)
    for name in sorted(names):
        if _DIRECTORY.fullmatch(name):
            yield from _flags(folder / name, joined(path, name), fold(path), (), (depth, 0))
        elif found := _DATA.fullmatch(name):
            order = int("11tydata" in found["kind"]) + int(found["kind"].endswith("js"))
            if found["stem"] == called:
                yield from _flags(folder / name, joined(path, name), fold(path), (), (depth, order))
            elif found["stem"] in note_stems:
                only = tuple(f"{_escaped(found['stem'])}.{ending}" for ending in ("*",))
                yield from _flags(folder / name, joined(path, name), fold(path), only, (depth + 1, order))


def _flags(
    file: Path, name: str, folder: str, paths: tuple[str, ...], rank: tuple[int, ...]
) -> Iterator[Statement]:
    text = text_of(file)
    try:
        said = tuple(_in_script(text)) if name.endswith("js") else _in_data(text, file.suffix)
    except _UnreadableError as error:
        if not _MENTIONS.search(text):
            return
        yield settings_problem(name, str(error))
        said = (("draft", True),)
    if said:
        yield FolderFlags(name, folder, said, "data", rank, paths, (folder,))


class _UnreadableError(ValueError):
    """Something that may keep notes back cannot be read; the message says why."""


def _in_data(text: str, suffix: str) -> Pairs:
    try:
        reader = read_toml if suffix == ".toml" else read_yaml
        value = parse_json(text) if suffix == ".json" else reader(text)[0]
    except (NotJsonError, yaml.YAMLError, ValueError, RecursionError) as error:
        reason = yaml_not_valid() if suffix in (".yaml", ".yml") else str(error)
        raise _UnreadableError(reason) from error
    return tuple((str(key), one) for key, one in value.items()) if isinstance(value, Mapping) else ()


def _in_script(text: str) -> Iterator[tuple[str, object]]:
    """The flags that a script states as such; what it works out, only it knows."""
    bare = _SCRIPT_COMMENT.sub(lambda found: found[0] if found[0][0] in "\"'" else " ", text)
    for found in _SCRIPT_KEY.finditer(bare):
        value = found["value"].strip()
        if not (is_flag(found["key"]) or is_schedule_key(found["key"])) or not value:
            continue
        if _SCRIPT_WORD.fullmatch(value):
            word = value.strip("\"'")
            yield found["key"], TruthWord(word) if word in ("true", "false") else word
        elif found["key"].lower() in ("draft", "published", "publish", "private", "public"):
            raise _UnreadableError(only_a_program_knows(found["key"]))


def _escaped(name: str) -> str:
    return re.sub(r"([*?\[\]{}(),|\\!+@])", r"\\\1", name)
