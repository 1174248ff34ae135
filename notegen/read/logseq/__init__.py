"""Logseq's file graphs: pages that are outlines, turned into the Markdown that the other stages read.

`graph` reads the settings, `title` and `page` say what a page is called and says of itself, `blocks` cuts it up, and
`rewrite` with `properties`, `containers` and `inline` rewrites each block. No line is added or lost on the way, so that
the places in reports stay true. The rules are those of Logseq's documentation, https://docs.logseq.com.
"""

from notegen.read.logseq.adapt import adapt_logseq, names_of_file
from notegen.read.logseq.graph import LogseqGraph, read_graph

__all__ = ["LogseqGraph", "adapt_logseq", "names_of_file", "read_graph"]
