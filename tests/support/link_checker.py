"""Reads every file of a built site as a browser would, and follows every link: what is broken, unreachable or far away.

Nothing is loaded: the site is judged by its bytes, so that what no page happens to show today is seen as well.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

from notegen.model import Url

HOME = "index.html"
NOT_FOUND = "404.html"
GRAPH = "graph.html"
NOTE_IN_GRAPH = "note="
"""How a link to the graph names the note that its script is to show, by its page."""

_LOADS = {
    ("audio", "src"),
    ("embed", "src"),
    ("iframe", "src"),
    ("image", "href"),
    ("img", "src"),
    ("img", "srcset"),
    ("input", "src"),
    ("link", "href"),
    ("object", "data"),
    ("script", "src"),
    ("source", "src"),
    ("source", "srcset"),
    ("track", "src"),
    ("use", "href"),
    ("video", "poster"),
    ("video", "src"),
}
"""Attributes whose address a browser loads without being asked."""

_NOT_LOADED = {"canonical", "prev", "next"}
"""Relations of a `link` that only say something."""

_CSS_LOAD = re.compile(r"url\(\s*['\"]?([^'\")]+)|@import\s+['\"]([^'\"]+)")
_FAR = re.compile(r"(?:https?:)?//")
_SCRIPT_LOAD = re.compile(
    r"\b(?:fetch|importScripts|import)\s*\(|\b(?:XMLHttpRequest|WebSocket|EventSource|sendBeacon)\b"
)
_SCRIPT_ADDRESS = re.compile(r"[\"'`](https?://[^\"'`]*)")
_NAMESPACES = ("http://www.w3.org/",)
_OWN_SCRIPT = re.compile(r"notegen/(?!mermaid)[\w-]+\.\w+\.js")
"""Mermaid is 5 MB of another project, which only a browser can judge; the pieces of the index are texts of notes."""


@dataclass(slots=True)
class Reading(HTMLParser):
    """What a page says of addresses."""

    ids: set[str] = field(default_factory=set)
    links: list[str] = field(default_factory=list)
    loads: list[str] = field(default_factory=list)
    styles: list[str] = field(default_factory=list)
    refreshes: bool = False
    _in_style: bool = False

    def __post_init__(self) -> None:
        HTMLParser.__init__(self)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """Notes what the element is called, where it leads, and what it loads."""
        given = {name: value or "" for name, value in attributes}
        self.ids.update(given[name] for name in ("id",) if name in given)
        if tag in ("a", "area"):
            self.ids.update(given[name] for name in ("name",) if name in given)
            self.links += [given[name] for name in ("href", "xlink:href") if name in given]
        for name, value in given.items():
            if (tag, name) in _LOADS and not (tag == "link" and given.get("rel") in _NOT_LOADED):
                self.loads += _addresses(name, value)
        if "style" in given:
            self.styles.append(given["style"])
        self._in_style = tag == "style"
        self.refreshes = self.refreshes or given.get("http-equiv", "").lower() == "refresh"

    def handle_data(self, data: str) -> None:
        """Notes the text of a style element."""
        if self._in_style:
            self.styles.append(data)


def faults(site: Path) -> list[str]:
    """What is wrong with the links and loads of a site, a line each, in order of place.

    A link into the site must lead to a file, and to an element of it where it names one; whatever a page, a style sheet
    or a script loads must be a file of the site; every page but the 404 page and those that send the reader on must be
    reached from the home page.
    """
    files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    pages = {url: read(site / url) for url in sorted(files) if url.endswith(".html")}
    found = [f"{url}: {fault}" for url in pages for fault in _faults_of(url, pages, files)]
    for url in sorted(files):
        if url.endswith(".css"):
            found += [
                f"{url}: {one}" for one in _faults_of_style(url, (site / url).read_text("utf-8"), files)
            ]
        if _OWN_SCRIPT.fullmatch(url):
            found += [f"{url}: {one}" for one in _faults_of_script((site / url).read_text("utf-8"))]
    return found + [f"{url}: no way leads here" for url in sorted(unreached(pages))]


def read(file: Path) -> Reading:
    """What the page says."""
    reading = Reading()
    reading.feed(file.read_text("utf-8"))
    return reading


def unreached(pages: Mapping[Url, Reading]) -> set[Url]:
    """The pages that no path of links from the home page comes to."""
    expected = {url for url, page in pages.items() if url != NOT_FOUND and not page.refreshes}
    seen, waiting = {HOME}, [HOME]
    while waiting:
        url = waiting.pop()
        for link in pages[url].links:
            goal = _goal(url, link)
            if goal and goal[0] in pages and goal[0] not in seen:
                seen.add(goal[0])
                waiting.append(goal[0])
    return expected - seen


def _faults_of(url: Url, pages: Mapping[Url, Reading], files: set[str]) -> Iterator[str]:
    page = pages[url]
    for link in page.links:
        goal = _goal(url, link)
        if goal is None:
            continue
        file, place = goal
        if file not in files:
            yield f"link to `{link}`: no such file"
        elif file == GRAPH and place.startswith(NOTE_IN_GRAPH):
            if unquote(place.removeprefix(NOTE_IN_GRAPH)) not in pages:
                yield f"link to `{link}`: no such note"
        elif place and file in pages and place not in pages[file].ids:
            yield f"link to `{link}`: no such place"
    for load in page.loads:
        if fault := _fault_of_load(url, load, files):
            yield fault
    for style in page.styles:
        yield from _faults_of_style(url, style, files)


def _faults_of_style(url: Url, style: str, files: set[str]) -> Iterator[str]:
    for found in _CSS_LOAD.finditer(style):
        if fault := _fault_of_load(url, found[1] or found[2], files):
            yield fault


def _faults_of_script(script: str) -> Iterator[str]:
    for found in _SCRIPT_LOAD.finditer(script):
        yield f"script may load: `{found[0]}`"
    for found in _SCRIPT_ADDRESS.finditer(script):
        if not found[1].startswith(_NAMESPACES):
            yield f"script names an address: `{found[1]}`"


def _fault_of_load(url: Url, address: str, files: set[str]) -> str:
    if _FAR.match(address):
        return f"loads `{address}` from another host"
    goal = _goal(url, address)
    return f"loads `{address}`: no such file" if goal and goal[0] not in files else ""


def _goal(url: Url, address: str) -> tuple[Url, str] | None:
    """The file of the site that an address in a page leads to, and the place in it; None when it leads elsewhere.

    The 404 page knows no folder: its addresses count from the root.
    """
    parts = urlsplit(address.strip())
    if parts.scheme or parts.netloc:
        return None
    path, place = unquote(parts.path), unquote(parts.fragment)
    if not path:
        return url, place
    goal = normpath(join("" if url == NOT_FOUND else dirname(url), path))
    return (f"{goal}/{HOME}" if path.endswith("/") else goal).removeprefix("./"), place


def _addresses(name: str, value: str) -> list[str]:
    return [one.split()[0] for one in value.split(",") if one.strip()] if name == "srcset" else [value]
