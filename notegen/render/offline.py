"""A site that can be read offline: a service worker, what it has to know of the build, and a web app manifest.

Pages say only that there is a worker, so that none changes with a build. The worker itself names the list of all
files, whose name is the digest of all that they hold: any change of the site is a new worker, which browsers look for.
"""

import json
import re
from collections.abc import Iterable, Iterator
from html import escape
from itertools import chain
from pathlib import Path

from notegen.config import Config
from notegen.drawing.icon import draw_icon
from notegen.drawing.png import png_size
from notegen.model import KnownFile, OutputFile, Url
from notegen.page_data import FILE_DIGEST_BYTES, digest_of, hashed_file
from notegen.paths import CARDS, HOME, INTERNAL, SEARCH_POINTER, WORKER
from notegen.regex import regex
from notegen.render.parts.pieces import PIECES_POINTER
from notegen.render.site import ICON_COLOUR
from notegen.theme import Theme, enhancements_script, search_script, worker_script

MANIFEST: Url = "manifest.webmanifest"
PAPER = "#fbf9f4"
"""What a window has before its first page is there: the ground of pages by day, as in templates/tokens.css."""
ICON_SIZES = (192, 512)
"""Pixels: what browsers ask for before they offer to install a site."""
OWN_ICONS = ("icon.svg", "icon.png")
"""The files of a theme that are the site's icon in place of the drawn one."""

_NOT_READ = regex(
    r"(?:.*/)?\.[^/]*|notegen\.json|notegen/files\.txt|404\.html|robots\.txt|sitemap(?:-\d+)?\.xml|"
    r"feed\.(?:xml|json)|tags/.*\.xml|llms\.txt|.*\.html\.md|passages\.jsonl|vectors\.npy|"
    rf"{CARDS}/.*"
)
"""What the list leaves out: what no reader opens."""
_SHARD_FOLDER = regex(rf"{INTERNAL}/(?:previews|folders)/[0-9a-f]+/")
_HASHED = regex(
    rf"{INTERNAL}/[\w-]+\.[0-9a-f]{{{2 * FILE_DIGEST_BYTES}}}\.\w+|{_SHARD_FOLDER.pattern}[^/]+", re.ASCII
)


def with_offline(
    files: Iterable[OutputFile], theme: Theme, config: Config, title: str
) -> Iterator[OutputFile]:
    """The files of a site, and after them what is needed to read it offline, where the settings say so.

    Raises:
        NotegenError: a file of the theme cannot be read.
    """
    if config.offline == "on":
        yield from _with_worker(files, theme, config, title)
        return
    yield from files
    if config.offline == "retire":
        yield OutputFile(WORKER, worker_script(theme, "retired"))


def _with_worker(
    files: Iterable[OutputFile], theme: Theme, config: Config, title: str
) -> Iterator[OutputFile]:
    digests: dict[Url, str] = {}
    size = 0
    for file in chain(_manifest_files(theme, config, title), files):
        if not _NOT_READ.fullmatch(file.url):
            digests[file.url] = "" if _HASHED.fullmatch(file.url) else _digest(file)
            size += _size(file)
        yield file
    lines = "".join(f"{url}\t{digests[url]}\n" for url in sorted(digests))
    listed = hashed_file("offline.txt", lines.encode("utf-8", "surrogateescape"))
    yield listed
    finder, enhancements = search_script(theme).url, enhancements_script(theme).url
    wanted = (HOME, theme.early.url, theme.style.url, theme.script.url, SEARCH_POINTER, PIECES_POINTER)
    facts = {
        "list": listed.url,
        "core": [url for url in (*wanted, finder, enhancements, MANIFEST) if url in digests],
        "folders": sorted({found[0] for url in digests if (found := _SHARD_FOLDER.match(url))}),
        "files": len(digests),
        "bytes": size,
        "lost": {
            "language": theme.language.tag,
            **{key: escape(theme.language.translate(f"offline.{key}")) for key in ("title", "text", "home")},
        },
    }
    known = json.dumps(facts, ensure_ascii=False, separators=(",", ":"))
    yield OutputFile(WORKER, f"self.notegenBuild={known};\n".encode() + worker_script(theme, "worker"))


def _manifest_files(theme: Theme, config: Config, title: str) -> Iterator[OutputFile]:
    """The manifest (https://www.w3.org/TR/appmanifest/), and the icons that it names."""
    colour = config.accent.removeprefix("#") or ICON_COLOUR
    icons = list(_own_icons(theme))
    if not icons:
        for size in ICON_SIZES:
            drawn = hashed_file(f"icon-{size}.png", draw_icon(size, colour))
            icons.append(_icon(drawn.url, f"{size}x{size}", "image/png", "any maskable"))
            yield drawn
    facts = {
        "name": title,
        "short_name": title,
        "description": config.description,
        "lang": theme.language.tag,
        "dir": theme.language.direction,
        "start_url": HOME,
        "scope": "./",
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": f"#{colour}",
        "icons": icons,
    }
    text = json.dumps({key: value for key, value in facts.items() if value}, ensure_ascii=False, indent=1)
    yield OutputFile(MANIFEST, f"{text}\n".encode("utf-8", "replace"))


def _own_icons(theme: Theme) -> Iterator[dict[str, str]]:
    """The icons that lie in the theme."""
    for file in theme.files:
        name = file.url.removeprefix(f"{INTERNAL}/")
        if name not in OWN_ICONS or not isinstance(file.content, Path):
            continue
        if name.endswith(".svg"):
            yield _icon(file.url, "any", "image/svg+xml", "any")
        elif size := png_size(file.content.read_bytes()):
            yield _icon(file.url, f"{size[0]}x{size[1]}", "image/png", "any")


def _icon(url: Url, sizes: str, kind: str, purpose: str) -> dict[str, str]:
    return {"src": url, "sizes": sizes, "type": kind, "purpose": purpose}


def _digest(file: OutputFile) -> str:
    """Of a file as it is; the same for one that cannot be read, which the site is without."""
    if isinstance(file, KnownFile):
        return file.digest[:FILE_DIGEST_BYTES].hex()
    try:
        whole = file.read()
    except OSError:
        whole = b""
    return digest_of(whole)[:FILE_DIGEST_BYTES].hex()


def _size(file: OutputFile) -> int:
    if isinstance(file, KnownFile):
        return file.size
    try:
        return file.content.stat().st_size if isinstance(file.content, Path) else len(file.content)
    except OSError:
        return 0
