"""Names that front matter lists: a list, a text with commas, or what YAML makes of `[[a link]]` and of `{a, b}`."""

from collections.abc import Iterator

from notegen.regex import regex

_LINK = regex(r"#?\[\[(?P<name>[^\[\]|]+)(?:\|[^\[\]]*)?\]\]")


def listed_texts(value: object) -> Iterator[str]:
    """The texts of a value in order, those of lists in lists too, of a table its keys; of a link the name."""
    if isinstance(value, (list, tuple, dict)):
        for item in value:
            yield from listed_texts(item)
    elif value is not None:
        text = str(value).strip()
        link = _LINK.fullmatch(text)
        yield link["name"].strip() if link else text
