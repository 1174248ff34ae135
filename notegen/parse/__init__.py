"""Source to Note: all that can be known of a note from its own file."""

from notegen.parse.note import parse_note, parse_notes

__all__ = ["parse_note", "parse_notes"]
