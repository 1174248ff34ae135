"""The pages of the map and of drift, whole, and what they say when there is little to say."""

import json
import re
from datetime import date

import numpy as np
import pytest
from msgspec.structs import replace

from notegen.model import (
    Drift,
    Garden,
    GardenMap,
    NearDuplicate,
    Outlier,
    OutputFile,
    Overview,
    Period,
    Topic,
    Url,
)
from notegen.paths import DRIFT, MAP
from notegen.render.pages.drift import period_words
from notegen.theme import Theme
from tests.support.gardens import Texts, grow, render, text_of
from tests.support.golden import CASES

NOTES: Texts = {
    "Bread & salt.md": ("# Bread & salt\n\n#food", {"date": "2024-02-01"}),
    "Oven.md": ("# Oven\n\n#food/hot", {"date": "2023-06-01"}),
    "sea/Tide.md": ("# Tide\n\n#sea [[Oven]]", {"date": "2023-05-01"}),
    "sea/Wreck.md": "# Wreck",
}
IDS = tuple(sorted(NOTES))


def period(first: date, shares: tuple[float, float], moved: float | None, *, notes: int = 8) -> Period:
    """A period that by chance would have moved by 0.25."""
    return Period(first, notes, shares, moved, None if moved is None else 0.25)


OVERVIEW = Overview(
    map=GardenMap(
        notes=IDS,
        positions=np.array([[0, 0], [0.25, 0], [1, 1], [0.5, 1]], np.float32),
        topics=(Topic(("bread", "oven"), IDS[:2]), Topic((), IDS[3:1:-1])),
        topic_of=(0, 0, 1, 1),
        nearest=("Oven.md", "Bread & salt.md", "sea/Wreck.md", "sea/Tide.md"),
        trust=0.931,
        pca_trust=0.752,
    ),
    drift=Drift(
        "quarter",
        (
            period(date(2022, 10, 1), (1, 0), None, notes=1),
            period(date(2023, 4, 1), (0.75, 0.25), 0.5),
            period(date(2023, 7, 1), (0.5, 0.5), 0.25),
            period(date(2024, 1, 1), (0.25, 0.75), 1.0),
        ),
        undated=1,
        usual_distance=1.3,
    ),
    outliers=(
        Outlier("sea/Wreck.md", "sea/Tide.md", 0.2, multi_topic=False),
        Outlier("sea/Tide.md", "sea/Wreck.md", 0.2, multi_topic=False),
        Outlier("Oven.md", "sea/Tide.md", 0.3, multi_topic=True),
    ),
    near_duplicates=(NearDuplicate("Bread & salt.md", "Oven.md", 0.97),),
)


@pytest.fixture(scope="module")
def garden() -> Garden:
    """Four notes in two topics."""
    return grow(NOTES)


@pytest.fixture(scope="module")
def site(garden: Garden, theme: Theme) -> dict[Url, OutputFile]:
    """All its files."""
    return render(garden, theme, overview=OVERVIEW)


@pytest.mark.promise("a map shows all notes by meaning, with their topics, now and over time")
@pytest.mark.parametrize("url", [MAP, DRIFT])
def test_a_page_is_as_it_was_seen_to_be_right(
    url: Url, site: dict[Url, OutputFile], update_cases: bool
) -> None:
    """Whole pages, but for the names that change with every touch of a style sheet."""
    page = re.sub(r"(\w+)\.[0-9a-f]{8}\.css", r"\1.HASH.css", text_of(site[url]))
    golden = CASES / "site" / url
    if update_cases:
        golden.write_text(page, encoding="utf-8")
    assert page == golden.read_text("utf-8"), f"{url}: run pytest with --update-cases and read the difference"


@pytest.mark.parametrize(
    ("trust", "words"), [(0.97, "good (97 of 100"), (0.85, "good (85"), (0.66, "fair (66"), (0.5, "poor (50")]
)
def test_the_map_says_in_a_word_how_well_it_keeps_neighbours(
    garden: Garden, theme: Theme, trust: float, words: str
) -> None:
    """And in figures, for who knows what they mean."""
    page = text_of(
        render(garden, theme, overview=replace(OVERVIEW, map=replace(OVERVIEW.map, trust=trust)))[MAP]
    )
    assert f"How well the map keeps neighbours: {words}" in page


@pytest.mark.promise("a map shows all notes by meaning")
def test_the_data_has_every_note_with_its_place_and_its_groups(site: dict[Url, OutputFile]) -> None:
    """A topic without words is called after its middle, a note has its most used tag, and a file's time is no year."""
    (script,) = (text_of(file) for url, file in site.items() if url.startswith("notegen/map-data."))
    data = json.loads(script.removeprefix('notegen.add("map",').removesuffix(")"))
    assert data == {
        "titles": ["Bread & salt", "Oven", "Tide", "Wreck"],
        "urls": ["Bread-salt.html", "Oven.html", "sea/Tide.html", "sea/Wreck.html"],
        "x": [0, 1024, 4095, 2048],
        "y": [0, 0, 4095, 4095],
        "groups": {
            "topic": {"names": ["bread · oven", "around ‘Wreck’"], "of": [0, 0, 1, 1]},
            "folder": {"names": ["sea"], "of": [-1, -1, 0, 0]},
            "tag": {"names": ["food", "food/hot", "sea"], "of": [0, 0, 2, -1]},
            "year": {"names": ["2023", "2024"], "of": [1, 0, 0, -1]},
        },
    }


def test_a_garden_without_topics_is_one_table_by_title(garden: Garden, theme: Theme) -> None:
    """Nothing is said of topics, no colour stands for one, and the data has none."""
    plain = replace(OVERVIEW, map=replace(OVERVIEW.map, topics=(), topic_of=(-1,) * 4), drift=None)
    site = render(garden, theme, overview=plain)
    page = text_of(site[MAP])
    assert "4 notes by meaning." in page
    assert "topic" not in re.sub(r'(?s)<head>.*</head>|class="[^"]*"', "", page)
    assert re.findall(r'<tr><td><a href="[^"]+">([^<]+)</a></td>', page) == [
        "Bread &amp; salt", "Oven", "Tide", "Wreck",
    ]  # fmt: skip
    (script,) = (text_of(file) for url, file in site.items() if url.startswith("notegen/map-data."))
    assert '"topic":{"names":[],"of":[-1,-1,-1,-1]}' in script
    assert "Shares of the topics" not in text_of(site[DRIFT])


def test_the_ways_to_the_map_are_there_with_it_and_not_without(
    garden: Garden, theme: Theme, site: dict[Url, OutputFile]
) -> None:
    """In the header of every page and beside the home page's list, topics among them."""
    assert '<a href="../map.html">Map</a>' in text_of(site["sea/Tide.html"])
    home = text_of(site["index.html"])
    assert re.findall(r'<a href="(map\.html#[^"]+)">(.*)</a> <span>(\d)</span>', home) == [
        ("map.html#Topic-1", "bread · oven", "2"),
        ("map.html#Topic-2", "around ‘Wreck’", "2"),
    ]
    assert 'href="drift.html"' in home
    without = render(garden, theme)
    assert not [url for url in without if "map" in url or "drift" in url]
    assert "map.html" not in text_of(without["index.html"])


def test_a_long_topic_lists_its_middle_and_counts_the_rest(garden: Garden, theme: Theme) -> None:
    """Two hundred rows, and how many more are on the map."""
    texts = {f"{number:03}.md": "x" for number in range(203)}
    ids = tuple(texts)
    positions = np.zeros((203, 2), np.float32)
    long = replace(
        OVERVIEW.map,
        notes=ids,
        positions=positions,
        topics=(Topic(("x",), ids),),
        topic_of=(0,) * 203,
        nearest=ids,
    )
    overview = Overview(long, None, (), ())
    page = text_of(render(grow(texts), theme, overview=overview)[MAP])
    assert page.count("<tr><td>") == 200
    assert "closest to the topic’s middle; 3 more are on the map" in page


def test_a_garden_of_one_period_has_a_page_of_what_there_is_without_time(
    garden: Garden, theme: Theme
) -> None:
    """It is called by that, here and on the pages that lead to it, and says why it has no plots."""
    pages = render(garden, theme, overview=replace(OVERVIEW, drift=None))
    page = text_of(pages[DRIFT])
    assert "<h1>Notes that stand apart</h1>" in page
    assert "All notes are of one period, so there is no change to show." in page
    assert '<svg class="plot"' not in page
    assert '<a href="drift.html">Notes that stand apart</a>' in text_of(pages[MAP])
    doubles = render(garden, theme, overview=replace(OVERVIEW, drift=None, outliers=()))
    assert "<h1>Notes that say the same</h1>" in text_of(doubles[DRIFT])
    assert "Notes that stand apart" not in text_of(doubles[DRIFT])


def test_a_garden_without_days_is_not_told_of_periods(theme: Theme) -> None:
    """What stands apart is all that the page has to say."""
    undated = grow(dict.fromkeys(IDS, "Text."))
    page = text_of(render(undated, theme, overview=replace(OVERVIEW, drift=None))[DRIFT])
    assert "of one period" not in page


def test_nothing_to_tell_is_no_page(garden: Garden, theme: Theme) -> None:
    """And nothing leads to it."""
    pages = render(garden, theme, overview=Overview(OVERVIEW.map, None, (), ()))
    assert DRIFT not in pages
    assert not [url for url in (MAP, "index.html") if DRIFT in text_of(pages[url])]


def test_periods_of_a_few_notes_are_in_the_table_only(garden: Garden, theme: Theme) -> None:
    """One of two has enough: no plot, and the table is open."""
    drift = Drift(
        "year",
        (period(date(2023, 1, 1), (1, 0), None), period(date(2024, 1, 1), (0, 1), 1.0, notes=2)),
        undated=0,
        usual_distance=1.3,
    )
    page = text_of(render(garden, theme, overview=replace(OVERVIEW, drift=drift))[DRIFT])
    assert '<svg class="plot"' not in page
    assert '<details class="topic" open><summary><span>Year by year, as a table' in page
    assert page.count('<td><a href="dates/202') == 2


def test_nothing_is_drawn_where_there_are_no_notes(garden: Garden, theme: Theme) -> None:
    """Two years side by side are an area, a later one is a bar at the edge, and no line joins them."""
    years = [(2010, None), (2011, 1.0), (2020, 1.0)]
    periods = tuple(period(date(year, 1, 1), (0.5, 0.5), moved) for year, moved in years)
    drift = Drift("year", periods, undated=0, usual_distance=1.3)
    page = text_of(render(garden, theme, overview=replace(OVERVIEW, drift=drift))[DRIFT])
    assert re.findall(r'class="category-1" d="([^"]+)"', page) == [
        "M0 130L72 130L72 260L0 260ZM712 130L720 130L720 260L712 260Z"
    ]
    assert re.findall(r'class="distance" d="([^"]+)"', page) == ["M68 6L76 6M712 6L720 6"]


def test_periods_are_named(theme: Theme) -> None:
    """As a reader would."""
    assert [
        period_words(theme.language, date(2024, 4, 1), unit) for unit in ("month", "quarter", "year")
    ] == [
        "April 2024",
        "2024 Q2",
        "2024",
    ]
