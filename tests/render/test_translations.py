"""Translations of a note: which they are, how pages lead to each other, and where the file of a note can be seen."""

import re
from pathlib import Path

import pytest
from msgspec.structs import replace

from notegen.config import Config, NoteSettings, load_config
from notegen.errors import NotegenError
from notegen.link.translations import languages_of_names
from notegen.theme import Theme
from tests.support.gardens import Texts, grow, render, text_of

CONFIG = Config(title="Sea", base_url="https://me.example/")
TEXTS: Texts = {
    "Tides.md": "The sea rises.",
    "Tides.de.md": "Das Meer steigt. [[Tides]]",
    "a/One.md": ("One.", {"translation": "one", "lang": "en-GB"}),
    "b/Eins.md": ("Eins.", {"translation": "one", "lang": "de"}),
    "Same.md": ("Same.", {"translation": "same"}),
    "Other.md": ("The same language.", {"translation": "same"}),
    "Notes.io.md": "A name with a dot, and no other of the name.",
}


def links(page: str) -> list[tuple[str, str, str]]:
    """The switch on a page: language, address and words."""
    return re.findall(r'<a rel="alternate" lang="[^"]*" hreflang="([^"]*)" href="([^"]*)">([^<]*)</a>', page)


def test_pages_lead_to_their_translations(theme: Theme) -> None:
    """By a stated key, or by the names of files; two notes in one language are none."""
    garden = grow(TEXTS)
    site = render(garden, theme, config=CONFIG)
    pages = {note: text_of(site[url]) for note, url in garden.urls.items()}
    assert {note: links(page) for note, page in pages.items() if links(page)} == {
        "Tides.md": [("de", "Tides.de.html", "Deutsch")],
        "Tides.de.md": [("en", "Tides.html", "English")],
        "a/One.md": [("de", "../b/Eins.html", "Deutsch")],
        "b/Eins.md": [("en-GB", "../a/One.html", "English (United Kingdom)")],
    }
    assert '<article lang="de">' in pages["Tides.de.md"]
    assert garden.notes["Tides.de.md"].title == "Tides"
    assert garden.notes["Notes.io.md"].title == "Notes.io"
    assert "<dt>translation</dt>" not in pages["a/One.md"]
    assert "<dt>translation</dt> <dd>same</dd>" in pages["Same.md"]


def test_search_engines_are_told_of_translations(theme: Theme) -> None:
    """Each page names all of them by full address, itself too; only where the site knows its own."""
    garden = grow(TEXTS)
    told = re.compile(r'<link rel="alternate" hreflang="([^"]*)" href="([^"]*)">')
    site = render(garden, theme, config=CONFIG)
    both = [
        ("de", "https://me.example/Tides.de.html"),
        ("en", "https://me.example/Tides.html"),
        ("x-default", "https://me.example/Tides.html"),
    ]
    assert told.findall(text_of(site["Tides.html"])) == both
    assert told.findall(text_of(site["Tides.de.html"])) == both
    assert told.findall(text_of(site["Same.html"])) == []
    without = render(garden, theme, config=replace(CONFIG, base_url=""))
    assert told.findall(text_of(without["Tides.html"])) == []
    assert links(text_of(without["Tides.html"]))


def test_the_first_page_has_translations_too(theme: Theme) -> None:
    """`index.de.md` beside `index.md`; what states a language itself keeps it."""
    texts: Texts = {"index.md": "# Sea", "index.de.md": "# Meer", "index.fr.md": ("# Mer", {"lang": "fr-CA"})}
    site = render(grow(texts), theme, config=CONFIG)
    assert links(text_of(site["index.html"])) == [
        ("de", "index.de.html", "Deutsch"),
        ("fr-CA", "index.fr.html", "Français (Canada)"),
    ]


def test_in_dendron_a_dot_is_a_level() -> None:
    """`recipes.it` is below `recipes`, and no Italian."""
    texts = {"recipes.md": "x", "recipes.it.md": "y"}
    garden = grow(texts)
    assert garden.translations
    notes = {id: replace(note, tool="dendron") for id, note in garden.notes.items()}
    assert languages_of_names(notes) == {}


def test_a_page_leads_to_its_file(theme: Theme) -> None:
    """By the patterns of two settings; without them it says nothing of it."""
    note = NoteSettings(
        edit_link="https://code.example/me/edit/main/{path}", source_link="obsidian://open?file={path}"
    )
    garden = grow({"a b/Ça&va.md": "x"})
    page = text_of(render(garden, theme, config=replace(CONFIG, note=note))["a-b/Ça-va.html"])
    assert re.findall(r'<a rel="nofollow" href="([^"]*)">([^<]*)', page) == [
        ("https://code.example/me/edit/main/a%20b/%C3%87a%26va.md", "Edit this page"),
        ("obsidian://open?file=a%20b/%C3%87a%26va.md", "Source"),
    ]
    assert "nofollow" not in text_of(render(garden, theme, config=CONFIG)["a-b/Ça-va.html"])


@pytest.mark.parametrize("address", ["https://code.example/me", "javascript:alert('{path}')", "{path}"])
def test_an_address_without_a_place_for_the_path_is_refused(address: str, tmp_path: Path) -> None:
    """And one that would run."""
    (tmp_path / "notegen.toml").write_text(f'[note]\nedit_link = "{address}"\n')
    with pytest.raises(NotegenError, match=r"an address with `\{path\}` where the file's path belongs"):
        load_config(tmp_path / "notegen.toml")
