"""Ends of lines, which are one letter in nearly every text that comes here."""

from markdown_it.rules_core import StateCore, normalize


def normalize_line_ends(state: StateCore) -> None:
    """The library's rule, where there is something for it to do: it writes each end of a line anew."""
    if "\r" in state.src or "\0" in state.src:
        normalize(state)
