"""Time on pages: calendar, strips of bars, this day in other years."""

import json
import re
from datetime import date

import pytest

from notegen.config import Config, WeekStart
from notegen.render.parts.timeline import timeline_of
from notegen.theme import Theme
from tests.render.conftest import ThemeIn
from tests.support.gardens import Texts, grow, render, text_of

YEARS: Texts = {
    "one.md": ("# One", {"date": "2022-02-28", "tags": ["sea"]}),
    "two.md": ("# Two", {"date": "2024-02-28", "tags": ["sea"]}),
    "three.md": ("# Three & more", {"date": "2024-02-28", "tags": ["sea"]}),
    "four.md": ("# Four\n\nSee [[2024-02-29]].", {"date": "2024-02-27"}),
    "when.md": "# Nobody wrote down when",
}


def test_a_day_of_the_calendar_says_how_many_notes_it_has(theme: Theme) -> None:
    """One, several, or only mentioned; each leads to its day, others are numbers; a note without a date is in none."""
    page = text_of(render(grow(YEARS), theme)["calendar.html"])
    february = page.partition("February</a></caption>")[2].partition("</table>")[0]
    assert re.findall(r"<a[^>]*>\d+</a>", february) == [
        '<a class="shade-1" href="dates/2024-02-27.html" aria-label="27 February 2024: 1 note">27</a>',
        '<a class="shade-2" href="dates/2024-02-28.html" aria-label="28 February 2024: 2 notes">28</a>',
        '<a href="dates/2024-02-29.html" aria-label="29 February 2024: mentioned">29</a>',
    ]
    assert "<td>26</td>" in february


def test_months_without_notes_are_not_drawn(theme: Theme) -> None:
    """Two years with a February each are two tables."""
    assert text_of(render(grow(YEARS), theme)["calendar.html"]).count("<table") == 2


def test_weeks_follow_the_language_of_the_site(theme_in: ThemeIn) -> None:
    """The 28th of February 2022, a Monday, is first or second in its row."""
    for language, before in (("de", "<tr>"), ("en", "<tr><td>27</td>")):
        pages = render(grow(YEARS), theme_in(language))
        assert f'{before}<td><a class="shade-1" href="2022-02-28.html"' in text_of(
            pages["dates/2022-02.html"]
        )


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize(
    ("start", "first", "before"),
    [("monday", 0, ""), ("saturday", 5, "<td>26</td><td>27</td>"), ("sunday", 6, "<td>27</td>")],
)
def test_weeks_begin_on_the_day_that_the_settings_name(
    start: WeekStart, first: int, before: str, language: str, theme_in: ThemeIn
) -> None:
    """Whatever the language: the heads of the columns, and the row of the 28th of February 2022, a Monday."""
    theme = theme_in(language)
    page = text_of(render(grow(YEARS), theme, config=Config(week_start=start))["dates/2022-02.html"])
    heads = re.findall(r'<th scope="col" abbr="([^"]+)">', page)
    monday_first = [name for _, name in theme.language.weekdays(0)]
    assert heads == monday_first[first:] + monday_first[:first]
    assert f'<tr>{before}<td><a class="shade-1" href="2022-02-28.html"' in page


def test_a_long_calendar_draws_the_newest_years_and_leads_to_the_others(theme: Theme) -> None:
    """At most three years of full months, then all years by number."""
    texts: Texts = {f"{year}-{month:02}-01.md": "x" for year in range(2015, 2021) for month in range(1, 13)}
    page = text_of(render(grow(texts), theme)["calendar.html"])
    assert page.count("<table") == 36
    assert re.findall(r'<a href="dates/(\d{4}).html">', page) == [
        *("2020", "2019", "2018"),
        *("2020", "2019", "2018", "2017", "2016", "2015"),
    ]


def test_a_note_shows_its_day_in_other_years(theme: Theme) -> None:
    """Not of its own year, and not notes whose date is a guess."""
    pages = render(grow(YEARS), theme)
    others = text_of(pages["one.html"]).partition('id="OtherYears"')[2].partition("</section>")[0]
    assert re.findall(r'<span>(\d+)</span> <a href="([^"]+)">', others) == [
        ("2024", "two.html"),
        ("2024", "three.html"),
    ]
    assert "OtherYears" not in text_of(pages["four.html"])
    assert "OtherYears" not in text_of(pages["when.html"])


def test_a_day_of_many_years_is_shown_in_the_newest(theme: Theme) -> None:
    """The newest first, and no more than a dozen."""
    days: Texts = {f"{year}.md": ("# Day", {"date": f"{year}-05-01"}) for year in range(2010, 2025)}
    others = text_of(render(grow(days), theme)["2024.html"]).partition('id="OtherYears"')[2]
    years = re.findall(r"<span>(\d+)</span> <a", others.partition("</section>")[0])
    assert years == [str(year) for year in range(2023, 2011, -1)]


def test_the_home_page_has_what_its_reader_needs_on_any_day(theme: Theme) -> None:
    """A script a month, in JSON, with year, title and address by day; the page itself is silent without its clock."""
    pages = render(grow(YEARS), theme)
    section = re.search(r'data-days="([^"]+)" hidden', text_of(pages["index.html"]))
    assert section
    months = json.loads(section[1].replace("&#34;", '"'))
    assert list(months) == ["2"]
    script = text_of(pages[months["2"]])
    assert json.loads(script.removeprefix('notegen.add("days",').removesuffix(")")) == {
        "27": [[2024, "Four", "four.html"]],
        "28": [[2024, "Two", "two.html"], [2024, "Three & more", "three.html"], [2022, "One", "one.html"]],
    }


def test_a_tag_has_a_strip_of_its_months(theme: Theme) -> None:
    """A bar each, as high as its notes; the same in words."""
    page = text_of(render(grow(YEARS), theme)["tags/sea.html"])
    assert 'aria-label="Notes by month. 2022: 1, 2024: 2. Most in February 2024: 2 notes"' in page
    assert '<path d="M25 40v-19M425 40v-38" stroke-width="11.67"/>' in page


def test_few_notes_or_one_month_need_no_strip(theme: Theme) -> None:
    """Their list says it."""
    day = date(2024, 5, 1)
    assert timeline_of([day, date(2023, 1, 1)], theme.language) is None
    assert timeline_of([day, day, date(2024, 5, 31)], theme.language) is None


def test_a_long_time_has_a_bar_a_year(theme: Theme) -> None:
    """More months than the strip has room for."""
    strip = timeline_of([date(year, 1, 1) for year in (1990, 2000, 2020)], theme.language)
    assert strip
    assert strip.bars.count("M") == 3
    assert strip.words == "Notes by year. 1990: 1, 2000: 1, 2020: 1"
    assert [mark.text for mark in strip.years if mark.text][:2] == ["1990", "1993"]


@pytest.mark.parametrize(("last", "bars"), [(date(2014, 12, 31), "month"), (date(2015, 1, 1), "year")])
def test_fifteen_years_have_a_bar_a_month(theme: Theme, last: date, bars: str) -> None:
    """And one month more a bar a year."""
    strip = timeline_of([date(2000, 1, 1), date(2000, 2, 1), last], theme.language)
    assert strip
    assert strip.words.startswith(f"Notes by {bars}.")
