"""Notes to Garden: every link's meaning, every page's address, and who links to whom."""

from notegen.link.garden import link_notes

__all__ = ["link_notes"]
