"""Two sites beside each other: which pages say the same, which files differ, which are in one of them only.

    python -m bench.compare BEFORE AFTER

For a change that is to change nothing: a page's text is what a reader or a screen reader meets, in order, with its
language, direction and where its links lead; classes, scripts and the names of files under notegen/ are left out.
Exits 1 when a page says something else, or one is missing.
"""

import difflib
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

from bench.usage import arguments

SPOKEN = ("alt", "aria-label", "content", "dir", "href", "lang", "placeholder", "src", "title")
"""Attributes that a reader meets, or that say where something leads."""

MAX_SHOWN = 12
"""Differing pages that are shown, with as many lines each."""

_HASHED = re.compile(r"notegen/[\w./-]*")


@dataclass(slots=True)
class _Text(HTMLParser):
    """The text of a page in order, a line for each piece of text and each attribute that a reader meets."""

    lines: list[str] = field(default_factory=list)
    _silent: int = 0

    def __post_init__(self) -> None:
        HTMLParser.__init__(self)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Notes what the element's attributes say."""
        if tag in ("script", "style"):
            self._silent += 1
        for name, value in attrs:
            if name in SPOKEN and value:
                self.lines.append(f"{name}={_HASHED.sub('notegen/…', value)}")

    def handle_endtag(self, tag: str) -> None:
        """Speaks again after a script or a style sheet."""
        if tag in ("script", "style"):
            self._silent -= 1

    def handle_data(self, data: str) -> None:
        """Notes the words."""
        if not self._silent and data.strip():
            self.lines.append(" ".join(data.split()))


def text_of(page: Path) -> list[str]:
    """What the page says, a line a piece."""
    parser = _Text()
    parser.feed(page.read_text("utf-8"))
    return parser.lines


def files_of(site: Path) -> dict[str, Path]:
    """The site's own pages and attachments, by address; what lies under notegen/ is named by digests and left out."""
    return {
        name: path
        for path in sorted(site.rglob("*"))
        if path.is_file() and not (name := path.relative_to(site).as_posix()).startswith("notegen/")
    }


def compare(before: Path, after: Path) -> Iterator[str]:
    """A line for each page that says something else, then lines of what; nothing for sites that say the same."""
    here, there = files_of(before), files_of(after)
    yield from (f"only before: {name}" for name in sorted(here.keys() - there.keys()))
    yield from (f"only after: {name}" for name in sorted(there.keys() - here.keys()))
    for name in sorted(here.keys() & there.keys()):
        if name.endswith(".html"):
            one, other = text_of(here[name]), text_of(there[name])
        else:
            one, other = ([str(path.read_bytes())] for path in (here[name], there[name]))
        if one != other:
            changed = [
                line[:200]
                for line in difflib.unified_diff(one, other, lineterm="", n=0)
                if not line.startswith(("---", "+++", "@@"))
            ]
            yield "\n    ".join([f"differs: {name}", *changed[:MAX_SHOWN]])


def main(arguments: Sequence[str]) -> int:
    """Prints the differences and how many files were compared."""
    before, after = map(Path, arguments)
    differences = list(compare(before, after))
    for line in differences[:MAX_SHOWN]:
        print(line)
    print(f"{len(files_of(after))} files, {len(differences)} differ")
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main(arguments("compare SITE SITE")))
