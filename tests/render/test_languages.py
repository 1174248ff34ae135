"""Sites in other languages: pages that were seen to be right, and that no English word is left in any kind of page."""

import re
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from notegen.bundled import bundled
from notegen.config import Config, NoteSettings
from notegen.graph import graph_of
from notegen.i18n import load_language
from notegen.link.unlinked_mentions import find_unlinked_mentions
from notegen.model import (
    DayOfChanges,
    Drift,
    EmbeddingCard,
    Garden,
    GardenMap,
    Insights,
    LockedParts,
    NearDuplicate,
    NoteHistory,
    Outlier,
    Overview,
    Period,
    PeriodUnit,
    Topic,
    Url,
)
from notegen.paths import SEARCH_POINTER
from notegen.render import rendered_site
from notegen.render.pages.drift import period_words
from notegen.theme import Theme, load_theme, search_script
from tests.render.conftest import ThemeIn
from tests.support.gardens import TINY, TINY_ASSETS, Texts, grow, render, text_of, tie
from tests.support.golden import CASES
from tests.support.made_up_language import MADE_UP, left_over, wrapped_theme
from tests.support.page_texts import markup_of, texts_of

GOLDEN_PAGES = ("index.html", "Tides.html", "calendar.html", "dates/2024-01.html", "graph.html")


@pytest.mark.parametrize("language", ["de", "ar"])
def test_pages_say_what_was_seen_to_be_right(language: str, theme_in: ThemeIn, update_cases: bool) -> None:
    """The same garden as the English pages, so that what is said, and which way it runs, is all that differs."""
    pages = pages_in(theme_in(language))
    texts = "\n".join(f"=== {url}\n{texts_of(page)}" for url, page in pages.items())
    golden = CASES / f"site-{language}.txt"
    if update_cases:
        golden.write_text(texts, encoding="utf-8")
    assert texts == golden.read_text("utf-8"), "run pytest with --update-cases and read the difference"


@pytest.mark.parametrize("language", ["de", "ar"])
def test_all_else_is_as_on_the_english_pages(language: str, theme_in: ThemeIn) -> None:
    """Tags, their other attributes and scripts, which whole golden pages hold to account."""
    english = {url: markup_of(page) for url, page in pages_in(theme_in("en")).items()}
    assert {url: markup_of(page) for url, page in pages_in(theme_in(language)).items()} == english


def test_whatever_a_language_changes_is_in_the_texts_or_fails() -> None:
    """Sentences, names, numbers, arrows, directions, languages, the day that weeks begin with, and the unforeseen."""
    page = (
        '<p lang="de" dir="rtl" title="Hier">a <b>→</b></p>'
        '<table><tr><td></td><td>1</td></tr></table><i data-x="y">2</i>'
    )
    said = "[lang: de] [dir: rtl] [title: Hier] a →\n| | 1\n2\n"
    assert texts_of(page) == said
    for part, other in {">a ": ">b ", "Hier": "Here", "→": "←", "rtl": "ltr", "de": "en", "1<": "2<"}.items():
        assert texts_of(page.replace(part, other)) != said
        assert markup_of(page.replace(part, other)) == markup_of(page)
    assert texts_of(page.replace("<td></td><td>1</td>", "<td>1</td><td></td>")) != said
    for part, other in {"data-x": "data-z", '"y"': '"z"', "<b>→</b>": "→"}.items():
        assert markup_of(page.replace(part, other)) != markup_of(page)


def pages_in(theme: Theme) -> dict[Url, str]:
    """Five pages of the small garden."""
    garden = grow(TINY, assets=TINY_ASSETS, withheld=frozenset({"Secret.md"}))
    related = tie(garden, "Tides.md", "coast/Old quay.md", "when")
    site = render(garden, theme, related=related, files=TINY_ASSETS, graph=graph_of(garden))
    return {url: text_of(site[url]) for url in GOLDEN_PAGES}


def test_words_inside_a_note_are_in_its_own_language(theme_in: ThemeIn) -> None:
    """Where there are sentences in it; the page around it is in the site's."""
    body = "> [!tip]\n> x\n\n> [!tip] Mine\n> x\n\n- [x] y\n- [?] z\n\n[[nowhere]]\n"
    texts: Texts = {f"{language}.md": (body, {"lang": language}) for language in ("fr", "sv", "en-GB")}
    site = render(grow(texts), theme_in("de"))
    words = {
        language: re.findall(
            r'callout-title">([^<]*)<|disabled(?: checked)? aria-label="([^"]*)"|class="missing" title="([^"]*)"',
            text_of(site[f"{language}.html"]),
        )
        for language in ("fr", "sv", "en-GB")
    }
    said = {language: ["".join(found) for found in all_found] for language, all_found in words.items()}
    assert said == {
        "fr": ["Conseil", "Mine", "fait", "marqué ?", "Il n’y a pas de page pour cela"],
        "sv": ["Tipp", "Mine", "erledigt", "markiert mit ?", "Dazu gibt es keine Seite"],
        "en-GB": ["Tip", "Mine", "done", "marked ?", "There is no page for this"],
    }
    assert "Min. Lesezeit" in text_of(site["fr.html"])


def test_a_note_may_state_its_direction(theme_in: ThemeIn) -> None:
    """Against its language's too; what is no direction is a property like any other."""
    texts: Texts = {
        "a.md": ("x", {"dir": "rtl"}),
        "b.md": ("x", {"lang": "ar", "direction": "ltr"}),
        "c.md": ("x", {"direction": "north"}),
    }
    site = {
        url: text_of(file) for url, file in render(grow(texts), theme_in("en")).items() if url[1:] == ".html"
    }
    assert '<article dir="rtl">' in site["a.html"]
    assert '<article lang="ar">' in site["b.html"]
    assert '<div class="prose note-text" dir="ltr">' in site["b.html"]
    assert '<div class="prose note-text" dir="auto">' in site["c.html"]
    assert "north" in site["c.html"]
    assert "Properties" not in site["a.html"]


def test_a_theme_adds_a_language_and_changes_messages(tmp_path: Path) -> None:
    """A file of its own for the one, the bundled file's name for the other; all else is as it was."""
    (tmp_path / "languages").mkdir()
    (tmp_path / "languages/sv.toml").write_text('[page]\ndates = "Datum"\n', "utf-8")
    (tmp_path / "languages/de.toml").write_text('[page]\ndates = "Tagebuch"\n', "utf-8")
    for language, dates in (("sv", "Datum"), ("de", "Tagebuch")):
        theme = load_theme(tmp_path, language=language, scripts=scripts_in(tmp_path))
        header = text_of(render(grow({"2024-05-01.md": ""}), theme)["index.html"])
        assert f">{dates}</a>" in header
        assert (">Suche</span>" in header) == (language == "de")


def test_scripts_get_only_what_is_not_english(tmp_path: Path) -> None:
    """No request more for another language, and not a byte more for English."""
    (tmp_path / "languages").mkdir()
    (tmp_path / "languages/sv.toml").write_text(
        '[scripts.search]\nmore = "Visa fler"\n'
        'notes = { one = "{count} anteckning", other = "{count} anteckningar" }\n',
        "utf-8",
    )
    scripts = scripts_in(tmp_path)
    plain = load_theme(scripts=scripts)
    assert plain.script.content == (scripts / "notegen.js").read_bytes()
    swedish = search_script(load_theme(tmp_path, language="sv", scripts=scripts))
    assert isinstance(swedish.content, bytes)
    assert swedish.content.decode() == (
        "(n=>(n.messages=n.messages||{}).search="
        '{"notes":{"one":"{count} anteckning","other":"{count} anteckningar"},"more":"Visa fler"}'
        ")(window.notegen=window.notegen||{});\n// search\n"
    )


def scripts_in(folder: Path) -> Path:
    """A folder of stubs."""
    scripts = folder / "scripts"
    scripts.mkdir(exist_ok=True)
    for name in (
        "notegen",
        "search",
        "graph",
        "map",
        "today",
        "enhancements",
        "mermaid",
        "diagrams",
        "unlock",
    ):
        (scripts / f"{name}.js").write_text(f"// {name}\n")
    return scripts


# -- a made-up language ----------------------------------------------------------------------------

NOTES: Texts = {
    "Море.md": (
        "# Море\n\nВода, см. [[Гавань]] и [[2024-01-06]]. #вода/соль\n\n## Один\n\n- [ ] а\n- [x] б\n- [?] в\n\n"
        "## Два\n\n> [!tip]\n> г\n\n> [!faq]-\n> д\n\n## Три\n\n![[план.png]] ![](https://1.2/3.png) [[Нигде]] ^1\n\n"
        "Сноска.[^1]\n\n[^1]: е\n\n```\nж\n```\n",
        {"date": "2024-01-05", "tags": ["вода"], "aliases": ["Океан"], "источник": "з"},
    ),
    "берег/Гавань.md": (
        "Гавань, [[Море#Один|прилив]] [[Утёс]]. ![[Море]]\n",
        {"date": "2024-01-06", "tags": ["вода"]},
    ),
    "берег/даль/Утёс.md": "Без даты. Тут море и Море.\n\n![[Утёс]]",
    "2023-11-05.md": ("- лодка [[Гавань]] [[Море]]\n", {"tags": ["вода"]}),
    "Пустота.md": ("Ничего.", {"date": "2022-01-05", "updated": "2022-02-05"}),
    **{f"ж{n}.md": (f"[[Море]] [[Гавань]] {n}", {"date": f"2021-{1 + n % 12:02}-05"}) for n in range(460)},
}
PAGES = {
    "404.html": "404.html",
    "calendar.html": "calendar.html",
    "changed.html": "dates/~changed.html",
    "dates.html": "dates/2024-01-06.html",
    "drift.html": "drift.html",
    "folder.html": "folders/берег.html",
    "history.html": "Море~history.html",
    "folders.html": "folders.html",
    "graph.html": "graph.html",
    "home.html": "index.html",
    "locked.html": "notegen/locked/0.html",
    "map.html": "map.html",
    "note.html": "Море.html",
    "tag.html": "tags/вода.html",
    "tags.html": "tags.html",
}
"""By template, a page that is made of it."""


def test_quarters_are_named_as_is_usual() -> None:
    """In all seven languages, the third and the first."""
    spoken = [
        load_language(tag, [bundled("templates")]) for tag in ("en", "de", "fr", "es", "ja", "zh", "ar")
    ]
    assert [period_words(one, date(2019, month, 1), "quarter") for one in spoken for month in (7, 1)] == [
        "2019 Q3", "2019 Q1",
        "Q3 2019", "Q1 2019",
        "T3 2019", "T1 2019",
        "T3 de 2019", "T1 de 2019",
        "2019年第3四半期", "2019年第1四半期",
        "2019年第3季度", "2019年第1季度",
        "\u2068الربع الثالث\u2069 \u20682019\u2069", "\u2068الربع الأول\u2069 \u20682019\u2069",
    ]  # fmt: skip


@pytest.mark.parametrize("unit", ["month", "quarter", "year"])
def test_no_english_is_left_on_any_kind_of_page(unit: PeriodUnit, tmp_path: Path) -> None:
    """Every message is in brackets, and there is no Latin letter outside of them."""
    garden = grow(NOTES, assets={"план.png": Path("x")}, withheld=frozenset())
    opened = rendered_site(
        garden,
        Insights(
            related=tie(garden, "Море.md", "Пустота.md", "вода"),
            mentions=find_unlinked_mentions(garden),
            graph=graph_of(garden),
            overview=overview_of(garden, unit),
            cards={
                "Море.md": EmbeddingCard(
                    np.array([0.6, -0.8], np.float32), ("Пустота.md",), ("2023-11-05.md",), 2, 30
                )
            },
            search=SEARCH_POINTER,
            history={"Море.md": NoteHistory((DayOfChanges(date(2024, 1, 6), (), 3),), date(2024, 1, 5))},
        ),
        wrapped_theme(tmp_path, scripts_in(tmp_path)),
        Config(
            title="Записки",
            description="О воде.",
            language=MADE_UP,
            note=NoteSettings(embedding_picture=True),
        ),
        locked=LockedParts("00 1", frozenset({2})),
    )
    pages = (*opened.files, *opened.graph, opened.locked_page(PAGES["locked.html"]))
    site = {file.url: text_of(file) for file in pages if file.url.endswith(".html")}
    assert set(PAGES.values()) <= set(site)
    assert {url: found for url, page in site.items() if (found := [*left_over(page)])} == {}


def test_every_kind_of_page_is_looked_at() -> None:
    """A template that is new has a page in the table above."""
    whole = {
        path.name
        for path in bundled("templates").glob("*.html")
        if '{% extends "base.html" %}' in path.read_text("utf-8")
    }
    assert whole == set(PAGES)


def test_a_forgotten_word_is_found() -> None:
    """In a text as in a name, but not in brackets, scripts and addresses."""
    page = '<p title="Here">⟦a ⟦b⟧ c⟧ <a href="x.html" aria-label="⟦d⟧">Слово</a> there</p><script>var x</script>'
    assert [*left_over(page)] == ["there", "Here"]


def overview_of(garden: Garden, unit: PeriodUnit) -> Overview:
    """A map of all notes in two topics, one without words, and periods with and without enough notes."""
    notes = tuple(sorted(garden.notes))
    half = len(notes) // 2

    def period(first: date, share: float, moved: float | None, *, count: int = 8) -> Period:
        return Period(first, count, (share, 1 - share), moved, None if moved is None else 0.25)

    return Overview(
        map=GardenMap(
            notes=notes,
            positions=np.linspace(0, 1, 2 * len(notes), dtype=np.float32).reshape(-1, 2),
            topics=(Topic(("вода", "соль"), notes[:half]), Topic((), notes[half:])),
            topic_of=tuple(int(number >= half) for number in range(len(notes))),
            nearest=notes[1:] + notes[:1],
            trust=0.93,
            pca_trust=0.75,
        ),
        drift=Drift(
            unit,
            (
                period(date(2021, 1, 1), 1, None, count=1),
                period(date(2022, 1, 1), 0.75, 0.5),
                period(date(2023, 1, 1), 0.5, 0.25),
                period(date(2024, 1, 1), 0.25, 1.0),
            ),
            undated=1,
            usual_distance=1.3,
        ),
        outliers=(
            Outlier("Пустота.md", "Море.md", 0.2, multi_topic=False),
            Outlier("Море.md", "Пустота.md", 0.2, multi_topic=True),
        ),
        near_duplicates=(NearDuplicate("Море.md", "Пустота.md", 0.97),),
    )


def test_no_page_of_a_small_site_is_english_either(tmp_path: Path) -> None:
    """What pages say where there is little to show."""
    theme = wrapped_theme(tmp_path, scripts_in(tmp_path))
    empty = render(grow({}), theme, config=Config(title="Записки", language=MADE_UP))
    garden = grow({"Море.md": "а"})
    still = Overview(
        map=GardenMap(
            ("Море.md",),
            np.zeros((1, 2), np.float32),
            (Topic((), ("Море.md",)),),
            (0,),
            ("Море.md",),
            0.9,
            0.7,
        ),
        drift=None,
        outliers=(),
        near_duplicates=(),
    )
    small = render(garden, theme, config=Config(title="Записки", language=MADE_UP), overview=still)
    for url, file in (*empty.items(), *small.items()):
        if url.endswith(".html"):
            assert [*left_over(text_of(file))] == [], url
