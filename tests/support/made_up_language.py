"""A language whose messages are the English ones in brackets: what a page says outside of them was forgotten."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from notegen.bundled import bundled
from notegen.i18n.messages import read_messages
from notegen.theme import Theme, load_theme
from tests.support.page_texts import is_spoken

# Whatever the authors of a site wrote is in Cyrillic, and dates are in Greek: so each Latin letter is the interface's.
MADE_UP = "el"

_WRAPPED = re.compile(r"⟦[^⟦⟧]*⟧")


def wrapped_theme(folder: Path, scripts: Path | None = None) -> Theme:
    """The bundled theme in a language whose messages are the English ones in brackets."""
    lines = []
    for key, message in read_messages("en", [bundled("templates")]).items():
        forms = ", ".join(f'{category} = "⟦{text}⟧"' for category, text in message.forms.items())
        lines.append(f"{key} = {{ {forms} }}\n")
    (folder / "languages").mkdir(exist_ok=True)
    (folder / f"languages/{MADE_UP}.toml").write_text("".join(lines), "utf-8")
    return load_theme(folder, language=MADE_UP, scripts=scripts)


def left_over(page: str) -> Iterator[str]:
    """What a reader would see or hear of the page that is neither in brackets nor its authors', word by word."""
    reader = Reader()
    reader.feed(page)
    for text in reader.texts:
        while (shorter := _WRAPPED.sub("", text)) != text:
            text = shorter
        yield from re.findall(r"[A-Za-z⟦⟧]+", text)


class Reader(HTMLParser):
    """Gathers what is shown of a page, as one text, and what is read aloud or shown on hover, one by one."""

    def __init__(self) -> None:
        super().__init__()
        self.texts = [""]
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Called by the parser for each tag."""
        self._hidden += tag in ("script", "style")
        self.texts += [value or "" for name, value in attrs if is_spoken(tag, name, attrs)]

    def handle_endtag(self, tag: str) -> None:
        """Called by the parser for each closing tag."""
        self._hidden -= tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        """Called by the parser for each piece of text; messages may hold elements, so a page's text is one."""
        if not self._hidden:
            self.texts[0] += data
