"""A site with encrypted notes: nothing of them in any byte without the password, everything with it."""

import json
import re
import sqlite3
from base64 import b64decode
from collections import Counter
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path

import pytest
from msgspec.structs import replace

from notegen.build import build
from notegen.cache import VectorCache, open_cache
from notegen.config import Config, titled
from notegen.context import BuildContext
from notegen.encrypt import LOCKED, Vault, open_vault, salt_of
from notegen.errors import NotegenError
from notegen.load import read_notes
from notegen.model import Audit, Encoder, OutputFile, Report
from notegen.paths import CACHE_FILE, SEARCH_MANIFEST, SEARCH_POINTER
from tests.support.files import files_in
from tests.support.leak_ways import planted
from tests.support.leaks import leaks, ours
from tests.support.locked_garden import CONFIG, PASSWORD, SECRETS, write_garden
from tests.support.word_encoder import TABLE, WordEncoder

NEVER_SHOWN = {"quillfile", "quilltext", "quilldir/quillfile.txt"}
"""A file that no note shows is in no site."""
_KEPT_NAME = 32
"""Letters of what something is called that is encrypted in the cache."""


def site_of(
    notes: Path,
    out: Path,
    config: Config = CONFIG,
    *,
    password: str | None = PASSWORD,
    encoder: Encoder | None = None,
    cache: VectorCache | None = None,
) -> tuple[dict[str, bytes], Report]:
    """The files of the site by name, and the report."""
    ask = None if password is None else (lambda opens: password)
    table = TABLE if encoder else None
    report = build(BuildContext(notes, config, encoder, table, cache, password=ask), out)
    return files_in(out), report


def vault_of(config: Config, notes: Path, password: str = PASSWORD) -> Vault:
    """The keys of a site."""
    config = titled(config, notes)
    return open_vault(password, salt_of(config.base_url, config.title))


def opened(files: Mapping[str, bytes], vault: Vault) -> dict[str, bytes]:
    """What the password opens, by the name of its file."""
    found = {}
    for url, content in files.items():
        if match := re.fullmatch(rb'notegen\.add\("locked-(\w+)","([^"]*)"\)', content):
            name = match[1].decode()
            assert url == f"{LOCKED}/{name}.js"
            plain = vault.unseal(name, b64decode(match[2]))
            assert plain is not None, url
            found[name] = plain
    return found


@pytest.fixture(scope="module")
def notes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The garden."""
    return write_garden(tmp_path_factory.mktemp("notes"))


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the cache that its site is made with."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def made(
    notes: Path, kept: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[dict[str, bytes], Report]:
    """Its site, with meaning."""
    with open_cache(kept) as cache:
        return site_of(notes, tmp_path_factory.mktemp("out") / "site", encoder=WordEncoder(), cache=cache)


@pytest.mark.promise("an encrypted note is in no byte before its password is given")
def test_no_secret_is_in_any_byte(made: tuple[dict[str, bytes], Report]) -> None:
    """Titles, names, tags, words, dates, properties, files: neither in names nor in contents, however they are read."""
    files, report = made
    assert leaks(ours(files), SECRETS) == {}
    assert (report.notes, report.encrypted, report.withheld) == (4, 4, 0)


def test_no_secret_is_in_what_is_kept(made: tuple[dict[str, bytes], Report], kept: Path) -> None:
    """Of the public notes all kinds of values are in the cache, of the encrypted ones no word, and no digest of any.

    A parsed note has its links as its own file says them, by the names of encrypted notes too. Pages are encrypted too,
    of public notes as well: what making them asked has these names in full.
    """
    with sqlite3.connect(kept / CACHE_FILE) as connection:
        rows = connection.execute("SELECT kind, number, content FROM derived").fetchall()
        rows += connection.execute("SELECT 'made', number, content FROM made").fetchall()
    connection.close()
    kinds = Counter(kind for kind, _, _ in rows)
    assert kinds.keys() >= {"note", "words", "counted", "mentions", "graph", "sealed"}
    assert not kinds.keys() & {"page", "locked", "attachment"}
    assert kinds["words"] == kinds["note"] == made[1].notes
    others = {f"{kind} {number}": content for kind, number, content in rows if kind != "note"}
    assert leaks(others, SECRETS) == {}


def test_what_is_kept_makes_the_next_build_make_next_to_nothing(
    notes: Path,
    made: tuple[dict[str, bytes], Report],
    kept: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The same bytes, of which none is encrypted anew but what is opened first; with another password all are."""
    encrypted: list[str] = []

    def seal(vault: Vault, name: str, content: bytes, real: Callable[..., bytes] = Vault.seal) -> bytes:
        if len(name) != _KEPT_NAME:
            encrypted.append(name)
        return real(vault, name, content)

    out = tmp_path / "site"
    monkeypatch.setattr("notegen.render.parts.attachment.RACY_NS", -(10**12))  # they were written just now
    with open_cache(kept) as cache:
        site_of(notes, out, encoder=WordEncoder(), cache=cache)
        monkeypatch.setattr(Vault, "seal", seal)
        assert site_of(notes, out, encoder=WordEncoder(), cache=cache)[0] == made[0]
        assert encrypted == ["contents"]
        other = site_of(notes, out, password="another", encoder=WordEncoder(), cache=cache)[0]
    assert len(encrypted) - 1 == len(opened(other, vault_of(CONFIG, notes, "another")))


def test_the_password_opens_every_secret(notes: Path, made: tuple[dict[str, bytes], Report]) -> None:
    """In pages, shards and files; and what is opened is what a site of all notes would be."""
    plain = opened(made[0], vault_of(CONFIG, notes))
    text = b"\n".join(plain.values()).decode("utf-8", "replace").lower()
    assert [secret for secret in SECRETS if secret not in text and secret not in NEVER_SHOWN] == []
    contents = json.loads(plain.pop("contents"))
    names = contents["names"]
    assert sorted(plain) == [names[at : at + 16] for at in range(0, len(names), 16)]
    assert set(contents["data"]) >= {"search", "previews", "folders"}


def test_the_whole_site_has_a_search_index_of_its_own(
    notes: Path, made: tuple[dict[str, bytes], Report]
) -> None:
    """Both are found by one name: the public one in the open, the other encrypted, each with all it points at."""
    files, _ = made
    vault = vault_of(CONFIG, notes)
    plain = opened(files, vault)
    public, whole = (
        json.loads(script[len(b"notegen.add(") : -1].partition(b",")[2])
        for script in (files[SEARCH_POINTER], plain[vault.name("file", SEARCH_POINTER)])
    )
    assert public["format"] == whole["format"]
    assert public["version"] != whole["version"]
    assert SEARCH_MANIFEST in files
    manifest = plain[vault.name("file", SEARCH_MANIFEST)]
    folders = json.loads(manifest[len(b'notegen.add("manifest",') : -1])["folders"]
    for kind in ("table", "vectors"):
        assert not any(f"/{folders[kind]}/" in url for url in files), kind
    words = f"notegen/search/{folders['notes']}/names.js"
    # As many numbers as the public notes have, so that the folder is called the same.
    assert words in files
    assert plain[vault.name("file", words)] != files[words]
    assert vault.name("file", f"notegen/search/{folders['vectors']}/k.js") in plain
    assert json.loads(plain["contents"])["data"]["search"] == SEARCH_POINTER


def test_the_public_index_knows_no_more_than_if_they_were_private(tmp_path: Path) -> None:
    """No vector, no word, no number in a table: all files but pages are what they are beside private notes."""
    searched: list[dict[str, bytes]] = []
    for flag in ("encrypt", "private"):
        root = tmp_path / flag
        root.mkdir()
        for name in ("Bread", "Salt", "Sea"):
            (root / f"{name}.md").write_text(
                f"---\ndate: 2024-01-01\n---\n# {name}\n\nbread salt {name} tide\n"
            )
        for name in ("Gold", "Coins"):
            text = f"---\ndate: 1999-01-01\n{flag}: true\n---\n# {name}\n\nbread salt gold coins {name}\n"
            (root / f"{name}.md").write_text(text)
        files, _ = site_of(root, tmp_path / f"{flag}-site", Config(title="x"), encoder=WordEncoder())
        data = re.compile(
            r"notegen/(?:search|previews|folders)/.*|notegen/search\.js|notegen/\w+-data\..*|notegen\.json"
        )
        searched.append({name: content for name, content in files.items() if data.fullmatch(name)})
    assert searched[0] == searched[1]
    assert len(searched[1]) > 10


def test_a_link_to_a_locked_note_leads_to_its_page_without_its_name(
    made: tuple[dict[str, bytes], Report],
) -> None:
    """The author's own words stay, as with links to private notes; a page that waits says nothing."""
    files, report = made
    page = files["Harbour.html"].decode()
    links = re.findall(r'<a class="internal locked" href="([^"]+)">([^<]+)</a>', page)
    assert [words for _, words in links] == ["locked note", "the thing", "locked note"]
    assert links[0][0] == links[2][0] != links[1][0]
    for address, _ in links:
        waiting = files[address].decode()
        assert "<title>Locked note · Locked</title>" in waiting
        assert '<meta name="robots" content="noindex">' in waiting
        assert "A script decrypts it" in waiting
    assert {problem.code.value for problem in report.problems} & {"link-withheld", "link-missing"} == set()


def test_pages_that_wait_are_all_alike(made: tuple[dict[str, bytes], Report]) -> None:
    """A note's, a tag's, a folder's and a day's: nobody can tell them apart but by their folder."""
    waiting = {
        content for name, content in made[0].items() if re.fullmatch(r"notegen/locked/\w+\.html", name)
    }
    assert len(waiting) == 1
    assert not any(name.startswith(("dates/1999", "dates/1998", "tags/quill")) for name in made[0])


def test_the_same_notes_and_password_give_the_same_bytes(
    notes: Path, made: tuple[dict[str, bytes], Report], tmp_path: Path
) -> None:
    """Another password gives nothing that was there before."""
    again, _ = site_of(notes, tmp_path / "again", encoder=WordEncoder())
    assert again == made[0]
    other, _ = site_of(notes, tmp_path / "other", password="another", encoder=WordEncoder())

    def sealed(files: Mapping[str, bytes]) -> set[tuple[str, bytes]]:
        return {(n, c) for n, c in files.items() if n.startswith(f"{LOCKED}/") and b'add("locked-' in c[:30]}

    assert sealed(other)
    assert sealed(other) & sealed(again) == set()


def test_without_a_password_the_old_site_stays(notes: Path, tmp_path: Path) -> None:
    """Nothing is published instead, in the open least of all."""
    out = tmp_path / "site"
    before, _ = site_of(notes, out)
    with pytest.raises(NotegenError, match="there is no password"):
        site_of(notes, out, password=None)
    assert files_in(out) == before


def test_no_attachment_of_theirs_is_copied_with_all_others(notes: Path, tmp_path: Path) -> None:
    """With `attachments = "all"` too; what a public note shows as well is public."""
    files, _ = site_of(notes, tmp_path / "site", replace(CONFIG, attachments="all"))
    assert leaks(dict.fromkeys(files, b""), SECRETS) == {}
    assert "quay.png" in files
    assert not any(b"quillpixel" in content or b"quillprint" in content for content in files.values())


def test_other_flags_count_more(tmp_path: Path) -> None:
    """A private note that is to be encrypted is nowhere; under `opt-in` one has to say both."""
    heads = {
        "a": "private: true",
        "b": "draft: true",
        "c": "publish: false",
        "d": "publish: true",
        "e": "x: y",
    }
    root = tmp_path / "notes"
    root.mkdir()
    for name, head in heads.items():
        (root / f"{name}.md").write_text(
            f"---\ndate: 2024-01-01\nencrypt: true\n{head}\n---\nquill{name}word\n"
        )
    for publish, shown in (("all", "de"), ("opt-in", "d")):
        config = Config(publish="all" if publish == "all" else "opt-in")
        files, report = site_of(root, tmp_path / publish, config)
        text = b"\n".join(opened(files, vault_of(config, root)).values()).decode("utf-8", "replace")
        assert [name for name in heads if f"quill{name}word" in text] == [*shown]
        assert (report.notes, report.encrypted) == (0, len(shown))


@pytest.mark.parametrize(
    "text",
    [
        "encrypt:: true\n\n- quillword\n", "- encrypted:: yes\n- quillword\n",
        "---\nencrypt: perhaps\n---\nquillword\n", "---\nencrypt: true\nENCRYPT: false\n---\nquillword\n",
        "# A heading #locked\n\nquillword\n", "quillword #Locked/deep\n", "---\ntags: [a, locked]\n---\nquillword\n",
    ],
)  # fmt: skip
@pytest.mark.parametrize("tool", ["plain", "obsidian", "logseq", "foam", "dendron", "emanote", "jekyll"])
def test_every_way_to_say_it_counts_with_every_tool(text: str, tool: str, tmp_path: Path) -> None:
    """Flags in doubt, properties in the text, tags anywhere."""
    root = tmp_path / "notes"
    root.mkdir()
    (root / "2024-01-01 n.md").write_text(text)
    config = replace(CONFIG, tool=tool)
    context = BuildContext(root, config, None, password=lambda opens: PASSWORD)
    reading = read_notes(context)
    assert [source.id for source in reading.encrypted] == ["2024-01-01 n.md"]
    assert reading.sources == ()


def _in_the_open(vault: Vault, url: str, content: bytes) -> OutputFile:
    return OutputFile(f"{LOCKED}/{vault.name('file', url)}.js", content)


FILTERS: tuple[tuple[str, object], ...] = (
    ("notegen.read.keeper:has_encrypt_tag", lambda *_: False),
    ("notegen.read.exclusions:Exclusions.encrypts", lambda *_: False),
    ("notegen.lock.addresses:_page", lambda vault, kind, name: f"{LOCKED}/{name}.html"),
    ("notegen.lock.files:_locked_url", lambda url, vault: url),
    ("notegen.encrypt:Vault.file", _in_the_open),
    ("notegen.read.visibility:LOCKED_IF_TRUE", frozenset()),
    ("notegen.markdown.page:mask_private_links", lambda tokens, private, tool: None),
)  # fmt: skip


@pytest.mark.parametrize(("filter", "instead"), FILTERS, ids=[name for name, _ in FILTERS])
def test_each_filter_is_needed(
    filter: str, instead: Callable[..., object], notes: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without it something leaks, and the test above would see it."""
    module, _, attribute = filter.partition(":")
    holder: object = import_module(module)
    *above, name = attribute.split(".")
    for part in above:
        holder = getattr(holder, part)
    monkeypatch.setattr(holder, name, instead)
    # Nor would the audit let it through.
    monkeypatch.setattr("notegen.build.prepared_audit", lambda *_, **__: lambda *_: Audit(0, 0, ()))
    files, _ = site_of(notes, tmp_path / "site")
    assert leaks(ours(files), SECRETS)


def test_every_way_to_be_private_is_one_to_be_encrypted(tmp_path: Path) -> None:
    """With `encrypt: true` where they say `private: true`: as absent, and there for who has the password."""
    changed: set[str] = set()
    ways = planted()
    for one in ways:
        for path, content in one.files.items():
            file = tmp_path / "notes" / path
            file.parent.mkdir(parents=True, exist_ok=True)
            text = content
            for code in ("utf-8", "utf-16-le"):
                text = text.replace("private: true".encode(code), "encrypt: true".encode(code))
            file.write_bytes(text)
            if text != content or "encrypt" in content.decode("utf-8", "replace").lower():
                changed.add(one.secret)
    # What waits for its day does so for everybody.
    kept_back = [one for one in ways if not one.way.name.startswith(("published: ", "day: "))]
    config = Config(title="x")
    files, report = site_of(tmp_path / "notes", tmp_path / "site", config)
    assert leaks(ours(files), [one.secret for one in ways]) == {}
    assert report.encrypted > 100
    plain = opened(files, vault_of(config, tmp_path / "notes")).values()
    text_of_all = b"\n".join(plain).decode("utf-8", "replace").lower()
    there = {*re.findall("|".join(one.secret for one in ways), text_of_all)}
    lost = {one.way.name for one in kept_back if one.secret in changed - there}
    assert lost == {
        "a linked file that is private, b.html",  # no encrypted note links it
        "Joplin, encrypted",  # by Joplin, which alone can read it
        "encrypted as a whole, 1",  # by age
        "encrypted as a whole, 2",
        "MkDocs: a password for all",  # by a plugin of its, which only is named so
        "a linked file that is private, b",
        "a block in a graph: encrypt:: true",  # a part of a note cannot be encrypted, so it is absent
    }
    assert {one.way.name for one in ways if one.secret in there - changed} == set()
