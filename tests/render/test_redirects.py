"""The addresses that notes had before, as hosts with a list of them are told."""

from pathlib import Path

from msgspec.structs import replace

from notegen.config import Config
from notegen.theme import Theme
from tests.support.gardens import Texts, grow, render, text_of

CONFIG = Config(title="Sea", base_url="https://me.example/")
TEXTS: Texts = {
    "a b/Now é.md": ("x", {"redirect_from": ["/old.html", "/blog/x/", "/two words"]}),
    "index.md": ("# Home", {"permalink": "/start"}),
}


def test_hosts_are_told_of_former_addresses(theme: Theme) -> None:
    """With and without `.html`, as they have both; beside the pages that all hosts show."""
    site = render(grow(TEXTS), theme, config=CONFIG)
    assert text_of(site["_redirects"]).splitlines() == [
        "/blog/x/index.html /a-b/Now-%C3%A9.html 301",
        "/blog/x/ /a-b/Now-%C3%A9.html 301",
        "/old.html /a-b/Now-%C3%A9.html 301",
        "/old /a-b/Now-%C3%A9.html 301",
        "/start.html / 301",
        "/start / 301",
        "/two-words.html /a-b/Now-%C3%A9.html 301",
        "/two-words /a-b/Now-%C3%A9.html 301",
    ]
    assert {"old.html", "start.html"} <= set(site)


def test_no_page_is_sent_away(theme: Theme) -> None:
    """What such a host calls a page or folder of now is no former address."""
    texts: Texts = {
        "Now.md": ("x", {"redirect_from": ["/blog", "/log/", "/a", "/c/", "/map/"]}),
        "blog/x.md": "x",
        "log/x.md": "x",
        "c.md": "x",
    }
    site = render(grow(texts), theme, config=CONFIG)
    assert text_of(site["_redirects"]).splitlines() == [
        "/a.html /Now.html 301",
        "/a /Now.html 301",
        "/blog.html /Now.html 301",
        "/c/index.html /Now.html 301",
        "/log/index.html /Now.html 301",
        "/map/index.html /Now.html 301",
    ]


def test_only_a_site_at_a_root_has_such_a_list(theme: Theme) -> None:
    """Below a path it would speak for others; without former addresses there is nothing to tell, and ours gives way."""
    for base in ("", "https://me.example/notes/"):
        assert "_redirects" not in render(grow(TEXTS), theme, config=replace(CONFIG, base_url=base))
    assert "_redirects" not in render(grow({"a.md": "x"}), theme, config=CONFIG)
    own = {"_redirects": Path("own")}
    garden = grow({**TEXTS, "b.md": "[x](_redirects)"}, assets=own)
    assert render(garden, theme, config=CONFIG, files=own)["_redirects"].content == Path("own")


def test_hosts_are_told_of_as_many_as_they_take(theme: Theme) -> None:
    """Two lines for each, of 2,000 that Cloudflare reads; a page is at every former address all the same."""
    old = [f"/old-{number:04}" for number in range(1001)]
    site = render(grow({"a.md": ("x", {"redirect_from": old})}), theme, config=CONFIG)
    assert len(text_of(site["_redirects"]).splitlines()) == 2000
    assert f"{old[-1][1:]}.html" in site
