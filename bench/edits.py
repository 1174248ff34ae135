"""Prints how many files of the search index change with one note, and what the index then costs to make.

    python -m bench.edits ../shared/corpora/obsidian-garden-jackyzha0/content [EDITS]

Each edit is made to the garden as it is: a note chosen by chance gets a sentence of another note behind one of its
paragraphs, loses a paragraph, gets a word in place of another, or gets a section of another note at its end. As many
times one note more is written, a note is gone, and a note is renamed: a note more is another one's text in other order
under a new name, of the day after the newest of all. A file
counts as changed when the index of the garden without the edit has none of its name and content. Vectors are kept in
build/bench; all else that is kept is what the build before the edit kept. `bench.build` prints the last lines too.
"""

import random
import shutil
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bench.usage import arguments
from notegen.bundled import bundled
from notegen.cache import open_cache
from notegen.config import Config
from notegen.context import BuildContext
from notegen.encoder import load_encoder, load_table
from notegen.load import embed_garden, load_garden, query_table
from notegen.model import Url
from notegen.search.cached_index import cached_vector_index
from notegen.search.shards import IndexSource, make_search_index

MODEL = bundled("models") / "all-MiniLM-L6-v2"
KEPT = Path("build/bench")
EDITS = 20

NEW_DAY = "2038-01-19"
"""Of a note more: after all others."""

Change = Callable[[Path, random.Random], None]
"""Changes one note of a folder."""

Edit = Callable[[list[str], Sequence[str], random.Random], list[str]]
"""Gives a note's paragraphs anew, from them and another note's."""


def main(notes: Path, edits: int = EDITS, *, quiet: bool = False) -> None:
    """A row a kind of change, the median and the worst of all; before it one a change, where not quiet."""
    KEPT.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder, open_cache(KEPT / "vectors") as cache:
        garden = Path(folder) / "notes"
        shutil.copytree(notes, garden)
        context = BuildContext(garden, Config(), load_encoder(MODEL), load_table(MODEL), cache)
        index_of(context)
        before, _ = index_of(context)
        print(
            f"\n| files of the search index that change, of {len(before):,} | median | worst | CPU s | worst |"
        )
        print("|---|---|---|---|---|")
        for what, change in CHANGES.items():
            changed, seconds = [], []
            for number in range(edits):
                chance = random.Random(number)
                with _put_back(garden):
                    change(garden, chance)
                    after, took = index_of(context)
                new = [url for url, content in after.items() if before.get(url) != content]
                changed.append(len(new))
                seconds.append(took)
                if not quiet:
                    kinds = Counter(_kind(url) for url in new)
                    most = ", ".join(f"{count} {kind}" for kind, count in kinds.most_common(8))
                    print(
                        f"{what}: {len(new)} files in {took:.2f} CPU s: {most}", file=sys.stderr, flush=True
                    )
            figures = f"{median(changed):g} | {max(changed)} | {median(seconds):.2f} | {max(seconds):.2f}"
            print(f"| {what}, of {edits} | {figures} |", flush=True)


@contextmanager
def _put_back(folder: Path) -> Iterator[None]:
    """What is done to the notes of a folder within, undone after."""
    before = {file: file.read_bytes() for file in folder.rglob("*.md")}
    yield
    for file in folder.rglob("*.md"):
        if file not in before:
            file.unlink()
    for file, content in before.items():
        if not file.exists() or file.read_bytes() != content:
            file.write_bytes(content)


def index_of(context: BuildContext) -> tuple[Mapping[Url, bytes], float]:
    """A digest of each file of the search index by its URL, and the CPU seconds of making them."""
    embedded = embed_garden(load_garden(context)[1], context)
    start = time.process_time()
    source = IndexSource(
        embedded.garden,
        embedded.passages,
        cached_vector_index(embedded.garden, embedded.vectors, query_table(embedded, context), context.cache),
        weight=context.config.search.meaning_weight,
        language=context.config.language,
        familiarity=embedded.familiarity,
    )
    files = [(file.url, file.content) for file in make_search_index(source).files]
    took = time.process_time() - start
    return {
        url: blake2b(content if isinstance(content, bytes) else content.read_bytes()).digest()
        for url, content in files
    }, took


def _kind(url: Url) -> str:
    return url.rpartition("/")[2].partition(".")[0].partition("-")[0].rstrip("0123456789")


def edited(notes: Path, edit: Edit, chance: random.Random) -> tuple[Path, str]:
    """A note chosen by chance, and its text after the edit."""
    note, other = _two_notes(notes, chance)
    return note, "\n\n".join(edit(_paragraphs(note), _paragraphs(other)[1:], chance)) + "\n"


def _two_notes(notes: Path, chance: random.Random) -> tuple[Path, Path]:
    files = [file for file in sorted(notes.rglob("*.md")) if len(_paragraphs(file)) > 2]
    note, other = chance.sample(files, 2)
    return note, other


def _edit(notes: Path, chance: random.Random) -> None:
    _, edit = chance.choice(list(KINDS.items()))
    note, text = edited(notes, edit, chance)
    note.write_text(text, "utf-8")


def _add(notes: Path, chance: random.Random) -> None:
    note, other = _two_notes(notes, chance)
    paragraphs = chance.sample(_paragraphs(other)[1:], len(_paragraphs(other)) - 1)
    head = f"---\ndate: {NEW_DAY}\n---\n\n# New {note.stem} {other.stem}"
    note.with_name(f"new {note.stem} {other.stem}.md").write_text("\n\n".join([head, *paragraphs]), "utf-8")


def _remove(notes: Path, chance: random.Random) -> None:
    _two_notes(notes, chance)[0].unlink()


def _rename(notes: Path, chance: random.Random) -> None:
    note, other = _two_notes(notes, chance)
    note.rename(note.with_name(f"{note.stem} {other.stem}.md"))


CHANGES: Mapping[str, Change] = {
    "a note edited": _edit,
    "a note more": _add,
    "a note less": _remove,
    "a note renamed": _rename,
}


def _paragraphs(file: Path) -> list[str]:
    return file.read_text("utf-8", errors="replace").rstrip().split("\n\n")


def _add_sentence(own: list[str], other: Sequence[str], chance: random.Random) -> list[str]:
    place = chance.randrange(1, len(own))
    sentence = " ".join(chance.choice(other).split()[:15])
    return [*own[:place], f"{own[place]} {sentence}", *own[place + 1 :]]


def _drop_paragraph(own: list[str], _: Sequence[str], chance: random.Random) -> list[str]:
    place = chance.randrange(1, len(own))
    return own[:place] + own[place + 1 :]


def _change_word(own: list[str], other: Sequence[str], chance: random.Random) -> list[str]:
    place = chance.randrange(1, len(own))
    words = own[place].split(" ")
    words[chance.randrange(len(words))] = chance.choice(chance.choice(other).split() or ["word"])
    return [*own[:place], " ".join(words), *own[place + 1 :]]


def _add_section(own: list[str], other: Sequence[str], _: random.Random) -> list[str]:
    return [*own, "## Later", *other[:2]]


KINDS: Mapping[str, Edit] = {
    "a sentence more": _add_sentence,
    "a paragraph less": _drop_paragraph,
    "another word": _change_word,
    "a section more": _add_section,
}

if __name__ == "__main__":
    vault, *edits = arguments("edits VAULT [EDITS]")
    main(Path(vault), *map(int, edits))
