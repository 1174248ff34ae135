"""The list of rules, complete and in the order in which they are tried.

A rule with None is markdown-it's or a plugin's of mdit-py-plugins: CommonMark with GitHub's tables, strike-through and
bare links, footnotes, and formulas. One with a function is ours, and stands where the list has it; one rule a file.
A test holds that nothing runs that is not in the list.
"""

from collections.abc import Callable, Mapping
from functools import cache, partial
from itertools import pairwise
from types import MappingProxyType
from typing import Any, TypeVar

from markdown_it import MarkdownIt
from markdown_it.parser_block import RuleFuncBlockType
from markdown_it.parser_core import RuleFuncCoreType
from markdown_it.parser_inline import RuleFuncInlineType
from markdown_it.ruler import Ruler
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.gfm_autolink import gfm_autolink_plugin

from notegen.markdown.abbreviation import mark_abbreviations
from notegen.markdown.admonition import read_admonition, read_content_tab
from notegen.markdown.attribute_list import (
    read_attribute_lines,
    read_attribute_list,
    read_bracketed_span,
    read_heading_id,
    render_place,
)
from notegen.markdown.bar_table import read_bar_table
from notegen.markdown.bare_address import read_bare_address, read_bare_mailbox, read_www_address
from notegen.markdown.block_id import name_blocks
from notegen.markdown.bracket_formula import read_bracket_block, read_bracket_formula
from notegen.markdown.by_letter import BLOCK_LETTERS, INLINE_LETTERS, BlockRules, InlineRules
from notegen.markdown.callout import make_callouts
from notegen.markdown.callout_title import read_callout_title
from notegen.markdown.caption import read_captions
from notegen.markdown.code import render_fence
from notegen.markdown.comment import skip_inline_comment
from notegen.markdown.critic import read_critic
from notegen.markdown.definition_list import read_definition_list
from notegen.markdown.depth import read_blockquote, read_list
from notegen.markdown.diagram import list_diagram_links, render_diagram_links
from notegen.markdown.emoji import read_emoji, render_emoji
from notegen.markdown.empty_link import read_empty_link
from notegen.markdown.end_of_block import read_end_of_block
from notegen.markdown.fenced_div import read_fenced_div
from notegen.markdown.flanking import read_emphasis, read_strikethrough
from notegen.markdown.flat_footnotes import flatten_footnotes
from notegen.markdown.footnote import read_footnote_mark
from notegen.markdown.formula import (
    read_formula,
    read_formula_after_digit,
    read_math_block,
    render_formula,
)
from notegen.markdown.grid_table import read_grid_table
from notegen.markdown.header_cell import demote_empty_headers
from notegen.markdown.highlight import read_highlight
from notegen.markdown.html_code import read_html_code
from notegen.markdown.html_tag import read_html_block, read_html_inline
from notegen.markdown.image import render_image
from notegen.markdown.inline import parse_inline
from notegen.markdown.keys import read_keys
from notegen.markdown.kramdown_table import read_kramdown_table
from notegen.markdown.letter_list import letter_lists, number_letters
from notegen.markdown.line_block import read_line_block
from notegen.markdown.line_ends import normalize_line_ends
from notegen.markdown.link_around import read_link_around
from notegen.markdown.links import is_on_disk
from notegen.markdown.markdown_html import read_markdown_html
from notegen.markdown.outline_list import read_end_of_item, read_list_of_outline
from notegen.markdown.removed_line import leave_out_removed_lines, restore_line_numbers
from notegen.markdown.renderer import Renderer
from notegen.markdown.ruled_table import read_ruled_table
from notegen.markdown.script import read_script, read_script_in_word
from notegen.markdown.spans import render_span_mark
from notegen.markdown.tab_table import read_tab_table
from notegen.markdown.table import read_table
from notegen.markdown.tag import read_tag, render_tag
from notegen.markdown.task import put_task_boxes, render_task, take_task_marks
from notegen.markdown.text import read_text
from notegen.markdown.underline import read_underlined_heading
from notegen.markdown.wide_table import render_table_close, render_table_open
from notegen.markdown.wiki_link import read_wiki_link, read_wiki_link_words, render_wiki_link

Rule = TypeVar("Rule")

CORE_RULES: Mapping[str, RuleFuncCoreType | None] = {
    "normalize": normalize_line_ends,
    "removed_line": leave_out_removed_lines,
    "letter_marks": number_letters,
    "block": None,  # the block rules, line by line
    "letter_lists": letter_lists,
    "line_numbers": restore_line_numbers,
    "html_code": read_html_code,
    "block_id": name_blocks,
    "heading_id": read_heading_id,
    "attribute_lines": read_attribute_lines,
    "task_mark": take_task_marks,
    "callout": make_callouts,
    "inline": parse_inline,  # the inline rules, in the text of each block
    "header_cell": demote_empty_headers,
    "caption": read_captions,
    "task_box": put_task_boxes,
    "flat_footnotes": flatten_footnotes,
    "footnote_tail": None,
    "text_join": None,
    "abbreviation": mark_abbreviations,
    "diagram_links": list_diagram_links,
}
"""The steps from a text to its tokens; each is done once, for the whole text."""

BLOCK_RULES: Mapping[str, RuleFuncBlockType | None] = {
    "kramdown_table": read_kramdown_table,
    "table": read_table,
    "code": None,
    "grid_table": read_grid_table,
    "ruled_table": read_ruled_table,
    "line_block": read_line_block,
    "math_block": read_math_block,
    "bracket_block": read_bracket_block,
    "fence": None,
    "blockquote": read_blockquote,
    "hr": None,
    "list": read_list,
    "footnote_def": None,
    "reference": None,
    "admonition": read_admonition,
    "content_tab": read_content_tab,
    "fenced_div": read_fenced_div,
    "end_of_block": read_end_of_block,
    "markdown_html": read_markdown_html,
    "html_block": read_html_block,
    "heading": None,
    "callout_title": read_callout_title,
    "lheading": read_underlined_heading,
    "tab_table": read_tab_table,
    "definition_list": read_definition_list,
    "paragraph": None,
}
"""Where a block begins; the first that matches takes its lines."""

INTERRUPTS: Mapping[str, list[str]] = {
    "table": ["paragraph", "reference"],  # as the library has it
    "blockquote": ["paragraph", "reference", "blockquote", "list"],  # as the library has it
    "list": ["paragraph", "reference", "blockquote"],
    "math_block": ["paragraph"],
    "bracket_block": ["paragraph"],
    "admonition": ["paragraph"],
    "fenced_div": ["paragraph", "reference", "blockquote", "list"],
    "end_of_block": ["paragraph", "reference", "blockquote", "list"],
    "definition_list": ["paragraph", "reference", "blockquote"],  # as the plugin has it
    "end_of_item": ["paragraph"],
    "html_block": ["paragraph", "reference", "blockquote"],  # as the library has it
    "markdown_html": ["paragraph", "reference", "blockquote"],
    "tab_table": ["paragraph"],
}
"""What a block rule of ours ends when it matches in the middle of it."""

INLINE_RULES: Mapping[str, RuleFuncInlineType | None] = {
    "text": read_text,
    "newline": None,
    "math_after_digit": read_formula_after_digit,
    "math_inline": read_formula,
    "comment": skip_inline_comment,
    "bracket_formula": read_bracket_formula,
    "escape": None,
    "backticks": None,
    "script_in_word": read_script_in_word,
    "strikethrough": read_strikethrough,
    "highlight": read_highlight,
    "script": read_script,
    "emphasis": read_emphasis,
    "link_around": read_link_around,
    "wiki_link": read_wiki_link,
    "wiki_link_words": read_wiki_link_words,
    "keys": read_keys,
    "critic": read_critic,
    "attribute_list": read_attribute_list,
    "bracketed_span": read_bracketed_span,
    "tag": read_tag,
    "emoji": read_emoji,
    "empty_link": read_empty_link,
    "link": None,
    "image": None,
    "footnote_inline": None,
    "footnote_ref": read_footnote_mark,
    "autolink": None,
    "html_inline": read_html_inline,
    "entity": None,
    "gfm_autolink_www": read_www_address,
    "gfm_autolink_protocol": read_bare_address,
    "gfm_autolink_email": read_bare_mailbox,
}
"""What stands at a place within a block's text; the first that matches takes its letters."""

PAIRING_RULES = ("balance_pairs", "strikethrough", "emphasis", "fragments_join")
"""What is done after the inline rules with the signs that open and close something."""

RENDER_RULES: Mapping[str, Callable[..., str] | None] = {
    "code_block": None,
    "code_inline": None,
    "diagram_links": render_diagram_links,
    "emoji": render_emoji,
    "fence": render_fence,
    "footnote_anchor": None,
    "footnote_anchor_name": None,
    "footnote_block_close": None,
    "footnote_block_open": None,
    "footnote_caption": None,
    "footnote_close": None,
    "footnote_open": None,
    "footnote_ref": None,
    "hardbreak": None,
    "html_block": None,
    "html_inline": None,
    "image": render_image,
    "list_item_open": None,
    "math_block": render_formula,
    "math_block_label": render_formula,
    "math_inline": render_formula,
    "math_inline_double": render_formula,
    "place": render_place,
    "softbreak": None,
    "span_mark": render_span_mark,
    "table_close": render_table_close,
    "table_open": render_table_open,
    "tag": render_tag,
    "task": render_task,
    "text": None,
    "wiki_link": render_wiki_link,
}
"""What writes a token's HTML, by its type; the others are written as their tag with their attributes."""


FOR_SITES = (
    "attribute_lines",
    "caption",
    "admonition",
    "content_tab",
    "fenced_div",
    "end_of_block",
    "definition_list",
    "markdown_html",
    "wiki_link_words",
    "critic",
    "attribute_list",
    "bracketed_span",
    "script_in_word",
    "keys",
    "line_block",
    "grid_table",
    "ruled_table",
    "kramdown_table",
)
"""What only site generators read: kramdown, Pandoc, Hugo, MkDocs. Obsidian, Logseq and Dendron show it as text."""


FOR_PANDOC = ("letter_marks", "letter_lists")
"""What only Pandoc reads, of whose sources prose is full: everybody else shows it as text."""


_NESTING = ("fenced_div", "definition_list")


class _Parser(MarkdownIt):
    def normalizeLinkText(self, link: str) -> str:
        """What an address shows of itself: what its author wrote, never another spelling of the host."""
        return link

    def validateLink(self, url: str) -> bool:
        """Whether a link may lead there; one to a file of the author's disk is one, which leads nowhere."""
        return super().validateLink(url) or is_on_disk(url)


IN_OUTLINES: Mapping[str, RuleFuncBlockType] = {
    "table": read_bar_table,
    "list": read_list_of_outline,
    "end_of_item": read_end_of_item,
}
"""What Logseq reads in another way within a block of an outline, in the place of the rule of that name."""

NOT_IN_OUTLINES = ("code", "reference", "lheading")
"""What Logseq does not have: code that is only indented, addresses below, headings that are underlined."""


@cache
def parser(
    *, for_sites: bool = True, for_pandoc: bool = True, for_outlines: bool = False, is_flat: bool = False
) -> MarkdownIt:
    """The parser and renderer with these rules; made once.

    Args:
        for_sites: whether with those of `FOR_SITES`.
        for_pandoc: whether with those of `FOR_PANDOC`.
        for_outlines: whether with those of `IN_OUTLINES`, and without those of `NOT_IN_OUTLINES`.
        is_flat: whether what stands between colons, or behind one, is read as if these were not there: so the section
            of a private heading goes on to the next heading, wherever it stands.
    """
    md = _Parser("commonmark", {"html": True, "maxNesting": 100}, renderer_cls=Renderer)
    md.enable(["table", "strikethrough"])
    md.use(gfm_autolink_plugin).use(footnote_plugin)
    # A formula may not touch a digit, so that prices stay prices; `math_after_digit` reads the exception.
    md.use(dollarmath_plugin, allow_space=False, allow_digits=False, double_inline=True)
    _insert(md.core.ruler, CORE_RULES)
    _insert(md.block.ruler, BLOCK_RULES, INTERRUPTS)
    _insert(md.inline.ruler, INLINE_RULES)
    if for_outlines:
        _insert(md.block.ruler, IN_OUTLINES, INTERRUPTS)
        md.disable(list(NOT_IN_OUTLINES))
    for token, rule in RENDER_RULES.items():
        if rule:
            md.add_render_rule(token, rule)
    if not for_pandoc:
        md.disable(list(FOR_PANDOC))
    md.disable([*(() if for_sites else FOR_SITES), *(_NESTING if is_flat and for_sites else ())])
    md.block.ruler = BlockRules(md.block.ruler, BLOCK_LETTERS)
    md.inline.ruler = InlineRules(md.inline.ruler, INLINE_LETTERS)
    return md


def _insert(
    ruler: Ruler[Any],
    rules: Mapping[str, Rule | None],
    interrupts: Mapping[str, list[str]] = MappingProxyType({}),
) -> None:
    """Puts each rule of ours right after the one before it in the list, or in the place of one of that name."""
    for before, name in pairwise(("", *rules)):
        if rule := rules[name]:
            known = ruler.get_all_rules()
            after = partial(ruler.after, before) if before else partial(ruler.before, known[0])
            put = ruler.at if name in known else after
            put(name, rule, {"alt": interrupts.get(name, [])})
