"""Obsidian vaults: what their owner excluded from Obsidian Publish."""

import json
from collections.abc import Sequence
from pathlib import Path

from notegen.model import Source
from notegen.paths import fold
from notegen.read.visibility import is_true


def adapt_obsidian(source: Source, *, excluded: Sequence[str]) -> Source | None:
    """The source as it is; None for one in an excluded folder, unless it says `publish: true`, which wins; total."""
    path = fold(source.id.removeprefix(f"{source.root}/"))
    if any(f"{path}/".startswith(folder) for folder in excluded):
        return source if is_true(source.properties.get("publish")) else None
    return source


def excluded_folders(vault: Path) -> tuple[str, ...]:
    """The folders that `.obsidian/publish.json` excludes, folded, each with a `/` after it; empty without the file."""
    listed = obsidian_setting(vault / ".obsidian" / "publish.json", "excluded")
    folders = listed if isinstance(listed, list) else []
    return tuple(f"{fold(str(folder)).strip('/')}/" for folder in folders if str(folder).strip("/"))


def obsidian_setting(path: Path, key: str) -> object:
    """One value of the vault's JSON settings; None when the file or the key is not there or cannot be read."""
    try:
        settings = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return settings.get(key) if isinstance(settings, dict) else None
