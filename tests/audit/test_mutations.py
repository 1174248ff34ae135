"""The audit finds what a broken filter lets through: each one is switched off, and a leak has to be found."""

import re
from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import notegen.build
from notegen.config import Config
from notegen.link import link_notes
from notegen.model import Garden, Note, Reading
from notegen.read.exclusions import Exclusions
from notegen.read.visibility import Visibility
from tests.support.audits import audit_of, build_unaudited
from tests.support.files import write_files
from tests.support.leak_filters import BY_NAME, FILTERS, write
from tests.support.leaks import leaks, read_site

_NEVER = re.compile(r"(?!)")


def _nothing(*_: Any, **__: Any) -> None: ...


def _none(*_: Any, **__: Any) -> tuple[()]:
    return ()


def _no(*_: Any, **__: Any) -> bool:
    return False


def _published(*_: Any, **__: Any) -> Visibility:
    return Visibility()


def _link_with_all_files(notes: Iterable[Note], reading: Reading, *_: Any, **__: Any) -> Garden:
    return link_notes(notes, reading, Config(attachments="all"))


MORE_FILTERS: tuple[tuple[str, object, str], ...] = (
    ("notegen.read.keeper:read_visibility", _published, "publish: false"),
    ("notegen.read.keeper:read_visibility", _published, "TOML"),
    ("notegen.read.keeper:read_visibility", _published, "UTF-16"),
    ("notegen.read.keeper:Keeper.judge", _published, "visibility: private"),
    ("notegen.read.keeper:Keeper.judge", _published, "a canvas that is private"),
    ("notegen.read.keeper:Keeper.judge", _published, "a draft in blog/_drafts/x"),
    ("notegen.read.keeper:Keeper.judge", _published, "Dendron's old settings"),
    ("notegen.read.keeper:Keeper.judge", _published, "a day's template"),
    ("notegen.read.keeper:Keeper.judge", _published, "publish.json, cut off"),
    ("notegen.read.keeper:Keeper.judge", _published, "a tag of many words"),
    ("notegen.read.keeper:Keeper.keeps_file", _no, "an excluded file that is linked"),
    ("notegen.read:_names_any", _no, "a board that cannot be read"),
    ("notegen.read.discover:ignored_paths", _none, ".emanoteignore"),
    ("notegen.read.exclusions:Exclusions._add_obsidian", _nothing, "excluded, a graph beside"),
    ("notegen.read.exclusions:Exclusions._add_dendron", _nothing, "Dendron's hierarchies"),
    ("notegen.read.exclusions:Exclusions.flags_of", _none, "cascade: cascade: {draft: true}"),
    ("notegen.read.exclusions:Exclusions.flags_of", _none, "cascade, TOML"),
    ("notegen.read.exclusions:Exclusions.flags_of", _none, "cascade, a folder deeper"),
    ("notegen.read.exclusions:Exclusions.flags_of", _none, "Zola's section, whatever a note says"),
    ("notegen.read.exclusions:Exclusions.flags_of", _none, "defaults, a path"),
    ("notegen.read.exclusions:Exclusions.flags_of", _none, "data: posts/posts.json"),
    ("notegen.read.exclusions:Exclusions.flags_of", _none, "data: posts/posts.11tydata.json"),
    ("notegen.read.folders:FolderSettings.leaves_out", _no, "mkdocs.yml, exclude_docs"),
    ("notegen.read.folders:FolderSettings.leaves_out", _no, "Quartz, plain"),
    ("notegen.markdown.hidden:_HIDDEN_ATTRIBUTE", _NEVER, "hidden: hidden"),
    ("notegen.markdown.hidden:_HIDDEN_STYLE", _NEVER, "hidden: not displayed"),
    ("notegen.markdown.hidden:_FALLBACKS", (), "hidden: noscript"),
    ("notegen.markdown.hidden:_TEX_COMMENT", _NEVER, "hidden: a formula"),
    ("notegen.markdown.hidden:_DIAGRAM_COMMENT", _NEVER, "hidden: a diagram"),
    ("notegen.markdown.hidden:_private_sections", _none, "hidden: a section to the end"),
    ("notegen.markdown.private_link:_mask_wiki_link", _nothing, "a link: ![[hide/SECRET#Head]]"),
    ("notegen.markdown.private_link:_mask_words", _nothing, "a link: [**SECRET**](hide/SECRET.md)"),
    ("notegen.markdown.private_link:_mask_html", lambda html, private: html,
     'a link: <p><a href="hide/SECRET.md" title="SECRET"><b>SECRET</b></a></p>'),
    ("notegen.markdown.private_link:_mask_diagram", _nothing,
     "a link: ```mermaid\ngraph TD\n  A[SECRET]:::internal-link --> B\n```"),
    ("notegen.markdown.private_link:_mask_tags", _nothing, "tags that are pages"),
    ("notegen.markdown.private_link:_mask_value", lambda value, private: value, "front matter: up: hide/SECRET.md"),
    ("notegen.load:link_notes", _link_with_all_files, "a picture of a private note"),
)  # fmt: skip
"""Beside those of `leak_filters.py`: what holds a filter, what it is made to be, a way that leaks then."""


@pytest.mark.usefixtures("fresh_scans")
@pytest.mark.parametrize(
    ("filter", "instead", "way"),
    [*FILTERS, *MORE_FILTERS],
    ids=[f"{f} {w}" for f, _, w in (*FILTERS, *MORE_FILTERS)],
)
def test_what_a_broken_filter_lets_through_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, filter: str, instead: Callable[..., object], way: str
) -> None:
    """The filter is broken while the site is built and while it is searched, as a fault of ours would be."""
    one = BY_NAME[way]
    write(tmp_path / "notes", one)
    module, _, attribute = filter.partition(":")
    holder: object = import_module(module)
    *above, name = attribute.split(".")
    for part in above:
        holder = getattr(holder, part)
    monkeypatch.setattr(holder, name, instead)
    site = build_unaudited(tmp_path / "notes", tmp_path / "site")
    assert one.secret in leaks(read_site(site), [one.secret])
    found = audit_of(site, tmp_path / "notes").leaks
    assert {leak.note.partition("/")[0] for leak in found} == {one.folder}


def test_private_folders_and_notes_without_leave_are_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What only notegen.toml keeps back."""
    files = {
        "Diary/n.md": "harbourmaster\n",
        "w.md": "lighthousekeeper\n",
        "p.md": "publish:: yes\n\nfree\n",
    }
    write_files(tmp_path / "notes", files)
    monkeypatch.setattr("notegen.read.keeper.Keeper.judge", _published)
    monkeypatch.setattr(Exclusions, "keep_out", _no)
    config = Config(publish="opt-in", private_folders=("diary/",))
    site = build_unaudited(tmp_path / "notes", tmp_path / "site", config)
    found = audit_of(site, tmp_path / "notes", config).leaks
    assert sorted({leak.note for leak in found}) == ["Diary/n.md", "w.md"]


def test_the_audit_asks_none_of_the_filters() -> None:
    """Of what reads notes it uses how files open, bytes become text, patterns match; nothing that decides."""
    package = Path(notegen.build.__file__).parent / "audit"
    used = {
        found
        for file in package.glob("*.py")
        for found in re.findall(r"from notegen\.(?:read|markdown)\.?([\w.]*) import", file.read_text("utf-8"))
    }
    assert used == {"decode", "formula_words", "patterns"}
