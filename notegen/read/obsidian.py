"""Obsidian vaults: single values of their settings. What they keep out of a site is in `exclusions.py`."""

from collections.abc import Mapping
from pathlib import Path

from notegen.read.lenient_json import NotJsonError, read_json


def obsidian_setting(path: Path, key: str) -> object:
    """One value of the vault's JSON settings; None when the file or the key is not there or cannot be read."""
    try:
        settings = read_json(path)
    except NotJsonError:
        return None
    return settings.get(key) if isinstance(settings, Mapping) else None
