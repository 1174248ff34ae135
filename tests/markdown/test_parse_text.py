"""What one text says: golden cases of HTML with holes, links, tags and problems."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it.token import Token

from notegen.errors.problems import word_problem
from notegen.markdown import TextOptions, parse_text
from notegen.markdown.links import LinkCollector
from notegen.markdown.parser import parser
from notegen.model import Tool
from tests.support.golden import Case, check_case, read_cases

CASES = [
    case
    for name in (
        "text-links",
        "text-marks",
        "text-formulas",
        "text-callouts",
        "text-blocks",
        "text-diagrams",
        "text-code",
        "text-sites",
    )
    for case in read_cases(name)
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_text_gives_its_html_and_structure(case: Case, update_cases: bool) -> None:
    """The whole of what is read off a text is what the case says."""
    parsed = parse_text(case.given, path="n.md")
    lines = [parsed.html.rstrip("\n")]
    for link in parsed.links:
        fragment = f"#{link.fragment}" if link.fragment else ""
        lines.append(
            f"link {link.place} {link.kind} <{link.target}{fragment}> {link.text!r} in {link.sentence!r}"
        )
    lines += [f"block {id} at {anchor}" for id, anchor in parsed.blocks.items()]
    if parsed.blocks:
        lines += [
            f"span {name}: {parsed.html[start:end].split()}" for name, (start, end) in parsed.spans.items()
        ]
    lines += [f"place {id}" for id in parsed.ids]
    lines += [f"tag {tag}" for tag in parsed.tags]
    lines += [f"problem {problem.place} {word_problem(problem)}" for problem in parsed.problems]
    check_case(case, "\n".join(lines), update=update_cases)


@pytest.mark.parametrize("case", [*read_cases("text-outlines"), *read_cases("text-jekyll")], ids=str)
def test_a_tools_text_gives_its_html(case: Case, update_cases: bool) -> None:
    """What Logseq reads in another way within its blocks, and Jekyll."""
    tool: Tool = "logseq" if case.file == "text-outlines" else "jekyll"
    html = parse_text(
        case.given, path="n.md", options=TextOptions(hard_breaks=tool == "logseq", tool=tool)
    ).html
    check_case(case, html.rstrip("\n"), update=update_cases)


@given(
    st.lists(
        st.sampled_from(["[^1]", "[^1]: ", "[^2]: ", "* ", "> ", "    ", "\n", "\n\n", "a", "^[b"]),
        max_size=24,
    )
)
def test_footnotes_within_footnotes_tear_no_block_apart(pieces: list[str]) -> None:
    """Every end has its beginning, in the right order, whatever definitions hold."""
    html = parse_text("".join(pieces), path="n.md").html
    open_: list[str] = []
    for end, name, alone in re.findall(r"<(/?)([a-z][a-z0-9]*)[^>]*?(/?)>", html):
        if alone or name in ("br", "hr", "img", "input"):
            continue
        if end:
            assert open_, html
            assert open_.pop() == name, html
        else:
            open_.append(name)
    assert open_ == [], html


@pytest.mark.parametrize("case", read_cases("words"), ids=str)
def test_text_gives_its_words(case: Case, update_cases: bool) -> None:
    """What search and previews know: the lead, then each section's trail, its paragraphs and its formulas' sources."""
    parsed = parse_text(case.given, path="n.md")
    lines = [f"lead: {parsed.lead}"]
    for section in parsed.sections:
        lines += [f"[{' › '.join(section.trail)}]", *section.paragraphs]
        lines += [f"written {number}: {source}" for number, source in section.sources]
    check_case(case, "\n".join(lines), update=update_cases)


@pytest.mark.parametrize("depth", [10, 48, 49, 50, 51, 60, 99, 100, 101, 150])
@pytest.mark.parametrize("mark", ["- ", "1. ", "> "])
def test_lists_and_quotes_of_any_depth_keep_their_text(mark: str, depth: int) -> None:
    """What lies deeper than the parser goes is text of the deepest, and what follows further out stays there."""
    within = mark if mark == "> " else " " * len(mark)
    lines = [f"{within * level}{mark}word{level}." for level in range(depth)]
    html = parse_text("\n".join([*lines, f"{mark}outer.", "", "After."]), path="n.md").html
    assert [level for level in range(depth) if f"word{level}." not in html] == []
    assert "outer." in html
    assert html.endswith("<p>After.</p>\n")


@pytest.mark.parametrize("case", read_cases("excerpts"), ids=str)
def test_beginnings_are_what_readers_are_told(case: Case, update_cases: bool) -> None:
    """The lead, which lists and descriptions show, then each section's first words, which previews show."""
    parsed = parse_text(case.given, path="n.md")
    excerpts = (f"[{' › '.join(section.trail)}] {section.excerpt}" for section in parsed.sections)
    check_case(case, "\n".join([f"lead: {parsed.lead}", *excerpts]), update=update_cases)


@pytest.mark.parametrize("tag", ["#[[private.plans]]", "#private.plans", "#private+plans", "#private/plans"])
def test_a_tag_that_goes_on_over_a_dot_hides_as_the_one_before_it(tag: str) -> None:
    """Whatever a tool takes for its end."""
    html = parse_text(
        f"## Kept back {tag}\n\nHidden.\n\n## Shown\n",
        path="n.md",
        options=TextOptions(private_tags=("private",)),
    ).html
    assert html == '<h2 id="shown">Shown</h2>\n'


class _Unsliced(list[Token]):
    """Tokens of which none are copied."""

    def __getitem__(self, key: Any) -> Any:
        """One of them."""
        assert not isinstance(key, slice), (
            "a paragraph of 40,000 links took 37 seconds when each copied what is behind"
        )
        return super().__getitem__(key)


def test_the_words_of_a_link_are_read_without_what_is_behind_it() -> None:
    """The tokens up to the link's end, and none is copied on the way."""
    inline = parser().parse("[a *b*](c.md) " * 3)[1]
    inline.children = _Unsliced(inline.children or [])
    collector = LinkCollector("n.md", ["[a *b*](c.md) " * 3], 1, "notegen")
    collector.collect(inline, {child.type for child in inline.children})
    assert [link.text for link in collector.links] == ["a b"] * 3
