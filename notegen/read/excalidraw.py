"""Excalidraw's drawings, which its plugin for Obsidian keeps in notes: the picture beside it, none of the data."""

import re
from collections.abc import Collection
from pathlib import PurePosixPath

from msgspec.structs import replace

from notegen.model import REMOVED_LINE, Source
from notegen.paths import DRAWING_SUFFIX, stem_of
from notegen.regex import regex

_DATA = regex(
    r"^(?:==\s*⚠|#{1,2} (?:Excalidraw Data|Text Elements|Drawing|Element Links|Embedded Files)\s*$|%%\s*$"
    r"|```(?:compressed-)?json\s*$)",
    re.MULTILINE,
)


def is_drawing(source: Source) -> bool:
    """Whether the note is a drawing: it says so, or is called so."""
    return "excalidraw-plugin" in source.properties or stem_of(source.id).lower().endswith(DRAWING_SUFFIX)


def adapt_drawing(source: Source, assets: Collection[str], words: str) -> Source:
    """The note with what its author wrote over the drawing, and the picture that the plugin exported beside it; total.

    Args:
        words: what is said where there is no picture.
    """
    data = _DATA.search(source.text)
    own = source.text[: data.start()] if data else ""
    stem = stem_of(source.id)
    pictures = (
        f"{stem}{kind}" for kind in (".svg", ".light.svg", ".png", ".light.png", ".dark.svg", ".dark.png")
    )
    picture = next((path for path in pictures if path in assets), "")
    shown = f"![[/{picture}]]" if picture else words
    gone = source.text.count("\n") - own.count("\n")
    properties = {key: value for key, value in source.properties.items() if not key.startswith("excalidraw")}
    if isinstance(tags := properties.get("tags"), list):
        properties["tags"] = [tag for tag in tags if str(tag).strip("#").lower() != "excalidraw"]
    name = PurePosixPath(stem).name
    return replace(
        source,
        text="\n".join([f"{own}{shown}", *[REMOVED_LINE] * gone]),
        properties=properties,
        title=source.title
        or (name[: -len(DRAWING_SUFFIX)] if name.lower().endswith(DRAWING_SUFFIX) else name),
    )
