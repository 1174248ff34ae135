"""Decides what tools' settings keep out of a site, whatever other tools' files lie beside or below them.

Which tool a note was written with decides how it is read, and is a guess where several tools left their marks. Privacy
must not hang on a guess: every settings file counts for all that lies below its folder.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath

import yaml
from msgspec import Struct, field

from notegen.config import PRIVATE_BY_NAME
from notegen.errors.reasons import excluded_is_no_list, settings_no_object, yaml_not_valid
from notegen.model import Code, Place, Problem
from notegen.paths import NOTE_SUFFIXES, PICTURE_SUFFIXES, fold
from notegen.read.beginning import open_file
from notegen.read.decode import decode
from notegen.read.flags import is_false
from notegen.read.folders import FolderSettings
from notegen.read.lenient_json import NotJsonError, read_json
from notegen.read.logseq.graph import SETTINGS, read_graph
from notegen.read.patterns import match_patterns
from notegen.read.properties import read_yaml
from notegen.read.schedule import Dated
from notegen.regex import regex
from notegen.text.looks import look_of

_TEMPLATES = (
    ("templates.json", ("folder",)),
    ("daily-notes.json", ("template",)),
    ("zk-prefixer.json", ("template",)),
    (
        "plugins/templater-obsidian/data.json",
        ("templates_folder", "folder_templates.*.template", "file_templates.*.template"),
    ),
    ("plugins/quickadd/data.json", ("templateFolderPath",)),
    (
        "plugins/periodic-notes/data.json",
        tuple(f"{kind}.template" for kind in ("daily", "weekly", "monthly", "quarterly", "yearly")),
    ),
)
"""Where Obsidian and its plugins name folders of templates, or one."""
_BIN = regex(r"[@_]?trash|recently deleted|(?:vx_|_v_)?recycle_bin")
"""Where QOwnNotes, Simplenote's export, FSNotes, NotePlan, VNote and exports of Apple Notes have what was deleted."""
_SHOWN_SUFFIXES = PICTURE_SUFFIXES | {".base"}


class _Rule(Struct, frozen=True):
    """A folder or file, folded, from the notes folder; empty for all."""

    path: str
    unless_published: bool = False
    """Whether a note that says `publish: true` is published all the same."""
    below_only: bool = False
    """Whether what lies right in the folder is not meant, only what is in the folders in it."""
    is_template: bool = False
    """Whether it is of templates; pictures and Bases files are then not meant: notes show them."""

    def names(self, path: str, endings: Iterable[str]) -> bool:
        if self.is_template and PurePosixPath(path).suffix in _SHOWN_SUFFIXES:
            return False
        if path == self.path or any(path == self.path + suffix for suffix in endings if self.path):
            return not self.below_only and not self.unless_published
        inside = not self.path or path.startswith(f"{self.path}/")
        return inside and (
            not self.below_only or "/" in path.removeprefix(f"{self.path}/" if self.path else "")
        )


class _Hierarchies(Struct, frozen=True):
    """What a Dendron workspace publishes, by the first part of its notes' names, folded."""

    root: str
    published: frozenset[str] | None
    """The first parts of the names of notes that are published; None for all."""
    public_only: frozenset[str]
    """The first parts of which only notes that say `published: true` are; `root` for all."""


class Exclusions(Struct):
    """What is kept out below a notes folder; filled while the folders are walked through."""

    private_folders: tuple[str, ...] = ()
    """As in a .gitignore; case does not count."""
    encrypt_folders: tuple[str, ...] = ()
    """Folders that are encrypted; as in a .gitignore."""
    endings: tuple[str, ...] = NOTE_SUFFIXES
    """The endings of notes."""
    keep_templates: bool = False
    """Whether what the tools' settings call templates are notes like others."""
    problems: list[Problem] = field(default_factory=list)
    folders: FolderSettings = field(default_factory=FolderSettings)
    """What site generators' settings say of the notes below a folder."""
    _links: dict[str, str] = field(default_factory=dict)
    """Where symbolic links lead, both as paths from the notes folder, folded."""
    _rules: list[_Rule] = field(default_factory=list)
    _public_only: list[str] = field(default_factory=list)
    _hierarchies: list[_Hierarchies] = field(default_factory=list)
    _private: "_Named" = field(default_factory=lambda: _Named((), setting="private_folders"))
    _encrypted: "_Named" = field(default_factory=lambda: _Named((), setting="encrypt_folders"))

    def __post_init__(self) -> None:
        self._private = _Named(self.private_folders, setting="private_folders")
        self._encrypted = _Named(self.encrypt_folders, setting="encrypt_folders")

    def add(self, folder: Path, path: str, names: Iterable[str]) -> None:
        """Reads what the tools' settings in a folder keep out.

        Args:
            path: the folder, from the notes folder.
            names: of its entries.
        """
        have = set(names)
        bins = sorted(name for name in have if _BIN.fullmatch(fold(name)))
        self._rules += (_Rule(_below(path, name), unless_published=True) for name in bins)
        for settings in sorted(name for name in have if name.startswith(".obsidian")):
            self._add_obsidian(folder / settings, path)
        if "logseq" in have and (folder / SETTINGS).exists():
            graph = read_graph(folder, path)
            self._rules += [_Rule(_below(path, prefix)) for prefix in graph.hidden]
            if graph.public_only:
                self._public_only.append(fold(path))
        for name in ("dendron.yml", "dendron.yaml", "dendronrc.yml"):
            if name in have:
                self._add_dendron(folder / name, path)
        self.folders.add(folder, path, have, self.endings)

    def add_link(self, path: str, place: str) -> None:
        """Note that a symbolic link leads somewhere within the notes: what lies there stays as private as it is."""
        self._links[fold(path)] = fold(place)

    def _places(self, path: str) -> Iterator[str]:
        """Where a note or file lies, folded: by its own path, and by those that the links in it lead to."""
        folded = fold(path)
        yield folded
        for link, place in self._links.items():
            if folded == link or folded.startswith(f"{link}/"):
                yield place + folded[len(link) :]

    def keep_out(self, path: str, *, published: bool = False) -> bool:
        """Whether a note or file is kept out by where it lies, or by where a link to it leads.

        Args:
            published: whether it says `publish: true`.
        """
        return any(self._keeps_out(place, published=published) for place in self._places(path))

    def _keeps_out(self, folded: str, *, published: bool) -> bool:
        is_outdone = published and self.private_folders == PRIVATE_BY_NAME
        if "/_drafts/" in f"/{folded}" or (self._private.has(folded) and not is_outdone):
            return True
        if any(
            rule.names(folded, self.endings) and not (published and rule.unless_published)
            for rule in self._rules
        ):
            return True
        if self.folders.leaves_out(folded, published=published):
            return True
        first = folded.rpartition("/")[2].partition(".")[0]
        return folded.endswith(self.endings) and any(
            one.published is not None and first not in one.published for one in self._hierarchies_of(folded)
        )

    def unused(self, paths: Iterable[str]) -> Iterator[Problem]:
        """The folders of the settings in which nothing lies, by all paths that there are: perhaps a slip of the pen."""
        every = [*map(fold, paths)]
        for setting, folders in (
            ("private_folders", self.private_folders if self.private_folders != PRIVATE_BY_NAME else ()),
            ("encrypt_folders", self.encrypt_folders),
        ):
            for folder in folders:
                if not any(map(_Named([folder], setting=setting).has, every)):
                    facts = (("setting", setting), ("folder", folder))
                    yield Problem(Code.SETTING_NAMES_NOTHING, Place("notegen.toml"), facts)

    def has_templates(self, path: str) -> bool:
        """Whether a note lies where the tools' settings say that templates do."""
        templates = [rule for rule in self._rules if rule.is_template]
        return any(rule.names(place, self.endings) for rule in templates for place in self._places(path))

    def flags_of(self, path: str, own: Iterable[tuple[str, object]] = ()) -> tuple[tuple[str, object], ...]:
        """The keys of front matter that a note or file has from its folders, and does not outdo by its `own`."""
        own = tuple(own)
        return tuple(pair for place in self._places(path) for pair in self.folders.flags_of(place, own))

    def said_beside(self, path: str) -> tuple[tuple[str, object], ...]:
        """The keys of front matter that files beside a note or file give to it alone."""
        return tuple(pair for place in self._places(path) for pair in self.folders.said_beside(place))

    def dated(self, path: str) -> Dated:
        """What is done with a note whose date is to come."""
        found = [self.folders.dated(place) for place in self._places(path)]
        zone = next((one.zone for one in found if one.zone), "")
        return Dated(any(one.holds for one in found), any(one.by_name for one in found), zone)

    def encrypts(self, path: str) -> bool:
        """Whether what lies there is published encrypted, if it is published."""
        return any(map(self._encrypted.has, self._places(path)))

    def wants_word(self, path: str) -> bool:
        """Whether a note is kept out unless it says that it is public."""
        return any(map(self._wants_word, self._places(path)))

    def own_keys(self, path: str) -> tuple[str, ...]:
        """The keys, plain, under which a note is asked here, beside those that count everywhere, if it is public."""
        return tuple(key for place in self._places(path) for key in self.folders.own_keys(place))

    def _wants_word(self, folded: str) -> bool:
        first = folded.rpartition("/")[2].partition(".")[0]
        if self.folders.wants_word(folded):
            return True
        return any(not root or folded.startswith(f"{root}/") for root in self._public_only) or any(
            not one.public_only.isdisjoint((first, "root")) for one in self._hierarchies_of(folded)
        )

    def _hierarchies_of(self, folded: str) -> Iterator[_Hierarchies]:
        return (one for one in self._hierarchies if not one.root or folded.startswith(f"{one.root}/"))

    def _add_obsidian(self, settings: Path, path: str) -> None:
        file = f"{_joined(path, settings.name)}/publish.json"
        try:
            found = read_json(settings / "publish.json")
            if found is not None and not isinstance(found, Mapping):
                raise NotJsonError(settings_no_object())
        except NotJsonError as error:
            # Nobody knows what is excluded, and only folders can be.
            self._problem(file, str(error))
            self._rules.append(_Rule(fold(path), unless_published=True, below_only=True))
            return
        excluded = (found or {}).get("excluded", [])
        if isinstance(excluded, str):
            excluded = [excluded]
        if not isinstance(excluded, list):
            self._problem(file, excluded_is_no_list())
            excluded = []
        for folder in excluded:
            if isinstance(folder, str) and folder.strip("/ ."):
                self._rules.append(_Rule(_below(path, folder), unless_published=True))
        for name, keys in () if self.keep_templates else _TEMPLATES:
            self._rules += (
                _Rule(_below(path, one), is_template=True)
                for one in _texts_at(settings / name, keys)
                if one.strip("/ .")
            )

    def _add_dendron(self, settings: Path, path: str) -> None:
        text = ""
        try:
            with open_file(settings) as stream:
                text, _ = decode(stream.read(), settings.name)
            found, _ = read_yaml(text)
        except (OSError, yaml.YAMLError, ValueError, RecursionError) as error:
            self._problem(_joined(path, settings.name), yaml_not_valid())
            if isinstance(error, OSError) or re.search(r"\bprivate", text, re.IGNORECASE):
                self._rules.append(_Rule(fold(path)))
            return
        self._rules += (_Rule(_below(path, vault)) for vault in _private_vaults(found) if vault.strip("/ ."))
        self._rules += (_Rule(_below(path, note)) for note in _duplicates(found, settings.parent))
        self._hierarchies.append(_read_hierarchies(found, fold(path)))

    def _problem(self, file: str, reason: str) -> None:
        self.problems.append(Problem(Code.TOOL_SETTINGS_INVALID, Place(file), (("reason", reason),)))


class _Named:
    """What a setting names, however a person writes a folder; or a file, where the name has an ending."""

    def __init__(self, named: Iterable[str], *, setting: str) -> None:
        folders = [*filter(None, map(_plain_folder, named))]
        files = [folder for folder in folders if "." in folder.rpartition("/")[2]]
        self._patterns = [*(f"{folder}/" for folder in folders), *files]
        self._spec = match_patterns(self._patterns, setting=setting)
        self._may_be_files = bool(files)
        self._folders: dict[str, bool] = {}  # where no file is named, all that lies in a folder is alike

    def __eq__(self, other: object) -> bool:
        """What was read is known again by all that it was read by."""
        return isinstance(other, _Named) and self._patterns == other._patterns

    __hash__ = None  # type: ignore[assignment]  # as of what compares by value

    def has(self, path: str) -> bool:
        """Whether a path, folded, lies in one of the folders, also in one whose name only looks like theirs."""
        if self._may_be_files:
            return self._lies_there(path)
        folder, slash, _ = path.rpartition("/")
        if folder not in self._folders:
            self._folders[folder] = self._lies_there(f"{folder}{slash}any")
        return self._folders[folder]

    def _lies_there(self, path: str) -> bool:
        if self._spec.match_file(path):
            return True
        seen = "/".join(part.strip(" .") or part for part in look_of(path).split("/"))
        return seen != path and self._spec.match_file(seen)


def _plain_folder(written: str) -> str:
    r"""A folder of the settings, folded, as a .gitignore has it: `\` is `/`, quotes and brackets are none of it."""
    folder = fold(written).replace("\\", "/").strip("! \t\"'")
    folder = re.sub(r"/{2,}", "/", folder.removeprefix("[[").removesuffix("]]"))
    return re.sub(r"(?:/\.|/\*{1,2}|/)*$", "", folder.removeprefix("./"))


def _read_hierarchies(settings: object, root: str) -> _Hierarchies:
    published: set[str] | None = None
    public_only: set[str] = set()
    for key in ("publishing", "site"):
        section = settings.get(key) if isinstance(settings, Mapping) else None
        if not isinstance(section, Mapping):
            continue
        if isinstance(listed := section.get("siteHierarchies"), list) and listed:
            published = {fold(str(name)).partition(".")[0] for name in listed} | (published or set())
        own = section.get("hierarchy", section.get("config"))
        for name, options in own.items() if isinstance(own, Mapping) else ():
            stated = options.get("publishByDefault") if isinstance(options, Mapping) else None
            if any(map(is_false, stated.values() if isinstance(stated, Mapping) else (stated,))):
                public_only.add(fold(str(name)))
    return _Hierarchies(
        root,
        None if published is None or "root" in published else frozenset(published),
        frozenset(public_only),
    )


def _private_vaults(settings: object) -> Iterator[str]:
    """The folders of the vaults that a Dendron workspace calls private."""
    if not isinstance(settings, Mapping):
        return
    sections = [settings, *(settings.get(key) for key in ("workspace", "publishing", "site"))]
    named: list[str] = []
    for section in sections:
        if isinstance(section, Mapping) and isinstance(private := section.get("privateVaults"), list):
            named += map(str, private)
    for section in sections:
        vaults = section.get("vaults") if isinstance(section, Mapping) else None
        for vault in vaults if isinstance(vaults, list) else ():
            if not isinstance(vault, Mapping):
                continue
            folder = "/".join(str(vault[key]) for key in ("workspace", "fsPath") if vault.get(key))
            is_private = str(vault.get("visibility", "")).strip().lower() == "private"
            if is_private or {str(vault.get("name")), str(vault.get("fsPath"))} & set(named):
                yield folder


def _duplicates(settings: object, folder: Path) -> Iterator[str]:
    """The notes of a Dendron workspace that another vault has too, of which its settings publish that one's.

    Args:
        folder: of the workspace.

    Source: https://wiki.dendron.so/notes/ZDAEEgA6ShIxpGbT7FFKl/, `duplicateNoteBehavior`.
    """
    publishing = settings.get("publishing") if isinstance(settings, Mapping) else None
    behavior = publishing.get("duplicateNoteBehavior") if isinstance(publishing, Mapping) else None
    payload = behavior.get("payload") if isinstance(behavior, Mapping) else None
    first = payload.get("vault") if isinstance(payload, Mapping) else payload
    wanted = [
        one for each in (first if isinstance(first, list) else [first]) for one in _names_of_vault(each)
    ]
    named = {one: vault for vault in _vaults(settings) for one in _names_of_vault(vault)}
    order = [str(named[one].get("fsPath")) for one in wanted if one in named]
    others = [
        str(vault.get("fsPath")) for vault in _vaults(settings) if str(vault.get("fsPath")) not in order
    ]
    taken: set[str] = set()
    for place in (*order, *others) if order else ():
        notes = {name for name in _listed(folder / place) if name.endswith(".md")}
        yield from (f"{place}/{name}" for name in sorted(notes & taken))
        taken |= notes if place in order else set()


def _names_of_vault(vault: object) -> Iterator[str]:
    if isinstance(vault, Mapping):
        yield from (str(vault[key]) for key in ("name", "fsPath") if vault.get(key))
    elif vault is not None:
        yield str(vault)


def _vaults(settings: object) -> list[Mapping[str, object]]:
    sections = [settings, settings.get("workspace")] if isinstance(settings, Mapping) else []
    stated = (section.get("vaults") for section in sections if isinstance(section, Mapping))
    return [
        vault
        for vaults in stated
        if isinstance(vaults, list)
        for vault in vaults
        if isinstance(vault, Mapping)
    ]


def _listed(folder: Path) -> list[str]:
    try:
        return [one.name for one in folder.iterdir()]
    except OSError:
        return []


def _texts_at(file: Path, keys: Iterable[str]) -> Iterator[str]:
    """The texts under keys with dots, of which `*` stands for all of a list; none of a file that cannot be read."""
    try:
        settings = read_json(file)
    except NotJsonError:
        return
    for key in keys:
        values = [settings]
        for part in key.split("."):
            values = [inner for value in values for inner in _items_at(value, part)]
        yield from (value for value in values if isinstance(value, str))


def _items_at(value: object, part: str) -> list[object]:
    if isinstance(value, Mapping):
        return [value.get(part)]
    return value if part == "*" and isinstance(value, list) else []


def _below(path: str, name: str) -> str:
    plain = "/".join(
        part.strip() for part in name.replace("\\", "/").split("/") if part.strip() not in ("", ".")
    )
    return fold(_joined(path, plain))


def _joined(path: str, name: str) -> str:
    return f"{path}/{name}" if path else name
