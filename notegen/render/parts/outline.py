"""The levels of a page's headings: the page's title is of level 1, and none is skipped below it."""

import re

_TAG = re.compile(r"<(?P<end>/?)h(?P<level>[1-6])(?=[\s>])")


def level_headings(body: str) -> str:
    """The body of a page with every heading one level below the one it stands under.

    Notes begin with `###` because it looks right, or hold a `#` beside their title. A reader who hears the page goes by
    the levels, and HTML forbids to skip one: https://html.spec.whatwg.org/multipage/sections.html#headings-and-outlines-2
    """
    open_levels: list[int] = []

    def level(tag: re.Match[str]) -> str:
        if not tag["end"]:
            written = int(tag["level"])
            while open_levels and open_levels[-1] >= written:
                open_levels.pop()
            open_levels.append(written)
        # A stray end tag cannot be: the body has been through a parser.
        return f"<{tag['end']}h{min(len(open_levels) + 1, 6)}"

    return _TAG.sub(level, body)
