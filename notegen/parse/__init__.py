"""Source to Note: all that can be known of a note from its own file."""

from notegen.parse.cached_notes import cached_notes, source_digests
from notegen.parse.note import expect_notes, parse_note, parse_notes
from notegen.parse.processes import parsers_in_waiting

__all__ = [
    "cached_notes",
    "expect_notes",
    "parse_note",
    "parse_notes",
    "parsers_in_waiting",
    "source_digests",
]
