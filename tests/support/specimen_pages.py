"""The pages of a built site that stand for all of it: few enough to look at each one closely.

A site has thousands of pages and a few dozen sorts of things on them. A specimen is a page that shows a thing no other
specimen shows, where a thing is an element, one of its classes, or a state such as `open`: what a page is made of says
which pages are needed, so that a new kind of page, or a new part of one, is among them without being named here.
"""

import re
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path

from notegen.model import Url

_TAG = re.compile(r"<(?P<name>[a-z][a-z0-9-]*)(?P<attributes>(?:\s[^<>]*)?)>")
_CLASS = re.compile(r'\bclass="([^"]*)"')
_STATE = re.compile(
    r'(?:^|\s)((?:role|rel|dir|scope|type|http-equiv)="[^"]*"|open|checked|disabled|data-[a-z-]+)'
)
_DIGITS = re.compile(r"\d+")
_KINDS = (
    re.compile(r"index\.html"),
    re.compile(r"404\.html"),
    re.compile(r"[a-z]+\.html"),
    re.compile(r"dates/\d{4}\.html"),
    re.compile(r"dates/\d{4}-\d\d\.html"),
    re.compile(r"dates/\d{4}-\d\d-\d\d\.html"),
    re.compile(r"tags/.*"),
    re.compile(r"folders/.*"),
)
"""Kinds of pages that notegen itself names; one of the last five is enough, the largest."""


def specimens(site: Path) -> tuple[Url, ...]:
    """The URLs of the pages: one of each kind by address, the longest and the shortest note, and one for each thing.

    Ordered by URL. The same site gives the same pages; small ones are preferred. A page that sends its reader on at
    once is none.
    """
    files = {path.relative_to(site).as_posix(): path for path in site.rglob("*.html")}
    shown = {url: things_on(path.read_text("utf-8")) for url, path in files.items()}
    shown = {url: things for url, things in shown.items() if 'meta[http-equiv="refresh"]' not in things}
    sizes = {url: path.stat().st_size for url, path in files.items()}
    notes = sorted(
        (url for url in shown if "main.note-page" in shown[url]), key=lambda url: (sizes[url], url)
    )
    chosen = {*notes[:1], *notes[-1:]}
    for number, kind in enumerate(_KINDS):
        found = sorted((url for url in shown if kind.fullmatch(url)), key=lambda url: (sizes[url], url))
        chosen.update(found if number < 3 else found[-1:])
    return tuple(sorted(chosen | _showing_the_rest(shown, sizes, chosen)))


def fewest_specimens(site: Path, *, besides: Path | None = None) -> tuple[Url, ...]:
    """Those of the specimens that are needed to show every thing once, whatever kinds of pages they are.

    Args:
        besides: a site whose specimens show what need not be shown again.
    """
    known = frozenset[str]().union(*_things_of(besides).values()) if besides else frozenset[str]()
    shown = {url: things - known for url, things in _things_of(site).items()}
    sizes = {url: (site / url).stat().st_size for url in shown}
    return tuple(sorted(_showing_the_rest(shown, sizes, set())))


def _things_of(site: Path) -> dict[Url, frozenset[str]]:
    return {url: things_on((site / url).read_text("utf-8")) for url in specimens(site)}


def _showing_the_rest(
    shown: Mapping[Url, frozenset[str]], sizes: Mapping[Url, int], chosen: AbstractSet[Url]
) -> set[Url]:
    """Pages that show all that those chosen do not."""
    found = set[Url]()
    missing = set().union(*shown.values()) - set().union(*(shown[url] for url in chosen))
    while missing:
        best = max(sorted(shown), key=lambda url: (len(shown[url] & missing), -sizes[url]))
        found.add(best)
        missing -= shown[best]
    return found


def things_on(html: str) -> frozenset[str]:
    """`tag`, `tag.class` and `tag[state]` for every element of the page; numbers in classes do not count."""
    things = set()
    for found in _TAG.finditer(html):
        name, attributes = found["name"], found["attributes"]
        classes = _CLASS.search(attributes)
        things.add(name)
        things.update(f"{name}.{_DIGITS.sub('', one)}" for one in (classes[1].split() if classes else ()))
        things.update(f"{name}[{state}]" for state in _STATE.findall(attributes))
    return frozenset(thing for thing in things if ".language-" not in thing)
