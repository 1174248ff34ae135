"""What a site has for programs beside its pages: llms.txt, Markdown, passages and vectors."""

import json
import re
from pathlib import Path

import numpy as np
import pytest
import yaml
from msgspec.structs import replace

from notegen.build import build
from notegen.config import Config, ExportSettings
from notegen.context import BuildContext
from notegen.inspection import audit
from notegen.load import load_garden
from tests.conftest import ROOT
from tests.support.leaks import PASSWORD
from tests.support.word_encoder import TABLE, WordEncoder

BASE = "https://me.example/notes/"
ALL = ExportSettings(markdown=True, passages=True)
CONFIG = Config(title="Sea & *salt*", base_url=BASE, description="What the water does.", export=ALL)
TEXTS = {
    "index.md": "---\ndate: 2024-01-01\n---\n# The sea\n\nBegin with [[Tides|the tides]].\n",
    "Tides.md": (
        "---\ndate: 2024-02-03\ntags: [sea/moon]\naliases: [Ebb]\nsource: an “almanac”\n---\n# Tides\n\n"
        "They rise %%xyzzy-comment%% twice a day, see [[deep/Buoys#Red]] and [[2024-01-01]].\n\n![[deep/Buoys]]\n\n"
        "## xyzzy-part #private\n\nNobody reads xyzzy-section.\n"
    ),
    "deep/Buoys.md": (
        "---\ndate: 2024-03-05\n---\nThey\u2028float. See [[xyzzy-note]] and [[Locked]].\n\n## Red\n\nPort.\n"
    ),
    "xyzzy-note.md": "---\nprivate: true\ntags: [xyzzy-tag]\n---\nThe word is xyzzy-text.\n",
    "Locked.md": "---\ndate: 2024-03-06\nencrypt: true\n---\n# Plugh\n\nThe plugh-text is here, see [[Tides]].\n",
}


@pytest.fixture(scope="module")
def notes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Notes with what must not be seen: comments, private parts and notes, an encrypted one."""
    folder = tmp_path_factory.mktemp("notes")
    for name, text in TEXTS.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder


def context_of(notes: Path, config: Config = CONFIG) -> BuildContext:
    """A build with the small encoder."""
    return BuildContext(notes, config, WordEncoder(), TABLE, password=lambda opens: PASSWORD)


@pytest.fixture(scope="module")
def site(notes: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Their site, with all that there can be for programs."""
    site = tmp_path_factory.mktemp("out") / "site"
    build(context_of(notes), site)
    return site


def test_nothing_of_what_is_private_or_encrypted_is_in_any_of_it(site: Path) -> None:
    """Neither the names nor the texts; the encrypted note is only where the public ones lead to it."""
    files = [*site.rglob("*.md"), site / "llms.txt", site / "passages.jsonl"]
    assert len(files) == 5
    for file in files:
        assert not re.search("xyzzy|plugh|locked\\.md", file.read_text("utf-8"), re.IGNORECASE), file


def test_the_markdown_of_a_note_lies_beside_its_page(site: Path) -> None:
    """With what is known of it in front, and links to the Markdown of other notes; a page's head leads to it."""
    written = (site / "Tides.html.md").read_text("utf-8")
    head, text = written.removeprefix("---\n").split("---\n", 1)
    assert yaml.safe_load(head) == {
        "title": "Tides",
        "date": "2024-02-03",
        "tags": ["sea/moon"],
        "aliases": ["Ebb"],
        "url": f"{BASE}Tides.html",
        "properties": {"source": "an “almanac”"},
    }
    locked = re.search(r"notegen/locked/\w+\.html", text)
    assert locked
    assert text == (
        "\n# Tides\n\nThey rise twice a day, see [Buoys > Red](deep/Buoys.html.md#red) and "
        "[2024-01-01](dates/2024-01-01.html).\n\n> [Buoys](deep/Buoys.html.md)\n>\n"
        f"> They\u2028float. See private note and [locked note]({locked[0]}).\n>\n> ## Red\n>\n> Port.\n"
    )


def test_a_page_leads_to_its_markdown(tmp_path: Path, notes: Path) -> None:
    """Where no note is encrypted, since a page of such a site may be one of two."""
    public = tmp_path / "notes"
    public.mkdir()
    for name in ("index.md", "Tides.md"):
        (public / name).write_text(TEXTS[name], "utf-8")
    build(context_of(public), tmp_path / "site")
    for page, beside in (("index.html", "index.html.md"), ("Tides.html", "Tides.html.md")):
        link = f'<link rel="alternate" type="text/markdown" href="{beside}">'
        assert link in (tmp_path / "site" / page).read_text("utf-8")
    assert "text/markdown" not in (tmp_path / "site/tags.html").read_text("utf-8")


def test_llms_lists_what_is_there(site: Path) -> None:
    """As llmstxt.org has it: one title, a quotation, text, and sections of links only."""
    lines = (site / "llms.txt").read_text("utf-8").split("\n")
    assert lines[:4] == ["# Sea & \\*salt\\*", "", "> What the water does.", ""]
    sections = "\n".join(lines).split("\n## ")
    assert [section.split("\n")[0] for section in sections[1:]] == ["Notes", "Tags", "Optional"]
    link = re.compile(r"- \[(?:[^\]\\]|\\.)+\]\(https://me\.example/notes/[^ ()]*\)(?:: .+)?")
    rows = [row for section in sections[1:] for row in section.split("\n")[1:] if row]
    assert [row for row in rows if not link.fullmatch(row)] == []
    goals = [row.split("](")[1].split(")")[0].removeprefix(BASE) or "index.html" for row in rows]
    assert [goal for goal in goals if not (site / goal).is_file()] == []
    assert "- [Tides](https://me.example/notes/Tides.html.md): They rise twice a day" in "\n".join(rows)


@pytest.mark.parametrize(
    ("changes", "files"),
    [
        ({}, {"llms.txt"}),
        ({"base_url": ""}, set[str]()),
        ({"export": ExportSettings(llms=False)}, set[str]()),
        ({"export": ExportSettings(llms=False, passages=True)}, {"passages.jsonl", "vectors.npy"}),
    ],
)
def test_each_is_there_where_it_is_asked_for(
    notes: Path, tmp_path: Path, changes: dict[str, object], files: set[str]
) -> None:
    """And nothing of it elsewhere."""
    config = replace(CONFIG, export=ExportSettings())
    build(context_of(notes, replace(config, **changes)), tmp_path / "site")
    made = {path.relative_to(tmp_path / "site").as_posix() for path in (tmp_path / "site").rglob("*")}
    assert {url for url in made if re.search(r"llms|\.md$|jsonl|npy", url)} == files


def test_a_vector_stands_for_each_passage(site: Path) -> None:
    """Row by row; what is asked is closest to what says the same."""
    passages = [json.loads(line) for line in (site / "passages.jsonl").read_text("utf-8").splitlines()]
    vectors = np.load(site / "vectors.npy", allow_pickle=False)
    assert vectors.shape == (len(passages), WordEncoder.dimensions)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-3)
    first = passages[0]
    assert set(first) == {"url", "anchor", "title", "headings", "date", "tags", "text"}
    assert [(site / one["url"]).is_file() for one in passages] == [True] * len(passages)


@pytest.mark.parametrize("name", ["llms.txt", "Tides.html.md", "passages.jsonl"])
def test_the_audit_reads_it(notes: Path, site: Path, tmp_path: Path, name: str) -> None:
    """A word of a private note in any of them fails a build."""
    (tmp_path / "site").mkdir()
    spoiled = tmp_path / "site" / name
    spoiled.write_text(f"{(site / name).read_text('utf-8')}xyzzy-text\n", "utf-8")
    context = context_of(notes)
    reading, garden = load_garden(context)
    assert {leak.file for leak in audit(tmp_path / "site", context, reading, garden).leaks} == {name}


def test_a_link_s_words_and_its_address_are_no_row_of_words(tmp_path: Path) -> None:
    """The name of a private note that only both together would say fails no build."""
    notes = tmp_path / "notes"
    notes.mkdir()
    (notes / "a.md").write_text("---\ndate: 2024-01-01\n---\nA #harbour/quay here.\n")
    (notes / "quay tags harbour.md").write_text("---\nprivate: true\n---\nNothing.\n")
    build(context_of(notes), tmp_path / "site")
    assert "[#harbour/quay](tags/harbour/quay.html)" in (tmp_path / "site/a.html.md").read_text("utf-8")


def test_three_lines_of_numpy_find_what_is_like_a_passage(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those that the notes give: run as they stand there, in the folder of a site."""
    page = (ROOT / "notes/start/programs.md").read_text("utf-8")
    (lines,) = re.findall(r"^```python\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    assert len(re.findall(r"(?m)^\w+ = ", lines)) == 3
    monkeypatch.chdir(site)
    found: dict[str, object] = {}
    exec(lines, found)
    passages, nearest = found["passages"], found["nearest"]
    assert isinstance(passages, list)
    assert isinstance(nearest, list)
    assert nearest[0] == passages[0]
    assert len(nearest) == min(5, len(passages))


def test_a_file_of_the_notes_by_the_name_wins(tmp_path: Path) -> None:
    """What somebody wrote by hand stays as it is."""
    notes = tmp_path / "notes"
    notes.mkdir()
    (notes / "a.md").write_text("---\ndate: 2024-01-01\n---\nSee [this](llms.txt).\n")
    (notes / "llms.txt").write_text("by hand\n")
    build(context_of(notes), tmp_path / "site")
    assert (tmp_path / "site/llms.txt").read_text() == "by hand\n"
