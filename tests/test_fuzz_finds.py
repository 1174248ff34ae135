"""What `python -m bench.fuzz` found, each as short as it could be made; and a few inputs of every reader."""

import math
from pathlib import Path
from time import process_time

import pytest

from bench.fuzz import fault_of, fuzz, targets

FINDS: list[tuple[str, bytes]] = [
    ("yaml", b"image: &a [*a]"),  # a list with itself as its one item was followed for ever
    ("yaml", b"a: !!timestamp x"),  # AttributeError of PyYAML's
    ("yaml", b"a: !!float ''"),
    ("yaml", b"a: !!bool x"),
    ("yaml", b"a: " + b"1:" * 3000 + b"1"),  # a number that Python does not write
    ("yaml", b"a: 0x" + b"f" * 5000),
    ("toml", b"description." + b"a." * 3000 + b"a = 1"),
    ("text of logseq", b"![](assets/" + b"a" * 5000 + b".png)"),  # longer than the system has names
    ("text of logseq", b"![](../assets/\0.png)"),
    ("patterns", b"*" * 1000 + b"a-/"),
    ("patterns", b"*a*a*a*a*a*a*a*a*b"),
    ("patterns", b"[z-a]"),
    ("settings", b'theme = "~nobody-at-all/x"'),
    ("settings", b"title = " + b"[" * 5000),
    ("canvas", b'{"nodes":[{"id":"1","type":"file","file":"\\ud800.md"}]}'),
    ("canvas", b"[" * 100_000),
    ("app.json", b"[" * 100_000),
    ("dendron.yml", b"a: &a [*a]\nvaults: *a"),
    ("json", b"/*" * 20_000),
    ("markdown", b"[^1]:[^1]:* [^1]:"),  # ends of blocks without their beginnings
    ("daily format", b"gg" + b"Do" * 60 + b"-[W]ww"),  # each may end after one digit or two
    ("daily format", b"YYYY" + b"MMMM" * 8),
    ("daily format", b"YYYY" + b"MMMMDo" * 4),
    ("markdown", b"{{comment:" * 6000),  # each was looked through to the end for what closes it
    ("markdown", b"<video>" * 15_000),
    ("markdown", b"<dialog>" * 8000 + b"</dialog>" * 8000),
    ("markdown", b"::: private\n" * 12_000),
    ("yaml", b"a: '" + b"{{comment:{# <b hidden>" * 1000 + b"'"),
    ("org", b"#+BEGIN_SRC\n" + b"[^1]:" * 7 + b"* [^1]:"),
]


@pytest.mark.parametrize(("reader", "content"), FINDS)
def test_what_was_found_is_no_fault_any_more(reader: str, content: bytes) -> None:
    """A refusal in words, or none, and soon."""
    before = process_time()
    assert fault_of(targets()[reader], content) == ""
    assert process_time() - before < 5


def test_a_cache_whose_names_are_no_text_is_set_aside(tmp_path: Path) -> None:
    """SQLite says what it does not know of in the file's own bytes."""
    target = targets()["cache"]
    seed = target.seeds[0]
    for word in (b"vectors", b"encoder", b"checksum", b"vector BLOB", b"UNIQUE", b"INTEGER"):
        for spoiled in (b"\xff" * len(word), b"\0" * len(word), word[::-1]):
            assert fault_of(target, seed.replace(word, spoiled)) == "", (word, spoiled)


def test_a_few_inputs_of_every_reader_find_nothing() -> None:
    """The same on every machine; the longer search is a command of its own."""
    assert fuzz(math.inf, seed=20, most=25) == {}
