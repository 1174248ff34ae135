"""`{{youtube-timestamp 1:30}}`: a moment of the film that stands before it on the page."""

import re

from notegen.read.code_spans import outside_code
from notegen.read.logseq.blocks import Block
from notegen.regex import regex

_ADDRESS = r"\S{0,80}?(?:youtu\.be/|[?&]v=|/embed/|/shorts/|/live/)"
_FILM = rf"\{{\{{(?:youtube|video)[ \t]+(?:{_ADDRESS})?(?P<film>[\w-]{{11}})(?![\w-])[^{{}}\s]*[ \t]*\}}\}}"
_MOMENT = r"\{\{youtube-timestamp[ \t]+(?P<time>\d{1,6}(?::\d{1,2}){0,2})[ \t]*\}\}"
_EITHER = regex(f"{_FILM}|{_MOMENT}", re.IGNORECASE)


class Films:
    """Goes through the blocks of a page in order."""

    def __init__(self) -> None:
        self._film = ""

    def point(self, block: Block) -> None:
        """Makes links of a block's moments, each into the last film before it, or plain times where there is none."""
        for index, text in enumerate(block.texts):
            if text and "{{" in text and block.is_text(index):
                block.texts[index] = outside_code(text, lambda words: _EITHER.sub(self._link, words))

    def _link(self, found: re.Match[str]) -> str:
        if found["film"]:
            self._film = found["film"]
            return found[0]
        seconds = 0
        for part in found["time"].split(":"):
            seconds = 60 * seconds + int(part)
        shown = _clock(seconds)
        return (
            f"[{shown}](https://www.youtube.com/watch?v={self._film}&t={seconds}s)" if self._film else shown
        )


def _clock(seconds: int) -> str:
    """`1:02:03`, or `2:03` below an hour."""
    hours, rest = divmod(seconds, 3600)
    return f"{hours}:{rest // 60:02}:{rest % 60:02}" if hours else f"{rest // 60}:{rest % 60:02}"
