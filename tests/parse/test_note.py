"""Sources to notes, one by one and in several processes."""

from datetime import date

import pytest

from notegen.model import Source
from notegen.parse import parse_notes


def test_several_processes_give_what_one_gives() -> None:
    """In the same order, however many there are; the progress ends where the work does."""
    sources = [
        Source(f"n{i:03}.md", f"# Note {i}\n[[n{i + 1:03}]] #tag{i} $x^{i}$", 1, {}, str(i), date(2024, 1, 1))
        for i in range(1050)
    ]
    seen: list[tuple[int, int]] = []
    many = parse_notes(sources, jobs=2, progress=lambda done, total: seen.append((done, total)))
    assert many == parse_notes(sources)
    assert seen[-1] == (1050, 1050)


def test_a_long_paragraph_describes_its_note_in_scripts_without_spaces_too() -> None:
    """Cut at a word where there is one, else where it must be."""
    texts = ("word " * 50, "海は一日に二度満ちて二度引く。" * 20)
    notes = parse_notes([Source(f"{i}.md", t, 1, {}, str(i), date(2024, 1, 1)) for i, t in enumerate(texts)])
    assert [note.description for note in notes] == ["word " * 40 + "…", texts[1][:200] + " …"]


@pytest.mark.parametrize(
    ("text", "title", "description"),
    [
        ("Learning\n\nOf tides.", "Learning", "Of tides."),
        ("- Learning\n  - Of tides.", "Learning", "Of tides."),
        ("# Learning\n\nLearning is slow.", "Learning", "Learning is slow."),
        ("Learning", "Learning", ""),
    ],
)
def test_a_line_that_became_the_title_is_no_description(text: str, title: str, description: str) -> None:
    """Nor does what tells of a note begin with it; a sentence that begins with the same word stays."""
    (note,) = parse_notes([Source("0.md", text, 1, {}, "0123456789abcdef", date(2024, 1, 1))])
    assert (note.title, note.description) == (title, description)


def test_a_description_shows_the_words_of_its_links() -> None:
    """Whatever the tool, whether its own values are Markdown or not; brackets that are no link stay."""
    stated = (
        "We use [Electron](https://electron.example/) on desktops, ![a film](<f.mp4>), a[1] (b) and [c] (d)."
    )
    properties = {"description": stated}
    logseq, plain = parse_notes(
        [Source("a.md", "", 1, properties, "a", date(2024, 1, 1), tool=tool) for tool in ("logseq", "plain")]
    )
    assert logseq.description == "We use Electron on desktops, a film, a[1] (b) and [c] (d)."
    assert plain.description == logseq.description


def test_a_description_written_as_html_is_shown_as_text() -> None:
    """As some sites' templates have it; what only looks like HTML stays."""
    stated = {
        'A <a href="https://x.example/">tide</a> table&#58; high &amp; low': "A tide table: high & low",
        "List<String> and a < b & c": "List<String> and a < b & c",
    }
    for number, (written, shown) in enumerate(stated.items()):
        (note,) = parse_notes([Source("a.md", "", 1, {"summary": written}, str(number), date(2024, 1, 1))])
        assert note.description == shown


def test_a_description_with_formulas_has_them_in_signs_that_can_be_read() -> None:
    """Prices are none, and what is in code is none."""
    for stated, shown in (
        (r"How $\alpha_1 \to \frac{a}{b}$ goes", "How α₁ → a/b goes"),
        ("For 5$ to 7$, `$x_1$` and *more*", "For 5$ to 7$, $x_1$ and more"),
        ("$$E = mc^2$$", "E = mc²"),
    ):
        (note,) = parse_notes([Source("a.md", "", 1, {"description": stated}, "a", date(2024, 1, 1))])
        assert note.description == shown


def test_a_description_shows_no_marks_of_emphasis() -> None:
    """Lists and previews show it as text; signs that mark nothing stay, and so does a backslash."""
    for stated, shown in (
        (
            "What *really* **matters**: `code`, ==this== and ~~that~~",
            "What really matters: code, this and that",
        ),
        ("[[Tides|the sea]] and [[Moon]]", "the sea and Moon"),
        (r"5 * 3 * 2, snake_case_name, *args, **kwargs, ~/notes, C:\*, [1], a = b", ""),
    ):
        (note,) = parse_notes([Source("a.md", "", 1, {"description": stated}, "a", date(2024, 1, 1))])
        assert note.description == (shown or stated)


def test_a_description_does_not_repeat_the_title() -> None:
    """A note named by its first line, with nothing else, has none."""
    (note,) = parse_notes([Source("20240506070809.md", "Only this line.", 1, {}, "a", date(2024, 1, 1))])
    assert (note.title, note.description) == ("Only this line.", "")
