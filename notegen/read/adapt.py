"""What each tool writes in its own way, turned into what the Markdown rules understand; one module a tool."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from notegen.config import LineBreaks
from notegen.model import Source, Tool, ToolRoot
from notegen.read.daily import daily_pattern, day_in_path
from notegen.read.dendron import adapt_dendron
from notegen.read.emanote import adapt_emanote
from notegen.read.foam import adapt_foam
from notegen.read.jekyll import adapt_jekyll
from notegen.read.logseq import adapt_logseq, read_graph
from notegen.read.tools import breaks_lines, daily_format

Adapter = Callable[[Source], Source | None]

_ADAPTERS: Mapping[Tool, Adapter] = {
    "dendron": adapt_dendron,
    "emanote": adapt_emanote,
    "foam": adapt_foam,
    "jekyll": adapt_jekyll,
}


def make_adapter(folder: Path, root: ToolRoot, *, line_breaks: LineBreaks) -> Adapter:
    """What is to be done to the sources below one root; its settings are read once.

    The adapter is total, and gives None for a note that its tool does not publish.
    """
    adapt = _ADAPTERS.get(root.tool, _as_is)
    if root.tool == "logseq":
        adapt = partial(adapt_logseq, graph=read_graph(folder, root.path))
    breaks = breaks_lines(folder, root.tool) if line_breaks == "auto" else line_breaks == "keep"
    daily = daily_pattern(daily_format(folder, root.tool))

    def adapter(source: Source) -> Source | None:
        adapted = adapt(replace(source, tool=root.tool, root=root.path, hard_breaks=breaks))
        if adapted is None or daily is None or "date" in adapted.properties:
            return adapted
        day = day_in_path(adapted.id.removeprefix(f"{root.path}/"), daily)
        return (
            replace(adapted, properties={**adapted.properties, "date": day.isoformat()}) if day else adapted
        )

    return adapter


def _as_is(source: Source) -> Source | None:
    return source
