"""What a build writes for a site that is read offline; tests/browser/test_offline.py reads one."""

import json
import re
from pathlib import Path

import pytest

from notegen.config import Config
from notegen.drawing.icon import draw_icon
from notegen.drawing.png import png_size
from notegen.model import OutputFile
from notegen.page_data import digest_of
from notegen.render.offline import with_offline
from notegen.theme import Theme, load_theme
from tests.support.gardens import TINY, grow, render

ON = Config(title="Sea", offline="on", accent="#0b5d8f")


@pytest.fixture(scope="module")
def theme() -> Theme:
    """The bundled theme."""
    return load_theme()


def written(theme: Theme, config: Config = ON, **texts: str) -> dict[str, bytes]:
    """The files of a site, by address, made in order."""
    pages = render(
        grow({**TINY, **{f"{name}.md": text for name, text in texts.items()}}), theme, config=config
    )
    files = [*with_offline(pages.values(), theme, config, config.title)]
    assert len({file.url for file in files}) == len(files)
    return {file.url: file.content for file in files if isinstance(file.content, bytes)}


def test_off_costs_nothing(theme: Theme) -> None:
    """No file, and nothing in any page."""
    plain = render(grow(TINY), theme)
    assert [*with_offline(plain.values(), theme, Config(), "Sea")] == [*plain.values()]
    assert not [
        file for file in plain.values() if b'"offline"' in page_of(file) or b"manifest-src" in page_of(file)
    ]


def page_of(file: OutputFile) -> bytes:
    """A page's content; nothing for what is no page."""
    assert isinstance(file.content, bytes)
    return file.content if file.url.endswith(".html") else b""


def test_a_small_garden_has_five_files_more(theme: Theme) -> None:
    """Some fifteen kilobytes: the worker, the list, the manifest and two icons."""
    before = render(grow(TINY), theme, config=ON)
    more = {url: content for url, content in written(theme).items() if url not in before}
    names = sorted(re.sub(r"[0-9a-f]{8}", "HASH", url) for url in more)
    assert names == [
        "manifest.webmanifest",
        "notegen/icon-192.HASH.png",
        "notegen/icon-512.HASH.png",
        "notegen/offline.HASH.txt",
        "sw.js",
    ]
    assert sum(map(len, more.values())) < 15_000


def test_the_list_names_what_readers_open(theme: Theme) -> None:
    """Each file with the digest of what it holds, but for what its name says it holds; the worker knows the core."""
    files = written(theme)
    build = json.loads(files["sw.js"].partition(b";\n")[0].removeprefix(b"self.notegenBuild="))
    listed = dict(line.split("\t") for line in files[build["list"]].decode().splitlines())
    unread = {".nojekyll", "404.html", "sw.js", build["list"]}
    assert set(listed) == set(files) - unread
    assert (build["files"], build["bytes"]) == (len(listed), sum(len(files[url]) for url in listed))
    digests = {url: digest_of(files[url])[:4].hex() for url in listed}
    assert all(digest in ("", digests[url]) for url, digest in listed.items())
    assert {url for url, digest in listed.items() if digest} == {
        url
        for url in listed
        if not re.search(r"\.[0-9a-f]{8}\.\w+$|/(?:previews|folders)/[0-9a-f]{12}/", url)
    }
    assert set(build["core"]) <= set(files)
    assert {"index.html", "notegen/early.js", "notegen/pieces.js"} <= set(build["core"])


def test_no_page_changes_with_another_note(theme: Theme) -> None:
    """The worker and its list do; a page has no mark of the build."""
    before, after = written(theme), written(theme, Island="# Island\n\nFar out.\n")
    assert before["sw.js"] != after["sw.js"]
    assert before["404.html"] == after["404.html"]
    assert before["dates/2023-11-05.html"] == after["dates/2023-11-05.html"]
    assert before == written(theme)


def test_retiring_leaves_one_small_file(theme: Theme) -> None:
    """In place of the worker, and nothing in pages."""
    config = Config(title="Sea", offline="retire")
    plain = render(grow(TINY), theme, config=Config(title="Sea"))
    files = written(theme, config)
    assert set(files) - set(plain) == {"sw.js"}
    assert len(files["sw.js"]) < 400
    assert all(files[url] == plain[url].content for url in plain)


def test_icons_of_the_theme_stand_in_for_the_drawn_one(tmp_path: Path) -> None:
    """Of any size, as a drawing or a picture; one that is no PNG is none."""
    (tmp_path / "icon.png").write_bytes(draw_icon(96, "112233"))
    (tmp_path / "icon.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    manifest = json.loads(written(load_theme(tmp_path))["manifest.webmanifest"])
    assert [(one["src"], one["sizes"]) for one in manifest["icons"]] == [
        ("notegen/icon.png", "96x96"),
        ("notegen/icon.svg", "any"),
    ]
    (tmp_path / "icon.svg").unlink()
    (tmp_path / "icon.png").write_bytes(b"no picture")
    manifest = json.loads(written(load_theme(tmp_path))["manifest.webmanifest"])
    assert [one["sizes"] for one in manifest["icons"]] == ["192x192", "512x512"]


def test_the_manifest_says_what_the_settings_say(theme: Theme) -> None:
    """Its addresses count from the site's root, so that it works in any folder of a host."""
    files = written(theme)
    manifest = json.loads(files["manifest.webmanifest"])
    icons = manifest.pop("icons")
    assert manifest == {
        "name": "Sea",
        "short_name": "Sea",
        "lang": "en",
        "dir": "ltr",
        "start_url": "index.html",
        "scope": "./",
        "display": "standalone",
        "background_color": "#fbf9f4",
        "theme_color": "#0b5d8f",
    }
    for icon in icons:
        assert "x".join(map(str, png_size(files[icon["src"]]) or ())) == icon["sizes"]
