"""What agents see of a garden, asked by the SDK's own client."""

import asyncio
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from errno import ENOSPC
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import Mock

import pytest
from click.testing import CliRunner

import notegen.mcp.server
from notegen.cli import cli
from notegen.config import Config, SearchSettings
from notegen.context import BuildContext
from notegen.errors import NotegenError, word_error
from notegen.mcp.library import MAX_RESULTS, Library
from notegen.mcp.server import make_server, serve_agents
from tests.support.files import write_files
from tests.support.word_encoder import TABLE, WordEncoder

TEXTS = {
    "Bread.md": (
        "---\ndate: 2024-01-01\ntags: [food/baking]\naliases: [Loaf]\n---\nBread with salt. See [[deep/Oven]].\n"
    ),
    "deep/Oven.md": "---\ndate: 2024-02-01\ntags: [food]\n---\nAn oven for bread, hot %%xyzzy-comment%% and dry.\n",
    "deep/Salt.md": "---\ndate: 2024-03-01\n---\nSalt for the bread. See [[Bread|the loaf]] and [[xyzzy-note]].\n",
    "Undated.md": "Nobody wrote down when.\n",
    "xyzzy-note.md": "---\nprivate: true\n---\nThe word is xyzzy-text, about bread.\n",
    "Draft.md": "---\ndraft: true\n---\nxyzzy-draft about bread.\n",
    "Plugh.md": "---\nencrypt: true\n---\nplugh-text about bread. See [[Bread]].\n",
}


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    """Notes with what agents must not see."""
    folder = tmp_path / "notes"
    write_files(folder, TEXTS)
    return folder


def library_of(notes: Path, config: Config = Config(title="Kitchen")) -> Library:  # noqa: B008  # it is frozen
    """The notes, with the small encoder."""
    return library_with(notes, lambda: config)


def library_with(notes: Path, settings: Callable[[], Config]) -> Library:
    """The same, with settings that may change."""

    @contextmanager
    def opened(config: Config) -> Iterator[BuildContext]:
        encoder = WordEncoder() if config.search.semantic else None
        yield BuildContext(notes, config, encoder, TABLE if encoder else None)

    return Library(notes, settings, opened)


def asked(library: Library, *questions: tuple[str, dict[str, Any]]) -> list[Any]:
    """What a client of the SDK's is answered, one connection for all; an error as its words."""
    # Here, since it takes half a second in each process that only collects this file.
    from mcp import Client

    async def ask() -> list[Any]:
        async with Client(make_server(library, "Kitchen")) as client:
            answers = [await client.call_tool(tool, given) for tool, given in questions]
        return [_content(answer) for answer in answers]

    return asyncio.run(ask())


def _content(answer: Any) -> Any:
    if answer.is_error:
        return answer.content[0].text
    found = answer.structured_content
    return found["result"] if set(found) == {"result"} else found


def paths(found: list[dict[str, Any]]) -> list[str]:
    """The paths of an answer, in order."""
    return [one["path"] for one in found]


def test_agents_search_and_follow(notes: Path) -> None:
    """A search, the notes like the best, those that link to it, and its text."""
    found, related, linking, read = asked(
        library_of(notes),
        ("search", {"query": "bread salt"}),
        ("related", {"note": "Bread"}),
        ("backlinks", {"note": "Bread.md"}),
        ("read", {"note": "Loaf"}),
    )
    assert set(paths(found)) == {"Bread.md", "deep/Oven.md", "deep/Salt.md"}
    best = found[0]
    assert set(best) == {"path", "title", "date", "tags", "heading", "excerpt", "score", "why"}
    assert set(paths(related)) <= {"deep/Oven.md", "deep/Salt.md"}
    assert linking == [
        {
            "path": "deep/Salt.md",
            "title": "Salt",
            "date": "2024-03-01",
            "tags": [],
            "sentence": "See the loaf and private note.",
        }
    ]
    assert read["markdown"] == (
        '---\ntitle: "Bread"\ndate: "2024-01-01"\ntags: ["food/baking"]\naliases: ["Loaf"]\n---\n\n# Bread\n\n'
        "Bread with salt. See [Oven](deep/Oven.md).\n"
    )
    assert read["next_offset"] is None


def test_lists_are_by_folder_tag_and_day(notes: Path) -> None:
    """Newest first, those without a day last, some at a time."""
    every, deep, food, winter, second, wrong = asked(
        library_of(notes),
        ("list", {}),
        ("list", {"folder": "DEEP/"}),
        ("list", {"tag": "#food"}),
        ("list", {"since": "2024-01-01", "until": "2024-02-15"}),
        ("list", {"limit": 1, "offset": 1}),
        ("list", {"since": "last week"}),
    )
    assert paths(every["notes"]) == ["deep/Salt.md", "deep/Oven.md", "Bread.md", "Undated.md"]
    assert every["total"] == 4
    assert paths(deep["notes"]) == ["deep/Salt.md", "deep/Oven.md"]
    assert paths(food["notes"]) == ["deep/Oven.md", "Bread.md"]
    assert paths(winter["notes"]) == ["deep/Oven.md", "Bread.md"]
    assert (paths(second["notes"]), second["total"]) == (["deep/Oven.md"], 4)
    assert "`last week` is no day" in wrong


def test_nothing_private_is_told(notes: Path) -> None:
    """By no tool: not of private notes, drafts, encrypted ones and comments; nor that they are there."""
    hidden = [
        "xyzzy-note",
        "xyzzy-note.md",
        "Draft",
        "Plugh",
        "../notes/xyzzy-note.md",
        str(notes / "Plugh.md"),
    ]
    questions: list[tuple[str, dict[str, Any]]] = [
        ("search", {"query": query, "limit": 100}) for query in ("xyzzy-text", "plugh", "bread", "tag:x", "")
    ]
    questions += [(tool, {"note": note}) for tool in ("read", "related", "backlinks") for note in hidden]
    questions += [("list", {}), ("read", {"note": "deep/Oven.md"}), ("read", {"note": "deep/Salt.md"})]
    answers = asked(library_of(notes), *questions)
    told = [answer for answer in answers if not isinstance(answer, str)]
    refused = [answer for answer in answers if isinstance(answer, str)]
    assert len(refused) == 3 * len(hidden)
    assert all("no note is called" in words and "did you mean `xyzzy" not in words for words in refused)
    for secret in ("xyzzy-text", "xyzzy-comment", "xyzzy-draft", "plugh", "xyzzy-note"):
        assert secret not in str(told).lower(), secret


def test_what_is_withdrawn_is_told_no_more(notes: Path) -> None:
    """The garden is that of the moment at which it is asked."""
    library = library_of(notes)
    before, added = asked(library, ("list", {}), ("search", {"query": "unicorns"}))
    assert (before["total"], added) == (4, [])
    (notes / "Undated.md").write_text("---\nprivate: true\n---\nNobody wrote down when.\n")
    (notes / "New.md").write_text("Unicorns.\n")
    after, gone, found = asked(
        library, ("list", {}), ("read", {"note": "Undated"}), ("search", {"query": "unicorns"})
    )
    assert sorted(paths(after["notes"])) == ["Bread.md", "New.md", "deep/Oven.md", "deep/Salt.md"]
    assert "no note is called" in gone
    assert paths(found) == ["New.md"]


def test_a_note_is_told_from_its_day_on_and_up_to_its_end(
    notes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By a server that goes on while days come and go."""
    head = "---\npublishDate: 2027-01-01T00:00:00Z\nexpiryDate: 2027-01-02T00:00:00Z\n---\n"
    (notes / "later.md").write_text(f"{head}Zanzibar.\n")
    library = library_of(notes)
    for moment, is_told in ((1_798_761_599, False), (1_798_761_600, True), (1_798_848_000, False)):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str(moment))
        (told,) = asked(library, ("list", {}))
        assert ("later.md" in paths(told["notes"])) is is_told


def test_what_settings_withdraw_is_told_no_more(notes: Path) -> None:
    """Those of notegen, read before each answer, and those of the tool that lie beside the notes."""
    docs = notes.rename(notes.with_name("docs"))
    settings = Config(title="Kitchen")
    library = library_with(docs, lambda: settings)
    (before,) = asked(library, ("list", {}))
    settings = Config(title="Kitchen", private_tags=("food",))
    (hidden,) = asked(library, ("list", {}))
    (docs.parent / "mkdocs.yml").write_text("site_name: Kitchen\nexclude_docs: |\n  Undated.md\n")
    (excluded,) = asked(library, ("list", {}))
    assert [len(one["notes"]) for one in (before, hidden, excluded)] == [4, 2, 1]
    assert paths(excluded["notes"]) == ["deep/Salt.md"]


def test_only_what_opts_in_is_told(notes: Path) -> None:
    """Where the settings publish what says so, agents see no more."""
    (notes / "Bread.md").write_text("---\npublish: true\n---\nBread.\n")
    (listed,) = asked(library_of(notes, Config(title="Kitchen", publish="opt-in")), ("list", {}))
    assert paths(listed["notes"]) == ["Bread.md"]


def test_a_long_note_comes_in_pieces(notes: Path) -> None:
    """Joined they are the note; limits that make no sense are the nearest that do."""
    (notes / "Long.md").write_text("# Long\n\n" + "word " * 1000)
    library = library_of(notes, Config(title="Kitchen", search=SearchSettings(semantic=False)))
    whole, first = asked(
        library, ("read", {"note": "Long"}), ("read", {"note": "Long", "max_characters": 1000})
    )
    (rest,) = asked(library, ("read", {"note": "Long", "offset": first["next_offset"]}))
    assert first["markdown"] + rest["markdown"] == whole["markdown"]
    odd = asked(
        library,
        ("search", {"query": "word", "limit": -5}),
        ("search", {"query": "word", "limit": 10**9}),
        ("read", {"note": "Long", "offset": -3, "max_characters": 0}),
        ("related", {"note": "Long"}),
    )
    assert [len(odd[0]), len(odd[1]) <= MAX_RESULTS, odd[2]["markdown"], odd[3]] == [1, True, "-", []]


def test_the_command_speaks_to_a_client(notes: Path, tmp_path: Path) -> None:
    """As a program starts it: over its standard input and output, where nothing else is said."""
    from mcp import Client, StdioServerParameters

    environment = {**os.environ, "NOTEGEN_CACHE": str(tmp_path / "cache")}
    arguments = ["-m", "notegen", "mcp", str(notes), "--no-semantic"]
    server = StdioServerParameters(command=sys.executable, args=arguments, env=environment)

    async def ask() -> tuple[list[str], list[bool | None], Any]:
        async with Client(server) as client:
            tools = (await client.list_tools()).tools
            hints = [tool.annotations.read_only_hint for tool in tools if tool.annotations]
            return (
                sorted(tool.name for tool in tools),
                hints,
                await client.call_tool("search", {"query": "oven"}),
            )

    names, hints, found = asyncio.run(ask())
    assert names == ["backlinks", "list", "read", "related", "search"]
    assert hints == [True] * 5
    assert paths(_content(found))[0] == "deep/Oven.md"


@pytest.mark.parametrize("error", [BrokenPipeError(), OSError(ENOSPC, "No space left on device")])
def test_answers_that_cannot_be_written_are_no_fault_of_ours(
    notes: Path, monkeypatch: pytest.MonkeyPatch, error: OSError
) -> None:
    """The library's tasks end in groups of groups; what else is among them is a fault, and goes on as it is."""
    both = ExceptionGroup("tasks", [ExceptionGroup("task", [error]), ValueError()])
    for raised, seen in ((ExceptionGroup("tasks", [ExceptionGroup("task", [error])]), error), (both, both)):
        server = SimpleNamespace(run=Mock(side_effect=raised))
        monkeypatch.setattr(notegen.mcp.server, "make_server", lambda *_, server=server: server)
        with pytest.raises(type(seen)) as caught:
            serve_agents(library_of(notes), "Notes")
        assert caught.value is seen


def test_a_missing_package_is_named(notes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And how to install it."""
    monkeypatch.setitem(sys.modules, "mcp.server.mcpserver", None)
    result = CliRunner().invoke(cli, ["mcp", str(notes), "--no-semantic"])
    assert isinstance(result.exception, NotegenError)
    assert "`notegen mcp` needs the Python package `mcp`" in word_error(result.exception)
    assert "pip install 'notegen[mcp]'" in word_error(result.exception)
