"""Dendron vaults: a link's words stand before its target, a journal is named by its day, times are milliseconds."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from os import listdir
from pathlib import Path, PurePosixPath

import yaml
from msgspec import Struct
from msgspec.structs import replace

from notegen.dates import day_in_name
from notegen.model import Source
from notegen.read.beginning import open_file
from notegen.read.code_spans import indented_code, outside_code, outside_fences
from notegen.read.decode import decode
from notegen.read.properties import read_yaml
from notegen.regex import regex

# Code, which is left alone, or a link, whose words may hold some.
_LINK = regex(r"(?P<code>(`+)(?!`).*?(?<!`)\2(?!`))|(?P<open>!?)\[\[(?P<inner>(?:[^\[\]`\n]|`[^`\n]*`)+)\]\]")
_FAR = regex(r"dendron://(?P<vault>[^/\[\]|#\n]+)/(?P<note>[^\[\]|\n]*)")
_FAR_ADDRESS = regex(r"(?P<open>!?)\[(?P<words>[^\[\]\n]*)\]\((?P<address>dendron://[^()\s]+)\)")
_SIZED = regex(r"(?P<image>!\[[^\[\]\n]*)(?P<address>\]\([^()\n]+\))\{(?P<style>[a-z-]+:[^{}\n]{1,200})\}")
_WIDTH = regex(
    r"(?:^|,)[ \t]*(?:max-)?width:[ \t]*[\"']?(?P<width>\d{1,4}(?=px\b|[\"']?[ \t]*(?:,|\Z))|\d{1,3}%)"
)
"""Of a picture, `![A bay](bay.png){width: 300px, max-width: 50%}`: what else is said of its looks is left out."""
_FRONT = regex(r"\{\{[ \t]*fm\.(?P<path>[\w-]+(?:\.[\w-]+)*)[ \t]*\}\}")
# What a name or a tag may not stand in, then both.
_NAMED = regex(
    r"\[\[[^\[\]\n]*\]\]|\]\([^()\n]*\)|<[^<>\n]*>|https?://\S+"
    r"|(?<![\w@#/.&\[-])(?:@(?P<user>[^\W\d_][\w-]*(?:\.[\w-]+)*)|#(?P<tag>[^\W\d_][\w/-]*(?:\.[\w/-]+)+))"
)
_MAX_VALUE_LENGTH = 1000
"""Letters of a value of front matter that stands in the text: many uses of a long one would fill the disk."""
_USERS = "user."


class DendronWorkspace(Struct, frozen=True):
    """What links need to know of a workspace beside the note that they stand in."""

    folder: Path
    vaults: Mapping[str, str]
    """The folder of each vault, in the workspace, by the name that links call it by."""
    users: frozenset[str]
    """The people who have a note, whose name begins with "user" and a dot, in lower case."""


def read_workspace(folder: Path) -> DendronWorkspace:
    """The workspace in a folder; one whose settings cannot be read has no vaults."""
    vaults = {name: path for one in _listed_vaults(folder) for name, path in _vault_folders(one)}
    users: set[str] = set()
    for place in {"", "notes", *(p for path in vaults.values() for p in (path, f"{path}/notes"))}:
        try:
            names = listdir(folder / place)
        except (OSError, ValueError):
            continue
        users |= {
            name[len(_USERS) : -3].lower()
            for name in names
            if name.startswith(_USERS) and name.endswith(".md")
        }
    return DendronWorkspace(folder, vaults, frozenset(users))


def adapt_dendron(source: Source, workspace: DendronWorkspace) -> Source:
    """The source as Obsidian would write it: `[[words|daily.journal]]` becomes `[[daily.journal|words]]`; total."""
    properties = dict(source.properties)
    if day_in_name(PurePosixPath(source.id).stem):
        # Dendron stamps every note; a journal is of the day it is named by, whenever and in whatever zone it was made.
        properties.pop("created", None)
    elif (day := _day_from_millis(properties.get("created"))) is not None:
        properties["created"] = day
    for key in ("id", "updated"):  # Dendron's own
        properties.pop(key, None)
    if "desc" in properties:
        properties.setdefault("description", properties.pop("desc"))
    text = source.text
    if "{{" in text:
        text = outside_code(
            text,
            lambda t: _FRONT.sub(lambda m: _value_at(source.properties, m["path"], m[0]), t),
            indented=True,
        )
    if "){" in text:
        text = outside_code(text, lambda t: _SIZED.sub(_with_size, t), indented=True)
    text = rewrite_links(text, lambda link: _rewrite_link(link, workspace))
    if "@" in text or "#" in text or "dendron://" in text:
        text = outside_code(text, lambda stretch: _rewrite_rest(stretch, workspace), indented=True)
    return replace(source, text=text, properties=properties)


def _with_size(picture: re.Match[str]) -> str:
    width = _WIDTH.search(picture["style"])
    return f"{picture['image']}{'|' + width['width'] if width else ''}{picture['address']}"


def rewrite_links(text: str, rewrite: Callable[[re.Match[str]], str]) -> str:
    """The text with every link outside code rewritten; no line end is added or taken.

    Args:
        rewrite: gives what stands for a link, of which it has the groups `open`, an embed's `!`, and `inner`.
    """
    lines = text.split("\n")
    code = frozenset(indented_code(lines)) if "[[" in text else frozenset()
    for number in outside_fences(lines) if "[[" in text else ():
        if "[[" in lines[number] and number not in code:
            lines[number] = _LINK.sub(lambda m: m[0] if m["code"] else rewrite(m), lines[number])
    return "\n".join(lines)


def _rewrite_link(link: re.Match[str], workspace: DendronWorkspace) -> str:
    words, bar, target = link["inner"].partition("|")
    return _link(link["open"], words.replace("`", "") if bar else "", target if bar else words, workspace)


def _rewrite_rest(text: str, workspace: DendronWorkspace) -> str:
    """A stretch that is no code, with addresses of notes, people and tags as links."""
    if "dendron://" in text:
        text = _FAR_ADDRESS.sub(lambda m: _link(m["open"], m["words"], m["address"], workspace), text)
    return _NAMED.sub(lambda m: _rewrite_name(m, workspace), text) if "@" in text or "#" in text else text


def _link(open: str, words: str, target: str, workspace: DendronWorkspace) -> str:
    """A link without the name of its vault, which only chooses among notes of one name."""
    words, target = words.strip(), target.strip()
    if far := _FAR.fullmatch(target):
        name = far["note"].partition("#")[0]
        path = workspace.vaults.get(far["vault"])
        chosen = next(
            (f"/{place}/{far['note']}" for place in _places(path) if _is_file(workspace, place, name)), ""
        )
        target = chosen if chosen and len(set(workspace.vaults.values())) > 1 else far["note"]
    return f"{open}[[{target}|{words}]]" if words and words != target else f"{open}[[{target}]]"


def _places(path: str | None) -> tuple[str, ...]:
    """Where a vault's notes lie: in its folder, or in `notes` there, in one that is a workspace of its own."""
    if path is None:
        return ()
    return (path, f"{path}/notes") if path else ("notes",)


def _is_file(workspace: DendronWorkspace, place: str, name: str) -> bool:
    try:
        return (workspace.folder / place / f"{name}.md").is_file()
    except (OSError, ValueError):
        return False


def _rewrite_name(name: re.Match[str], workspace: DendronWorkspace) -> str:
    """`@ada` as a link to her note where there is one, and a tag with dots as a whole."""
    if (user := name["user"]) and user.lower() in workspace.users:
        return f"[[{_USERS}{user}|@{user}]]"
    return f"#[[{name['tag']}]]" if name["tag"] else name[0]


def _value_at(properties: Mapping[str, object], path: str, written: str) -> str:
    """What front matter says at a path, names with dots between, in one line; nothing where it says nothing."""
    value: object = properties
    for part in path.lower().split("."):
        value = (
            {str(key).lower(): inner for key, inner in value.items()}.get(part)
            if isinstance(value, Mapping)
            else None
        )
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case str() | int() | float():
            return " ".join(str(value).split())[:_MAX_VALUE_LENGTH]
        case list() if all(isinstance(item, (str, int, float)) for item in value):
            return " ".join(", ".join(map(str, value)).split())[:_MAX_VALUE_LENGTH]
        case _:
            return written


def _listed_vaults(folder: Path) -> list[Mapping[str, object]]:
    """The vaults that the workspace's settings list, in the order of today's or older versions."""
    for name in ("dendron.yml", "dendron.yaml"):
        try:
            with open_file(folder / name) as stream:
                text, _ = decode(stream.read(), name)
            settings, _ = read_yaml(text)
        except (OSError, yaml.YAMLError, ValueError, RecursionError):
            continue
        sections = [settings.get("workspace"), settings] if isinstance(settings, Mapping) else []
        for section in sections:
            vaults = section.get("vaults") if isinstance(section, Mapping) else None
            if isinstance(vaults, list):
                return [vault for vault in vaults if isinstance(vault, Mapping)]
    return []


def _vault_folders(vault: Mapping[str, object]) -> list[tuple[str, str]]:
    """The names of a vault, each with its folder in the workspace."""
    parts = [str(vault[key]) for key in ("workspace", "fsPath") if vault.get(key)]
    path = "/".join(part for part in "/".join(parts).split("/") if part not in ("", "."))
    if ".." in path.split("/"):
        return []
    names = [str(vault["name"])] if vault.get("name") else []
    return [(name, path) for name in dict.fromkeys((*names, path.rpartition("/")[2])) if name]


def _day_from_millis(value: object) -> str | None:
    """Milliseconds since 1970 as a day, UTC; None for what is not such a number."""
    try:
        return datetime.fromtimestamp(int(str(value)) / 1000, UTC).date().isoformat() if value else None
    except (ValueError, OverflowError, OSError):
        return None
