"""No text and no tree of files makes notegen raise."""

import random
import re
import string
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from time import process_time
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notegen.config import Config
from notegen.link import link_notes
from notegen.model import Reading, Source, Tool, ToolRoot
from notegen.parse import parse_note, parse_notes
from notegen.read import read_sources
from notegen.read.adapt import make_adapter
from notegen.read.decode import decode
from notegen.read.front_matter import FrontMatter, split_front_matter
from notegen.semantic.passages import passages_of
from tests.support import growing
from tests.support.golden import CASES

NOTES = 5_000
PIECES = [
    "[[", "]]", "![[", "|", "#", "^", "^id", "%%", "==", "$", "$$", "`", "```\n", "> ", "> [!note]- ", "- ", "- [ ] ",
    "\t", "    ", "\n", "\n\n", "---\n", "+++\n", "* * *\n", "| a | b |\n|---|---|\n", "<div>", "</div>", "<a href=x>",
    "<!--", "-->", "<script>", "{{", "}}", "{%", "%}", "((", "))", "id:: ", "key:: value\n", "TODO ", ":LOGBOOK:\n",
    "```mermaid\n", "class A internal-link\n", "A[", "{{x ", "[:b ", ":PROPERTIES:\n", ":END:\n",
    "#+BEGIN_QUOTE\n", "[^1]", "[^1]: ", "^[", "https://x.example", "[x](y.md)", "![x](y.png)", "\\", "\0", "\ufeff",
    "\u202e", "\ufdd0(x\ufdd1", "\U0001f9c2", "日本", "é", "e\u0301", "𝔘", "\ud7ff",
    "2024-05-01", "# ", "###### ", "=", "\r", "{: #a .b}", "\n{:toc}\n", "{#id}", "{.c}", "!!! note\n",
    "<div markdown=1>\n", '=== "a"\n', "<word>", "{::comment}", "{{< comment >}}",
    "{++", "++}", "{--", "--}", "{~~", "~>", "~~}", "{>>", "<<}", "{==", "_{", "^{", "}", "^\n", "[x](file:///a)",
    "{tag}", "{author}", " #a.b", "+", "{{query }}",
    '{{zotero-linked-file "', '{{< a src=a.png caption="*a* [b](c)" >}}',
    "{{< figure src=a.png >}}", "{{% note %}}", "{{< /note >}}",
    '--8<-- "a.md"\n', "Title: a\nDate: 2024-05-01\n\n", "//host/a",
    "#tag ", " #tag/b", "&nbsp;", "\u00a0", "\u2003", "\u2028", "\x0b", "\x0c", "\x85", "&#32;", "&zwnj;",
    "\u200b", "| ", "::", "/",
    "\\(x^2", "\\)", "\\[\n", "\\]", "++", "++ctrl++", "a^b^", "c~d~", "\n| a\n| b\n", "\n+--+\n|a |\n+--+\n",
    "\na b\n----- -----\n", "-" * 24 + "\n",
    "[a [[b]] c](d)",
    "<Note>", "</Note>", '\n<Card title="a" href={b}\n>\n', "</Card>\n", "<Tabs items={['a']}>", "<A/>", "<aside>\n",
    "import a from 'b'\n\n", "export const a = {\n", "={", "// [!code ++]\n", "<!--@include: a.md-->\n",
]  # fmt: skip


def seeds(shared: Path | None) -> list[str]:
    """Texts to start from: the golden cases, and real notes where they are at hand."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(CASES.glob("*.md"))]
    if shared is not None:
        real = sorted((shared / "corpora").glob("*/**/*.md"))
        texts += [
            path.read_text(encoding="utf-8", errors="replace")[:6000]
            for path in real[:: len(real) // 300 + 1]
        ]
        texts += [path.read_text(encoding="utf-8") for path in sorted((shared / "seeds").iterdir())]
    return texts


def mutations(texts: list[str], count: int) -> Iterator[str]:
    """Short stretches of the texts, cut, joined, and with pieces of syntax strewn in; the same on every run."""
    chance = random.Random(20261122)
    for _ in range(count):
        parts: list[str] = []
        for _ in range(chance.randint(1, 4)):
            text = chance.choice(texts)
            start = chance.randrange(len(text))
            parts += (
                text[start : start + chance.randint(0, 200)],
                chance.choice(PIECES) * chance.choice((1, 1, 1, 3, 9)),
            )
        note = list("".join(parts))
        for _ in range(chance.randint(0, 4)):
            note.insert(
                chance.randint(0, len(note)), chance.choice([*PIECES, chance.choice(string.printable)])
            )
        yield "".join(note)


@pytest.fixture(scope="module")
def adapters(tmp_path_factory: pytest.TempPathFactory) -> list[object]:
    """What each tool does to its sources."""
    folder = tmp_path_factory.mktemp("root")
    return [make_adapter(folder, ToolRoot("", tool), line_breaks="auto").adapt for tool in get_args(Tool)]


@pytest.mark.parametrize("half", range(2))
def test_five_thousand_notes_are_read_whatever_they_hold(half: int, adapters: list[object]) -> None:
    """Every tool's reading of every text gives safe HTML whose holes are its links, and at least one passage."""
    root = Path(__file__).parent.parent.parent / "shared"
    texts = seeds(root if root.is_dir() else None)
    notes = []
    for number, text in enumerate(mutations(texts, NOTES)):
        if number % 2 != half:
            continue
        plain, problems = decode(text.encode("utf-8", "surrogatepass"), "n.md")
        front = split_front_matter(plain, "n.md")
        source = Source(
            f"f/{number}.md",
            front.body,
            front.first_line,
            front.properties,
            "",
            date(2024, 1, 1),
            problems=problems,
        )
        adapt = adapters[number % len(adapters)]
        adapted = adapt(source)  # type: ignore[operator]  # fixtures are untyped to mypy here
        if adapted is None:
            continue
        note = parse_note(adapted)
        holes = {int(n) for n in re.findall(r'(?:src|href)="notegen:(\d+)"', note.body)}
        assert not [hole for hole in holes if hole >= len(note.links)] or "notegen:" in plain
        assert not re.search(r"<script|<iframe|javascript:[^\"]*\">", note.body, re.IGNORECASE)
        for element in re.findall(r'<\w[^<>"]*(?:"[^"]*"[^<>"]*)*>', note.body):
            assert not re.search(r"\son\w+=", re.sub('"[^"]*"', "", element), re.IGNORECASE)
        assert not re.search("[\ufdd0-\ufdef\0]", note.body)
        assert passages_of(note)
        notes.append(note)
    garden = link_notes(notes, Reading((), {}, frozenset()))
    assert len(set(garden.urls.values())) == len(notes)


NAMES = st.text(
    st.characters(exclude_characters="/\0", exclude_categories=["Cs"]), min_size=1, max_size=30
).filter(lambda name: name not in (".", ".."))


@settings(max_examples=60)
@given(
    st.dictionaries(st.lists(NAMES, min_size=1, max_size=4).map(tuple), st.binary(max_size=60), max_size=8)
)
def test_no_tree_of_files_makes_reading_raise(
    tmp_path_factory: pytest.TempPathFactory, files: dict[tuple[str, ...], bytes]
) -> None:
    """Any names and any bytes: every note gets a page of its own, by a name that a host takes."""
    root = tmp_path_factory.mktemp("tree")
    for parts, content in files.items():
        path = root.joinpath(*parts[:-1], parts[-1] + ".md")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        except OSError:  # too long for this disk, or a file where a folder is wanted
            continue
    reading = read_sources(root, Config())
    garden = link_notes(parse_notes(reading.sources), reading)
    urls = list(garden.urls.values())
    assert len({url.casefold() for url in urls}) == len(urls)
    assert not [
        url
        for url in urls
        if re.search(r'[\s<>:"\\|?*#%]', url) or max(map(len, url.encode().split(b"/"))) > 250
    ]


ATTEMPTS = 5
SHARES: list[tuple[Tool, int, int]] = [("plain", part, 4) for part in range(4)] + [
    (tool, number, len(get_args(Tool))) for number, tool in enumerate(get_args(Tool)) if tool != "plain"
]
"""Which pieces are read as which tool's, the first and the step: as nobody's all, in four tests, else a seventh."""


@pytest.mark.parametrize(("tool", "first", "step"), SHARES)
def test_the_time_that_a_text_takes_grows_with_its_length(
    tool: Tool, first: int, step: int, tmp_path: Path
) -> None:
    """Four times as much of any piece of syntax takes less than ten times as long, by every tool's reading.

    A time that grew with the square would be sixteen times as long; what takes less than three milliseconds for each
    square of a thousand letters is not looked at, which half of the letters show of nearly all. What seems slow is
    measured again, since other work counts too.
    """
    adapt = make_adapter(tmp_path, ToolRoot("", tool), line_breaks="auto").adapt

    def seconds(piece: str, letters: int) -> float:
        text = piece * (letters // len(piece) + 1)
        before = process_time()
        if adapted := adapt(Source("n.md", text, 1, {}, "", date(2024, 1, 1))):
            note = parse_note(adapted)
            passages_of(note)
        return process_time() - before

    slow = []
    for piece in growing.PIECES[first::step]:
        for _ in range(ATTEMPTS):
            if seconds(piece, 2_500) <= 0.075 / 4:
                break
            long = seconds(piece, 5_000)
            short = seconds(piece, 1_250) if long > 0.075 else 0.0
            if long <= 0.075 or long <= 10 * short:
                break
        else:
            slow.append((piece, short, long))
    assert not slow


@pytest.mark.parametrize(
    ("piece", "letters"),
    [
        *((piece, 60_000) for piece in ("a\n$$\n", "$$a\n", "a $b$ ", "`a` ")),
        *((piece, 200_000) for piece in ("{: .a}\n", "<b hidden><script>x</b>", "{% if visitor.a %}")),
        *((piece, 100_000) for piece in ("![](a.png)\n\n", "<!-- a --> b ", "a\n\n$x")),
        (" ", 80_000),
    ],
)
def test_what_many_of_one_kind_ask_each_other_takes_time_as_they_are_many(
    piece: str, letters: int, tmp_path: Path
) -> None:
    """Where each sign is asked what stands before or behind it, too quickly to be seen in five thousand letters."""
    adapt = make_adapter(tmp_path, ToolRoot("", "plain"), line_breaks="auto").adapt

    def seconds(count: int, attempt: int) -> float:
        text = f"{attempt}<Code{piece * count}"  # another each time, since what a text hides is remembered
        before = process_time()
        if adapted := adapt(Source("n.md", text, 1, {}, "", date(2024, 1, 1))):
            parse_note(adapted)
        return process_time() - before

    count = letters // len(piece)
    assert any(seconds(count, attempt) < 10 * seconds(count // 4, attempt) for attempt in range(ATTEMPTS))


def test_where_a_key_stands_is_found_in_time_as_its_line_is_long() -> None:
    """A line of front matter may begin with thousands of spaces, in settings many levels deep."""

    def seconds(spaces: int) -> float:
        before = process_time()
        assert FrontMatter(" " * spaces + "key", {}, "", 1).lines() == {}
        return process_time() - before

    assert any(seconds(40_000) < 10 * seconds(10_000) for _ in range(ATTEMPTS))
    assert FrontMatter("a b : 1\nc\t= 2", {}, "", 1).lines() == {"a b": 2, "c": 3}


def test_a_long_paragraph_is_read_in_pieces() -> None:
    """What lies in one is read as ever, and every word of it is there."""
    text = "Some **bold** words with [[a link]] in them. " * 2000
    note = parse_note(Source("n.md", text, 1, {}, "", date(2024, 1, 1)))
    assert len(note.links) == 2000
    assert note.body.count("<strong>bold</strong>") == 2000
    assert note.sections[0].paragraphs == (
        text.replace("**", "").replace("[[", "").replace("]]", "").strip(),
    )
