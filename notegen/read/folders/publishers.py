"""Obsidian's plugins that publish only what is marked: a vault with one of them keeps all else back.

    digitalgarden                 notes that say `dg-publish: true`
    obsidian-mkdocs-publisher     Enveloppe: `share: true`, or its `shareKey`; never what is in its `excludedFolder`
    quartz-syncer                 `publish: true`, or its `publishFrontmatterKey`

Only a plugin counts that is switched on, which `community-plugins.json` says.
Sources: https://dg-docs.ole.dev/getting-started/03-note-settings/, https://enveloppe.github.io/,
https://github.com/saberzero1/quartz-syncer
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

from notegen.model import Code, Place, Problem
from notegen.paths import fold
from notegen.read.folders.statements import (
    LeftOut,
    Statement,
    WantsWord,
    joined,
    settings_problem,
    table,
    text_of,
    texts,
)
from notegen.read.lenient_json import NotJsonError, parse_json

_GARDEN, _ENVELOPPE, _QUARTZ = "digitalgarden", "obsidian-mkdocs-publisher", "quartz-syncer"


def read_publishers(folder: Path, path: str, name: str) -> Iterator[Statement]:
    """What the plugins of a vault publish.

    Args:
        path: of the vault, from the notes folder.
        name: of its settings, `.obsidian`.

    Raises:
        NotegenError: a file cannot be read.
    """
    on = f"{name}/community-plugins.json"
    text = text_of(folder / on)
    for plugin in (_GARDEN, _ENVELOPPE, _QUARTZ):
        if f'"{plugin}"' not in text:
            continue
        file = f"{name}/plugins/{plugin}/data.json"
        try:
            settings = table(parse_json(text_of(folder / file) or "{}"))
        except NotJsonError as error:
            yield settings_problem(joined(path, file), str(error))
            settings = {}
        key, is_needed, excluded = _rule(plugin, settings)
        yield WantsWord(fold(path), key, is_needed=is_needed)
        if is_needed:
            facts = (("plugin", plugin), ("key", key))
            yield Problem(Code.ONLY_MARKED, Place(joined(path, on)), facts)
        lines = tuple(f"{fold(one).strip('/ ')}/" for one in excluded if one.strip("/ ."))
        if lines:
            yield LeftOut(fold(path), lines=lines)


def _rule(plugin: str, settings: Mapping[str, object]) -> tuple[str, bool, list[str]]:
    """The key of notes that are published, whether others are not, and folders that never are."""
    if plugin == _GARDEN:
        return "dg-publish", True, []
    if plugin == _QUARTZ:
        return (
            _word(settings.get("publishfrontmatterkey")) or "publish",
            settings.get("allnotespublishablebydefault") is not True,
            [],
        )
    own = table(settings.get("plugin"))
    shares_all = table(own.get("shareall") or settings.get("shareall")).get("enable") is True
    return _word(own.get("sharekey")) or "share", not shares_all, texts(own.get("excludedfolder"))


def _word(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""
