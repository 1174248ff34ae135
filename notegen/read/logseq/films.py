"""`{{youtube-timestamp 1:30}}`: a moment of the film that stands before it on the page."""

import re

from notegen.read.code_spans import outside_code
from notegen.read.logseq.blocks import Block

_ADDRESS = r"\S{0,80}?(?:youtu\.be/|[?&]v=|/embed/|/shorts/|/live/)"
_FILM = rf"\{{\{{(?:youtube|video)[ \t]+(?:{_ADDRESS})?(?P<film>[\w-]{{11}})(?![\w-])[^{{}}\s]*[ \t]*\}}\}}"
_MOMENT = r"\{\{youtube-timestamp[ \t]+(?P<time>\d{1,6}(?::\d{1,2}){0,2})[ \t]*\}\}"
_EITHER = re.compile(f"{_FILM}|{_MOMENT}", re.IGNORECASE)


def point_to_films(blocks: list[Block]) -> None:
    """Makes links of a page's moments, each into the last film before it, or plain times where there is none."""
    film = ""

    def point(found: re.Match[str]) -> str:
        nonlocal film
        if found["film"]:
            film = found["film"]
            return found[0]
        seconds = 0
        for part in found["time"].split(":"):
            seconds = 60 * seconds + int(part)
        shown = _clock(seconds)
        return f"[{shown}](https://www.youtube.com/watch?v={film}&t={seconds}s)" if film else shown

    for block in blocks:
        for index, text in enumerate(block.texts):
            if text and "{{" in text and block.is_text(index):
                block.texts[index] = outside_code(text, lambda words: _EITHER.sub(point, words))


def _clock(seconds: int) -> str:
    """`1:02:03`, or `2:03` below an hour."""
    hours, rest = divmod(seconds, 3600)
    return f"{hours}:{rest // 60:02}:{rest % 60:02}" if hours else f"{rest // 60}:{rest % 60:02}"
