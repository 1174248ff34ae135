"""Logseq graphs: golden cases of small graphs, and what must hold for any text."""

from datetime import date
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from notegen.errors.problems import word_problem
from notegen.model import REMOVED_LINE, Source
from notegen.parse import parse_note
from notegen.read.front_matter import split_front_matter
from notegen.read.logseq import LogseqGraph, adapt_logseq, read_graph
from notegen.read.logseq.edn import read_edn_settings
from tests.support.golden import Case, check_case, read_cases

A_DAY = date(2026, 1, 1)
GRAPH = LogseqGraph(Path("nowhere"), macros={"two": "{{two}}{{one $1}}", "one": '[:b "$1"]'})


@pytest.mark.parametrize(
    "case", [*read_cases("logseq-text"), *read_cases("logseq-pages"), *read_cases("logseq-org")], ids=str
)
def test_a_page_becomes_the_note_of_the_case(case: Case, tmp_path: Path, update_cases: bool) -> None:
    """The adapted text, `¬` for a line that is gone, after what the page is called and says of itself."""
    plant(case.given, tmp_path)
    graph = read_graph(tmp_path)
    lines = [f"! {problem.place} {word_problem(problem)}" for problem in graph.problems]
    pages = sorted([*tmp_path.rglob("*.md"), *tmp_path.rglob("*.org")])
    for path in pages:
        source = source_of(path.read_text("utf-8"), path.relative_to(tmp_path).as_posix())
        adapted = adapt_logseq(source, graph)
        lines += [f"=== {source.id}"] * (len(pages) > 1)
        lines += ["withheld"] if adapted is None else told_by(adapted, source)
    check_case(case, "\n".join(lines), update=update_cases)


def plant(text: str, folder: Path) -> None:
    """Writes the files of `=== path` sections; a text without is a page called `Page`."""
    for section in (text if text.startswith("=== ") else f"=== pages/Page.md\n{text}").split("=== ")[1:]:
        path, _, content = section.partition("\n")
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content.removesuffix("\n"), encoding="utf-8")


def source_of(text: str, id: str = "pages/Page.md") -> Source:
    """A source as reading makes it, of a file with this text."""
    front = split_front_matter(text, id)
    source = Source(id, front.body, front.first_line, front.properties, "", A_DAY, front.lines(), "logseq")
    return replace(source, problems=front.problems, head=front.head)


def told_by(adapted: Source, source: Source) -> list[str]:
    """What adapting did, a line each: names that differ from the file's, properties, problems, the text."""
    plain = source.id.rpartition("/")[2].removesuffix(".md")
    called = [f"called {' · '.join(adapted.names)}"] if adapted.names != (plain,) else []
    said = [
        f"{key} = {value!r} (line {adapted.property_lines.get(key, 0)})"
        for key, value in adapted.properties.items()
    ]
    problems = [f"! {problem.place} {word_problem(problem)}" for problem in adapted.problems]
    return [*called, *said, *problems, *adapted.text.replace(REMOVED_LINE, "¬").split("\n")]


def test_settings_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    """A config.edn that is no file; Logseq's defaults stand."""
    (tmp_path / "logseq/config.edn").mkdir(parents=True)
    graph = read_graph(tmp_path, "vault")
    assert [f"{p.place}: {word_problem(p)}" for p in graph.problems] == [
        "vault/logseq/config.edn: these settings cannot be read in full: Is a directory"
    ]
    assert replace(graph, problems=()) == LogseqGraph(tmp_path, "vault")


def test_one_bad_setting_costs_no_other(tmp_path: Path) -> None:
    """A config.edn with a bracket too many or too few is read as far as it makes sense."""
    (tmp_path / "logseq").mkdir()
    for text in ('{:a [1 2 :hidden ["/x"] :file/name-format :triple-lowbar', '{:a 1}} :b {:hidden ["x/"]'):
        (tmp_path / "logseq/config.edn").write_text(text)
        assert read_graph(tmp_path).hidden == ("x",)


@pytest.mark.parametrize(
    ("title", "format"),
    [
        ("Nov 14th, 2025", "MMM do, yyyy"), ("Fri, 11/14/2025", "E, MM/dd/yyyy"),
        ("Friday, 2025/11/14", "EEEE, yyyy/MM/dd"),
        ("11-14-2025", "MM-dd-yyyy"), ("2025年11月14日", "yyyy年MM月dd日"), ("14. November 25", "d. MMMM yy"),
        ("day 14 of Nov 2025", "'day' d 'of' MMM yyyy"),
    ],
)  # fmt: skip
def test_a_journal_has_its_day_in_any_format(tmp_path: Path, title: str, format: str) -> None:
    """What Logseq offers for titles, and more of its letters: the file's day becomes the title, the title the day."""
    graph = replace(GRAPH, journal_title=format)
    journal = adapt_logseq(source_of("- x", "journals/2025_11_14.md"), graph)
    assert journal is not None
    assert journal.title == title
    page = adapt_logseq(source_of(f"title:: {title.lower()}\n\n- x", "pages/x.md"), graph)
    assert page is not None
    assert page.properties["date"] == "2025-11-14"


def test_a_link_keeps_its_line_when_lines_above_it_go(tmp_path: Path) -> None:
    """The places in reports are those of the file, within a paragraph and after it."""
    text = (
        "tags:: x\n\n- a\n  id:: 6558ed1b-ea97-4f74-b686-98f955d68de1\n  collapsed:: true\n  [[b]]\n  - [[c]]"
    )
    adapted = adapt_logseq(source_of(text), GRAPH)
    assert adapted is not None
    links = parse_note(adapted).links
    assert [(link.target, link.place.line) for link in links] == [("b", 6), ("c", 7), ("x", 1)]


ORG = st.sampled_from(
    [
        "* ", "** TODO ", "\n", "\n", "#+TITLE: ", "#+BEGIN_SRC js\n", "#+END_SRC\n", ":PROPERTIES:\n", ":END:\n", "*",
        "/",
        "=", "~", "_", "+", "[[", "][", "]]", "file:a.org", "id:", "{{{", "}}}", "|---+", ": ", "- ", " :: ", "[fn:1]",
        "\\(", "\\)", "<2021-05-31>", " :tag:", "# ", "-----", "word", " ", "`", "https://x.org/", "\ufdd30\ufdd4",
    ]
)  # fmt: skip
PIECES = st.sampled_from(
    [
        "- ", "\t", "  ", "\n", "\n\n", "```", "~~~", "`", "id:: 6558ed1b-ea97-4f74-b686-98f955d68de1",
        "tags:: a, [[b]]",
        "((6558ed1b-ea97-4f74-b686-98f955d68de1))", "{{embed ", "{{query ", "}}", "[[", "]]", "TODO ", "DONE ", "[#A] ",
        "SCHEDULED: <2021-05-31 Mon .+1d>", ":LOGBOOK:", ":END:", "#+BEGIN_QUOTE", "#+END_QUOTE", "#+BEGIN_SRC js",
        "#+END_SRC", "#+BEGIN_NOTE", "#+END_NOTE", "#+BEGIN_COMMENT", "#+END_COMMENT", "^^", "![x](../assets/y)",
        "[:div {:class \"x\"} ", "[:b ", "]", "\"", "{{two ", "{{one ", "heading:: true", "# ",
        "{{youtube abcdefghijk}}", "{{youtube-timestamp 1:2}}", "](a b.c)", "\n\n\t- ", ":PROPERTIES:", ":id: 6558ed1b",
        "{:height 3, :width 4}", "logseq.order-list-type:: number", "title:: ", "word", "|", "> ", "# ", "$", "é", "\\",
    ]
)  # fmt: skip


@given(st.lists(PIECES, max_size=40).map("".join) | st.text())
def test_any_text_keeps_its_number_of_lines(text: str) -> None:
    """Nothing makes it raise, no line is added or lost, and a line with a mark of ours is nothing else."""
    text = text.replace(REMOVED_LINE, "")
    adapted = adapt_logseq(source_of(text), GRAPH)
    if adapted is not None:
        lines = adapted.text.split("\n")
        assert len(lines) == source_of(text).text.count("\n") + 1
        assert all(line == REMOVED_LINE for line in lines if REMOVED_LINE in line)
        assert REMOVED_LINE not in parse_note(adapted).body


@given(st.lists(ORG, max_size=40).map("".join) | st.text())
def test_any_org_text_keeps_its_number_of_lines(text: str) -> None:
    """As in Markdown."""
    adapted = adapt_logseq(source_of(text.replace(REMOVED_LINE, ""), "pages/Page.org"), GRAPH)
    if adapted is not None:
        assert adapted.text.count("\n") == source_of(text).text.count("\n")
        parse_note(adapted)


@given(st.text(alphabet='{}[]()#_;"\\:ab \n'))
def test_any_settings_can_be_read(text: str) -> None:
    """No config.edn makes reading raise."""
    assert isinstance(read_edn_settings(text)[0], dict)


@pytest.mark.parametrize(
    "piece",
    [
        "- a\n",
        "\t- ",
        "{{query ",
        "^^a ",
        "[[a#",
        "![a](b",
        "#+BEGIN_NOTE\n",
        "#+BEGIN_SRC\n",
        "((",
        "```\n",
        ":LOGBOOK:\n",
        ":PROPERTIES:\n",
        "[:b ",
        "[:b\n",
        '[:b "x"]\n',
        "{{two}} ",
        "{{nobody}} ",
        "> a\n  id:: x\n",
        "# a\n\t- b\n",
        "\t- a\n",
        "](a b.c ",
        "{{youtube abcdefghijk}} ",
        "{{youtube-timestamp 1}} ",
    ],
)
def test_hostile_text_takes_linear_time(piece: str) -> None:
    """Each piece ten thousand times over in well under the seconds that a quadratic rule would take."""
    start = process_time()
    adapt_logseq(source_of(piece * 10_000), GRAPH)
    assert process_time() - start < 2


@pytest.mark.parametrize(
    "piece",
    [
        "* a\n",
        "*a ",
        "=a ",
        "[[a][",
        "\\(a ",
        "<2021-01-01 ",
        "- a ",
        " :a:",
        "{{{",
        ":PROPERTIES:\n",
        "#+BEGIN_SRC\n",
        " ",
    ],
)
def test_hostile_org_takes_linear_time(piece: str) -> None:
    """As in Markdown."""
    start = process_time()
    adapt_logseq(source_of(f"* {piece * 10_000}", "pages/Page.org"), GRAPH)
    assert process_time() - start < 2
