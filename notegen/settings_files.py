"""Which files, beside the notes, say how these are read: what a build depends on though it is no part of the site."""

import os
import re
from pathlib import Path

from notegen.regex import regex

_SETTINGS = regex(
    r"""(?:.*/)?(?:
      \.emanoteignore | notegen\.toml | notegen-addresses\.jsonl
      | dendron\.ya?ml | dendronrc\.yml | foam\.json | index\.yaml | logseq/config\.edn
      | _config\.(?:ya?ml|toml) | mkdocs\.ya?ml | (?:hugo|config)\.(?:toml|ya?ml|json) | zola\.toml
      | config/[^/]+/(?:hugo|config|cascade|module|languages)(?:\.\w+)?\.(?:toml|ya?ml|json)
      | _index(?:\.[\w-]+)?\.(?:md|markdown|html?) | [^/]*\.11tydata\.(?:json|[cm]?js)
      | (?P<folder>[^/]+)/(?P=folder)\.json | (?:_(?:data|defaults|directory|metadata)|\.meta)\.(?:json|ya?ml)
      | [^/]+\.bib | _quarto\.ya?ml | _bookdown\.yml
      | quartz\.config\.(?:[jt]s|ya?ml|json) | docusaurus\.config\.[cm]?[jt]s | \.vitepress/config\.[cm]?[jt]s
      | \.vuepress/config\.[cm]?[jt]s | _?meta(?:\.[\w-]+)?\.(?:json|[jt]sx?)
      | .+\.meta | SUMMARY\.md | book\.(?:toml|json) | \.gitbook\.ya?ml | _toc\.yml | myst\.yml | antora\.yml | conf\.py
      | bridgetown\.config\.yml | config\.rb
      | pelicanconf\.py | astro\.config\.[cm]?[jt]s | \.eleventy\.[cm]?js | eleventy\.config\.[cm]?[jt]s
      | \.(?:eleventy|mint|book|mkdocs|quartz|neuron)ignore | \.export-ignore | \.zk/config\.toml
      | (?:gatsby-config|nuxt\.config|content\.config|contentlayer\.config)\.[cm]?[jt]s | retype\.yml | couscous\.yml
      | \.gitattributes | \.gitsecret/paths/mapping\.cfg | \.blackbox/blackbox-files\.txt
      | \.obsidian[^/]*/(?:
          (?:app|community-plugins|daily-notes|publish|templates|zk-prefixer)\.json
          | plugins/(?:templater-obsidian|quickadd|periodic-notes)/data\.json
          | plugins/(?:digitalgarden|obsidian-mkdocs-publisher|quartz-syncer)/data\.json
        )
    )""",
    re.VERBOSE | re.DOTALL,
)


def is_settings_file(path: str) -> bool:
    """Whether the file, by its path in the notes folder, is one that some tool's notes are read by."""
    return _SETTINGS.fullmatch(path) is not None


_CONTENT_FOLDERS = frozenset({"content", "docs", "src", "source", "pages"})
"""What a folder of notes is called whose site's settings lie beside it."""


def names_beside(folder: Path) -> frozenset[str]:
    """What lies beside a folder of notes that is called as a part of a site is; nothing beside any other."""
    whole = folder.absolute()
    if whole.name.lower() not in _CONTENT_FOLDERS:
        return frozenset()
    try:
        return frozenset(entry.name for entry in whole.parent.iterdir())
    except OSError:
        return frozenset()


def settings_beside(folder: Path) -> list[Path]:
    """The files there and above, and the folder of Hugo's, that say how the notes are published."""
    above = folder.absolute().parent
    beside = {above / name for name in names_beside(folder) if is_settings_file(name) or name == "config"}
    repository = repository_above(folder)
    attributes = {place / ".gitattributes" for place in repository}
    attributes |= {place / ".git/info/attributes" for place in (folder.absolute(), *repository)}
    return sorted(beside | {file for file in attributes if file.is_file()})


def repository_above(folder: Path) -> list[Path]:
    """The folders above one of notes up to the one that is git's repository; none where it is that, or in none."""
    found: list[Path] = []
    for place in (folder.absolute(), *folder.absolute().parents):
        if place != folder.absolute():
            found.append(place)
        if os.path.lexists(place / ".git"):
            return found
    return []
