"""Rewrites what a note tool writes in its own syntax into what the Markdown rules understand; one module a tool."""

import hashlib
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from notegen.config import LineBreaks
from notegen.model import NoteId, Problem, Source, Tool, ToolRoot
from notegen.paths import MDX_SUFFIX, name_of_bundle
from notegen.read.block_tags import without_block_tags
from notegen.read.chat_marks import without_chat_marks
from notegen.read.citations import Works, read_works, with_citations, with_missing_works
from notegen.read.components import without_components
from notegen.read.cross_references import with_cross_references
from notegen.read.daily import days_of_paths
from notegen.read.dendron import adapt_dendron, read_workspace
from notegen.read.detect import breaks_lines
from notegen.read.docusaurus import without_docusaurus
from notegen.read.emanote import adapt_emanote
from notegen.read.emoji_codes import shows_emoji_codes
from notegen.read.exported_lines import with_exported_lines
from notegen.read.foam import adapt_foam
from notegen.read.folders.hugo import params_of_site
from notegen.read.header_lines import is_unpublished, with_header_lines
from notegen.read.hexo import with_hexo_tags
from notegen.read.home_layout import with_home_layout
from notegen.read.insertions import reads_insertions, with_insertions
from notegen.read.jekyll import adapt_jekyll, read_site
from notegen.read.logseq import adapt_logseq, names_of_file, read_graph
from notegen.read.notion import with_notion_properties
from notegen.read.obsidian_plugins import adapt_obsidian
from notegen.read.pandoc import (
    makes_figures,
    with_cells_as_stated,
    with_changed_paragraphs,
    with_examples,
    with_numbers,
    with_org_tags,
    with_raw_html,
)
from notegen.read.params import with_params
from notegen.read.pelican import without_places
from notegen.read.roam import without_roam
from notegen.read.shortcodes import without_shortcodes
from notegen.read.snippets import with_snippets
from notegen.read.span_language import without_language_of_spans
from notegen.read.zola import with_shortcodes_of_zola, with_taxonomies_of_zola

Adapt = Callable[[Source], Source | None]


class Adapter(Struct, frozen=True):
    """What is to be done to the sources below one root."""

    adapt: Adapt
    """Total; gives None for a note that its tool does not publish."""
    names_of: Callable[[NoteId], tuple[str, ...]] = lambda note: ()
    """What links may call a note that is withheld, beside its path, going by its file alone."""
    problems: tuple[Problem, ...] = ()
    """What the tool's settings have wrong."""
    settings_for: Callable[[NoteId], tuple[object, ...]] = lambda note: ()
    """What a note is adapted by beside its source, as plain values; not all of it for Logseq's and Dendron's."""


def _as_is(source: Source) -> Source | None:
    return source


def _adapt_plain(source: Source) -> Source | None:
    """What Pelican, MultiMarkdown, MkDocs, GitBook, Roam, Notion, VitePress and MDX write, which leave no mark."""
    headed = with_header_lines(source)
    if headed is not source and is_unpublished(headed):
        return None
    stated = with_notion_properties(headed)
    if stated is None:
        return None
    stated = with_home_layout(with_exported_lines(stated))
    text = without_docusaurus(stated.text)
    text = without_components(text, is_mdx=source.id.lower().endswith(MDX_SUFFIX))
    text = with_snippets(without_block_tags(text))
    text = with_changed_paragraphs(with_examples(with_numbers(with_raw_html(with_org_tags(text)))))
    text = without_language_of_spans(text)
    return replace(stated, text=without_roam(without_places(text)), names=_names_of_bundle(stated.id))


def _names_of_bundle(note: NoteId) -> tuple[str, ...]:
    """Bear's and Ulysses' `Tides.textbundle/text.md` is called `Tides`."""
    return tuple(filter(None, (name_of_bundle(note),)))


_ADAPTERS: Mapping[Tool, Adapt] = {
    "emanote": adapt_emanote,
    "foam": adapt_foam,
    "obsidian": lambda source: adapt_obsidian(with_exported_lines(source)),
}


def make_adapter(folder: Path, root: ToolRoot, *, line_breaks: LineBreaks, language: str = "en") -> Adapter:
    """What is to be done to the sources below one root; its settings are read once.

    Args:
        language: the site's.
    """
    site = read_site(folder) if root.tool == "jekyll" else {}
    adapter = _adapter_of(root, folder, site)
    works = read_works(folder) if root.tool in ("plain", "obsidian", "foam") else {}
    params = params_of_site(folder) if root.tool == "plain" else {}
    inserts = reads_insertions(folder, root.tool)
    looks = _Looks(
        breaks_lines(folder, root.tool) if line_breaks == "auto" else line_breaks == "keep",
        shows_emoji_codes(folder, root.tool),
        makes_figures(folder, root.tool),
    )
    day_of = days_of_paths(folder, root.tool, language)
    known_works = hashlib.blake2b(repr(sorted(works.items())).encode(), digest_size=16).hexdigest()
    steps = _steps(root.tool, figures=looks.figures, inserts=inserts, works=works, params=params)

    def day(note: NoteId) -> date | None:
        return day_of(note.removeprefix(f"{root.path}/")) if day_of else None

    def adapt(source: Source) -> Source | None:
        for step in steps:
            source = step(source)
        adapted = adapter.adapt(
            replace(
                source,
                tool=root.tool,
                root=root.path,
                hard_breaks=looks.hard_breaks,
                emoji_codes=looks.emoji_codes,
                figures=looks.figures,
            )
        )
        if adapted is None or "date" in adapted.properties or (stated := day(adapted.id)) is None:
            return adapted
        return replace(adapted, properties={**adapted.properties, "date": stated.isoformat()})

    def settings_for(note: NoteId) -> tuple[object, ...]:
        own_day = str(day(note)) if day_of else ""
        return (
            looks.hard_breaks,
            looks.emoji_codes,
            looks.figures,
            *sorted(site.items()),
            known_works,
            repr(params),
            inserts,
            own_day,
        )

    return replace(adapter, adapt=adapt, settings_for=settings_for)


class _Looks(Struct, frozen=True):
    """How a tool shows its notes, as fields of a source have it."""

    hard_breaks: bool
    emoji_codes: bool
    figures: bool


def _adapter_of(root: ToolRoot, folder: Path, site: Mapping[str, str]) -> Adapter:
    """What a tool alone does to its sources."""
    match root.tool:
        case "logseq":
            graph = read_graph(folder, root.path)
            return Adapter(
                partial(adapt_logseq, graph=graph), partial(names_of_file, graph=graph), graph.problems
            )
        case "dendron":
            return Adapter(partial(adapt_dendron, workspace=read_workspace(folder)))
        case "jekyll":
            return Adapter(partial(adapt_jekyll, site=site))
        case "plain":
            return Adapter(_adapt_plain, _names_of_bundle)
        case tool:
            return Adapter(_ADAPTERS.get(tool, _as_is))


def _steps(
    tool: Tool, *, figures: bool, inserts: bool, works: Works, params: Mapping[str, object]
) -> list[Callable[[Source], Source]]:
    """What is done to every source before its tool's own adapter has it, in order."""

    def in_text(change: Callable[[str], str]) -> Callable[[Source], Source]:
        return lambda source: replace(source, text=change(source.text))

    if tool == "logseq":
        return [in_text(without_chat_marks)]
    with_divs = tool not in ("obsidian", "dendron")
    return [
        in_text(without_chat_marks),
        *([with_hexo_tags] if tool == "jekyll" else []),
        *([in_text(with_shortcodes_of_zola), with_taxonomies_of_zola] if tool == "plain" else []),
        *([in_text(with_cross_references)] if figures else []),
        *([in_text(with_insertions)] if inserts else []),
        lambda source: replace(source, text=with_cells_as_stated(source.text, source.properties)),
        lambda source: with_missing_works(source, works),
        in_text(lambda text: with_citations(text, works)),
        lambda source: replace(source, text=with_params(source.text, source.properties, params)),
        in_text(lambda text: without_shortcodes(text, with_divs=with_divs)),
    ]
