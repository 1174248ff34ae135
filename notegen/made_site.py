"""A site between the stages that make it and the disk."""

from collections.abc import Callable, Iterator, Mapping

from msgspec import Struct

from notegen.model import EmbeddedGarden, Insights, OutputFile, Problem
from notegen.render import OpenedSite
from notegen.second_process import Look


class MadeSite(Struct, frozen=True):
    """A site that is ready to be rendered and written."""

    embedded: EmbeddedGarden
    insights: Insights
    opened: OpenedSite
    search_facts: Callable[[], Mapping[str, object]]
    """What the search index says of itself, once its files are made."""
    files: Iterator[OutputFile]
    """All but notegen.json."""
    problems: tuple[Problem, ...]
    attachments: frozenset[str]
    look: Look | None = None
    """Searches it for what is private, where another process has made ready for that."""
