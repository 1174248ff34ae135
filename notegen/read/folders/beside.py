"""What lies beside a note and says something of that note alone.

    b.md.meta                     TiddlyWiki: lines `tags: private`, `draft.of: b`; a title `$:/…` is of the system
    0123….md with `type_: 6`      Joplin's raw export: which note has which tag, whose name is in a third file

Sources: https://tiddlywiki.com/static/MetaFiles.html, https://joplinapp.org/help/apps/import_export.
"""

from collections.abc import Iterator
from pathlib import Path

from notegen.paths import fold
from notegen.read.folders.said import FileFlags, Pairs, joined, text_of
from notegen.read.joplin import ITEM_NAME, Item, read_item
from notegen.regex import regex

_META = ".meta"
_FIELD = regex(r"(?P<key>[^\s:][^:\n]{0,100}):[ \t]*(?P<value>[^\n]*)")
_TIDDLER_TAG = regex(r"\[\[([^\[\]]+)\]\]|(\S+)")


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
    for field in (_FIELD.fullmatch(line.removeprefix(".. ")) for line in text.splitlines()):
        if field and field["key"].lower() == "tags":
            fields.append(("tags", [one[1] or one[2] for one in _TIDDLER_TAG.finditer(field["value"])]))
        elif field and field["key"].lower() == "title" and field["value"].startswith("$:/"):
            fields.append(("draft", True))
        elif field:
            fields.append((field["key"], field["value"].strip()))
    return tuple(fields)


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
