"""What an audit finds, what it leaves alone, and what a build does about it."""

import base64
import gzip
import json
import os
import re
import shutil
from collections.abc import Callable
from functools import partial
from importlib import import_module
from pathlib import Path
from unicodedata import normalize
from urllib.parse import quote

import pytest
from msgspec.structs import asdict

from notegen.audit.collect import PublicTexts
from notegen.audit.data_scripts import lines_of_script
from notegen.audit.names import PrivateNames, without_private_links
from notegen.build import build
from notegen.cache import open_cache
from notegen.config import Config
from notegen.context import BuildContext
from notegen.errors import NotegenError, word_error
from notegen.markdown.hidden import ShownText
from tests.support.audits import audit_of, build_unaudited
from tests.support.files import write_files

PRIVATE = """---
private: true
title: Wellington's Läuferhöhe
aliases: [the second name of all, Nebelbank]
tags: [quietly]
---
The doctor said that it would be over by the end of the month.
Ask about the Zwiebelkuchen.
"""
PUBLIC = "# Harbour\n\nBoats lie here, and the doctor said nothing. See [[other]], over by the pier.\n"
FOUND = "The doctor said that it would be over by the end of the month."


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    """A private note and two public ones."""
    folder = tmp_path / "notes"
    folder.mkdir()
    for name, text in {
        "hidden": PRIVATE,
        "harbour": PUBLIC,
        "other": "# Other\n\nBy the end of the month.\n",
    }.items():
        (folder / f"{name}.md").write_text(text, "utf-8")
    return folder


@pytest.fixture
def site(notes: Path, tmp_path: Path) -> Path:
    """A site of them, in which nothing private is."""
    return build_unaudited(notes, tmp_path / "site")


def found(site: Path, notes: Path) -> list[tuple[str, int, str, str, int]]:
    """The leaks as plain values."""
    return [
        (leak.file, leak.line, leak.kind, leak.note, leak.note_line) for leak in audit_of(site, notes).leaks
    ]


def test_a_whole_site_has_nothing_private(site: Path, notes: Path) -> None:
    """And what was looked for is counted."""
    made = asdict(audit_of(site, notes))
    assert (made["notes"], made["parts"], made["leaks"]) == (1, 0, ())
    assert min(made["words"], made["sequences"], made["names"]) > 3
    assert made["files"] == sum(path.is_file() for path in site.rglob("*"))


def test_texts_that_are_not_held_are_read_again(
    notes: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those of a large garden are not in memory together, and the same is found."""
    (notes / "parts.md").write_text(
        "# Parts\n\nSaid. %%Hidden well enough.%% And see [[hidden|it]].\n", "utf-8"
    )
    (notes / "lead.md").write_text("See [[hidden]], [[sub/harbour]] and ![[pic.png]].\n", "utf-8")
    (notes / "hidden.md").write_text(PRIVATE + "![[other.png]] ![[pic.png]]\n", "utf-8")
    for name in ("pic.png", "other.png"):
        (notes / name).write_bytes(name.encode())
    site = build_unaudited(notes, tmp_path / "site")
    (site / "leak.html").write_text(FOUND + " Hidden well enough.", "utf-8")
    held = asdict(audit_of(site, notes))
    monkeypatch.setattr(import_module("notegen.audit.collect"), "MAX_HELD_LETTERS", 0)
    assert asdict(audit_of(site, notes)) == held
    assert (held["parts"], held["attachments"]) == (1, 1)
    assert held["leaks"]


def test_texts_in_groups_are_the_texts_one_by_one(tmp_path: Path) -> None:
    """In their order, with the titles that links show; a group has another digest where one of them is another."""
    texts = {f"{number}.md": f"Note {number}, see [[deep/Other|it]]." for number in range(300)}
    texts |= {f"{number}.md": f"Note {number} [[deep/Other]]" for number in range(0, 300, 7)}
    for path, text in texts.items():
        (tmp_path / path).write_text(text, "utf-8")

    def grown(**others: str) -> PublicTexts:
        public = PublicTexts(tmp_path, dict.fromkeys([*texts, "Other.md"], "obsidian"))
        for path, text in {**texts, **{f"{name}.md": text for name, text in others.items()}}.items():
            public.add(path, text, text.encode())
        return public

    public = grown()
    public.replace("8.md", "Shown of it.")
    groups = [*public.groups()]
    assert [text for group in groups for text in group.texts()] == [*public]
    assert 1 < len(groups) < 20
    before = [group.digest for group in groups]
    public.replace("8.md", "Shown of it now.")
    assert sum(a != b for a, b in zip(before, [group.digest for group in public.groups()], strict=True)) == 1
    named = grown(Other="title: A name\n")
    assert {*before}.isdisjoint(group.digest for group in named.groups())


HIDDEN: tuple[Callable[[str], str], ...] = (
    str, str.upper, quote, lambda text: normalize("NFD", text), lambda text: text.replace("ä", "&auml;"),
    lambda text: "".join(f"&#{ord(letter)};" for letter in text), json.dumps,
    lambda text: text.replace("&", "&amp;").replace(" ", "&amp;#32;"),
    lambda text: "".join(f"\\u{ord(letter):04x}" for letter in text),
    lambda text: "".join(f"\\x{ord(letter):02x}" for letter in text),
    lambda text: quote(quote(text)), lambda text: base64.b64encode(text.encode()).decode(),
    lambda text: base64.urlsafe_b64encode(text.encode()).decode().rstrip("="),
    lambda text: base64.b64encode(text.encode("utf-16-le")).decode(), lambda text: text.replace(" ", "\u200b "),
    lambda text: text.replace(" ", "-"),
)  # fmt: skip
SECRETS = (FOUND, "Wellington's Läuferhöhe", "Zwiebelkuchen", "quietly private alias Nebelbank")


def test_what_is_private_is_found_however_it_is_written(site: Path, notes: Path) -> None:
    """In a page, with the line that has it, and the line that should have stayed private.

    Each way has a private note with words of its own, since of what is found in several places the first is told.
    """
    page = (site / "other.html").read_text("utf-8")
    line = page.count("\n") + 1
    wanted = set()
    for number, hide in enumerate(HIDDEN):
        own = partial(re.sub, r"(?<!\w)(?!true)\w{4,}(?!\w*:)", rf"\g<0>{'abcdefghijklmnop'[number]}x")
        (notes / f"hidden {number}.md").write_text(own(PRIVATE), "utf-8")
        for secret in SECRETS:
            file = f"{number}-{SECRETS.index(secret)}.html"
            (site / file).write_text(f"{page}<p>{hide(own(secret))}</p>\n", "utf-8")
            wanted.add((file, line, f"hidden {number}.md"))
    assert {(file, at, note) for file, at, _, note, _ in found(site, notes)} == wanted


@pytest.mark.parametrize(
    ("name", "content", "line"),
    [
        ("Zwiebelkuchen.html", b"", 0),
        ("a.txt.gz", gzip.compress(b"\nask about the zwiebelkuchen", mtime=0), 2),
        ("b.txt", f"x {FOUND}".encode("utf-16-le"), 1),
        ("c.html", b"//xn--luferhhe-0za9p.example", 1),
        ("d.png", b"\x89PNG\0\0Zwiebelkuchen in a picture\0\xff", 1),
        ("data.js", b'notegen.add("x",{"a":["b",["zwiebelkuchen"]]})', 3),
    ],
)
def test_names_of_files_and_other_kinds_of_files_are_searched(
    site: Path, notes: Path, name: str, content: bytes, line: int
) -> None:
    """A file's name, one that is packed, one in UTF-16, a domain in Punycode, strings in a picture, data."""
    (site / name).write_bytes(content)
    assert [(leak.file, leak.line) for leak in audit_of(site, notes).leaks] == [(name, line)]


def test_a_private_attachment_is_found_by_what_it_holds(site: Path, notes: Path) -> None:
    """Under any name; one that a public note uses too is none."""
    (notes / "hidden.md").write_text(f"{PRIVATE}![[scan.png]] ![[both.png]]\n", "utf-8")
    (notes / "harbour.md").write_text(f"{PUBLIC}![[both.png]]\n", "utf-8")
    for name in ("scan", "both"):
        (notes / f"{name}.png").write_bytes(f"\x89PNG {name}".encode())
    shutil.copy(notes / "scan.png", site / "x1.png")
    shutil.copy(notes / "both.png", site / "both.png")
    assert found(site, notes) == [("x1.png", 0, "file", "scan.png", 0)]


def test_what_is_public_too_is_no_find(site: Path, notes: Path) -> None:
    """Words, sequences, names and tags that a public note has, also with marks, links and escapes between them."""
    public = (
        "# Quietly\n\nThe doctor said **that** it [[other|would]] be `over` by the [end](x.md) of&nbsp;the month.\n"
        "Nebel*bank* and L&auml;uferh&ouml;he. The Zwiebel<b>kuchen</b>.\n\n- the second\n- name of\n- all\n"
    )
    (notes / "harbour.md").write_text(public, "utf-8")
    site = build_unaudited(notes, site)
    page = site / "other.html"
    words = (
        "The doctor said that it would be over by the end of the month. Nebelbank Zwiebelkuchen Läuferhöhe"
    )
    page.write_text(f"{page.read_text('utf-8')}<p>{words} the second name of all quietly</p>\n", "utf-8")
    assert found(site, notes) == []


def test_what_the_site_says_of_itself_is_no_find(site: Path, notes: Path) -> None:
    """A private note may be called like a part of every page, a month, a tag's address or a number."""
    text = "# Related notes\n\nWednesday stylesheet viewport\n\n## 3 May 2024\n\n## Skip to the text\n\n## Topic 12\n"
    (notes / "Calendar.md").write_text(f"---\ndraft: true\n---\n{text}", "utf-8")
    (notes / "2024-05-01.md").write_text("---\ndraft: true\n---\n", "utf-8")
    (notes / "harbour.md").write_text(f"{PUBLIC}\nOn [[2024-05-01]] #boats\n", "utf-8")
    assert found(build_unaudited(notes, site), notes) == []


@pytest.mark.promise("every new site is searched for what is private before it replaces the old one")
def test_a_build_that_would_leak_is_refused(
    notes: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the place, without the words, and the old site stays as it was."""
    site = tmp_path / "site"
    build(BuildContext(notes, Config(), encoder=None), site)
    before = {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}
    (notes / "harbour.md").write_text(f"{PUBLIC}\nShown %%the\n\npassword is Zwiebelturm%% here\n", "utf-8")

    def show_all(md: object, text: str, **options: object) -> ShownText:
        return ShownText(text, tuple(text.split("\n")))

    monkeypatch.setattr("notegen.markdown.page.leave_out_hidden", show_all)
    with pytest.raises(NotegenError) as error:
        build(BuildContext(notes, Config(), encoder=None), site)
    said = word_error(error.value)
    assert "the new site would show what is private" in said
    assert "`harbour.md`, line 7" in said
    assert "zwiebelturm" not in said.lower()
    assert {path: path.read_bytes() for path in site.rglob("*") if path.is_file()} == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["notes", "site"]


def test_nothing_is_searched_where_nothing_is_private(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The files are counted; not one is read."""
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes/a.md").write_text(PUBLIC)
    site = build_unaudited(tmp_path / "notes", tmp_path / "site")
    monkeypatch.setattr("notegen.audit.search.lines_of", lambda *_: pytest.fail("a file was read"))
    assert audit_of(site, tmp_path / "notes").files > 5


def test_the_shards_of_a_site_are_read_as_the_page_reads_them(site: Path) -> None:
    """Every word of a note is read out of the postings and both lists of spellings; paths and tags are whole."""
    read: dict[str, set[str]] = {}
    for path in [site / "notegen/search.js", *site.glob("notegen/search/**/*.js")]:
        kind = path.stem.partition("-")[0].rstrip("0123456789")
        read.setdefault(kind, set()).update(text for _, text in lines_of_script(path.read_text("utf-8")))
    assert read["search"] == {"search-pointer"}
    words = {"boats", "doctor", "harbour", "month", "nothing", "pier"}
    assert (words <= read["w"], words <= read["f"], words <= read["b"]) == (True, True, True)
    assert {"harbour.md", "other.md"} <= read["paths"]
    assert any("Boats lie here" in text for text in read["p"])


@pytest.mark.parametrize(
    ("public", "private"),
    [
        ({"a.md": "# Net\n\nOur Wi-Fi calls readFile, twice.\n"}, "The wifi of the readfile.\n"),
        (
            {"a.md": "# Net\n\nA [friction](b.md)-ful call to **get**Name, and <b>Wi</b>-Fi too.\n", "b.md": "# B\n"},
            "Frictionful wifi, and a getname.\n",
        ),
        ({"a.md": "# Amber tide\n", "b.md": "# Basalt road works\n"}, "Amber tide basalt road works.\n"),
        ({"a.md": "# Zimt\n\nZimt.\n", "b.md": "# Zimtstern\n\nStern.\n"}, "Zi zimts zimtst ste.\n"),
        (
            {"dendron.yml": "vaults: []\n", "sea.tide.md": "---\nid: a\ntitle: Ebb and Flow\n---\nWater.\n",
             "sea.md": "---\nid: b\ntitle: Sea\n---\nRead up on the [[sea.tide]] - daily.\n"},
            "Read up on the ebb and flow of it.\n",
        ),
        (
            {"sea/tide.md": "---\ntitle: Ebb and Flow\n---\nWater.\n", "wharf.md": "# Wharf\n",
             "sea.md": "Read up on the [[sea/tide]] by [[wharf]], [[hidden|daily]].\n"},
            "Read up on the ebb and flow of it.\n",
        ),
        (
            {"a/tide.md": "# Ebb and Flow\n\nWater.\n", "b/tide.md": "# Neap\n\nMoon.\n", "wharf.md": "# Wharf\n",
             "sea.md": "Read up on the [[a/tide]], then [[b/tide.md]] by [[wharf]], [[hidden|daily]].\n"},
            "Read up on the ebb and flow, then neap by wharf.\n",
        ),
        (
            {"a.md": "# Net\n\nOur <b>a</b>-b-c-d-e-f, *sto*ries and \u2019tis O\u2019Brien.\n"},
            "The abcdef of a story by obrien.\n",
        ),
    ],
    ids=["forms", "over marks", "names", "beginnings", "titles", "titles of paths", "headings of paths", "pieces"],
)  # fmt: skip
def test_what_the_search_makes_of_public_texts_is_no_leak(
    tmp_path: Path, public: dict[str, str], private: str
) -> None:
    """Words as they are found by, names side by side, beginnings of shards, the titles that links show."""
    notes = tmp_path / "notes"
    notes.mkdir()
    for path, text in {**public, "hidden.md": f"---\nprivate: true\n---\n{private}"}.items():
        (notes / path).parent.mkdir(exist_ok=True)
        (notes / path).write_text(text, "utf-8")
    build(BuildContext(notes, Config(), encoder=None), tmp_path / "site")
    assert audit_of(tmp_path / "site", notes).leaks == ()


def test_what_stands_for_the_name_of_a_private_note_is_no_find(tmp_path: Path) -> None:
    """A private copy of a note says "Daily Note, this command will", and the public one "private note, this …"."""
    said = "When it is a [[Daily Note]], this command will travel back over the ends of months.\n"
    write_files(
        tmp_path / "notes",
        {
            "Daily Note.md": "---\nprivate: true\n---\nWords of a day that nobody else has.\n",
            "next.md": f"---\nprivate: true\n---\n# Next\n\nA hint of its own. {said}",
            "previous.md": f"# Previous\n\n{said}\nLike [[Daily Note]] and [[Daily Note]].\n",
        },
    )
    site = build_unaudited(tmp_path / "notes", tmp_path / "site")
    assert found(site, tmp_path / "notes") == []
    assert "private note, this command" in (site / "previous.html").read_text("utf-8").replace("</span>", "")


def test_what_stands_in_place_of_a_link_is_public_with_what_is_beside_it() -> None:
    """Also where a link to a public note has a private one's title for words, and a line ends beside it."""
    names = PrivateNames()
    names.add_private("vault/a.journal.md", ["Journal"])
    names.add_public("vault/a.bullet.md", ["Journal"])  # another note that is called so
    text = "Put it in a [[Journal|a.bullet]] to keep\ntrack of, not in [[a.journal]].\n"
    assert without_private_links(text, names, tool="dendron", instead=["private note"]) == (
        "Put it in a [[Journal|a.bullet]] to keep\ntrack of, not in  .\n\n"
        "Put it in a private note to keep\ntrack of, not in private note.\n"
    )


def test_a_version_is_no_find_by_itself(tmp_path: Path) -> None:
    """Files of a site are called so too: of a large one `previews/…/v103.js`."""
    write_files(
        tmp_path / "notes",
        {"a.md": "# A\n\nTides.\n", "b.md": "---\nprivate: true\n---\nShipped in v103, as k7204418 said.\n"},
    )
    site = build_unaudited(tmp_path / "notes", tmp_path / "site")
    (site / "notegen/files.txt").write_text("notegen/previews/v103.js\nnotegen/k7204418.js\n", "utf-8")
    assert [leak[:3] for leak in found(site, tmp_path / "notes")] == [("notegen/files.txt", 2, "word")]


def test_the_moments_of_a_feed_are_no_words_of_a_log(notes: Path, tmp_path: Path) -> None:
    """A private note may hold times of the same day and hour; what it says beside is found in a feed as elsewhere."""
    (notes / "log.md").write_text("---\nprivate: true\n---\n2019-05-23T12:44:17 Zwiebelfisch\n", "utf-8")
    (notes / "dated.md").write_text("---\ndate: 2024-08-23\n---\nA day.\n", "utf-8")
    config = Config(base_url="https://me.example/")
    site = tmp_path / "feeds"
    build(BuildContext(notes, config, encoder=None), site)
    feed = site / "feed.json"
    assert '"2024-08-23T12:00:00Z"' in feed.read_text("utf-8")
    feed.write_text(feed.read_text("utf-8").replace("A day", "Zwiebelfisch"), "utf-8")
    assert {leak.file for leak in audit_of(site, notes, config).leaks} == {"feed.json"}


def test_names_that_are_no_text_stop_no_audit(tmp_path: Path) -> None:
    """A file whose name is no UTF-8 is reported and left out, beside private notes too, and so is a folder."""
    (tmp_path / "private.md").write_text("---\nprivate: true\n---\nhushed [[\ufffd]]\n")
    folder = tmp_path / os.fsdecode(b"f\xff")
    folder.mkdir()
    for place in (tmp_path, folder):
        for name in (b"\xff\xfe.md", b"\xff.png", b"caf\xe9.txt"):
            (place / os.fsdecode(name)).write_text("some words")
    (tmp_path / "a.md").write_text("Words [[private]].\n")
    site = build_unaudited(tmp_path, tmp_path.parent / "site")
    with open_cache(tmp_path.parent / "cache") as cache:
        assert audit_of(site, tmp_path, cache=cache).leaks == ()
