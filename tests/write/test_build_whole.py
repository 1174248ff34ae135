"""A whole build where notes, pictures or the site before are not as they should be."""

import os
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from notegen.build import build
from notegen.cli import cli
from notegen.config import Config
from notegen.context import BuildContext
from notegen.errors import NotegenError
from notegen.model import Code
from notegen.render import OpenedSite, rendered_site
from tests.support.files import files_in, write_named


def context_of(notes: Path, **settings: object) -> BuildContext:
    """A build by words only."""
    return BuildContext(notes, Config(title="T", **settings), encoder=None)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "left", [{}, {".stfolder": ""}, {"a.txt": "x", "b.qmd": "x"}, {"a.md": "---\nprivate: true\n---\nx"}]
)
def test_notes_that_are_gone_do_not_replace_a_site(tmp_path: Path, left: dict[str, str]) -> None:
    """A drive that is not mounted, the wrong folder, all of them private: refused where there are notes in the site."""
    notes, site = (
        write_named(tmp_path / "notes", **{"a.md": "---\ndate: 2024-01-01\n---\nx"}),
        tmp_path / "site",
    )
    build(context_of(notes), site)
    before = files_in(site)
    (notes / "a.md").unlink()
    write_named(notes, **left)
    with pytest.raises(NotegenError, match="has no note that can be published") as caught:
        build(context_of(notes), site)
    assert "`.md`" in caught.value.hint
    assert files_in(site) == before
    other = tmp_path / "other"
    if (notes / "a.md").exists():  # whose author knows that it is private
        assert [problem.code for problem in build(context_of(notes), other).problems] == [Code.NOTES_MISSING]
    else:
        with pytest.raises(NotegenError, match="has no note that can be published"):
            build(context_of(notes), other)
        assert not other.exists()


def test_strict_and_check_say_that_there_is_no_note(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And how notes end."""
    monkeypatch.chdir(tmp_path)
    write_named(tmp_path / "notes", **{"a.txt": "x"})
    done = CliRunner().invoke(cli, ["build", "notes", "--no-semantic", "--strict"])
    assert isinstance(done.exception, NotegenError)
    assert not (tmp_path / "site").exists()
    done = CliRunner().invoke(cli, ["check", "notes"])
    assert done.exit_code == 1
    assert "the folder has no note that can be published" in done.output
    assert "`.md`, `.markdown`, `.mdx`, `.canvas`" in done.output


def test_all_attachments_are_never_another_site_or_the_cache(tmp_path: Path) -> None:
    """However often it is built, under whatever name."""
    notes = write_named(
        tmp_path, **{"a.md": "---\ndate: 2024-01-01\n---\nx", "pic.png": "p", "vectors__vectors.sqlite": "v"}
    )
    context = context_of(notes, attachments="all", cache=str(notes / "vectors"))
    context = BuildContext(notes, context.config, encoder=None, skip=(notes / "vectors",))
    seen = []
    for _ in range(3):
        for name in ("public", "site"):
            build(context, notes / name)
            seen.append(sorted(files_in(notes / name)))
    assert seen == [seen[0]] * 6
    assert "pic.png" in seen[0]
    assert not [name for name in seen[0] if "vectors" in name]


@pytest.mark.skipif(os.name == "nt", reason="links are for the few there")
def test_a_picture_that_vanishes_while_it_is_read_is_a_warning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The rest of the site is made."""
    notes = write_named(
        tmp_path / "notes", **{"a.md": "---\ndate: 2024-01-01\n---\n![[p.png]]", "p.png": "p"}
    )
    site = tmp_path / "site"

    def render(*args: Any, **kwargs: Any) -> OpenedSite:
        (notes / "p.png").unlink()
        return rendered_site(*args, **kwargs)

    monkeypatch.setattr("notegen.make_site.rendered_site", render)
    report = build(context_of(notes), site)
    assert [(p.code, p.place.path) for p in report.problems] == [(Code.FILE_UNREADABLE, "p.png")]
    assert (site / "a.html").exists()
    assert not (site / "p.png").exists()
