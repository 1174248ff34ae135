"""Which tool a folder of notes was written with: one garden may hold several, each below its own root."""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path, PurePosixPath

from msgspec import Struct, field

from notegen.model import Tool, ToolRoot
from notegen.read.beginning import beginning_of
from notegen.read.obsidian import obsidian_setting
from notegen.regex import regex

# What a tool leaves in the folder that it treats as its root.
_TOOL_MARKERS: tuple[tuple[str, Tool], ...] = (
    (".emanoteignore", "emanote"),
    (".obsidian", "obsidian"),
    ("logseq/config.edn", "logseq"),
    ("dendron.yml", "dendron"),
    (".foam", "foam"),
    ("foam.json", "foam"),
    ("_posts", "jekyll"),
    ("publish.css", "obsidian"),
    ("publish.js", "obsidian"),
)

_POST = regex(r"\d{4}-\d\d-\d\d-[^ ]+\.(?:md|markdown)")
_LIQUID = regex(
    rb"\{%-? *(?:include|image|raw|highlight|post_url|link|if|for) |\{\{ *(?:site\.|[\"'][^{}\n]*\|)"
)
# Keys that only Emanote's settings have; an `index.yaml` of anything else has none of them at its left edge.
_EMANOTE = regex(
    rb"^(?:emanote|template|pandoc):|^page:.*\n(?:(?:[ \t#].*|\r?)\n)*?[ \t]+site(?:Title|Url):", re.MULTILINE
)
# What is written in Obsidian and hardly anywhere else; GitHub has five callouts too, in capitals and without a title.
_OBSIDIAN = regex(
    rb"!\[\[[^\[\]\n]+\]\]|\[\[[^\[\]\n]*#\^[\w-]+"
    rb"|^[ \t]*>[ \t]*\[!(?!(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION)\][ \t\r]*$)[\w-]+\]"
    rb"|^(?:kanban-plugin|excalidraw-plugin|obsidianUIMode|cssclasses)[ \t]*:"
    rb"|^```(?:dataview|dataviewjs|tasks|base)[ \t\r]*$",
    re.MULTILINE,
)
_CODE = regex(rb"^(```|~~~).*$(?:\n(?!\1).*)*|`[^`\n]*`", re.MULTILINE)
_OF_FOAM = regex(rb"^\[//begin\]: # ", re.MULTILINE)
_MIN_SIGNS = 3
_MIN_SHARE_OF_SIGNS = 0.1
"""Of the notes that are looked at. Two public vaults of Obsidian have 14 and 49 %, the notes about notegen 9 %."""
_MAX_NOTES_READ = 200
_MIN_POSTS = 3
_MAX_POSTS_READ = 10
_MAX_BYTES_READ = 20_000


class ToolRoots(Struct):
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

    def detect_by_text(self, folder: Path, notes: Sequence[str]) -> None:
        """Takes notes in no tool's root for Obsidian's by their text, since its settings are often kept out of git.

        Args:
            folder: the notes folder.
            notes: all of them, by path from there.
        """
        plain = [] if self.fixed else [note for note in notes if self.root_of(note).tool == "plain"]
        sample = plain[:: len(plain) // _MAX_NOTES_READ + 1]
        named_with_dots = sum("." in PurePosixPath(note).stem for note in sample)
        if 2 * named_with_dots >= len(sample):  # Dendron's
            return
        signs = 0
        for note in sample:
            text = beginning_of(folder / note, _MAX_BYTES_READ)
            if _OF_FOAM.search(text):
                return
            signs += bool(_OBSIDIAN.search(text) and _OBSIDIAN.search(_CODE.sub(_first_line, text)))
        if signs >= max(_MIN_SIGNS, _MIN_SHARE_OF_SIGNS * len(sample)):
            self.found[""] = "obsidian"

    def all(self) -> tuple[ToolRoot, ...]:
        """Every root, by path."""
        return tuple(ToolRoot(path, tool) for path, tool in sorted(self.found.items()))

    def root_of(self, note: str) -> ToolRoot:
        """The tool of the nearest root above a note."""
        path = note
        while path:
            path = path.rpartition("/")[0]
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
    return bool(pattern.search(beginning_of(file, _MAX_BYTES_READ)))


def _first_line(code: re.Match[bytes]) -> bytes:
    """Code without what is in it: what follows a fence says which plugin reads it."""
    return code[0].partition(b"\n")[0] if code[1] else b""


def breaks_lines(folder: Path, tool: Tool) -> bool:
    """Whether the tool shows a line's end in a paragraph as one: Logseq does, and Obsidian unless told to be strict."""
    if tool == "obsidian":
        return not obsidian_setting(folder / ".obsidian" / "app.json", "strictLineBreaks")
    return tool == "logseq"
