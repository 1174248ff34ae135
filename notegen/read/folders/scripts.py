"""What settings in JavaScript and TypeScript leave out: lists of patterns that are written out, and plugins.

    quartz.config.ts       ignorePatterns: ["private", …]; Plugin.ExplicitPublish()
    .vitepress/config.mts  srcExclude: ["**/README.md"]
    docusaurus.config.js   exclude: ["internal/**"]
    _meta.js, _meta.json   Nextra: secret: { display: "hidden" }
    gatsby-config.js       ignore: ["**/drafts"]; nuxt.config.ts, content.config.ts and Contentlayer's likewise

No script is run: what one of them works out counts for nothing.
Sources: https://quartz.jzhao.xyz/features/private-pages, https://vitepress.dev/reference/site-config#srcexclude,
https://docusaurus.io/docs/api/plugins/@docusaurus/plugin-content-docs, https://nextra.site/docs/file-conventions/meta-file
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import yaml

from notegen.errors.reasons import yaml_not_valid
from notegen.paths import fold
from notegen.read.folders.statements import (
    FolderFlags,
    LeftOut,
    Statement,
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
ELEVENTY = regex(r"\.eleventy\.[cm]?js|eleventy\.config\.[cm]?[jt]s")
_VITEPRESS = regex(r"config\.(?:ts|js|mjs|mts|cjs)")
_SOURCE = regex(r"\bsrcDir\s*:\s*[\"']([^\"'\n]+)[\"']")
_LISTS = (
    (regex(r"gatsby-config\.[cm]?[jt]s"), "ignore"),
    (regex(r"nuxt\.config\.[cm]?[jt]s"), "ignores"),
    (regex(r"content\.config\.[cm]?[jt]s"), "exclude"),
    (regex(r"contentlayer\.config\.[cm]?[jt]s"), "contentDirExclude"),
)
"""Of Gatsby, of Nuxt and its content, and Astro's beside it, of Contentlayer."""
_BASE = regex(r"\bbase\s*:\s*[\"']([^\"'\n]+)[\"']")
_META = regex(r"_?meta(?:\.[a-z]{2}(?:-[A-Za-z]+)?)?\.(?:json|ts|js|tsx|jsx)")
_COMMENT = regex(r"\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|`[^`]*`|//[^\n]*|/\*.*?\*/", re.DOTALL)
_INNER = r"(?>(?:\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|`[^`]*`|[^\]\"'`])*)"
_TEXT = regex(r"\"((?:[^\"\\\n]|\\.)*)\"|'((?:[^'\\\n]|\\.)*)'|`([^`]*)`")
_HIDDEN = regex(r"[\"']?(?P<key>[\w./ -]+?)[\"']?\s*:\s*\{[^{}]*?\bdisplay[\"']?\s*:\s*[\"']hidden[\"']")


def read_quartz(folder: Path, path: str, name: str, content: str) -> Iterator[Statement]:
    """What Quartz leaves out, and whether it publishes only what says so.

    Args:
        path: the folder, from the notes folder.
        content: where its notes are.
    """
    file = joined(path, name)
    text = text_of(folder / name)
    bare = without_comments(text)
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


def read_vitepress(folder: Path, path: str, beside: Path) -> Iterator[Statement]:
    """What VitePress leaves out, or VuePress.

    Args:
        beside: the folder `.vitepress`.
    """
    for name in _configs(beside):
        file = joined(path, f"{beside.name}/{name}")
        bare = without_comments(text_of(beside / name))
        source = _SOURCE.search(bare)
        root = fold(joined(path, source[1])) if source else fold(path)
        negated = [one[1:] for one in _listed(bare, "pagePatterns") if one.startswith("!")]
        yield from left_out((root,), [*_listed(bare, "srcExclude"), *negated], file)


def sources_of_vitepress(beside: Path) -> Iterator[str]:
    """The folders in which VitePress looks, if its settings name one.

    Args:
        beside: the folder `.vitepress`.
    """
    for name in _configs(beside):
        if source := _SOURCE.search(without_comments(text_of(beside / name))):
            yield source[1]


def _configs(beside: Path) -> list[str]:
    try:
        return sorted(one.name for one in beside.iterdir() if _VITEPRESS.fullmatch(one.name))
    except OSError:
        return []


def read_docusaurus(folder: Path, path: str, name: str) -> Iterator[Statement]:
    """What Docusaurus leaves out of its documents, blog and pages."""
    bare = without_comments(text_of(folder / name))
    named = re.findall(r"\bpath\s*:\s*[\"']([^\"'\n]+)[\"']", bare)
    folders = {
        fold(joined(path, one)) for one in ("", "docs", "blog", "src/pages", *named) if ".." not in one
    }
    # The list replaces Docusaurus' own, of which `_` is told elsewhere.
    excluded = [*_listed(bare, "exclude")] or ["**/__tests__/**", "**/*.test.*"]
    yield from left_out(sorted(folders), excluded, joined(path, name))
    if re.search(r"\bincludeCurrentVersion\s*:\s*false\b", bare):
        yield from left_out((fold(joined(path, "docs")),), ["**"], joined(path, name))
    if versions := [*_listed(bare, "onlyIncludeVersions")]:
        kept = "|".join(re.escape(f"version-{fold(one)}") for one in versions)
        yield LeftOut(fold(joined(path, "versioned_docs")), expressions=(f"^/(?!(?:{kept})/)",))
        if "current" not in versions:
            yield from left_out((fold(joined(path, "docs")),), ["**"], joined(path, name))


def heeds_gitignore(folder: Path, name: str) -> bool:
    """Whether a file is the settings of Quartz or Eleventy, which leave out what git does.

    Sources: https://www.11ty.dev/docs/ignores/, and how Quartz itself looks for files
    """
    if QUARTZ.fullmatch(name):
        return True
    return bool(ELEVENTY.fullmatch(name)) and "setUseGitIgnore(false" not in text_of(folder / name)


def has_list(name: str) -> bool:
    """Whether a file is a script of settings with a list of what is left out."""
    return any(pattern.fullmatch(name) for pattern, _ in _LISTS)


def read_list(folder: Path, path: str, name: str) -> Iterator[Statement]:
    """What the lists in such a script leave out: patterns from its folder on, or from that of the pages."""
    bare = without_comments(text_of(folder / name))
    named = [one for pattern, key in _LISTS if pattern.fullmatch(name) for one in _listed(bare, key)]
    # Of a list of what is taken in, those with a `!` are left out.
    meant = [one for one in named if not one.startswith("!")] if "pattern" not in bare else []
    negated = [one[1:] for one in _listed(bare, "pattern") if one.startswith("!")]
    base = [joined("", f"{path}/../{one}") for one in _BASE.findall(bare)] if negated else []
    folders = [*(joined(path, one) for one in ("", "content", "src", "pages")), *base]
    yield from left_out(dict.fromkeys(map(fold, folders)), [*meant, *negated], joined(path, name))


def is_meta(name: str) -> bool:
    """Whether a file orders the pages of a folder for Nextra."""
    return bool(_META.fullmatch(name))


def read_meta(folder: Path, path: str, name: str) -> Iterator[Statement]:
    """The pages and folders that Nextra shows in no list."""
    text = text_of(folder / name)
    if "hidden" not in text:
        return
    names = [found["key"] for found in _HIDDEN.finditer(without_comments(text))]
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
    # What stands in one list is in no other: of a thousand that nothing closes, each would be read to the end.
    for found in re.finditer(rf"\b{key}[\"']?\s*:\s*\[({_INNER})", bare):
        for text in _TEXT.finditer(found[1]):
            yield re.sub(r"\\(.)", r"\1", text[1] or text[2] or text[3] or "")


def without_comments(text: str) -> str:
    """A script without its comments."""
    return _COMMENT.sub(lambda found: found[0] if found[0][0] in "\"'`" else " ", text)
