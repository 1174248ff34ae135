"""A site between the stages that make it and the disk."""

from collections.abc import Callable, Iterator, Mapping

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from notegen.encrypt import Vault
from notegen.model import EmbeddedGarden, Insights, OutputFile, Problem
from notegen.render import OpenedSite
from notegen.workers.second import Look


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
    vault: Vault | None = None
    """The keys of what is encrypted in it; None where nothing is."""


def without_rows(embedded: EmbeddedGarden) -> EmbeddedGarden:
    """The garden once all that follows from its vectors is made: they would stay in memory while it is written."""
    if embedded.vectors is None:
        return embedded
    return replace(embedded, vectors=replace(embedded.vectors, matrix=np.empty((0, 0), np.float32)))
