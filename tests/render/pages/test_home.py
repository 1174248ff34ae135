"""What the home page makes of a garden: what is new, what many link to, and the map as a picture."""

import re
from pathlib import Path

import numpy as np
import pytest
from msgspec.structs import replace

from notegen.config import Config, HomeSettings
from notegen.graph import graph_of
from notegen.model import Code, Garden, GardenMap, Overview, Topic
from notegen.render.pages.home import (
    MAX_DESCRIBED_NOTES,
    MAX_LINKED_NOTES,
    MAX_NEWEST_NOTES,
    MIN_LINKING_NOTES,
    SMALL_GARDEN,
)
from notegen.render.parts.map_thumbnail import HEIGHT, MARGIN, MAX_DOTS, WIDTH, map_thumbnail_of
from notegen.render.title import with_title
from notegen.theme import Theme
from tests.render.conftest import ThemeIn
from tests.support.gardens import Texts, grow, render, text_of


def home(garden: Garden, theme: Theme, config: Config | None = None) -> str:
    """The home page."""
    return text_of(render(garden, theme, config=config)["index.html"])


def linked_in(page: str) -> list[tuple[str, str]]:
    """Names and counts of the notes most linked."""
    section = re.search(r'aria-labelledby="MostLinked".*?</ul>', page, re.DOTALL)
    return re.findall(r'<li><a href="[^"]*">([^<]*)</a> <span>([^<]*)</span>', section[0]) if section else []


def test_notes_that_many_link_to_are_listed(theme: Theme) -> None:
    """Who links counts once, oneself does not; what one note links to is not in the list."""
    names = [f"n{number}" for number in range(6)]
    texts = {f"{name}.md": "".join(f"[[{other}]] [[{other}]]\n" for other in names[: at + 1]) for at, name in
             enumerate(names)}  # fmt: skip
    linking = {name: len(names) - 1 - at for at, name in enumerate(names)}
    listed = [(name, str(count)) for name, count in linking.items() if count >= MIN_LINKING_NOTES]
    assert len(listed) >= MAX_LINKED_NOTES // 2
    assert linked_in(home(grow(texts), theme)) == listed
    assert linked_in(home(grow(dict(list(texts.items())[:3])), theme)) == []


def test_a_copied_folder_is_no_news(theme: Theme) -> None:
    """In a large garden notes with no date but their file's stand back, though they are the newest."""
    dated = {f"2020-01-{1 + number % 28:02}-old-{number}.md": "Old." for number in range(SMALL_GARDEN)}
    archive = re.compile(r'<section class="archive">.*?</section>', re.DOTALL)
    page = "".join(archive.findall(home(grow(dated | {"copied.md": "No date."}), theme)))
    assert "old-" in page
    assert "copied.html" not in page
    undated = {f"copied-{number}.md": "No date." for number in range(SMALL_GARDEN + 1)}
    page = "".join(archive.findall(home(grow(undated), theme)))
    assert len(set(re.findall(r"copied-\d+\.html", page))) == MAX_NEWEST_NOTES


def test_notes_are_the_newest_only_where_they_have_a_date(theme: Theme) -> None:
    """Nothing is called new in a large garden without dates, or where all that have one are shown."""
    undated = {f"copied-{number}.md": "No date." for number in range(SMALL_GARDEN)}
    for dated, is_said in ((0, False), (1, False), (MAX_NEWEST_NOTES - 1, False), (MAX_NEWEST_NOTES, True)):
        days = {f"2020-01-{1 + number % 28:02}-{number}.md": "Old." for number in range(dated)}
        assert ("The newest 60 of" in home(grow(undated | days | {"a.md": "A."}), theme)) == is_said


def test_the_sketch_has_a_dot_a_place_by_topic() -> None:
    """Corner to corner within the margins, two notes at one place being one dot."""
    notes = ("a.md", "b.md", "c.md", "d.md")
    positions = np.array([[0, 0], [1, 1], [1, 1], [0.5, 0]], np.float32)
    topics = (Topic(("x",), notes[1:3]), Topic(("y",), (notes[0], notes[3])))
    drawn = map_thumbnail_of(GardenMap(notes, positions, topics, (1, 0, 0, 1), notes, 1, 1))
    assert drawn.paths == (
        (1, f"M{WIDTH - MARGIN} {HEIGHT - MARGIN}h0"),
        (2, f"M{MARGIN} {MARGIN}h0M{WIDTH // 2} {MARGIN}h0"),
    )
    many = 2 * MAX_DOTS + 1
    ids = tuple(f"{number}.md" for number in range(many))
    spread = np.stack([np.arange(many) / many, np.arange(many) % 2], axis=1).astype(np.float32)
    large = GardenMap(ids, spread, (Topic((), ids),), (0,) * many, ids, 1, 1)
    assert 1 < map_thumbnail_of(large).paths[0][1].count("M") <= MAX_DOTS
    assert map_thumbnail_of(replace(large, positions=spread[:, ::-1])) != map_thumbnail_of(large)


DATED: Texts = {
    f"2023-{1 + number % 12:02}-11 day {number}.md": f"Day {number} of #rowing." for number in range(30)
}


def lead_of(page: str) -> str:
    """The sentence under the page's name."""
    found = re.search(r"</h1>\n<p>([^<]*)</p>", page)
    return found[1] if found else ""


def test_a_garden_without_a_description_is_told_in_figures(theme: Theme, theme_in: ThemeIn) -> None:
    """How many notes, of which months, on what; as far as that is known."""
    plain = Config(title="Log")
    for texts, said in (
        (DATED, "30 notes, January 2023 to December 2023, on rowing"),
        ({"2023-05-01.md": "x", "2023-05-02.md": "y"}, "2 notes, May 2023"),
        ({"a.md": "#oars", "b.md": "#oars"}, "2 notes on oars"),
        ({"a.md": "x"}, "1 note"),
    ):
        assert lead_of(home(grow(texts), theme, plain)) == said
    assert lead_of(home(grow(DATED), theme)) == "What the water does."
    assert lead_of(home(grow(DATED), theme_in("de"), plain)) == (
        "30 Notizen, Januar 2023 bis Dezember 2023, über rowing"
    )


@pytest.mark.parametrize(
    ("words", "subjects"),
    [((("tea",), ("oars",)), "tea · oars"), (((), ("oars",)), "rowing"), (((), ()), "rowing")],
)
def test_one_topic_with_words_does_not_speak_for_all(
    theme: Theme, words: tuple[tuple[str, ...], ...], subjects: str
) -> None:
    """A topic called after its middle has none; then the tags say what the garden is about."""
    garden = grow(DATED)
    ids = tuple(sorted(garden.notes))
    topics = tuple(Topic(of, ids[at :: len(words)]) for at, of in enumerate(words))
    positions = np.zeros((len(ids), 2), np.float32)
    drawn = GardenMap(ids, positions, topics, tuple(at % len(words) for at in range(len(ids))), ids, 0.9, 0.9)
    page = text_of(
        render(garden, theme, config=Config(title="Rowing"), overview=Overview(drawn, None, (), ()))[
            "index.html"
        ]
    )
    assert lead_of(page) == f"30 notes, January 2023 to December 2023, on {subjects}"


def test_the_opening_note_describes_the_garden_where_it_says_so(theme: Theme) -> None:
    """In its front matter; how its text begins is there already."""
    plain = Config(title="Log")
    stated: Texts = {**DATED, "index.md": ("Welcome.", {"description": "All I rowed."})}
    assert lead_of(home(grow(stated), theme, plain)) == "All I rowed."
    assert lead_of(home(grow({**DATED, "index.md": "Welcome."}), theme, plain)).startswith("31 notes")


def test_pinned_notes_come_first_and_once(theme: Theme) -> None:
    """Those of the settings in their order, then those that ask for it, newest first."""
    texts: Texts = {
        **DATED,
        "2020-01-01 asks.md": ("Older.", {"pinned": True}),
        "2021-01-01 asks too.md": ("Newer.", {"pinned": "yes"}),
        "2022-01-01 does not.md": ("Not.", {"pinned": False}),
        "deep/2019-01-01 named.md": "By its name.",
    }
    garden = grow(
        texts, config=Config(home=HomeSettings(pinned=("2019-01-01 named", "2023-01-11 DAY 0.md", "nowhere")))
    )
    assert list(garden.pinned) == [
        "deep/2019-01-01 named.md",
        "2023-01-11 day 0.md",
        "2021-01-01 asks too.md",
        "2020-01-01 asks.md",
    ]
    assert [(p.code, dict(p.facts)) for p in garden.problems if p.code == Code.PIN_MISSING] == [
        (Code.PIN_MISSING, {"name": "nowhere"})
    ]
    page = home(garden, theme)
    links = re.findall(r'<li><a href="([^"]*)">[^<]*</a>(?:<p>|</li>)', page)
    shown = [garden.urls[id].replace(" ", "%20") for id in garden.pinned]
    assert links[: len(shown)] == shown
    assert all(links.count(url) == 1 for url in shown)


def test_notes_about_tags_and_folders_are_no_news(theme: Theme) -> None:
    """They have their places on the pages of the tag and of the folder."""
    texts: Texts = {
        **DATED,
        "tags/rowing.md": ("About it.", {"date": "2024-01-01"}),
        "boats/index.md": ("My boats.", {"date": "2024-01-01"}),
        "boats/2022-02-02 skiff.md": "Light.",
        "oars.md": ("My oars.", {"date": "2024-01-01"}),
        "oars/2022-02-02 spoon.md": "Long.",
    }
    archive = "".join(
        re.findall(r'<section class="archive">.*?</section>', home(grow(texts), theme), re.DOTALL)
    )
    assert "skiff" in archive
    assert "spoon" in archive
    assert not re.search(r'href="(?:tags/rowing|boats/index|oars)\.html"', archive)


def test_ways_into_the_rest_follow_the_newest_notes(theme: Theme) -> None:
    """So that a narrow window begins with notes; each note stands on one side of them alone."""
    before, _, after = home(grow(DATED), theme).partition('<aside class="sidebar"')
    earlier = after.partition("</aside>")[2]
    numbers = [re.findall(r"day-(\d+)\.html", part) for part in (before, earlier)]
    assert len(numbers[0]) >= MAX_DESCRIBED_NOTES
    assert sorted(map(int, numbers[0] + numbers[1])) == list(range(30))


def test_the_second_part_of_the_list_knows_which_headings_it_repeats(theme: Theme) -> None:
    """They are hidden where nothing stands between the parts."""

    def parts(month: int, year: int) -> str:
        first = {f"2024-05-{day:02} a.md": "" for day in range(1, 14)}
        rest = {f"{year}-{month:02}-{day:02} b.md": "" for day in range(1, 10)}
        return home(grow({**first, **rest}), theme)

    assert '<div class="repeats-month">' in parts(5, 2024)
    assert '<div class="repeats-month">' in parts(4, 2024), "the day that goes on is of May"
    assert "repeats-" not in home(grow({"2024-05-01 a.md": ""}), theme)
    days = {f"2024-05-{day:02} a.md": "" for day in range(1, 13)}
    before = {f"2024-04-{day:02} b.md": "" for day in range(1, 13)}
    assert '<div class="repeats-year">' in home(grow({**days, **before}), theme)
    assert "repeats-" not in home(grow({**days, **{k.replace("2024", "2023"): "" for k in before}}), theme)


def test_the_graph_is_no_folder_and_no_heading_promises_what_is_not_there(theme: Theme) -> None:
    """Links have a heading of their own; `By month` stands over months, and no year has none."""
    garden = grow({"x/2024-05-01 a.md": "[[b]]", "y/b.md": "of [[2023-01-01]]", "y/c.md": "[[b]]"})
    page = text_of(render(garden, theme, graph=graph_of(garden))["index.html"])
    heads = re.findall(r"<h2[^>]*>([^<]*)</h2>", page.partition("<aside")[2])
    assert [head for head in heads if head != "On this day"][:3] == ["By month", "Links", "Folders"]
    assert ">2023</a> <span>0 notes" not in page
    garden = grow({"2024-05-01 a.md": "[[b]]", "b.md": ""})
    page = text_of(render(garden, theme)["index.html"])
    assert "By month" not in page


def test_a_readme_of_the_folder_leaves_the_first_place_to_notes(theme: Theme) -> None:
    """One that leads to notes is a first page, and so is a short one."""
    long = "Clone this repository, then follow what is written here. " * 9
    for readme, comes_first in (
        ("# Log\n\nA short word.", True),
        (long, False),
        (f"{long}\n\n[[day 3]] [[2023-01-11 day 0]]", True),
    ):
        page = home(grow({**DATED, "README.md": readme}), theme)
        assert (page.index('class="opening') < page.index('class="archive"')) is comes_first


@pytest.mark.parametrize(
    ("folder", "readme", "title"),
    [
        ("obsidian-garden-jackyzha0", "", "Garden jackyzha0"),
        ("my_log", "", "My log"),
        ("obsidian", "", "Obsidian"),
        ("Notes of an oarsman", "", "Notes of an oarsman"),
        ("x", "# The sea, mostly", "The sea, mostly"),
        ("x-y", "No heading.", "X y"),
        ("x", "# obsidian-sea-log", "Sea log"),
    ],
)
def test_a_site_is_called_by_its_opening_note_or_its_folder(folder: str, readme: str, title: str) -> None:
    """Where the settings give no title."""
    garden = grow({"a.md": "x", **({"README.md": readme} if readme else {})})
    assert with_title(Config(), Path(folder), garden).title == title
    assert with_title(Config(title="Stated"), Path(folder), garden).title == "Stated"


def test_notes_without_a_date_stand_last_by_title(theme: Theme) -> None:
    """On the first page and on that of a tag, under a heading that leads to all of them; in no year."""
    texts: Texts = {
        "b.md": "# Beam\n\n#oak",
        "a.md": "# Yard\n\n#oak",
        "2020-02-02 c.md": "#oak",
        "d.md": "# Arc",
    }
    pages = render(grow(texts), theme)
    for url, titles in (("index.html", ["Arc", "Beam", "Yard"]), ("tags/oak.html", ["Beam", "Yard"])):
        page = text_of(pages[url])
        section = page[page.index("Without a date</a>") :]
        assert page.index("2020-02-02 c<") < page.index("Without a date</a>")
        assert re.findall(r'<li><a href="[^"]*">([^<]*)</a>', section)[: len(titles)] == titles
    assert "1 note<" in text_of(pages["dates/2020.html"])
    assert 'rel="prev"' not in text_of(pages["a.html"])
    assert 'rel="prev"' not in text_of(pages["2020-02-02-c.html"])


def test_the_first_page_of_a_large_garden_counts_what_has_no_date(theme: Theme) -> None:
    """After the years; they have a page of their own, in parts."""
    dated = {f"2020-01-{1 + number % 28:02}-old-{number}.md": "Old." for number in range(SMALL_GARDEN)}
    pages = render(grow(dated | {f"u{number}.md": "x" for number in range(250)}), theme)
    assert '<a href="dates/0000.html">Without a date</a> <span>250 notes</span>' in text_of(
        pages["index.html"]
    )
    listed = [
        re.findall(r'<li><a href="\.\./(u\d+)\.html"', text_of(pages[f"dates/0000{part}.html"]))
        for part in ("", "~2")
    ]
    assert [len(part) for part in listed] == [200, 50]
    assert len({*listed[0], *listed[1]}) == 250


CHANGED: Texts = {
    "old.md": ("Old.", {"date": "2020-03-01", "updated": "2024-05-02"}),
    "new.md": ("New.", {"date": "2024-04-30"}),
    "mid.md": ("Mid.", {"date": "2022-01-01", "updated": "2024-05-01"}),
    "without.md": "No day.",
    "late.md": ("No day of its own.", {"updated": "2023-01-01"}),
}


def entries_in(page: str) -> list[str]:
    """The notes that are listed, in order, with the numbers of days and the names of months and years before them."""
    main = page.partition("<main")[2].partition("<aside")[0]
    found = re.findall(
        r'<li><a href="([^"]+)\.html">|<h[23][^>]*>(?:<a[^>]*>)?([^<]+)|aria-hidden="true">(\d+)<', main
    )
    return ["".join(parts).strip() for parts in found]


def test_the_first_page_goes_by_last_changes_where_settings_say_so(theme: Theme) -> None:
    """Each note under the day of its last change, or its own; no heading leads to that day's page, which has others."""
    config = Config(title="Sea", home=HomeSettings(order="changed"))
    page = home(grow(CHANGED), theme, config)
    assert entries_in(page) == [
        "2024", "May", "2", "old", "1", "mid", "April", "30", "new", "2023", "January", "1", "late", "Without a date",
        "without",
    ]  # fmt: skip
    archive = page.partition("<main")[2].partition("<aside")[0]
    assert "dates/2024" not in archive
    by_date = home(grow(CHANGED), theme, Config(title="Sea"))
    assert [one for one in entries_in(by_date) if one in ("old", "new", "mid")] == ["new", "mid", "old"]


def test_a_large_garden_says_that_it_shows_the_last_changed(
    theme: Theme, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As many as it would show of the newest."""
    monkeypatch.setattr("notegen.render.pages.home.SMALL_GARDEN", 4)
    monkeypatch.setattr("notegen.render.pages.home.MAX_NEWEST_NOTES", 2)
    page = home(grow(CHANGED), theme, Config(title="Sea", home=HomeSettings(order="changed")))
    assert "The 2 of 5 notes changed last" in page
    assert [one for one in entries_in(page) if one in ("old", "new", "mid")] == ["old", "mid"]
