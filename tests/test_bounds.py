"""What would grow without bound is bounded, in the page and in time, and a problem says so."""

from collections.abc import Mapping
from pathlib import Path
from time import process_time

import pytest

from notegen.build import build
from notegen.config import Config, SearchSettings
from notegen.context import BuildContext
from notegen.errors.problems import word_problem
from notegen.model import Report
from notegen.read import read_sources

DATE = "---\ndate: 2024-01-01\n---\n"


def build_site(folder: Path, files: Mapping[str, str]) -> Report:
    """The site of the notes, in `folder/site`, by words alone."""
    (folder / "notes").mkdir()
    for name, text in files.items():
        (folder / "notes" / name).write_text(text, encoding="utf-8")
    config = Config(title="T", search=SearchSettings(semantic=False))
    return build(
        BuildContext(notes=folder / "notes", config=config, encoder=None, table=None), folder / "site"
    )


def problems_of(report: Report) -> list[str]:
    """Each with its place and code."""
    return [f"{problem.place}: {word_problem(problem)} [{problem.code}]" for problem in report.problems]


@pytest.mark.parametrize(
    ("notes", "depths"),
    [
        ({f"n{n}": f"![[n{n + 1}]] " * 12 for n in range(6)}, {"n0": 2, "n1": 2}),
        ({f"n{n}": f"![[n{(n + 1) % 7}#a]] " * 12 + "\n\n# a\n\n" + f"![[n{(n + 1) % 7}#a]] " * 12 for n in range(7)},
         {f"n{n}": 2 for n in range(7)}),
        ({f"n{n}": " ".join(f"![[n{m}]]" for m in range(12)) for n in range(12)}, {f"n{n}": 2 for n in range(12)}),
        ({"n0": "![[n1]] " * 30_000, "n1": "text"}, {"n0": 0}),
        ({"n0": "![[n1]]\n\n" * 30, "n1": "word " * 30_000}, {"n0": 0}),
        ({"n0": "![[n1]]", "n1": "![[n2]] " * 30, "n2": "word " * 30_000}, {"n0": 1, "n1": 0}),
    ],
    ids=["a fan", "sections in a ring", "all in all", "many of one", "few long ones", "long ones one level down"],
)  # fmt: skip
def test_a_page_shows_as_many_levels_of_embeds_as_stay_in_bounds(
    notes: Mapping[str, str], depths: Mapping[str, int], tmp_path: Path
) -> None:
    """Whatever embeds what, no page grows beyond a few megabytes; deeper embeds are links."""
    report = build_site(tmp_path, {f"{name}.md": f"{DATE}{text}\n" for name, text in notes.items()})
    cut = {p.place.path[:-3]: int(dict(p.facts)["depth"]) for p in report.problems if p.code == "embeds-cut"}
    assert cut == depths
    assert max(file.stat().st_size for file in (tmp_path / "site").glob("n*.html")) < 12_000_000


def test_the_problem_of_embeds_says_how_many_levels_are_shown(tmp_path: Path) -> None:
    """Its words, whole."""
    notes = {f"n{n}.md": f"{DATE}{f'![[n{n + 1}]] ' * 50}" for n in range(3)}
    report = build_site(tmp_path, {**notes, "n3.md": f"{DATE}Text."})
    assert problems_of(report) == [
        "n0.md: with all that it embeds its page would be too long (over 2,000,000 letters or 2,000 pieces); "
        "levels of embeds shown: 1 [embeds-cut]",
        "n1.md: with all that it embeds its page would be too long (over 2,000,000 letters or 2,000 pieces); "
        "levels of embeds shown: 1 [embeds-cut]",
    ]


def test_tags_have_sixteen_levels(tmp_path: Path) -> None:
    """The rest of a tag is shown and does not count, in front matter and in the text."""
    deep, long = "a/" * 400 + "b", "c/" * 5000 + "d"
    report = build_site(
        tmp_path, {"n.md": f"---\ndate: 2024-01-01\ntags: [{long}]\n---\n#{deep} and #a/b.\n"}
    )
    assert problems_of(report) == [
        f"n.md:3: the tag `{long[:60]}…` has 5,001 levels; those after 16 are left out [tag-too-deep]",
        f"n.md:3: the tag `{deep[:60]}…` has 401 levels; those after 16 are left out [tag-too-deep]",
    ]
    assert len(list((tmp_path / "site/tags").rglob("*.html"))) == 16 + 16 + 1
    page = (tmp_path / "site/n.html").read_text()
    assert f'href="tags/{"/".join("a" * 16)}.html">#{deep}</a>' in page


def test_a_note_is_read_up_to_four_megabytes(tmp_path: Path) -> None:
    """What comes after the last whole line within is not even read."""
    (tmp_path / "n.md").write_text(DATE + "A line of words.\n" * 300_000, encoding="utf-8")
    (source,) = read_sources(tmp_path, Config()).sources
    assert source.text == "A line of words.\n" * ((4_000_000 - len(DATE)) // 17)
    assert [word_problem(problem) for problem in source.problems] == [
        "the file has 5 MB; what comes after 4 MB is left out of the site"
    ]


def test_twenty_thousand_equal_headings_take_seconds(tmp_path: Path) -> None:
    """Each has an anchor of its own."""
    before = process_time()
    build_site(tmp_path, {"n.md": DATE + "## Same\n" * 20_000})
    assert process_time() - before < 60
    page = (tmp_path / "site/n.html").read_text()
    assert 'id="same-19999"' in page
    assert 'id="same-20000"' not in page
