"""A page's text and properties, put together from the rules beside this file."""

from collections.abc import Mapping
from datetime import date
from pathlib import PurePosixPath

from msgspec.structs import replace

from notegen.dates import day_in_name, keys_of_day
from notegen.model import REMOVED_LINE, Code, NoteId, Place, Problem, Source
from notegen.paths import ORG_SUFFIX
from notegen.read.logseq.blocks import Block, depths_of, pull_out, split_blocks
from notegen.read.logseq.drawers import open_drawers
from notegen.read.logseq.films import Films
from notegen.read.logseq.front import read_front
from notegen.read.logseq.graph import LogseqGraph
from notegen.read.logseq.inline import encode_name
from notegen.read.logseq.org import split_org
from notegen.read.logseq.page import first_block, flags_in, merge_properties, take_page_properties
from notegen.read.logseq.private_blocks import take_out_private
from notegen.read.logseq.properties import plain_value
from notegen.read.logseq.rewrite import lines_of, rewrite_block
from notegen.read.logseq.title import decode_name, title_and_day
from notegen.read.visibility import read_flags

_TRUTH: Mapping[str, object] = {"true": True, "false": False}


def adapt_logseq(source: Source, graph: LogseqGraph) -> Source | None:
    """The page as notegen's other stages expect a note; None for one that the graph does not publish. Total.

    The text keeps its number of lines: one that is taken out becomes `REMOVED_LINE`. The title, and the aliases after
    it, are names that links may use.
    """
    if graph.path_in_graph(source.id).startswith(graph.hidden or "\n"):
        return None
    source = _with_front(source)
    is_org = source.id.lower().endswith(ORG_SUFFIX)
    blocks = split_org(source.text) if is_org else split_blocks(source.text)
    first = first_block(blocks)
    stated = source.properties.get("public")
    flags = {"public": _TRUTH.get(str(stated).lower(), stated), **flags_in(blocks[: _end_of_first(blocks)])}
    for block in blocks:
        open_drawers(block)
    own = take_page_properties(first)
    lines = {key: source.first_line + first.first + index for key, (_, index) in own.items()}
    lines = {**source.property_lines, **lines}
    said = read_flags(flags.items(), lambda key: Place(source.id, lines.get(key, 1)))
    if said.withheld or (graph.public_only and flags["public"] is not True):
        return None
    properties = merge_properties(source.properties, {key: value for key, (value, _) in own.items()}, graph)
    if said.encrypted:
        properties["encrypt"] = True
    stated_title = plain_value(str(properties.get("title") or "").strip())
    title, day = title_and_day(graph, source.id, stated_title)
    if day and not _states_day(source.id, properties, day):
        properties["date"] = day.isoformat()
    take_out_private(blocks[_end_of_first(blocks) :])
    aliases = properties.get("aliases")
    own_name = (source.id,) if is_org else ()  # links within Org name the file, `.org` and all
    text, unknown = _rewrite(blocks, source, graph)
    return replace(
        source,
        text=text,
        properties=properties,
        property_lines=lines,
        title=title,
        names=tuple(
            dict.fromkeys(
                (title, encode_name(title), *(aliases if isinstance(aliases, list) else ()), *own_name)
            )
        ),
        problems=(*source.problems, *said.problems, *unknown),
    )


def _with_front(source: Source) -> Source:
    """The source with its block of `---` read as Logseq reads it, and no word about YAML where that went well."""
    if not source.head or source.head.lstrip().startswith("{"):
        return source
    properties, whole = read_front(source.head, source.properties)
    problems = tuple(
        problem for problem in source.problems if not (whole and problem.code == Code.FRONT_MATTER_INVALID)
    )
    return replace(source, properties=properties, problems=problems)


def names_of_file(note: NoteId, graph: LogseqGraph) -> tuple[str, ...]:
    """What the graph calls a page, going by its file alone, or would call it by its other way to name files."""
    title, _ = title_and_day(graph, note, "")
    stem = PurePosixPath(note).stem
    other = (decode_name(stem, legacy=legacy) for legacy in (True, False))
    return tuple(dict.fromkeys(name for each in (title, *other) for name in (each, encode_name(each))))


def _states_day(note: str, properties: Mapping[str, object], day: date) -> bool:
    """Whether the note will be dated as its journal's day, or by its own word, without any help."""
    if properties.get("date"):
        return True
    found = day_in_name(PurePosixPath(note).stem)
    return (
        found is not None
        and (found.day, found.other) == (day, None)
        and not any(properties.get(key) for key in keys_of_day(properties))
    )


def _end_of_first(blocks: list[Block]) -> int:
    """Where the second bullet is: what a block without one says under the first counts as the first's word."""
    first = next((n for n, block in enumerate(blocks) if any((t or "").strip() for t in block.texts)), 0)
    return next((n for n in range(first + 1, len(blocks)) if blocks[n].bullet), len(blocks))


def _rewrite(blocks: list[Block], source: Source, graph: LogseqGraph) -> tuple[str, list[Problem]]:
    """The blocks' lines; what lies under a number, a column wider than a bullet, goes in by one where spaces count."""
    if source.id.lower().endswith(ORG_SUFFIX):
        depths = [0] * len(blocks)
    else:
        depths = depths_of(blocks)
        pull_out(blocks)
    films = Films()
    levels = [block.level for block in blocks]
    lines: list[str] = []
    written = source.text.split("\n")
    problems: list[Problem] = []
    numbered: list[int] = []
    for block, depth, level, below in zip(blocks, depths, levels, [*levels[1:], -1], strict=True):
        unknown = rewrite_block(block, source.id, graph, films, depth=depth)
        for index, name in unknown:
            number = block.first + index
            place = Place(source.id, source.first_line + number, written[number].find("{{" + name) + 1)
            problems.append(Problem(Code.MACRO_UNKNOWN, place, (("name", name),)))
        while numbered and numbered[-1] >= level:
            numbered.pop()
        shift = "" if "\t" in block.bullet else " " * len(numbered)
        lines += (
            line if line == REMOVED_LINE else shift + line
            for line in lines_of(block, has_children=below > level)
        )
        if block.bullet.endswith("1. "):
            numbered.append(level)
    return "\n".join(lines), problems
