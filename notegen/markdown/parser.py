"""The list of rules, in the order they are tried."""

from functools import cache

from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.gfm_autolink import gfm_autolink_plugin

from notegen.markdown.block_id import block_id_rule
from notegen.markdown.callout import callout_rule
from notegen.markdown.code import code_rule
from notegen.markdown.comment import comment_rule
from notegen.markdown.diagram import diagram_rule
from notegen.markdown.formula import formula_rule
from notegen.markdown.header_cell import header_cell_rule
from notegen.markdown.highlight import highlight_rule
from notegen.markdown.removed_line import removed_line_rule
from notegen.markdown.tab_table import tab_table_rule
from notegen.markdown.tag import tag_rule
from notegen.markdown.task import task_rule
from notegen.markdown.wide_table import wide_table_rule
from notegen.markdown.wiki_link import wiki_link_rule


@cache
def parser() -> MarkdownIt:
    """CommonMark with GitHub's tables, strike-through and bare links, footnotes, formulas, and what note tools add."""
    md = MarkdownIt("commonmark", {"html": True, "maxNesting": 100}).enable(["table", "strikethrough"])
    md.use(gfm_autolink_plugin).use(footnote_plugin)
    for rule in (formula_rule, comment_rule, wiki_link_rule, tag_rule, highlight_rule):
        md.use(rule)
    for rule in (tab_table_rule, removed_line_rule, block_id_rule, task_rule, callout_rule, diagram_rule):
        md.use(rule)
    return md.use(header_cell_rule).use(wide_table_rule).use(code_rule)
