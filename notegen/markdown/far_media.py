"""What raw HTML shows of other pages and hosts: frames, films, sounds and embedded objects, as links with their names.

A page of a site asks no other host for anything, and no frame stands in it, but what a note shows there is not to
vanish: a film is a link to it. A file among the notes is shown as if it were embedded. It goes through the sanitiser
afterwards, as all raw HTML does.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from html import escape, unescape
from posixpath import splitext
from urllib.parse import unquote

from notegen.markdown.links import leads_elsewhere, with_scheme
from notegen.markdown.private_names import PrivateLinks
from notegen.paths import PICTURE_SUFFIXES
from notegen.regex import regex

_NAMES = "iframe|embed|object|video|audio|svg"
_START = regex(rf"<(?P<name>{_NAMES})(?=[\s/>])(?P<rest>(?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>", re.IGNORECASE)
_END = regex(rf"</(?P<name>{_NAMES})\s*>", re.IGNORECASE)
_ATTRIBUTE = regex(
    r"(?P<name>[\w:-]+)\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s\"'>]+))"
)
_SOURCE = regex(r"<source(?P<rest>(?:\s(?:[^<>\"']|\"[^\"]*\"|'[^']*')*)?)>", re.IGNORECASE)
_FALLBACK = regex(
    r"(?:[^<\ufdd0\ufdd1]|</?(?:source|track|a|p|br|em|strong|b|i|span|param|embed|img|code)(?=[\s/>])[^<>]*>){0,4000}",
    re.IGNORECASE,
)
"""What a player or frame has inside for browsers that do not know it: shown by none, and no text of the note."""
_SPOKEN = regex(r"<text(?=[\s>])[^<>]*>(?P<words>.*?)</text\s*>", re.IGNORECASE | re.DOTALL)
_TAG = regex(r"<[^<>]*>")
_ADDRESS_OF = {"object": "data"}
_PLAYERS = frozenset({"video", "audio"})
_SHOWN = PICTURE_SUFFIXES | frozenset(".flac .m4a .mp3 .ogg .wav .mkv .mov .mp4 .ogv .webm .pdf".split())
_WEB = regex(r"https?://", re.IGNORECASE)
_PAGES = (
    (regex(r"https?://(?:www\.)?youtube(?:-nocookie)?\.com/embed/(?!videoseries)([\w-]+)(?:[?#].*)?"),
     r"https://www.youtube.com/watch?v=\1"),
    (regex(r"https?://player\.vimeo\.com/video/(\d+)(?:[?#].*)?"), r"https://vimeo.com/\1"),
)  # fmt: skip
"""The page of a film, for the address of the player that other pages frame."""
_GENERIC = regex(r"(?:youtube|vimeo)(?:\svideo)?(?:\splayer)?|embedded\scontent|iframe", re.IGNORECASE)
"""Titles that name no film: what a host writes into every frame."""


def name_far_media(html: str, private: PrivateLinks) -> str:
    """The HTML, not yet sanitised, with links for what would show or play something from elsewhere; total.

    Args:
        private: what no link may say.
    """
    starts = list(_START.finditer(html))
    if not starts:
        return html
    ends: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for end in _END.finditer(html):
        ends[end["name"].lower()].append(end.span())
    pieces: list[str] = []
    position = 0
    for start in starts:
        if start.start() < position:
            continue
        following = ends[start["name"].lower()]
        number = bisect_left(following, (start.end(), 0))
        closing = following[number] if number < len(following) else (start.end(), start.end())
        found = _link(start, html[start.end() : closing[0]], private)
        if found is not None:
            shown, takes_inside = found
            pieces += html[position : start.start()], shown
            position = closing[1] if takes_inside else start.end()
    return "".join([*pieces, html[position:]])


def _link(start: re.Match[str], inside: str, private: PrivateLinks) -> tuple[str, bool] | None:
    """What stands for an element, and whether for what is in it too; None for one that stays as it is."""
    name = start["name"].lower()
    if name == "svg":
        words = " ".join(_spoken(inside))
        return (f'<span class="picture">{escape(words, quote=False)}</span>', True) if words else None
    attributes = _attributes(start["rest"])
    address = attributes.get(_ADDRESS_OF.get(name, "src"), "")
    is_fallback = _FALLBACK.fullmatch(inside) is not None
    if name in _PLAYERS and not address and is_fallback:
        sources = [_attributes(source["rest"]).get("src", "") for source in _SOURCE.finditer(inside)]
        address = next(filter(None, sources), "") if all(map(_is_far, filter(None, sources))) else ""
    address = with_scheme(address.strip())
    if not address or address.startswith("#"):
        return None
    if _is_far(address):
        for player, page in _PAGES:
            address = player.sub(page, address) if player.fullmatch(address) else address
        words = _title(attributes) or (_file_name(address) if name in _PLAYERS else "") or address
        shown = f'<a href="{escape(address)}">{escape(words, quote=False)}</a>'
    elif name in _PLAYERS or leads_elsewhere(address):
        return None
    else:
        shown = _local(address, attributes, private)
    return shown, is_fallback and (name != "object" or not _TAG.sub("", inside).strip())


def _local(address: str, attributes: dict[str, str], private: PrivateLinks) -> str:
    """A file among the notes: shown, where a page can show it, else a link."""
    if splitext(re.split(r"[?#]", address)[0])[1].lower() in _SHOWN:
        return f'<img src="{escape(address)}">'
    words = _title(attributes) or _file_name(address) or address
    if private.name(unquote(address)):
        words = private.shown(words, unquote(address))
    return f'<a href="{escape(address)}">{escape(words, quote=False)}</a>'


def _is_far(address: str) -> bool:
    return bool(_WEB.match(with_scheme(address.strip())))


def _attributes(rest: str) -> dict[str, str]:
    return {
        found["name"].lower(): unescape(found["double"] or found["single"] or found["bare"] or "")
        for found in _ATTRIBUTE.finditer(rest)
    }


def _title(attributes: dict[str, str]) -> str:
    """What the author calls it; not what hosts call all of theirs."""
    stated = (" ".join(attributes.get(name, "").split()) for name in ("title", "aria-label"))
    return next((words for words in stated if words and not _GENERIC.fullmatch(words)), "")


def _file_name(address: str) -> str:
    return unquote(re.split(r"[?#]", address)[0].rpartition("/")[2])


def _spoken(drawing: str) -> Iterator[str]:
    """The words in a drawing."""
    for found in _SPOKEN.finditer(drawing):
        if words := " ".join(unescape(_TAG.sub(" ", found["words"])).split()):
            yield words
