"""Notes to Garden: every link's meaning, every page's address, and who links to whom."""

from notegen.link.garden import link_notes
from notegen.link.suggest import suggest_names

__all__ = ["link_notes", "suggest_names"]
