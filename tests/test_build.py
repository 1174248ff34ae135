"""The whole way from notes to site, with a small encoder in place of the model."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from notegen.build import build
from notegen.bundled import bundled
from notegen.cache import open_cache
from notegen.config import Config
from notegen.context import BuildContext
from notegen.encoder import load_encoder, load_table
from notegen.model import Code
from notegen.search.query_table.finetune import FinetunedTable, finetune_table
from tests.support.files import files_in
from tests.support.word_encoder import TABLE, WordEncoder


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    """A few notes with links, dates, tags, a picture and a secret."""
    folder = tmp_path / "notes"
    (folder / "deep").mkdir(parents=True)
    texts = {
        "2024-05-01.md": "# Day one\nBaked bread with salt. See [[Bread]] and [[2024-05-02]].\n\n![[pic.png]]",
        "Bread.md": "---\ndate: 2024-04-30\ntags: [food/baking]\n---\nFlour, water, salt, and baked bread again.",
        "deep/Other note.md": "---\ndate: 2024-05-03\n---\nChess and #games, %%xyzzy-comment%% [[secret]].",
        "secret.md": "---\nprivate: true\ntags: [xyzzy-tag]\n---\nThe word is xyzzy-text.",
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "pic.png").write_bytes(b"not really a picture")
    return folder


def context_of(notes: Path, **changes: object) -> BuildContext:
    """A build of these notes with the small encoder."""
    given: dict[str, object] = {
        "config": Config(title="T"),
        "encoder": WordEncoder(),
        "table": TABLE,
        **changes,
    }
    return BuildContext(notes=notes, **given)  # type: ignore[arg-type]  # the names are checked by the call itself


@pytest.mark.promise("notegen turns a folder of Markdown notes into a static site")
@pytest.mark.promise("every day has a page")
def test_a_garden_becomes_a_site(notes: Path, tmp_path: Path) -> None:
    """Each note, day, tag and picture has its file, and the report counts them."""
    report = build(context_of(notes), tmp_path / "site")
    pages = {name for name in files_in(tmp_path / "site") if not name.startswith("notegen/")}
    assert pages == {
        ".nojekyll", "2024-05-01.html", "404.html", "Bread.html", "calendar.html", "folders.html",
        "folders/deep.html", "dates/2024-04-30.html", "dates/2024-04.html",
        "dates/2024-05-01.html", "dates/2024-05-02.html", "dates/2024-05-03.html", "dates/2024-05.html",
        "dates/2024.html", "deep/Other-note.html", "index.html", "notegen.json", "pic.png", "tags.html",
        "tags/food.html", "tags/food/baking.html", "tags/games.html",
    }  # fmt: skip
    assert (report.notes, report.withheld, report.semantic) == (3, 1, True)
    assert list(report.seconds) == [
        "read",
        "parse",
        "link",
        "passages",
        "embed",
        "note_vectors",
        "fit",
        "index",
        "graph",
        "unlinked_mentions",
        "related",
        "embedding_cards",
        "map",
        "render",
        "write",
        "audit",
    ]


def test_a_theme_in_the_notes_dresses_the_site_and_is_no_note(notes: Path, tmp_path: Path) -> None:
    """A template, a style sheet and a typeface of one's own, on every page; the page of no folder finds them too."""
    theme = notes / "theme"
    theme.mkdir()
    (theme / "extra.css").write_text("@font-face { font-family: Mine; src: url(mine.woff2) }")
    (theme / "footer.html").write_text("<footer>{{ site }} in my own words</footer>")
    (theme / "mine.woff2").write_bytes(b"a typeface")
    (theme / "about.md").write_text("---\ndate: 2024-01-01\n---\n# Theme notes\n")
    build(context_of(notes), tmp_path / "site")
    files = files_in(tmp_path / "site")
    pages = [content.decode() for name, content in files.items() if name.endswith(".html")]
    assert all("T in my own words" in page for page in pages)
    assert not [name for name, content in files.items() if b"Theme notes" in content]
    assert files["notegen/mine.woff2"] == b"a typeface"
    common = {
        content for name, content in files.items() if name.endswith(".css") and b"mine.woff2" in content
    }
    (style,) = common  # the sheet that every page has; those of single pages hold nothing of a theme's own
    assert b"url(mine.woff2)" in style
    assert "url(notegen/mine.woff2)" in files["404.html"].decode()


@pytest.mark.promise("the same notes give the same bytes")
def test_building_twice_gives_the_same_bytes(notes: Path, tmp_path: Path) -> None:
    """Whatever the folder's name, the number of processes, and what was there before."""
    build(context_of(notes), tmp_path / "one")
    build(context_of(notes, jobs=2), tmp_path / "elsewhere" / "two")
    build(context_of(notes), tmp_path / "one")
    assert files_in(tmp_path / "one") == files_in(tmp_path / "elsewhere" / "two")


@pytest.mark.promise("nothing in your folder is changed")
def test_no_byte_hangs_on_the_times_of_files(notes: Path, tmp_path: Path) -> None:
    """Nor the order of notes that say no day: a copied folder gives the same site."""
    for name in ("Undated.md", "deep/Another.md", "deep/A third.md"):
        (notes / name).write_text(f"About {name}, see [[Bread]].")
    sites = []
    for number, seconds in enumerate((0, 1_000_000_000, 1_700_000_000)):
        for place, path in enumerate(sorted(notes.rglob("*.md"))):
            os.utime(path, (seconds, seconds + (-1) ** number * place * 100_000))
        build(context_of(notes), tmp_path / f"site {number}")
        sites.append(files_in(tmp_path / f"site {number}"))
    assert sites[0] == sites[1] == sites[2]


def test_a_build_changes_nothing_in_the_notes(notes: Path, tmp_path: Path) -> None:
    """No file is written, touched, added or taken away."""

    def all_there_is() -> dict[Path, tuple[int, bytes]]:
        return {
            path: (path.stat().st_mtime_ns, path.read_bytes() if path.is_file() else b"")
            for path in [notes, *notes.rglob("*")]
        }

    before = all_there_is()
    with open_cache(tmp_path / "cache") as cache:
        build(context_of(notes, cache=cache), tmp_path / "site")
    assert all_there_is() == before


def test_what_the_cache_knows_changes_no_byte(notes: Path, tmp_path: Path) -> None:
    """Of a build from nothing, a build again, and one after an edit."""
    with open_cache(tmp_path / "cache") as cache:
        build(context_of(notes, cache=cache), tmp_path / "first")
        build(context_of(notes, cache=cache), tmp_path / "again")
        assert files_in(tmp_path / "first") == files_in(tmp_path / "again")
        (notes / "Bread.md").write_text("---\ndate: 2024-04-30\n---\nRye, and salt for bread.", "utf-8")
        build(context_of(notes, cache=cache), tmp_path / "edited")
    build(context_of(notes), tmp_path / "without")
    assert files_in(tmp_path / "edited") == files_in(tmp_path / "without")
    assert files_in(tmp_path / "edited") != files_in(tmp_path / "first")


def test_the_table_is_fitted_once(notes: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And again after an edit, which changes what every row learns."""
    finetuned = []

    def counted(*given: object) -> FinetunedTable:
        finetuned.append(given)
        return finetune_table(*given)  # type: ignore[arg-type]  # as given

    monkeypatch.setattr("notegen.search.cached_index.finetune_table", counted)
    with open_cache(tmp_path / "cache") as cache:
        for _ in range(2):
            build(context_of(notes, cache=cache), tmp_path / "site")
        assert len(finetuned) == 1
        (notes / "Bread.md").write_text("---\ndate: 2024-04-30\n---\nRye, and salt for bread.", "utf-8")
        build(context_of(notes, cache=cache), tmp_path / "site")
        assert len(finetuned) == 2


@pytest.mark.promise("A private note is dropped before anything is made from it")
def test_what_is_private_is_in_no_byte(notes: Path, tmp_path: Path) -> None:
    """Text, tags and comments of what is kept back; the name of the note stands only where a public note says it."""
    build(context_of(notes), tmp_path / "site")
    files = files_in(tmp_path / "site")
    assert not [name for name, content in files.items() if b"xyzzy" in content or "secret" in name]
    pages = {name for name, content in files.items() if b"secret" in content and name.endswith(".html")}
    assert pages <= {"deep/Other-note.html", "dates/2024-05-03.html", "index.html", "tags/games.html"}


@pytest.mark.promise("A failed build leaves the old site as it was")
def test_a_failing_build_leaves_the_old_site(notes: Path, tmp_path: Path) -> None:
    """An encoder that breaks costs the build, not the site."""

    class Broken(WordEncoder):
        def encode_passages(
            self, texts: Sequence[str], *, progress: Callable[[int], None] | None = None
        ) -> NDArray[np.float32]:
            raise RuntimeError("broken")

    site = tmp_path / "site"
    build(context_of(notes), site)
    before = files_in(site)
    (notes / "Bread.md").write_text("changed")
    with pytest.raises(RuntimeError):
        build(context_of(notes, encoder=Broken()), site)
    assert files_in(site) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["notes", "site"]


def test_an_edited_word_changes_no_page_that_does_not_show_it(tmp_path: Path) -> None:
    """The search index is another one then; pages know only where it is said which, and that never moves."""
    notes = tmp_path / "notes"
    (notes / "sea").mkdir(parents=True)
    opening = f"See [[Boats]].\n\n{'Boats lie at the pier. ' * 40}\n\n"
    (notes / "Harbour.md").write_text(f"---\ndate: 2024-01-01\n---\n{opening}A lighthouse.\n")
    (notes / "Boats.md").write_text("---\ndate: 2024-01-02\n---\nOne is [[sea/Far]] out. #sea\n")
    (notes / "sea/Far.md").write_text("---\ndate: 2024-01-02\n---\nWater.\n")
    site = tmp_path / "site"

    def built() -> dict[str, bytes]:
        build(BuildContext(notes, Config(), None), site)
        return files_in(site)

    before = built()
    (notes / "Harbour.md").write_text(f"---\ndate: 2024-01-01\n---\n{opening}A windmill.\n")
    after = built()
    changed = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    assert b"windmill" in after["Harbour.html"]
    assert {name for name in changed if not name.startswith("notegen/search/")} == {
        "Harbour.html",
        "notegen/search.js",
        "notegen/files.txt",
    }
    assert any(name.endswith("/manifest.js") for name in changed)


def test_small_gardens_make_few_files(tmp_path: Path) -> None:
    """With the model that comes with notegen: one note, and five notes of some length."""
    model = bundled("models") / "all-MiniLM-L6-v2"
    counts = []
    for number, subjects in enumerate([("bread",), ("bread", "chess", "tides", "grammar", "orchards")]):
        notes, site = tmp_path / f"notes{number}", tmp_path / f"site{number}"
        notes.mkdir()
        for subject in subjects:
            parts = [
                f"## Part {part}\n\n" + f"What {subject} has to do with {part}. " * 30 for part in range(4)
            ]
            (notes / f"{subject}.md").write_text("\n\n".join([f"# {subject}", *parts]), encoding="utf-8")
        build(BuildContext(notes, Config(), load_encoder(model, threads=1), load_table(model)), site)
        counts.append(len(files_in(site)))
    assert counts[0] <= 100
    assert counts[1] <= 150


def test_without_an_encoder_there_are_words(notes: Path, tmp_path: Path) -> None:
    """`--no-semantic`: pages, a word index, and no vectors."""
    report = build(context_of(notes, encoder=None, table=None), tmp_path / "site")
    assert not report.semantic
    assert b"Similar notes" not in (tmp_path / "site" / "Bread.html").read_bytes()


def test_a_build_inside_the_notes_does_not_read_itself(notes: Path) -> None:
    """The site may lie among the notes; its own pages and pictures are not notes."""
    first = build(context_of(notes), notes / "site")
    second = build(context_of(notes), notes / "site")
    assert (first.notes, first.written) == (second.notes, second.written)


def test_attachments_are_copied_once_when_used_or_all_on_request(notes: Path, tmp_path: Path) -> None:
    """A file that nothing shows stays behind unless the setting says otherwise."""
    (notes / "deep" / "un used#.pdf").write_bytes(b"pdf")
    build(context_of(notes), tmp_path / "site")
    assert not list((tmp_path / "site").rglob("*.pdf"))
    build(context_of(notes, config=Config(attachments="all")), tmp_path / "site")
    assert {path.name for path in (tmp_path / "site").rglob("*.p[dn][fg]")} == {"pic.png", "un-used-.pdf"}


@pytest.mark.parametrize(
    "address",
    [
        "obsidian://open?vault=v&file=secret",
        "noteplan://x-callback-url/openNote?noteTitle=Low%20water",
        "bear://x-callback-url/open-note?title=secret",
    ],
)
def test_an_address_that_opens_a_private_note_elsewhere_leads_nowhere_and_is_told(
    tmp_path: Path, address: str
) -> None:
    """As any link to it, with the words that its author chose; not to the page that it stands on."""
    folder = tmp_path / "notes"
    folder.mkdir()
    (folder / "a.md").write_text(f"---\ndate: 2024-01-01\n---\nSee [this]({address}).\n")
    (folder / "secret.md").write_text("---\nprivate: true\n---\n# Low water\n\nKept.\n")
    report = build(context_of(folder), tmp_path / "site")
    assert [(problem.code, problem.place.line) for problem in report.problems] == [(Code.LINK_WITHHELD, 4)]
    page = (tmp_path / "site/a.html").read_text("utf-8")
    assert '<a class="missing" title="There is no page for this">this</a>' in page
