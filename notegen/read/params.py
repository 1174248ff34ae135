"""Hugo's `{{< param name >}}`: what the page's front matter says under that name."""

import re
from collections.abc import Mapping

from notegen.read.code_spans import as_text, outside_code
from notegen.regex import regex

_PARAM = regex(r"\{\{[<%][ \t]*param[ \t]+[\"']?(?P<name>[\w.-]{1,100})[\"']?[ \t]*[>%]\}\}")


def with_params(text: str, properties: Mapping[str, object]) -> str:
    """The text with such values; one that the page does not state stays as it is written. Total."""
    if " param " not in text:
        return text
    return outside_code(text, lambda line: _PARAM.sub(lambda found: _value(found, properties), line))


def _value(found: re.Match[str], properties: Mapping[str, object]) -> str:
    """A value within a table by its path, with dots; Hugo looks in the table `params` too."""
    for value in (properties, properties.get("params")):
        for key in found["name"].lower().split("."):
            value = (
                {str(k).lower(): v for k, v in value.items()}.get(key) if isinstance(value, Mapping) else None
            )
        if isinstance(value, str | int | float):
            return as_text(str(value).lower() if isinstance(value, bool) else str(value))
    return found[0]
