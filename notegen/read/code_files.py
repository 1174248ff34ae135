"""Code that a page shows of a file beside it, as VitePress, mdBook and PyMdown's snippets do, a line for a line.

    <<< @/snippets/FILE{2,4}        VitePress': the file, or its `#region low` by `FILE#low`
    {{#include src/FILE:2:10}}      mdBook's, `rustdoc_include` and `playground` too; `FILE:low` is an anchor's
    --8<-- "src/FILE:2:10"          PyMdown's, `:low` is a section's

The last two mostly stand in a fence, whose language is theirs. Only a file that everybody may have is shown, of any
other the line stays as it is written, and is told where it stands in no code.
"""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from posixpath import dirname, join, normpath

from msgspec.structs import replace

from notegen.model import LINE_BREAK, Code, Place, Problem, Source
from notegen.read.beginning import open_file
from notegen.read.code_spans import as_code, as_text, outside_fences
from notegen.regex import regex

_LINE = regex(
    r"(?P<indent>[ \t]*)(?:<<<[ \t]*(?P<vue>[^\s{}\[\]#]+)(?:#(?P<region>[\w-]+))?"
    r"(?:[ \t]*\{[^{}\n]*\})?(?:[ \t]*\[[^\[\]\n]*\])?"
    r"|\{\{#(?P<kind>include|rustdoc_include|playground|playpen)[ \t]+(?P<rust>[^\s{}:]+)"
    r"(?P<part>(?::[\w-]{0,60}){0,2})(?:[ \t]+[^{}\n]*)?\}\}"
    r"|(?P<escape>;*)-+8<-+[ \t]+\"(?P<py>[^\"\n:]+)(?P<of_py>(?::[\w-]{0,60}){0,2})\")[ \t]*"
)
_HINTS = ("<<<", "{{#", "8<-")
_TITLE = regex(r"[ \t]*\{\{#title[ \t][^{}\n]*\}\}[ \t]*")
_MARK = regex(r"ANCHOR(?:_END)?:|--8<--[ \t]*\[(?:start|end):|#?(?:end)?region\b")
_FENCE = regex(r"`{3}|~{3}")
_MAX_BYTES = 200_000
_MAX_LINES = 2_000
_LANGUAGE = regex(r"[a-zA-Z0-9+-]{1,20}")


def with_code_of_files(source: Source, files: Mapping[str, Path]) -> Source:
    """The note with the lines of such files; it keeps its number of lines. Total.

    Args:
        files: those that everybody may have, by their path in the folder.
    """
    text = source.text
    if source.tool != "plain" or not any(hint in text for hint in _HINTS):
        return source
    lines = text.split("\n")
    missing: list[Problem] = []
    outside = frozenset(outside_fences(lines))
    for number, line in enumerate(lines):
        if number in outside and _TITLE.fullmatch(line):  # mdBook's, of the page
            lines[number] = ""
        elif found := _LINE.fullmatch(line):
            lines[number] = shown = _shown(found, source, files, is_in_fence=number not in outside)
            if shown == line and number in outside:
                place = Place(source.id, source.first_line + number, len(found["indent"]) + 1)
                missing.append(Problem(Code.ASSET_MISSING, place, (("target", _path_in(found)),)))
                lines[number] = found["indent"] + as_code(line.strip())
    return replace(source, text="\n".join(lines), problems=(*source.problems, *missing))


def _path_in(line: re.Match[str]) -> str:
    return str(line["vue"] or line["rust"] or line["py"])


def _shown(line: re.Match[str], source: Source, files: Mapping[str, Path], *, is_in_fence: bool) -> str:
    if line["escape"]:
        return line[0].replace(";", "", 1)
    path = _path_in(line)
    file = next((one for one in _places(path, source) if one in files), "")
    code = (
        _part_of(_text_of(files[file]), line["region"] or (line["part"] or line["of_py"] or ""))
        if file
        else ()
    )
    if not code or (is_in_fence and line["vue"]) or (is_in_fence and any(map(_FENCE.search, code))):
        return line[0]
    if is_in_fence:
        return LINE_BREAK.join(line["indent"] + one for one in code)
    ending = file.rpartition(".")[2]
    language = f' class="language-{ending}"' if _LANGUAGE.fullmatch(ending) else ""
    written = "&#10;".join(map(as_text, code))  # in which no sign hides anything
    return f"{line['indent']}<pre><code{language}>{written}</code></pre>"


def _places(path: str, source: Source) -> tuple[str, ...]:
    """Where the file may lie: beside the note, else in the tool's root or its parent's, where a site's settings are."""
    plain = path.removeprefix("@/").lstrip("/")
    above = [source.root, dirname(source.root), ""]
    beside = [] if path.startswith(("@", "/")) else [dirname(source.id)]
    return tuple(normpath(join(folder, plain)) for folder in dict.fromkeys([*beside, *above]))


def _text_of(file: Path) -> str:
    try:
        with open_file(file) as stream:
            content = stream.read(_MAX_BYTES + 1)
        return content.decode("utf-8") if len(content) <= _MAX_BYTES else ""
    except (OSError, UnicodeDecodeError):
        return ""


def _part_of(text: str, part: str) -> Sequence[str]:
    """The lines that are asked for, without the marks of parts; all where no part is called so, as in VitePress."""
    lines = text.replace("\r\n", "\n").removesuffix("\n").split("\n")
    first, _, last = part.removeprefix(":").partition(":")
    if first and not first.isdecimal():
        name = re.compile(rf"(?:ANCHOR:|\[start:|region)[ \t]*{re.escape(first)}\b")
        start = next((number for number, line in enumerate(lines) if name.search(line)), -1)
        end_of = re.compile(
            rf"ANCHOR_END:[ \t]*{re.escape(first)}\b|\[end:[ \t]*{re.escape(first)}\b|endregion\b"
        )
        end = next((n for n in range(start + 1, len(lines)) if end_of.search(lines[n])), len(lines))
        lines = lines[start + 1 : end] if start >= 0 else lines
    elif first or last:
        only = ":" not in part.removeprefix(":")
        lines = lines[
            max(0, int(first or 1) - 1) : int(first) if only else int(last) if last.isdecimal() else None
        ]
    shown = [line for line in lines if not _MARK.search(line)]
    margin = min((len(line) - len(line.lstrip()) for line in shown if line.strip()), default=0)
    return [line[margin:] for line in shown[:_MAX_LINES]]
