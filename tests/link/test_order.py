"""The order in which a garden lists what has no day: as a reader looks a name up."""

from tests.support.gardens import grow


def test_numbers_in_names_count_by_their_value() -> None:
    """In notes without a day, tags, folders and what lies below a note."""
    chapters = {f"part {number}/README.md": f"# Chapter {number}\n\n#c{number}\n" for number in (10, 9, 100)}
    lessons = {f"course/lesson {number}.md": f"# Lesson {number}\n" for number in (10, 9)}
    garden = grow(chapters | lessons | {"course/_index.md": "# Course\n"})
    assert [garden.notes[id].title for id in reversed(garden.by_date)] == [
        "Chapter 9", "Chapter 10", "Chapter 100", "Course", "Lesson 9", "Lesson 10"
    ]  # fmt: skip
    assert list(garden.tags) == ["c9", "c10", "c100"]
    assert list(garden.folders) == ["course", "part 9", "part 10", "part 100"]
    assert garden.below["course/_index.md"] == ("course/lesson 9.md", "course/lesson 10.md")
