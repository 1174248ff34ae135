"""What lies beside a note and says something of that note alone.

    b.md.meta                     TiddlyWiki: lines `tags: private`, `draft.of: b`; a title `$:/…` is of the system
    0123….md with `type_: 6`      Joplin's raw export: which note has which tag, whose name is in a third file

Sources: https://tiddlywiki.com/static/MetaFiles.html, https://joplinapp.org/help/apps/import_export.
"""

from collections.abc import Iterator
from pathlib import Path

from msgspec.structs import replace

from notegen.model import Source
from notegen.paths import fold
from notegen.read.folders.statements import FileFlags, Pairs, joined, text_of
from notegen.read.joplin import ITEM_NAME, Item, read_item
from notegen.regex import regex

_META = ".meta"
_FIELD = regex(r"(?P<key>[^\s:][^:\n]{0,100}):[ \t]*(?P<value>[^\n]*)")
_TIDDLER_TAG = regex(r"\[\[([^\[\]]+)\]\]|(\S+)")
_FOR_READERS = frozenset("title tags date created modified updated description author category slug".split())


def with_said(source: Source, said: Pairs) -> Source:
    """The source with what files beside it say for readers, where its own front matter does not."""
    further = {key: value for key, value in said if key in _FOR_READERS and value}
    return replace(source, properties={**further, **source.properties}) if further else source


def read_meta_files(folder: Path, path: str, names: frozenset[str]) -> Iterator[FileFlags]:
    """What TiddlyWiki's files of fields say of the files that they lie beside.

    Args:
        path: the folder, from the notes folder.
        names: of its entries.
    """
    for name in sorted(names):
        if not name.endswith(_META):
            continue
        own = name.removesuffix(_META)
        # Nikola's `first.meta` is of `first.md`, and its lines begin with two dots, which no key has.
        of_nikola = [one for one in names if one.rpartition(".")[0] == own and one != name]
        for file in (own,) if own in names else sorted(of_nikola):
            yield FileFlags(joined(path, name), fold(joined(path, file)), _fields(text_of(folder / name)))


def _fields(text: str) -> Pairs:
    fields: list[tuple[str, object]] = []
    for line in text.splitlines():
        field = _FIELD.fullmatch(line.removeprefix(".. "))
        if field and field["key"].lower() == "tags":
            fields.append(("tags", _tags(field["value"], has_commas=line.startswith(".. "))))
        elif field and field["key"].lower() == "title" and field["value"].startswith("$:/"):
            fields.append(("draft", True))
        elif field:
            fields.append((field["key"].lower(), field["value"].strip()))
    return tuple(fields)


def _tags(value: str, *, has_commas: bool) -> list[object]:
    """Nikola's tags, between commas, or TiddlyWiki's, between spaces and in brackets where they hold one."""
    if has_commas:
        return [tag.strip() for tag in value.split(",") if tag.strip()]
    return [one[1] or one[2] for one in _TIDDLER_TAG.finditer(value)]


def read_joplin_tags(folder: Path, path: str, names: frozenset[str]) -> Iterator[FileFlags]:
    """The tags of the notes of a raw export of Joplin's."""
    items = [item for name in sorted(names) if ITEM_NAME.fullmatch(name) if (item := _item(folder / name))]
    titles = {item.fields["id"]: item.title for item in items if item.kind == "tag"}
    tags: dict[str, list[object]] = {}
    for item in items:
        if item.kind == "note_tag" and (title := titles.get(item.fields.get("tag_id", ""))):
            tags.setdefault(item.fields.get("note_id", ""), []).append(title)
    for note, titles_of_note in sorted(tags.items()):
        if (name := f"{note}.md") in names:
            file = joined(path, name)
            yield FileFlags(file, fold(file), (("tags", titles_of_note),))


def _item(file: Path) -> Item | None:
    return read_item(text_of(file))
