"""notegen.json: what made a site, for tools and for the next build."""

import json
from collections.abc import Mapping

from notegen import __version__
from notegen.model import EmbeddedGarden, OutputFile
from notegen.write import MARK


def site_facts(embedded: EmbeddedGarden, search: Mapping[str, object]) -> OutputFile:
    """The version, counts, the encoder's fingerprint and what the search index says of itself.

    The same for the same input: no clock, no path of the machine.
    """
    facts = {
        "version": __version__,
        "notes": len(embedded.garden.notes),
        "passages": len(embedded.passages),
        "encoder": embedded.vectors.encoder if embedded.vectors else None,
        "search": search,
    }
    return OutputFile(MARK, (json.dumps(facts, indent=2, sort_keys=True) + "\n").encode())
