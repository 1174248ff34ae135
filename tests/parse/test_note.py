"""Sources to notes, one by one and in several processes."""

from datetime import date

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
