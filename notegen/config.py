"""The settings: what they are, what they default to, and reading them from notegen.toml.

`Config` is the whole list, and `setting_names` gives its keys; the documentation test holds `notes/` against them.
"""

import difflib
import os
import re
from collections.abc import Iterable, Mapping
from datetime import tzinfo
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints
from urllib.parse import urlsplit

from msgspec import Struct, field
from msgspec.structs import replace

from notegen.colours import PALETTES, can_be_read, colour_named, readable_from
from notegen.errors import NotegenError, together
from notegen.errors.phrases import as_toml, why_unread
from notegen.errors.reasons import is_no_file, leads_nowhere, toml_too_deep
from notegen.errors.settings import (
    answer_invalid,
    base_url_invalid,
    cannot_read_config,
    config_not_toml,
    config_unknown_key,
    config_unknown_problem,
    config_wrong_value,
    extension_invalid,
    no_config_file,
    settings_named_otherwise,
    wanted_address,
    wanted_choice,
    wanted_colour,
    wanted_contrast,
    wanted_domain,
    wanted_endings,
    wanted_file_address,
    wanted_former_addresses,
    wanted_former_feeds,
    wanted_kind,
    wanted_known_home,
    wanted_language,
    wanted_links,
    wanted_no_nul,
    wanted_note_name,
    wanted_table,
    wanted_tags,
    wanted_time_zone,
)
from notegen.model import Code, Place
from notegen.regex import regex
from notegen.targets import from_folder
from notegen.toml_places import key_places
from notegen.toml_repair import MAX_MISTAKES, parse_toml
from notegen.written_link import written_link

DateOrder = Literal["ask", "dmy", "mdy"]
ToolChoice = Literal["auto", "plain", "obsidian", "logseq", "foam", "dendron", "emanote", "jekyll"]
Attachments = Literal["used", "all"]
PRIVATE_BY_NAME = ("private", "_private", "drafts")
"""What folders are called that are private where nobody says which are; a note in one may say `publish: true`."""
AttachmentMetadata = Literal["strip", "keep"]
FeedContent = Literal["full", "summary"]
LineBreaks = Literal["auto", "keep", "join"]
Publish = Literal["all", "opt-in"]
Future = Literal["auto", "private", "public"]
Offline = Literal["off", "on", "retire"]
WeekStart = Literal["auto", "monday", "saturday", "sunday"]
DrawCards = Literal["auto", "on", "off"]
HomeOrder = Literal["date", "changed"]
CardScheme = Literal["light", "dark"]


class CheckSettings(Struct, frozen=True):
    """`[check]`: which problems are reported."""

    ignore: tuple[Code, ...] = ()
    """Kinds of problem, such as `note-orphan`, that neither `check` nor `build` reports."""


class EncoderSettings(Struct, frozen=True):
    """`[encoder]`: which model turns text into vectors."""

    folder: str = ""
    """A folder with a sentence-transformers style export, or the bare name of a model that was added; empty for the
    bundled all-MiniLM-L6-v2."""


class FeedSettings(Struct, frozen=True):
    """`[feeds]`: what programs that follow the site are told, where it has a `base_url`."""

    count: int = 20
    """How many of the newest notes a feed holds; 0 for no feeds."""
    content: FeedContent = "full"
    """Whether an entry holds the note's whole text or only what it is about."""
    tags: bool = False
    """Whether each tag has a feed of its own."""
    id: str = ""
    """What the ids of entries are made from, beside each note's own; empty for the site's title."""
    also: tuple[str, ...] = ()
    """Where a feed was before, such as `/atom.xml`: the feed of all notes is there too."""


class ExportSettings(Struct, frozen=True):
    """`[export]`: what the site has for programs beside its pages."""

    llms: bool = True
    """A file that tells language models what is here; only with `base_url`."""
    markdown: bool = False
    """Each note's Markdown beside its page, `Tides.html.md` beside `Tides.html`."""
    passages: bool = False
    """The text of all notes in passages, and with meaning the vector of each."""


class HomeSettings(Struct, frozen=True):
    """`[home]`: the page that the site opens with."""

    pinned: tuple[str, ...] = ()
    """Notes that it shows first, in this order, by path or name; after them come those that say `pinned: true`."""
    order: HomeOrder = "date"
    """Whether the newest notes come first or, with `changed`, those that were changed last."""


class NewSettings(Struct, frozen=True):
    """`[new]`: what `notegen new` makes."""

    name: str = "{date} {title}.md"
    """The new note's path in the notes folder; `{date}` is today, `{title}` what was given, if anything."""
    template: str = ""
    """A file whose text the new note begins with, `{date}` and `{title}` filled in; empty for the built-in one."""


class NoteSettings(Struct, frozen=True):
    """`[note]`: what the page of a note shows."""

    changed: bool = True
    """The day of its last change, by front matter or else git."""
    embedding_picture: bool = False
    """The vector of the note as a picture, with what search by meaning sees of it."""
    edit_link: str = ""
    """Where a reader can edit it: an address in which `{path}` stands for its file; empty for no link."""
    source_link: str = ""
    """Where a reader can see the note's file; as `edit_link`."""
    smart_quotes: bool = True
    """Quotes and dashes as a printer sets them, in the note's language; not in code, formulas and addresses."""


class PublishingSettings(Struct, frozen=True):
    """`[publishing]`: where `notegen publish` sends the site."""

    to: str = ""
    """A folder, a repository, `user@host:folder` or `s3://bucket/prefix`; empty for the notes' own `origin`."""
    branch: str = "gh-pages"
    """The branch of a repository that holds the site."""
    history: bool = True
    """Whether the branch keeps what was published before; with `false` it has one commit, the last."""
    domain: str = ""
    """A domain of your own for GitHub Pages, such as `notes.example.org`: what the file `CNAME` says."""
    endpoint: str = ""
    """The address of what speaks like S3, such as `https://fsn1.example.com`; empty for Amazon's."""


class RelatedSettings(Struct, frozen=True):
    """`[related]`: the related notes under each note."""

    count: int = 6
    """How many at most; 0 for none."""


class SearchSettings(Struct, frozen=True):
    """`[search]`: search in the page."""

    semantic: bool = True
    """Search by meaning and relate notes; `false` is `--no-semantic`."""
    meaning_weight: float = 0.55
    """How much meaning counts beside words, 0 to 1."""


class SocialCardSettings(Struct, frozen=True):
    """`[social_cards]`: the pictures that others show beside a link to a page, where the site has a `base_url`."""

    draw: DrawCards = "auto"
    """Whether pages without a picture of their own get one; `auto` for gardens of at most 2,000 notes."""
    scheme: CardScheme = "light"
    """Whether they look like the site by day or by night."""
    font: str = ""
    """A file `.ttf`, `.otf` or `.ttc` to draw them with; empty for the bundled one: Latin, Greek, Cyrillic."""


class Config(Struct, frozen=True):
    """All settings; the field's name is the key in notegen.toml, a nested class is a table there."""

    title: str = ""
    """The site's name; empty for the title of the note that opens it, else the notes folder's name made readable."""
    description: str = ""
    """One sentence about the site, for its first page and for search engines."""
    author: str = ""
    """Who wrote the notes, for the foot of each page."""
    language: str = "en"
    """BCP 47 tag of the language of the interface, and of the notes that name none."""
    base_url: str = ""
    """The address the site will have, such as `https://me.example/notes/`, for canonical links and the 404 page."""
    out: str = "site"
    """The folder of the site, from the current folder."""
    ignore: tuple[str, ...] = ()
    """Files and folders to leave out, as in a .gitignore; folders whose name begins with a dot always are."""
    extensions: tuple[str, ...] = (".md",)
    """Endings of files that are read as notes in Markdown; `.md`, `.markdown` and `.mdx` always are."""
    keep_addresses: bool = False
    """Whether every build keeps the addresses of published notes in the notes folder, as `notegen addresses` does."""
    former_addresses: tuple[str, ...] = ()
    """Addresses that all notes had before, as patterns: `/{year}/{month}/{name}/`; each leads to its note."""
    history: bool = False
    """Whether a page shows what changed in each note, day by day, as git has it."""
    history_days: int = 100
    """How many days with commits are looked at, from the newest."""
    publish: Publish = "all"
    """Which notes are published: `all` that are not private, or with `opt-in` only those that say `publish: true`."""
    future: Future = "auto"
    """Which notes wait for their day: with `auto` those that name a day of publishing, and where a site generator does
    so those with a later `date`; with `private` all with a later one, with `public` none."""
    time_zone: str = ""
    """Where days begin for that, such as `Europe/Berlin`; empty for what a site generator's settings say, or else the
    machine's."""
    private_tags: tuple[str, ...] = ("private",)
    """Tags, without `#`, that keep back their note, or on a heading its section."""
    private_folders: tuple[str, ...] = PRIVATE_BY_NAME
    """Folders whose notes and files are private, as in a .gitignore; case does not count."""
    keep_templates: bool = False
    """Whether templates are notes: what lies where the tool says they do, and notes with a title to be filled in."""
    encrypt_tags: tuple[str, ...] = ()
    """Tags, without `#`, whose notes are published encrypted, as with `encrypt: true`."""
    encrypt_folders: tuple[str, ...] = ()
    """Folders whose notes are published encrypted and whose files only they can show, as in a .gitignore."""
    tool: ToolChoice = "auto"
    """What the notes were written with; `auto` looks at what tools leave in their folders, which may be several."""
    line_breaks: LineBreaks = "auto"
    """Whether a line's end in a paragraph is kept as one or joined; `auto` does as the tool does."""
    attachments: Attachments = "used"
    """Which files beside the notes are copied: those that a published note shows or links, or `all` of them."""
    attachment_metadata: AttachmentMetadata = "strip"
    """Whether pictures and films are published without what they say of place, time, people and camera."""
    date_order: DateOrder = "ask"
    """How `4/5/23` is read: `dmy`, `mdy`, or `ask`: month first, and reported when both are possible."""
    week_start: WeekStart = "auto"
    """The day on which weeks begin in calendars; `auto` for that of the language or its territory."""
    offline: Offline = "off"
    """Whether browsers keep the site for reading offline; `retire` makes an end of it with those that do."""
    repair_text: bool = False
    """Whether text that was once read in a wrong encoding, `Ã©` for `é`, is shown as it was meant."""
    theme: str = ""
    """A folder of templates and style sheets of your own; empty for `theme` in the notes folder, where it is one."""
    accent: str = ""
    """The colour of what leads somewhere, as `#rrggbb`; in the file also `#rgb` or a palette; empty for rust red."""
    header_links: tuple[str, ...] = ()
    """Links in the bar on top of every page, after its own: `[[About]]`, `[[About|Who]]` or `[Source](https://…)`."""
    footer_links: tuple[str, ...] = ()
    """Links at the foot of every page; as `header_links`."""
    cache: str = ""
    """The folder for vectors kept between builds; empty for the user's cache folder."""
    cache_limit: int = 2
    """GiB of vectors in it; with more, the older half is forgotten."""
    check: CheckSettings = field(default_factory=CheckSettings)
    feeds: FeedSettings = field(default_factory=FeedSettings)
    home: HomeSettings = field(default_factory=HomeSettings)
    new: NewSettings = field(default_factory=NewSettings)
    encoder: EncoderSettings = field(default_factory=EncoderSettings)
    export: ExportSettings = field(default_factory=ExportSettings)
    note: NoteSettings = field(default_factory=NoteSettings)
    publishing: PublishingSettings = field(default_factory=PublishingSettings)
    related: RelatedSettings = field(default_factory=RelatedSettings)
    search: SearchSettings = field(default_factory=SearchSettings)
    social_cards: SocialCardSettings = field(default_factory=SocialCardSettings)

    @property
    def site_links(self) -> Mapping[str, tuple[str, ...]]:
        """The links of every page as they are written, by setting."""
        return {"header_links": self.header_links, "footer_links": self.footer_links}


CONFIG_NAME = "notegen.toml"

_TAGS = ("private_tags", "encrypt_tags")
_PLACES = ("date", "title")
_PLACE = regex(r"\{+(?P<name>[^{}]*)\}+")
"""Something in braces in the name of new notes."""
FORMER_PLACES = ("path", "folder", "name", "categories", "year", "month", "day")
FORMER_PLACE = regex(r"\{(?P<name>[a-z]+)\}")
"""A place in the pattern of a former address that a note fills."""
_PATTERN_PLACE = regex(r":(?P<name>[a-z_]+)(?:_ext)?")
"""The same as Jekyll and Hugo write it."""
_FORMER_FEED = regex(r"/?(?:[\w-]+/)*(?!(?:feed|sitemap[\w-]*|notegen)\.)[\w-]+\.(?:xml|atom|rss|json)")
"""Where a feed may have been: no address that is one of a site's own files, and none that ends as pages do."""
_OTHERS_PLACES = {
    "title": "{name}", "slug": "{name}", "filename": "{name}", "contentbasename": "{name}", "basename": "{name}",
    "slugorfilename": "{name}", "slugorcontentbasename": "{name}", "section": "{folder}", "sections": "{folder}",
    "output_ext": ".html", "path": "{path}", **{name: f"{{{name}}}" for name in FORMER_PLACES[2:]},
}  # fmt: skip
_NO_TAG = regex(r"[,;|*?\"]|^\s*'|'\s*$")
"""What is in no tag: one that has it keeps nothing back."""

_MISNAMED = regex(r"[._ ]?note[-_ ]?gen\.(?:toml(?:\.txt|\.toml)?|tml|ya?ml)", re.IGNORECASE)
"""What settings are called that were saved by an editor that adds an ending, or are written as another tool's."""

SITE_LINKS = ("header_links", "footer_links")

_EXTENSION = regex(r"\.?([a-z0-9][a-z0-9_-]{0,15})", re.IGNORECASE)
_NOT_MARKDOWN = frozenset(
    ".avif .bmp .canvas .docx .gif .gz .htm .html .jpeg .jpg .js .mp3 .mp4 .odt .org .pdf .png .rtf .svg .webp .xml "
    ".zip".split()
)
"""What is no Markdown whatever is said of it, or is read in a way of its own."""

_PATHS = ("out", "theme", "cache", "encoder.folder", "new.template", "publishing.to", "social_cards.font")
_LANGUAGE = regex(r"(?:[A-Za-z]{2,3}|[xi])(?:[-_][A-Za-z0-9]{1,8}){0,8}")
_FILE_ADDRESS = regex(r"(?:https?|obsidian|vscode|logseq)://[^\s<>\"'`{}|^]*\{path\}[^\s<>\"'`{}|^]*")
_DOMAIN = regex(r"(?!-)[\w-]{1,63}(?:\.(?!-)[\w-]{1,63})+", re.IGNORECASE)
_RANGES: dict[str, tuple[float, float]] = {
    "feeds.count": (0, 1000),
    "history_days": (1, 10_000),
    "related.count": (0, 50),
    "cache_limit": (1, 10_000),
    "search.meaning_weight": (0, 1),
}


def titled(config: Config, notes: Path) -> Config:
    """The settings with what has always stood for a title in the salt of a password: the name of the notes folder."""
    # Bytes of a folder's name that are no UTF-8 stand as a question mark.
    name = notes.resolve().name.encode("utf-8", "replace").decode()
    return config if config.title else replace(config, title=name[:1].upper() + name[1:])


def find_config(notes: Path) -> Path | None:
    """The notegen.toml in the notes folder, else in the current folder, else none.

    One that cannot be read is found too, so that its reader says why.

    Raises:
        NotegenError: the notes folder has none, but a file that somebody may take for it.
    """
    for path in (notes / CONFIG_NAME, Path(CONFIG_NAME)):
        if os.path.lexists(path):
            return path
        if path.parent == notes and (other := _named_otherwise(notes)):
            raise settings_named_otherwise(str(other))
    return None


def _named_otherwise(folder: Path) -> Path | None:
    """The file that may have been meant as the settings of a folder without any."""
    try:
        return next((path for path in sorted(folder.iterdir()) if _MISNAMED.fullmatch(path.name)), None)
    except OSError:
        return None  # whoever reads the notes says why


def load_config(path: Path | None) -> Config:
    """All settings, with what the file sets; paths in it count from its folder.

    Raises:
        NotegenError: no such file, not TOML, an unknown key, a value of the wrong kind; each with its line.
    """
    if path is None:
        return Config()
    if path.is_fifo() or path.is_char_device() or path.is_block_device() or path.is_socket():
        raise cannot_read_config(str(path), is_no_file())
    try:
        text = path.read_text(encoding="utf-8-sig").replace("\r\n", "\n")
        table, mistakes = parse_toml(text)
    except FileNotFoundError as error:
        if path.is_symlink():
            raise cannot_read_config(str(path), leads_nowhere()) from error
        raise no_config_file(str(path)) from error
    except (OSError, UnicodeDecodeError) as error:
        raise cannot_read_config(str(path), why_unread(error)) from error
    except (ValueError, RecursionError) as error:
        raise cannot_read_config(str(path), toml_too_deep()) from error
    file = _File(str(path), text)
    for one in mistakes:
        place = Place(file.path, one.line, one.column)
        file.errors.append(config_not_toml(place, _line_at(text, one.line), one.reason, one.meant))
    config: Config = _fill_table(Config, table, "", file)
    if file.errors:
        raise together(file.errors)
    return _resolve_paths(config, table, path.parent, file)


def setting_names() -> tuple[str, ...]:
    """Every key of notegen.toml with its table, in order: `title`, …, `search.semantic`."""
    return tuple(_setting_names(Config, ""))


def _setting_names(kind: Any, prefix: str) -> list[str]:
    hints = get_type_hints(kind)
    return [
        name
        for key in kind.__struct_fields__
        for name in (_setting_names(hints[key], f"{key}.") if _is_table(hints[key]) else [prefix + key])
    ]


def _is_table(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Struct)


class _File(Struct, frozen=True):
    path: str
    text: str
    errors: list[NotegenError] = field(default_factory=list)
    """What is wrong with it, as far as it was read."""

    def place_of(self, key: str) -> tuple[Place, str]:
        """The place in the file where a dotted key is set, and the text of that line; else those of its table."""
        places, parts = key_places(self.text), tuple(key.split("."))
        found = (places[parts[:end]] for end in range(len(parts), 0, -1) if parts[:end] in places)
        line, column = next(found, (1, 1))
        return Place(self.path, line, column), _line_at(self.text, line)

    def wrong_value(self, key: str, value: object, wanted: str, meant: str = "") -> NotegenError:
        """The error for a value that a setting cannot have."""
        return config_wrong_value(*self.place_of(key), key, value, wanted, meant)


def _fill_table(kind: Any, table: Mapping[str, Any], prefix: str, file: _File) -> Any:
    hints = get_type_hints(kind)
    known = kind.__struct_fields__
    values: dict[str, Any] = {}
    for key, value in table.items():
        if len(file.errors) >= MAX_MISTAKES:
            break
        try:
            if key not in known:
                name, known_names = prefix + key, ", ".join(setting_names())
                raise config_unknown_key(*file.place_of(name), name, _nearest(name), known_names)
            values[key] = _checked_value(hints[key], value, prefix + key, file)
        except NotegenError as error:
            file.errors.append(error)
    return kind(**values)


def _nearest(key: str) -> str:
    """The legal key most like it, whatever table it stands in."""
    names = (*setting_names(), *{name.partition(".")[0]: None for name in setting_names() if "." in name})
    last = {name.rpartition(".")[2]: name for name in names}
    close = difflib.get_close_matches(key, names, 1) or difflib.get_close_matches(
        key.rpartition(".")[2], last, 1
    )
    return last.get(close[0], close[0]) if close else ""


def _checked_value(kind: Any, value: Any, key: str, file: _File) -> Any:
    """The value as the setting of this kind has it.

    Raises:
        NotegenError: the setting cannot have it.
    """
    if _is_table(kind):
        if not isinstance(value, dict):
            raise file.wrong_value(key, value, wanted_table(key))
        return _fill_table(kind, value, f"{key}.", file)
    if get_origin(kind) is Literal:
        if value not in get_args(kind):
            meant = "[publishing]" if key == "publish" and isinstance(value, dict) else ""
            raise file.wrong_value(key, value, wanted_choice(get_args(kind)), meant)
        return value
    if get_origin(kind) is tuple:
        if not isinstance(value, list) or any(not isinstance(one, str) or "\0" in one for one in value):
            raise file.wrong_value(key, value, wanted_kind(tuple))
        return _checked_list(kind, value, key, file)
    if type(value) is not kind and not (kind is float and type(value) is int):
        raise file.wrong_value(key, value, wanted_kind(kind))
    if kind is str:
        if wanted := _wanted_text(key, value):
            raise file.wrong_value(key, value, wanted, _meant_text(key, value))
        return colour_named(value) if key == "accent" else value
    if key in _RANGES and not _RANGES[key][0] <= value <= _RANGES[key][1]:
        raise file.wrong_value(key, value, wanted_kind(kind, *_RANGES[key]))
    return kind(value)


def _checked_list(kind: Any, texts: list[str], key: str, file: _File) -> tuple[str, ...]:
    if key == "extensions":
        endings = [ending for one in texts if (ending := ending_of(one))]
        if len(endings) < len(texts):
            raise file.wrong_value(key, texts, wanted_endings())
        return tuple(dict.fromkeys(endings))
    if key in _TAGS and any(map(_NO_TAG.search, texts)):
        meant = _meant_tags(texts)
        raise file.wrong_value(key, texts, wanted_tags(), as_toml([*meant]) if meant else "")
    if key == "former_addresses" and (wrong := [one for one in texts if not _is_former_pattern(one)]):
        patterns = [_meant_pattern(one) for one in texts]
        hint = as_toml(patterns) if all(patterns) else ""
        raise file.wrong_value(key, wrong, wanted_former_addresses(), hint)
    if key == "feeds.also" and (wrong := [one for one in texts if not _FORMER_FEED.fullmatch(one)]):
        raise file.wrong_value(key, wrong, wanted_former_feeds())
    if key in SITE_LINKS and (wrong := [one for one in texts if not written_link(one)]):
        raise file.wrong_value(key, wrong, wanted_links())
    return tuple(_problem_code(one, key, file) for one in texts) if Code in get_args(kind) else tuple(texts)


def _meant_tags(tags: Iterable[str]) -> tuple[str, ...]:
    """The tags that may have been meant by some of which one is none; empty where none can be guessed."""
    parts = [part.strip(" #\"'") for tag in tags for part in re.split(r"[,;|]", tag)]
    return () if any(map(_NO_TAG.search, parts)) else tuple(part for part in parts if part)


def _is_former_pattern(pattern: str) -> bool:
    """Whether notes can fill all of it, each in its own way."""
    named = {found["name"] for found in FORMER_PLACE.finditer(pattern)}
    rest = FORMER_PLACE.sub("", pattern)
    return named <= {*FORMER_PLACES} and bool(named & {"path", "name"}) and not re.search(r"[{}:?#]", rest)


def _meant_pattern(pattern: str) -> str:
    """The pattern that may have been meant by one that another tool has; empty where none can be guessed."""
    meant = _PATTERN_PLACE.sub(lambda found: _OTHERS_PLACES.get(found["name"], found[0]), pattern)
    return meant if _is_former_pattern(meant) else ""


def ending_of(extension: str) -> str:
    """The ending with its dot, in lower case; empty where no Markdown can be in such files."""
    found = _EXTENSION.fullmatch(extension.strip())
    ending = f".{found[1].lower()}" if found else ""
    return "" if ending in _NOT_MARKDOWN else ending


def checked_extension(extension: str) -> str:
    """The ending as it may be given on the command line, beside those of the setting `extensions`.

    Raises:
        NotegenError: no Markdown can be in such files.
    """
    if not (ending := ending_of(extension)):
        raise extension_invalid(extension)
    return ending


def zone_called(name: str) -> tzinfo | None:
    """The time zone that IANA calls so, `Europe/Berlin`; None where this machine knows none of that name."""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError  # seldom asked

    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _wanted_text(key: str, value: str) -> str:
    """What the text should be; empty where it is."""
    if "\0" in value:
        return wanted_no_nul()
    if key == "publishing.domain" and value and not _DOMAIN.fullmatch(value):
        return wanted_domain()
    if key == "time_zone" and value and not zone_called(value):
        return wanted_time_zone()
    if key == "language" and not _LANGUAGE.fullmatch(value):
        return wanted_language()
    if key == "accent" and value:
        colour = colour_named(value)
        return (
            "" if colour and can_be_read(colour) else wanted_contrast() if colour else wanted_colour(PALETTES)
        )
    if key == "new.name" and _with_known_places(value) != value:
        return wanted_note_name()
    if key in ("note.edit_link", "note.source_link") and value and not _FILE_ADDRESS.fullmatch(value):
        return wanted_file_address()
    return wanted_address() if key == "base_url" and not is_site_address(value) else ""


def _meant_text(key: str, value: str) -> str:
    """What may have been meant by a text that the setting cannot have; empty where none can be guessed."""
    match key:
        case "accent":
            return _meant_accent(value)
        case "base_url":
            return meant_address(value)
        case "publishing.domain":
            return urlsplit(meant_address(value)).hostname or ""
        case "new.name":
            return _with_known_places(value)
        case _:
            return ""


def _with_known_places(name: str) -> str:
    """The name of new notes with `{date}` or `{title}` for each place in braces: `{{Titel}}` is `{title}`."""
    return _PLACE.sub(lambda found: f"{{{_nearest_place(found['name'])}}}", name)


def _nearest_place(name: str) -> str:
    close = difflib.get_close_matches(name.strip().lower(), _PLACES, 1)
    return close[0] if close else "title"


def _meant_accent(value: str) -> str:
    """The accent that may have been meant by one that is none or cannot be read; empty where none can be guessed."""
    digits = value.strip().strip("#").strip()
    name = "".join(difflib.get_close_matches(value.strip().lower(), list(PALETTES), 1))
    colour = colour_named(value) or colour_named(f"#{digits}")
    return readable_from(colour) if colour else name


def checked_base_url(address: str) -> str:
    """The address as it may be given on the command line, in place of the setting `base_url`.

    Raises:
        NotegenError: no site can have it.
    """
    if not is_site_address(address):
        raise base_url_invalid(address, meant_address(address))
    return address


def checked_address(address: str) -> str:
    """The address of a site as it may be given as an answer.

    Raises:
        NotegenError: no site can have it.
    """
    if not is_site_address(address):
        raise answer_invalid(address, wanted_address())
    return address


def checked_language(tag: str) -> str:
    """The tag of a language as it may be given as an answer.

    Raises:
        NotegenError: it is none.
    """
    if not _LANGUAGE.fullmatch(tag):
        raise answer_invalid(tag, wanted_language())
    return tag


def checked_publish(answer: str) -> str:
    """Which notes are published, as it may be given as an answer.

    Raises:
        NotegenError: it is neither.
    """
    if answer not in get_args(Publish):
        raise answer_invalid(answer, wanted_choice(get_args(Publish)))
    return answer


def meant_address(address: str) -> str:
    """The address of a folder that may have been meant by one that is none; empty where none can be guessed."""
    meant = re.split(r"[?#]", address.strip().replace("\\", "/"), maxsplit=1)[0]
    head, slash, last = meant.rpartition("/")
    if last.lower().endswith((".html", ".htm")):
        meant = head + slash
    if re.match(r"https?:/(?!/)", meant, re.IGNORECASE):
        meant = meant.replace(":/", "://", 1)
    if not re.match(r"[a-z][a-z0-9+.-]*:", meant, re.IGNORECASE) or re.match(r"[^/:]+:\d+(?:/|\Z)", meant):
        meant = f"https://{meant.lstrip('/')}" if not re.match(r"/(?!/)", meant) else ""
    host = urlsplit(meant).hostname if meant and "[" not in meant else None
    is_named = host is not None and ("." in host or host == "localhost")
    return meant if is_named and is_site_address(meant) else ""


def is_site_address(address: str) -> bool:
    """Whether a site can be at the address: a web address of a folder; an empty one stands for none."""
    if not address:
        return True
    try:
        parts = urlsplit(address)
        parts.port  # noqa: B018  # raises where it is no number
    except ValueError:
        return False
    last = parts.path.rpartition("/")[2].lower()
    return (
        parts.scheme in ("http", "https")
        and bool(parts.hostname)
        and parts.username is None
        and not re.search(r"[\s\\<>\"'`{}|^?#\x00-\x1f\x7f]", address)
        and not last.endswith((".html", ".htm"))
    )


def is_model_name(name: str) -> bool:
    """Whether a model can be called so: a folder's bare name, neither hidden nor a home."""
    return bool(name) and Path(name).parts == (name,) and name[0] not in ".~" and "\\" not in name


def _problem_code(name: str, key: str, file: _File) -> Code:
    if name in list(Code):
        return Code(name)
    nearest = difflib.get_close_matches(name, list(Code), 1)
    raise config_unknown_problem(*file.place_of(key), name, nearest[0] if nearest else "")


def _resolve_paths(config: Config, table: Mapping[str, Any], folder: Path, file: _File) -> Config:
    for key in _PATHS:
        head, _, name = key.rpartition(".")
        holder = table.get(head, {}) if head else table
        if not holder.get(name):
            continue
        if key == "encoder.folder" and is_model_name(holder[name]) and not (folder / holder[name]).is_dir():
            continue  # the name of an installed model
        try:
            if key == "publishing.to":
                path = from_folder(holder[name], folder)
            else:
                path = str(folder / Path(holder[name]).expanduser())
        except RuntimeError as error:  # `~nobody`
            wanted = wanted_known_home()
            raise file.wrong_value(key, holder[name], wanted) from error
        change: dict[str, Any] = {name: path}
        if head:
            change = {head: replace(getattr(config, head), **change)}
        config = replace(config, **change)
    return config


def _line_at(text: str, number: int) -> str:
    lines = text.split("\n")
    return lines[number - 1] if 0 < number <= len(lines) else ""
