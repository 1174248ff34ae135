"""Which tool a folder of notes was written with: one garden may hold several, each below its own root."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from notegen.model import Tool, ToolRoot
from notegen.read.obsidian import obsidian_setting

# What a tool leaves in the folder that it treats as its root.
_TOOL_MARKERS: tuple[tuple[str, Tool], ...] = (
    (".emanoteignore", "emanote"),
    (".obsidian", "obsidian"),
    ("logseq/config.edn", "logseq"),
    ("dendron.yml", "dendron"),
    (".foam", "foam"),
    ("foam.json", "foam"),
    ("_posts", "jekyll"),
)

_POST = re.compile(r"\d{4}-\d\d-\d\d-[^ ]+\.(?:md|markdown)")
_LIQUID = re.compile(
    rb"\{%-? *(?:include|image|raw|highlight|post_url|link|if|for) |\{\{ *(?:site\.|[\"'][^{}\n]*\|)"
)
# Keys that only Emanote's settings have; an `index.yaml` of anything else has none of them at its left edge.
_EMANOTE = re.compile(
    rb"^(?:emanote|template|pandoc):|^page:.*\n(?:(?:[ \t#].*|\r?)\n)*?[ \t]+site(?:Title|Url):", re.MULTILINE
)
_MIN_POSTS = 3
_MAX_POSTS_READ = 10
_MAX_BYTES_READ = 20_000


@dataclass(slots=True)
class ToolRoots:
    """The roots below a folder of notes, the deepest that holds a note is the one that counts."""

    found: dict[str, Tool] = field(default_factory=dict)
    fixed: bool = False
    """Whether the roots are given, and nothing is to be looked for."""

    def detect(self, folder: Path, path: str, names: Iterable[str]) -> None:
        """Adds the tool whose marks are among a folder's entries; of several, the first of the list."""
        if self.fixed:
            return
        have = set(names)
        if "index.yaml" in have and _file_has(_EMANOTE, folder / "index.yaml"):
            # Edited with Obsidian, perhaps, but written for Emanote; and every folder of a notebook may have settings.
            if self.root_of(f"{path}/x").tool != "emanote":
                self.found[path] = "emanote"
            return
        for mark, tool in _TOOL_MARKERS:
            if mark.partition("/")[0] in have and (folder / mark).exists():
                self.found[path] = tool
                return
        if {"pages", "journals"} <= have:
            self.found[path] = "logseq"
        elif self.root_of(f"{path}/x").tool == "plain" and _holds_posts(folder, have):
            self.found[path] = "jekyll"

    def all(self) -> tuple[ToolRoot, ...]:
        """Every root, by path."""
        return tuple(ToolRoot(path, tool) for path, tool in sorted(self.found.items()))

    def root_of(self, note: str) -> ToolRoot:
        """The tool of the nearest root above a note."""
        for parent in PurePosixPath(note).parents:
            path = "" if str(parent) == "." else str(parent)
            if path in self.found:
                return ToolRoot(path, self.found[path])
        return ToolRoot("", "plain")


def _holds_posts(folder: Path, names: Iterable[str]) -> bool:
    """Whether dated posts lie here that hold Liquid, as Jekyll's and Eleventy's do whatever the folder is called."""
    posts = sorted(name for name in names if _POST.fullmatch(name))
    return len(posts) >= _MIN_POSTS and any(
        _file_has(_LIQUID, folder / name) for name in posts[:_MAX_POSTS_READ]
    )


def _file_has(pattern: re.Pattern[bytes], file: Path) -> bool:
    try:
        return bool(pattern.search(file.read_bytes()[:_MAX_BYTES_READ]))
    except OSError:
        return False


def breaks_lines(folder: Path, tool: Tool) -> bool:
    """Whether the tool shows a line's end in a paragraph as one: Logseq does, and Obsidian unless told to be strict."""
    if tool == "obsidian":
        return not obsidian_setting(folder / ".obsidian" / "app.json", "strictLineBreaks")
    return tool == "logseq"
