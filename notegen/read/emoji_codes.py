"""Whether the tool that notes were written with shows `:seedling:` as an emoji.

Emanote does, as its demo shows, and so do VitePress, VuePress and Zensical; Hugo with `enableEmoji`, MkDocs with an
extension of that name and Jekyll with `jemoji` in their settings. Obsidian and Logseq show the code.
"""

import re
from pathlib import Path

from notegen.model import Tool
from notegen.read.beginning import beginning_of
from notegen.regex import regex

_SETTINGS = (
    *(f"{name}.{kind}" for name in ("hugo", "config") for kind in ("toml", "yaml", "yml", "json")),
    *(f"config/_default/{name}.{kind}" for name in ("hugo", "config") for kind in ("toml", "yaml", "yml", "json")),
    "mkdocs.yml", "mkdocs.yaml", "_config.yml", "_config.yaml",
)  # fmt: skip
_OF_VUE = (".vitepress", ".vuepress")
_OF_ZENSICAL = "zensical.toml"
_OWN_EXTENSIONS = regex(rb"\bmarkdown_extensions\b")
"""Zensical turns on its own list, emoji among it, where the settings have none."""
_PAGES = frozenset({"content", "docs"})
"""What a folder of notes is called that has its site's settings beside it."""
_SAYS_SO = regex(
    rb"^[ \t]*[\"']?enableEmoji[\"']?[ \t]*[=:][ \t]*true\b|^[ \t]*-[ \t]*(?:pymdownx\.emoji|jemoji)\b"
    rb"|^[^#\n]*[\[,][ \t\"']*(?:pymdownx\.emoji|jemoji)\b",
    re.MULTILINE | re.IGNORECASE,
)
_MAX_BYTES_READ = 100_000


def shows_emoji_codes(folder: Path, tool: Tool) -> bool:
    """Args: folder: the tool's root."""
    if tool not in ("plain", "jekyll"):
        return tool == "emanote"
    if any((folder / name).is_dir() for name in _OF_VUE):
        return True
    folders = [folder, folder.absolute().parent] if folder.absolute().name in _PAGES else [folder]
    for place in folders:
        settings = beginning_of(place / _OF_ZENSICAL, _MAX_BYTES_READ)
        if settings and (b"pymdownx.emoji" in settings or not _OWN_EXTENSIONS.search(settings)):
            return True
    return any(
        _SAYS_SO.search(beginning_of(place / name, _MAX_BYTES_READ))
        for place in folders
        for name in _SETTINGS
    )
