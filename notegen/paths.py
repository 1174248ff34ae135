"""Where everything lies: ids, slugs, URLs and relative links. Nothing else makes one.

A URL here is a path from the site's root, not percent-encoded; `href` turns two of them into what stands in a page.
Names never change between versions: what these functions give for an input is a promise.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from pathlib import PurePosixPath
from posixpath import relpath, splitext
from urllib.parse import quote

from notegen.model import NoteId, Url
from notegen.regex import regex

INTERNAL = "notegen"
"""The site's folder for what notegen itself ships: styles, scripts, search shards."""

SEARCH_POINTER: Url = f"{INTERNAL}/search.js"
SEARCH_FOLDER = f"{INTERNAL}/search"
SEARCH_MANIFEST: Url = f"{SEARCH_FOLDER}/manifest.js"
"""What a page loads of the search index first. It never moves, so that no page changes with the index."""

CARDS = f"{INTERNAL}/cards"
"""The site's folder of pictures for where links to its pages are shown."""

SITE_MARK: Url = f"{INTERNAL}.json"
"""The file whose presence says that a folder is a site of ours."""

MAX_FOLDER_LEVELS = 400
"""Folders below one another in which notes are looked for: a path of more is longer than systems take, or nearly."""

MAX_FORMER_LETTERS = 1000
"""Of an address that leads to a note; disks take a path of 4,096 bytes or fewer, that of the site with it."""

BUNDLE_SUFFIX = ".textbundle"
"""The ending of a folder with one text and the files that it shows: https://textbundle.org/spec."""
MAX_NAME_LEVELS = 64
"""Levels of a path of which each is a name; a heading may have ten thousand strokes."""
MAX_PIECE_PARTS = 12
"""Folders and name of a private note's path that is looked for within a longer one."""

ADDRESSES_FILE = "notegen-addresses.jsonl"
"""The file in the notes folder that keeps the addresses of published notes."""

CACHE_FILE = "vectors.sqlite"
"""The cache of vectors, in the cache's folder."""

LAST_BUILDS = "last-builds"
"""The cache's folder of what is known of each site's last build."""

PUBLISHED = "published"
"""The cache's folder of what git branches held when they were last published to."""

CACHE_NAMES = (
    CACHE_FILE,
    f"{CACHE_FILE}-wal",
    f"{CACHE_FILE}-shm",
    "vectors.damaged",
    LAST_BUILDS,
    PUBLISHED,
)
"""All that there may be in the cache's folder: SQLite's own two files, and what was set aside, among them."""

HOME: Url = "index.html"
"""The page that a site opens with."""

WORKER: Url = "sw.js"
"""The service worker of a site that can be read offline: it rules over its own folder and all below it."""

PASSAGES: Url = "passages.jsonl"
"""The text of all notes, for programs, where the site has it."""

VECTORS: Url = "vectors.npy"
"""The vector of each line of that."""

TAGS: Url = "tags.html"
"""The page of all tags."""

CALENDAR: Url = "calendar.html"
"""The page with the days of the newest years, and a way to all others."""

FOLDERS: Url = "folders.html"
"""The page of all folders."""

GRAPH: Url = "graph.html"
"""The page that draws all notes with their links."""

MAP: Url = "map.html"
"""The page that draws all notes as points by meaning."""

HISTORY_ENDING = "~history.html"
"""What the address of a page of what changed in a note ends with."""

DRIFT: Url = "drift.html"
"""The page about how the garden moved through time."""

_NOTION_ID = regex(r"(?<=\S) [0-9a-f]{32}\Z")

MDX_SUFFIX = ".mdx"
"""Markdown with components, of Docusaurus, Starlight, Nextra and Mintlify."""

NOTE_SUFFIXES = (".md", ".markdown", MDX_SUFFIX)
"""What notes end in whatever the settings say; `extensions` names further endings."""

INDEX_IN_LANGUAGE = regex(r"_?index\.(?P<language>[a-z]{2}(?:-[A-Za-z]{2,4})?)")
"""What Hugo calls a translation of a folder's first page."""

INDEX_NAMES = ("index", "_index", "readme", "home")
"""What the note that opens a folder, or the site, may be called, folded; the first there is counts."""

CANVAS_SUFFIX = ".canvas"
"""Obsidian's boards, which become pages too; part of their name in links and addresses: `Board.canvas.html`."""

DRAWING_SUFFIX = ".excalidraw"
"""Excalidraw's drawings as its plugin for Obsidian first kept them; today they are notes, `Sketch.excalidraw.md`."""

ORG_SUFFIX = ".org"
"""Org's files, which are notes in Logseq's graphs and attachments elsewhere."""

CONVERTED_SUFFIXES = tuple(
    ".org .rst .adoc .asciidoc .textile .wiki .mediawiki .qmd .rmd .rmarkdown .ipynb .tex .docx .odt .txt .htm".split()
)
"""What files end in that notes are made of: Pandoc leaves `[x](b.org)` in a note when `b.org` has become `b.md`."""

MAX_TAG_LEVELS = 16
"""Levels of a nested tag that count, `a/b` having two."""

PICTURE_SUFFIXES = frozenset({".avif", ".bmp", ".gif", ".jpeg", ".jpg", ".png", ".svg", ".webp"})
"""Files that a browser shows as pictures."""

DOCUMENT_SUFFIXES = frozenset(
    ".atom .ehtm .ehtml .htm .html .hta .mht .mhtml .rdf .rss .shtm .shtml .stm .svgz .xbl .xht .xhtm .xhtml .xml .xsl "
    ".xslt".split()
)
"""Attachments that a browser would open as a page of the site, with the scripts in them; they are copied as `.txt`."""

SAVED_SUFFIXES = DOCUMENT_SUFFIXES | frozenset(".gpx .js .kml .mjs .opml .svg .wsdl .xsd".split())
"""Attachments that a link saves and does not open; at file:// browsers do not heed that, hence the `.txt`."""

_HIDDEN = regex(r"(?:\A|/)\.(?!attachments(?:/|\Z)|gitbook(?:/assets(?:/|\Z)|\Z))")

# Hosts and file systems that a site may land on refuse or reinterpret these (Windows, URLs, Netlify's `#` and `?`).
_REFUSED = regex(r"[\s\x00-\x1f\x7f-\x9f\u202a-\u202e\u2060-\u2069\ufeff<>:\"\\|?*#%&{}$!'`@+=^\[\],;~()]+")
# Windows has devices of these names in every folder, whatever ending they have; `con.html` opens none of its files.
_RESERVED = regex(r"(?:con|prn|aux|nul|(?:com|lpt)[1-9\u00b9\u00b2\u00b3])(?=\.|\Z)", re.IGNORECASE)
_MAX_SEGMENT_BYTES = (
    180  # bytes; file systems allow 255, minus room for `.html`, a suffix and a compression ending
)


def fold(name: str) -> str:
    """The form in which names are compared when case does not count: as `composed`, case-folded."""
    return composed(name).casefold()


def composed(name: str) -> str:
    """A name as written: disks may decompose its letters, `é` into `e` and an accent; a no-break space is a space."""
    if name.isascii():  # which is asked of hundreds of thousands
        return name
    return unicodedata.normalize("NFC", name).replace("\u00a0", " ").replace("\u202f", " ")


def printable(name: str) -> str:
    r"""A name as it can be written anywhere; a byte of a file's name that is no UTF-8 stands as `\xe9`."""
    return re.sub(
        "[\ud800-\udfff]",
        lambda one: rf"\x{ord(one[0]) - 0xDC00:02x}" if one[0] >= "\udc80" else rf"\u{ord(one[0]):04x}",
        name,
    )


def page_url(note: NoteId) -> Url:
    """The page of a note: same folders, case and letters; spaces and characters that hosts refuse become `-`."""
    return "/".join(_url_segment(part) for part in stem_of(note).split("/")) + ".html"


def markdown_url(page: Url) -> Url:
    """Where a note's Markdown lies, beside its page: as https://llmstxt.org has it."""
    return f"{page}.md"


def former_url(address: str) -> Url | None:
    """The file that answers for an address on a static host: `/blog/x/` is `blog/x/index.html`, `/x` is `x.html`.

    None for an address on another host, the root, a pattern with Jekyll's `:year`, one that leads out of the site,
    one with a name that hosts hide, and one that is longer than hosts and disks take.
    """
    path = address.split("#")[0].split("?")[0].strip()
    parts = [part for part in path.split("/") if part not in ("", ".")]
    if ":" in path or not parts or any(part.startswith(".") for part in parts):
        return None
    url = "/".join(map(_url_segment, parts))
    if len(url) > MAX_FORMER_LETTERS:
        return None
    if path.endswith("/"):
        return f"{url}/index.html"
    return url if url.endswith((".html", ".htm")) else f"{url}.html"


def is_hidden(path: str) -> bool:
    """Whether a dot hides a file or folder, by its path in the notes folder.

    None hides the folders in which GitBook and wikis of Azure DevOps keep the pictures of notes.
    """
    return bool(_HIDDEN.search(path))


def asset_url(path: str, *, is_document: bool = False) -> Url:
    """The place of an attachment, by the same rule as pages, its extension kept; `.txt` after that of a document.

    Args:
        is_document: whether it begins as one, whatever it is called.
    """
    url = "/".join(_url_segment(part) for part in path.split("/"))
    return f"{url}.txt" if is_document or splitext(url)[1].lower() in DOCUMENT_SUFFIXES else url


@lru_cache(maxsize=1024)  # a folder's is asked for each note in it
def _url_segment(name: str) -> str:
    clean = _REFUSED.sub("-", unicodedata.normalize("NFC", name)).strip("-") or "-"
    if clean.startswith("."):
        clean = "-" + clean.lstrip(".")
    stem, dot, suffix = clean.rpartition(".")
    if not dot or len(suffix) > 10:
        stem, dot, suffix = clean, "", ""
    most = _MAX_SEGMENT_BYTES - len(f"{dot}{suffix}".encode())
    stem = stem.encode("utf-8", "replace")[:most].decode("utf-8", "ignore")
    plain = f"{stem}{dot}{suffix}".rstrip(".") or "-"
    return _RESERVED.sub(r"\g<0>-", plain, count=1) if is_reserved(plain) else plain


def is_reserved(name: str) -> bool:
    """Whether Windows can have no file or folder of the name, such as `con`, whatever its ending."""
    return bool(_RESERVED.match(name))


def opens_site(notes: Iterable[NoteId]) -> NoteId | None:
    """The note on top of the notes folder that the site's first page opens with: `index.md`, `README.md`, `Home.md`."""
    found = {
        (name != "index.md", INDEX_NAMES.index(stem), name): name
        for name in notes
        if "/" not in name
        and not name.lower().endswith((CANVAS_SUFFIX, ORG_SUFFIX))
        and (stem := fold(stem_of(name))) in INDEX_NAMES
    }
    return found[min(found)] if found else None


def free_url(url: Url, taken: set[str]) -> Url:
    """The URL itself, or with the first suffix `-2`, `-3`, … that no folded URL in `taken` has."""
    if fold(url) not in taken:
        return url
    stem, dot, suffix = url.rpartition(".")
    number = 2
    while fold(f"{stem}-{number}{dot}{suffix}") in taken:
        number += 1
    return f"{stem}-{number}{dot}{suffix}"


def pieces_of(parts: Sequence[str]) -> Iterator[str]:
    """Every run of a path's parts, at most MAX_PIECE_PARTS long: of `a/b/c` a, a/b, a/b/c, b, b/c and c."""
    count = len(parts)
    for start in range(count):
        for end in range(start + 1, min(start + MAX_PIECE_PARTS, count) + 1):
            yield "/".join(parts[start:end])


def path_ends(path: str) -> Iterator[str]:
    """A path and what it ends with: of `a/b/c` itself, b/c and c; of very many levels the last MAX_NAME_LEVELS."""
    yield path
    parts = path.split("/")
    yield from ("/".join(parts[start:]) for start in range(1, len(parts))[-MAX_NAME_LEVELS:])


def pieces_of_folders(path: str) -> Iterator[str]:
    """Every run of the folders above a file, however long: of `a/b/c` a, a/b and b."""
    parts = path.split("/", MAX_NAME_LEVELS)[:-1]
    yield from ("/".join(parts[start:end]) for end in range(1, len(parts) + 1) for start in range(end))


def stem_of(note: NoteId) -> str:
    """The id without its extension: what links call the note; a canvas is called by its whole name."""
    if note.lower().endswith(CANVAS_SUFFIX):
        return note
    name = note[note.rfind("/") + 1 :]
    dot = name.rfind(".")
    return note[: len(note) - len(name) + dot] if 0 < dot < len(name) - 1 else note


def suffix_of(path: str) -> str:
    """What the name of a file ends in, from its last dot on, as `PurePosixPath` has it; empty for nothing."""
    name = path[path.rfind("/") + 1 :]
    dot = name.rfind(".")
    return name[dot:] if 0 < dot < len(name) - 1 else ""


def note_endings(notes: Iterable[NoteId]) -> tuple[str, ...]:
    """What links to notes may end in: Markdown's endings, and those that the setting `extensions` gave to some."""
    others = {suffix_of(note).lower() for note in notes} - {"", ORG_SUFFIX, CANVAS_SUFFIX}
    return (*NOTE_SUFFIXES, *sorted(others.difference(NOTE_SUFFIXES)))


def is_notion_name(name: str) -> bool:
    """Whether a file or folder is called as Notion's exports call theirs, `Tides 0f3c…`, with an id of 32 digits."""
    return bool(_NOTION_ID.search(name))


def shown_folder(path: str) -> str:
    """A folder's path as people see it: without the ids of Notion's exports, and what bundles of text end in."""
    return "/".join(_NOTION_ID.sub("", name).removesuffix(BUNDLE_SUFFIX) for name in path.split("/"))


def own_name(note: NoteId) -> str:
    """What a note is called: its file's name without the extension, or its folder's where it is that one's `index`."""
    folder, _, name = note.rpartition("/")
    stem = PurePosixPath(name).stem
    is_index = stem in ("index", "_index") or INDEX_IN_LANGUAGE.fullmatch(stem)
    return folder.rpartition("/")[2] if is_index and folder else name_of_bundle(note) or stem


def name_of_bundle(note: NoteId) -> str:
    """What a bundle of text is called, `Tides` of `Tides.textbundle/text.md`; empty for any other note."""
    folder, _, name = note.rpartition("/")
    is_text = folder.lower().endswith(BUNDLE_SUFFIX) and stem_of(name).lower() == "text"
    return folder.rpartition("/")[2][: -len(BUNDLE_SUFFIX)] if is_text else ""


def shallow_tag(tag: str) -> str:
    """The tag without what comes after its first `MAX_TAG_LEVELS` levels; each level has a page in those above."""
    return "/".join(tag.split("/", MAX_TAG_LEVELS)[:MAX_TAG_LEVELS])


def day_url(day: date) -> Url:
    """The page of a day: `dates/2023-11-05.html`."""
    return f"dates/{day.isoformat()}.html"


UNDATED = "dates/0000.html"
"""The page of the notes without a date, at the place of a year that no note can be of; a long list goes on in parts."""


CHANGED = "dates/~changed.html"
"""The page of notes by their last change; no page of a note has a `~`."""


def month_url(year: int, month: int) -> Url:
    """The page of a month: `dates/2023-11.html`."""
    return f"dates/{year:04}-{month:02}.html"


def year_url(year: int) -> Url:
    """The page of a year: `dates/2023.html`."""
    return f"dates/{year:04}.html"


def tag_url(tag: str) -> Url:
    """A nested tag `a/b` has its page under its parent's: `tags/a/b.html`."""
    return "tags/" + "/".join(_url_segment(part) for part in tag.split("/") if part) + ".html"


def folder_url(folder: str) -> Url:
    """The page of a folder of notes: `folders/a/b.html` for `a/b`."""
    return "folders/" + "/".join(_url_segment(part) for part in folder.split("/")) + ".html"


def part_url(url: Url, number: int) -> Url:
    """Where a long list goes on: `tags/a.html`, `tags/a~2.html`, …; no page of a note or tag has a `~`."""
    stem, dot, suffix = url.rpartition(".")
    return url if number == 1 else f"{stem}~{number}{dot}{suffix}"


def history_url(url: Url) -> Url:
    """The page of what changed in the note at an address: `a/b~history.html`."""
    return url.removesuffix(".html") + HISTORY_ENDING


_UNUSUAL = regex(r"(?:\A|/)[./]|/\Z")
"""What a path has in which a part is empty or begins with a dot."""


def href(page: Url, target: Url, fragment: str = "") -> str:
    """The relative link from one page to another URL of the site, percent-encoded, for an attribute."""
    path = "" if page == target else quote(_way(page.rpartition("/")[0], target), safe="/~")
    if not path and not fragment:
        return quote(target.rpartition("/")[2], safe="~")
    return path + (f"#{quote(fragment, safe='')}" if fragment else "")


def _way(folder: str, target: Url) -> str:
    """The path from a folder, empty for the uppermost, to a file: what `relpath` gives, in a fifth of its time."""
    here, there = folder.split("/") if folder else [], target.split("/")
    shared = 0
    for one, other in zip(here, there, strict=False):
        if one != other:
            break
        shared += 1
    if shared == len(there) or _UNUSUAL.search(folder) or _UNUSUAL.search(target):
        return relpath(target, folder or ".")
    return "/".join([".."] * (len(here) - shared) + there[shared:])


def slug(text: str) -> str:
    """A heading's anchor: its letters and digits of every script in lower case, the rest as single dashes."""
    words = re.sub(r"[^\w]+", "-", unicodedata.normalize("NFC", text).lower()).strip("-")
    return words or "section"


class UniqueNames:
    """Names of which each is given once; in time that does not grow with how many there are."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        """Each name that is taken, and the last suffix that was tried for it."""

    def take(self, name: str) -> str:
        """The name, or with the first suffix `-1`, `-2`, … that is not taken."""
        taken = name
        while taken in self._numbers:
            self._numbers[name] += 1
            taken = f"{name}-{self._numbers[name]}"
        self._numbers[taken] = 0
        return taken
