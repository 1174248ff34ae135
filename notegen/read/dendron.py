"""Dendron vaults: a link's words stand before its target, a journal is named by its day, times are milliseconds."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import PurePosixPath

from notegen.dates import day_in_name
from notegen.model import Source
from notegen.read.code_spans import outside_code

_LINK = re.compile(r"(!?\[\[)([^\[\]|\n]+)\|([^\[\]|\n]+)(\]\])")


def adapt_dendron(source: Source) -> Source:
    """The source as Obsidian would write it: `[[words|daily.journal]]` becomes `[[daily.journal|words]]`; total."""
    properties = dict(source.properties)
    if day_in_name(PurePosixPath(source.id).stem):
        # Dendron stamps every note; a journal is of the day it is named by, whenever and in whatever zone it was made.
        properties.pop("created", None)
    elif (day := _day_from_millis(properties.get("created"))) is not None:
        properties["created"] = day
    for key in ("id", "updated"):  # Dendron's own
        properties.pop(key, None)
    if "desc" in properties:
        properties.setdefault("description", properties.pop("desc"))
    text = outside_code(source.text, lambda line: _LINK.sub(r"\1\3|\2\4", line))
    return replace(source, text=text, properties=properties)


def _day_from_millis(value: object) -> str | None:
    """Milliseconds since 1970 as a day, UTC; None for what is not such a number."""
    try:
        return datetime.fromtimestamp(int(str(value)) / 1000, UTC).date().isoformat() if value else None
    except (ValueError, OverflowError, OSError):
        return None
