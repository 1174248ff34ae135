"""Nothing that is private reaches a byte of the site: fixed ways, random gardens, and each filter left out in turn."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

import pytest
from msgspec.structs import replace

from bench.leaks import try_gardens
from notegen.config import Config, ExportSettings, FeedSettings, NoteSettings
from notegen.model import Audit, Problem
from tests.support.audits import build_and_audit
from tests.support.files import write_files
from tests.support.leak_filters import BY_NAME, FILTERS, PLANTED, write
from tests.support.leak_gardens import sow
from tests.support.leaks import build_in_memory, leaks, read_site, readings

GARDENS = 100
EVERYTHING = Config(
    title="T",
    base_url="https://example.org/garden/",
    offline="on",
    feeds=FeedSettings(count=1000, tags=True),
    export=ExportSettings(markdown=True, passages=True),
    note=NoteSettings(embedding_picture=True, edit_link="https://example.org/{path}"),
)
"""All that settings add to a site: feeds, Markdown, passages, what is read offline."""


@dataclass(frozen=True)
class Built:
    """A site's files by name, and what its build said of it."""

    files: dict[str, bytes]
    problems: tuple[Problem, ...]
    audit: Audit


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """One site of all ways, each in its folder, and of some random gardens."""
    root = tmp_path_factory.mktemp("ways")
    write(root / "notes", *PLANTED)
    for number in range(30):
        write_files(root / "notes" / f"g{number:04}", sow(number).files)
    report, audit = build_and_audit(root / "notes", root / "site", EVERYTHING)
    return Built(read_site(root / "site"), report.problems, audit)


@pytest.mark.promise("Private means absent")
def test_no_way_to_be_private_leaks(built: Built) -> None:
    """Each way has a word of its own, which is in no file's name and no byte, however these are read."""
    found = leaks(built.files, [one.secret for one in PLANTED])
    assert {one.way.name: found[one.secret] for one in PLANTED if one.secret in found} == {}


def test_no_way_to_be_private_alarms(built: Built) -> None:
    """What the build searches its site for is much, and it finds none of it."""
    assert built.audit.leaks == ()
    assert min(built.audit.notes / 200, built.audit.parts / 80) > 1


def test_what_is_public_is_still_there(built: Built) -> None:
    """A filter that left out too much would pass every other test."""
    lost = {}
    for one in PLANTED:
        own = (
            name
            for name in built.files
            if name.startswith(f"{one.folder}/") and not name.endswith(".html.md")
        )
        pages = (built.files[name] for name in own)
        text = b" ".join(pages).decode("utf-8", "replace").lower()
        if missing := [word for word in one.way.shown if word.lower() not in text]:
            lost[one.way.name] = missing
    assert lost == {}


@pytest.mark.promise("when in doubt a note is private")
def test_what_is_in_doubt_is_told(built: Built) -> None:
    """What was kept back by a guess is a problem that the build reports."""
    told: dict[str, set[str]] = {}
    for problem in built.problems:
        told.setdefault(problem.place.path.partition("/")[0], set()).add(problem.code.value)
    silent = [one.way.name for one in PLANTED if not set(one.way.problems) <= told.get(one.folder, set())]
    assert silent == []


def test_random_gardens_leak_nothing_and_lose_nothing() -> None:
    """Secrets are sown in their private places; `python -m bench.leaks 1000` tries more of them."""
    odd = [
        (number, leaked, missing)
        for number, _, leaked, missing in try_gardens(range(GARDENS))
        if leaked or missing
    ]
    assert odd == []


@pytest.mark.usefixtures("fresh_scans")
@pytest.mark.parametrize(("filter", "instead", "way"), FILTERS, ids=[name for name, _, _ in FILTERS])
def test_each_filter_is_needed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, filter: str, instead: Callable[..., object], way: str
) -> None:
    """Without it, a way to be private that is tight leaks: so a test fails where a filter is lost."""
    write(tmp_path, one := BY_NAME[way])
    module, _, attribute = filter.partition(":")
    holder: object = import_module(module)  # by its path: a package may have a function of a module's name
    *above, name = attribute.split(".")
    for part in above:
        holder = getattr(holder, part)
    monkeypatch.setattr(holder, name, instead)
    files, _ = build_in_memory(tmp_path)
    assert one.secret in leaks(files, [one.secret])


def test_only_notes_that_say_so_are_published_where_they_have_to(tmp_path: Path) -> None:
    """With `publish = "opt-in"`; a date or `draft: false` says nothing of the kind."""
    heads = {
        "a": "publish: true", "b": "public: yes", "c": "dg-publish: 'true'", "d": "visibility: public", "n": "",
        "o": "draft: false", "p": "published: 2024-01-02", "q": "publish: true\ndraft: true", "r": "private: false",
    }  # fmt: skip
    for name, head in heads.items():
        (tmp_path / f"{name}.md").write_text(f"---\n{head}\n---\n[[n]]\n")
    (tmp_path / "l.md").write_text("public:: true\n\n- x\n")
    files, _ = build_in_memory(tmp_path, Config(publish="opt-in"))
    assert [name for name in "abcdlnopqr" if f"{name}.html" in files] == [*"abcdl"]
    assert b"private note" in files["a.html"]


def test_folders_and_tags_are_private_by_setting(tmp_path: Path) -> None:
    """Folders as in a .gitignore, in any case, their files too; tags replace the one that is private by itself."""
    for path in ("x/Diary/n.md", "Work/deep/n.md", "x/Work/n.md", "t.md", "p.md"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(
            "#private" if path == "p.md" else "#Family/us" if path == "t.md" else "x"
        )
    (tmp_path / "x/Diary/a.png").touch()
    (tmp_path / "b.md").write_text(
        "# B\n\n![](x/Diary/a.png) [[n]]\n\n## H #family\n\nhushed\n\n## I\n\nsaid\n"
    )
    config = replace(Config(), private_folders=("diary/", "/work"), private_tags=("#family",))
    files, _ = build_in_memory(tmp_path, config)
    pages = sorted(
        name
        for name in files
        if name in ("x/Diary/n.html", "Work/deep/n.html", "t.html") or name[-7:] == "a.png"
    )
    assert (pages, {"x/Work/n.html", "p.html"} <= files.keys()) == ([], True)
    assert (b"hushed" in files["b.html"], b"said" in files["b.html"]) == (False, True)


def test_a_file_is_read_in_every_way() -> None:
    """What looks for a leak finds one: in names, escaped, encoded, in shards, backwards."""
    shards = {
        "w0": "mast er AxB\nsai ling AB", "c1": "anchor =anchors AAA", "f0": "0mastA4erB", "b3": "0tsamA0gnilias0C",
        "p0": "\\u006dast", "x": "Z3JhbmRtYXN0ZXJz",
    }  # fmt: skip
    found = {
        name: " ".join(
            readings(f"{name}.js", f'notegen.add("{name}","{text}")'.encode().replace(b"\n", b"\\n"))
        )
        for name, text in shards.items()
    }
    assert [
        word in found[name]
        for name, word in zip(
            shards, ("sailing", "anchors", "master", "mast", "mast", "grandmasters"), strict=True
        )
    ] == [True] * 6
    assert "a b.html" in readings("a%20b.html", b"")
    assert "<m" in readings("x", b"&lt;m")
