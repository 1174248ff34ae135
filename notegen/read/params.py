"""Hugo's `{{< param name >}}`: what the page's front matter says under that name, or else the site's settings."""

import re
from collections.abc import Mapping, Sequence

from notegen.read.code_spans import as_text, outside_code
from notegen.regex import regex

_PARAM = regex(r"\{\{[<%][ \t]*param[ \t]+[\"']?(?P<name>[\w.-]{1,100})[\"']?[ \t]*[>%]\}\}")


def with_params(text: str, properties: Mapping[str, object], site: Mapping[str, object]) -> str:
    """The text with such values; one that neither states stays as it is written. Total.

    Args:
        site: what its settings have under `params`.
    """
    if " param " not in text:
        return text
    places = (properties, properties.get("params"), site)
    return outside_code(text, lambda line: _PARAM.sub(lambda found: _value(found, places), line))


def _value(found: re.Match[str], places: Sequence[object]) -> str:
    """A value within a table by its path, with dots, from the first of the tables that has it."""
    for value in places:
        for key in found["name"].lower().split("."):
            value = (
                {str(k).lower(): v for k, v in value.items()}.get(key) if isinstance(value, Mapping) else None
            )
        if isinstance(value, str | int | float):
            return as_text(str(value).lower() if isinstance(value, bool) else str(value))
    return found[0]
