"""The name of a folder as a person would write it over what it holds."""

from notegen.regex import regex

_TOOLS = frozenset("obsidian logseq dendron foam emanote jekyll hugo quartz".split())
"""What folders are called after beside their subject."""
_JOINT = regex(r"[-_]+")
_MADE = regex(r"[\w.]+(?:[-_][\w.]+)+")


def is_made_for_machines(name: str) -> bool:
    """Whether a name is words joined by dashes or underscores, as of a folder, and no title."""
    return bool(_MADE.fullmatch(name))


def readable_name(name: str) -> str:
    """`Garden jackyzha0` for `obsidian-garden-jackyzha0`: its words apart, but the tool, the first with a capital.

    A name with spaces is one that a person wrote: it gets its capital only.
    """
    words = name.split() if " " in name else list(filter(None, _JOINT.split(name)))
    if " " not in name:
        words = [word for word in words if word.casefold() not in _TOOLS] or words
    title = " ".join(words)
    return title[:1].upper() + title[1:]
