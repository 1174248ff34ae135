"""What settings in JavaScript and TypeScript leave out: lists of patterns that are written out, and plugins.

    quartz.config.ts       ignorePatterns: ["private", …]; Plugin.ExplicitPublish()
    .vitepress/config.mts  srcExclude: ["**/README.md"]
    docusaurus.config.js   exclude: ["internal/**"]
    _meta.js, _meta.json   Nextra: secret: { display: "hidden" }

No script is run: what one of them works out counts for nothing.
Sources: https://quartz.jzhao.xyz/features/private-pages, https://vitepress.dev/reference/site-config#srcexclude,
https://docusaurus.io/docs/api/plugins/@docusaurus/plugin-content-docs, https://nextra.site/docs/file-conventions/meta-file
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import yaml

from notegen.errors import yaml_not_valid
from notegen.paths import fold
from notegen.read.folders.said import (
    FolderFlags,
    Said,
    WantsWord,
    joined,
    left_out,
    settings_problem,
    table,
    text_of,
    texts,
)
from notegen.read.lenient_json import NotJsonError, parse_json
from notegen.read.properties import read_yaml
from notegen.regex import regex

QUARTZ = regex(r"quartz\.config\.(?:ts|js|ya?ml|json)")
DOCUSAURUS = regex(r"docusaurus\.config\.(?:ts|js|mjs|cjs|mts)")
_VITEPRESS = regex(r"config\.(?:ts|js|mjs|mts|cjs)")
_META = regex(r"_?meta(?:\.[a-z]{2}(?:-[A-Za-z]+)?)?\.(?:json|ts|js|tsx|jsx)")
_COMMENT = regex(r"\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|`[^`]*`|//[^\n]*|/\*.*?\*/", re.DOTALL)
_TEXT = regex(r"\"((?:[^\"\\\n]|\\.)*)\"|'((?:[^'\\\n]|\\.)*)'|`([^`]*)`")
_HIDDEN = regex(r"[\"']?(?P<key>[\w./ -]+?)[\"']?\s*:\s*\{[^{}]*?\bdisplay[\"']?\s*:\s*[\"']hidden[\"']")


def read_quartz(folder: Path, path: str, name: str, content: str) -> Iterator[Said]:
    """What Quartz leaves out, and whether it publishes only what says so.

    Args:
        path: the folder, from the notes folder.
        content: where its notes are.
    """
    file = joined(path, name)
    text = text_of(folder / name)
    bare = _without_comments(text)
    says_so = bool(re.search(r"\bExplicitPublish\s*\(", bare))
    patterns = list(_listed(bare, "ignorePatterns"))
    if not name.endswith((".ts", ".js")):
        try:
            settings = table(parse_json(text) if name.endswith("json") else read_yaml(text)[0])
        except (NotJsonError, yaml.YAMLError, ValueError, RecursionError):
            yield settings_problem(file, yaml_not_valid())
            says_so, settings = True, {}
        patterns = texts(table(settings.get("configuration")).get("ignorepatterns"))
        says_so = says_so or any(map(_is_explicit, _items(settings.get("plugins"))))
    yield from left_out((fold(content),), patterns, file)
    if says_so:
        yield WantsWord(fold(content))


def read_vitepress(folder: Path, path: str, beside: Path) -> Iterator[Said]:
    """What VitePress leaves out, or VuePress.

    Args:
        beside: the folder `.vitepress`.
    """
    try:
        names = sorted(one.name for one in beside.iterdir() if _VITEPRESS.fullmatch(one.name))
    except OSError:
        return
    for name in names:
        file = joined(path, f"{beside.name}/{name}")
        bare = _without_comments(text_of(beside / name))
        source = re.search(r"\bsrcDir\s*:\s*[\"']([^\"'\n]+)[\"']", bare)
        root = fold(joined(path, source[1])) if source else fold(path)
        negated = [one[1:] for one in _listed(bare, "pagePatterns") if one.startswith("!")]
        yield from left_out((root,), [*_listed(bare, "srcExclude"), *negated], file)


def read_docusaurus(folder: Path, path: str, name: str) -> Iterator[Said]:
    """What Docusaurus leaves out of its documents, blog and pages."""
    bare = _without_comments(text_of(folder / name))
    named = re.findall(r"\bpath\s*:\s*[\"']([^\"'\n]+)[\"']", bare)
    folders = {
        fold(joined(path, one)) for one in ("", "docs", "blog", "src/pages", *named) if ".." not in one
    }
    yield from left_out(sorted(folders), _listed(bare, "exclude"), joined(path, name))


def is_meta(name: str) -> bool:
    """Whether a file orders the pages of a folder for Nextra."""
    return bool(_META.fullmatch(name))


def read_meta(folder: Path, path: str, name: str) -> Iterator[Said]:
    """The pages and folders that Nextra shows in no list."""
    text = text_of(folder / name)
    if "hidden" not in text:
        return
    names = [found["key"] for found in _HIDDEN.finditer(_without_comments(text))]
    for one in names:
        paths = (one, f"{one}.*", f"{one}/**")
        yield FolderFlags(
            joined(path, name),
            fold(path),
            (("hidden", True),),
            "nextra",
            (path.count("/"),),
            paths,
            (fold(path),),
        )


def _is_explicit(plugin: object) -> bool:
    options = table(plugin)
    called = str(options.get("source") or options.get("name") or plugin).lower().replace("-", "")
    return "explicitpublish" in called and str(options.get("enabled", "true")).lower() != "false"


def _items(value: object) -> list[object]:
    if isinstance(value, Mapping):
        return [item for each in value.values() for item in (each if isinstance(each, list) else [each])]
    return value if isinstance(value, list) else []


def _listed(bare: str, key: str) -> Iterator[str]:
    """The texts of every list that a key has."""
    for start in re.finditer(rf"\b{key}[\"']?\s*:\s*\[", bare):
        inner = re.match(
            r"(?:\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|`[^`]*`|[^\]\"'`])*", bare[start.end() :]
        )
        for found in _TEXT.finditer(inner[0] if inner else ""):
            yield re.sub(r"\\(.)", r"\1", found[1] or found[2] or found[3] or "")


def _without_comments(text: str) -> str:
    return _COMMENT.sub(lambda found: found[0] if found[0][0] in "\"'`" else " ", text)
