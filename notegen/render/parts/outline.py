"""The levels of a page's headings: the page's title is of level 1, and none is skipped below it."""

from notegen.text.html_tags import HtmlTag, replace_tags

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def level_headings(body: str) -> str:
    """The body of a page with every heading one level below the one it stands under.

    Notes begin with `###` because it looks right, or hold a `#` beside their title. A reader who hears the page goes by
    the levels, and HTML forbids to skip one: https://html.spec.whatwg.org/multipage/sections.html#headings-and-outlines-2
    """
    open_levels: list[int] = []

    def level(tag: HtmlTag) -> str:
        if not tag.is_end:
            written = int(tag.name[1])
            while open_levels and open_levels[-1] >= written:
                open_levels.pop()
            open_levels.append(written)
        # A stray end tag cannot be: the body has been through a parser.
        return f"<{'/' if tag.is_end else ''}h{min(len(open_levels) + 1, 6)}{tag.rest}>"

    return replace_tags(body, level, *_HEADINGS)
