"""The pictures beside links to pages: whose there are, what is on them, and that none is drawn twice."""

import hashlib
import json
import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from msgspec.structs import replace

from notegen.bundled import bundled
from notegen.cache import VectorCache, open_cache
from notegen.config import Config, SocialCardSettings
from notegen.drawing.png import png_size
from notegen.drawing.typeface import BUNDLED, load_typeface
from notegen.errors import NotegenError, word_error
from notegen.model import Insights, LockedParts
from notegen.render import PagesOnDemand, open_site, rendered_site, social_cards
from notegen.render.parts import cards
from notegen.render.social_cards import CardStyle, Face, draw_card
from notegen.theme import Theme, load_theme
from tests.support.gardens import Texts, grow

SITE = Config(title="Sea notes", base_url="https://me.example/notes/")
TEXTS: Texts = {
    "Tides.md": ("# Tides\n", {"date": "2024-01-05"}),
    "coast/Harbour.md": ("# Harbour\n", {"image": "https://elsewhere.example/a.png"}),
    "港.md": "# 港\n",
}
_IMAGE = re.compile(r'<meta property="og:image" content="([^"]+)">')


def site_of(
    theme: Theme,
    config: Config = SITE,
    *,
    texts: Texts = TEXTS,
    locked: LockedParts | None = None,
    cache: VectorCache | None = None,
) -> dict[str, bytes]:
    """The files of a site."""
    opened = rendered_site(grow(texts), Insights(), theme, config, locked=locked, cache=cache)
    return {file.url: file.content for file in opened.files if isinstance(file.content, bytes)}


def images(files: Mapping[str, bytes]) -> dict[str, str]:
    """What each page says is to be shown beside a link to it."""
    pages = {url: content.decode() for url, content in files.items() if url.endswith(".html")}
    return {url: found[1] for url, page in pages.items() if (found := _IMAGE.search(page))}


def drawn(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The cards, by full address."""
    return {f"https://me.example/notes/{url}": file for url, file in files.items() if "/cards/" in url}


def test_each_page_names_a_picture_that_is_there(theme: Theme) -> None:
    """Its note's own, else a card, else the site's; none is drawn that no page names, and no page loads one."""
    files = site_of(theme)
    shown, made = images(files), drawn(files)
    assert shown["coast/Harbour.html"] == "https://elsewhere.example/a.png"
    assert set(made) == {*shown.values()} - {"https://elsewhere.example/a.png"}
    assert shown["index.html"] == shown["calendar.html"]
    assert len({shown["index.html"], shown["Tides.html"], shown["港.html"]}) == 3
    assert "404.html" not in shown
    assert all(png_size(card) == (1200, 630) and len(card) < 20_000 for card in made.values())
    pages = b"".join(content for url, content in files.items() if url.endswith(".html"))
    assert not re.search(rb"<(?:img|link|script)[^>]*/cards/", pages)
    data = re.search(r'<script type="application/ld\+json">(.*?)</script>', files["Tides.html"].decode())
    assert data
    assert shown["Tides.html"] in json.dumps(json.loads(data[1]))


@pytest.mark.parametrize(
    "config",
    [
        Config(title="Sea notes"),
        replace(SITE, social_cards=SocialCardSettings(draw="off")),
    ],
)
def test_there_are_none_without_an_address_or_by_setting(theme: Theme, config: Config) -> None:
    """A picture that a note chose is named all the same."""
    files = site_of(theme, config)
    assert not drawn(files)
    assert set(images(files)) <= {"coast/Harbour.html"}


def test_a_large_garden_has_them_when_it_asks(theme: Theme, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some thousands of files more are for who wants them."""
    monkeypatch.setattr(social_cards, "MAX_NOTES", 2)
    assert not drawn(site_of(theme))
    assert drawn(site_of(theme, replace(SITE, social_cards=SocialCardSettings(draw="on"))))


def test_encrypted_notes_have_none() -> None:
    """Not in the pages that are encrypted either: the file itself all could read. Other pages show what all see."""
    theme = load_theme()  # with the script that opens them
    parts = LockedParts("00 1", notes=frozenset({"Tides.md"}), data={})
    whole, public = site_of(theme, locked=parts), site_of(theme)
    assert not drawn(whole)
    assert images(whole)["港.html"] == images(public)["港.html"]
    assert images(whole)["Tides.html"] == images(public)["index.html"]


def test_a_card_that_was_drawn_before_is_not_drawn_again(
    theme: Theme, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only that of a note whose title or date has changed."""
    titles = []

    def draw(style: CardStyle, face: Face) -> bytes:
        titles.append(face.title)
        return draw_card(style, face)

    monkeypatch.setattr(cards, "draw_card", draw)
    with open_cache(tmp_path) as cache:
        first = drawn(site_of(theme, cache=cache))
        assert sorted(titles) == ["Sea notes", "Sea notes", "Tides"]
        titles.clear()
        assert drawn(site_of(theme, cache=cache)) == first
        assert not titles
        site_of(theme, texts={**TEXTS, "Tides.md": "# Ebb\n"}, cache=cache)
        assert titles == ["Ebb"]


def test_a_server_draws_the_same(theme: Theme) -> None:
    """When one is asked for, and none that the site has not."""
    files = site_of(theme)
    pages = PagesOnDemand(open_site(grow(TEXTS), Insights(), theme, SITE), Insights())
    (url, *_) = sorted(url for url in files if "/cards/" in url)
    made = pages.make(url)
    assert made
    assert made.content == files[url]
    assert pages.make("notegen/cards/0000000000000000.png") is None


def test_a_card_is_the_same_on_every_machine() -> None:
    """If this fails because cards are meant to look otherwise, count up DESIGN: addresses follow from it."""
    style = CardStyle(load_typeface(), "#fbf9f4", ("#26221d", "#655d52", "#93401b"))
    face = style.face("Sea notes", "Ebb, flow and the Ångström — Київ", "5 January 2024")
    digest = hashlib.sha256(draw_card(style, face)).hexdigest()
    assert (style.url(face), digest[:16]) == ("notegen/cards/12d83f4c89c83f45.png", "ab0b0d989d9d1b90")


def test_what_the_typeface_cannot_show_is_not_on_it(theme: Theme) -> None:
    """The garden's name stands in for a title, and the day in figures for one in words."""
    style = CardStyle(load_typeface(), "#fbf9f4", ("#26221d", "#655d52", "#93401b"))
    assert style.face("Sea", "港", "2024年1月5日", other_foot="2024-01-05") == Face("", "Sea", "2024-01-05")
    assert style.face("海", "港", "") == Face("", "", "")
    assert len(draw_card(style, Face("", "", ""))) < 5000


def test_light_and_dark_and_the_accent_are_on_it(theme: Theme) -> None:
    """As colours of the picture; each set has addresses of its own."""
    usual = drawn(site_of(theme))
    dark = drawn(site_of(theme, replace(SITE, social_cards=SocialCardSettings(scheme="dark"))))
    blue = drawn(site_of(theme, replace(SITE, accent="#0b5d8f")))
    assert not set(usual) & set(dark)
    assert not set(usual) & set(blue)
    for cards_, paper, ink in (
        (usual, "fbf9f4", "93401b"),
        (dark, "191816", "eba57f"),
        (blue, "fbf9f4", "0b5d8f"),
    ):
        assert all(
            bytes.fromhex(paper) in card[:200] and bytes.fromhex(ink) in card[:200]
            for card in cards_.values()
        )


def test_a_typeface_of_the_settings_is_drawn_with(theme: Theme, tmp_path: Path) -> None:
    """Whatever file it is; one that is no typeface stops the build, with its name."""
    own = tmp_path / "own.ttf"
    own.write_bytes((bundled("browser") / BUNDLED).read_bytes() + b" ")
    config = replace(SITE, social_cards=SocialCardSettings(font=str(own)))
    assert len(set(drawn(site_of(theme, config))) - set(drawn(site_of(theme)))) == 3
    own.write_bytes(b"wOF2")
    with pytest.raises(NotegenError, match="no typeface") as caught:
        site_of(theme, config)
    assert str(own) in word_error(caught.value)
