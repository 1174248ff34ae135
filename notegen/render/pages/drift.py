"""The page about how the garden moved through time, and about outliers and near-duplicates."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from notegen.i18n import Language, capital
from notegen.model import Drift, NearDuplicate, Outlier, OutputFile, Overview, Period, PeriodUnit, Url
from notegen.paths import DRIFT, MAP, month_url, year_url
from notegen.render.parts.groupings import topic_name
from notegen.render.parts.lists import NavLink
from notegen.render.site import Site, link_to, make_page

WIDTH, SHARES_HEIGHT, MOVED_HEIGHT = 720, 260, 150
"""The sizes of the plots, in their own units; a page scales them to its width."""

MAX_TICKS = 8
LONE_WIDTH = 8
"""The width of a period whose neighbours have no notes, in the plots' units."""

MIN_PLOTTED_NOTES = 5
"""Notes under which a period's shares are chance: it is in the table, not in the plots."""

CLEAR_MOVE_RATIO = 1.25
"""How many times farther than by chance a period has moved when the page says that it has."""


class Tick(Struct, frozen=True):
    """A name under the axis of time; `anchor` is SVG's `text-anchor`."""

    x: float
    text: str
    anchor: str


class Area(Struct, frozen=True):
    """A topic's share over time as the path of an area; `kind` is the number of its colour, from 1."""

    kind: int
    name: str
    href: str
    path: str
    before: str
    since: str


class Dot(Struct, frozen=True):
    """How far one period moved: where its dot lies, and what it says."""

    x: float
    y: float
    words: str
    clear: bool


class PeriodRow(Struct, frozen=True):
    """A period as a row of the table."""

    name: str
    href: str
    notes: str
    topic: str
    moved: str
    by_chance: str


class Moves(Struct, frozen=True):
    """The plot of distances: what happened as a line with dots, what chance does as a broken line."""

    line: str
    chance: str
    dots: tuple[Dot, ...]
    top: str
    top_y: float


class OutlierRow(Struct, frozen=True):
    """A note far from all others, the one nearest to it, and what might be done."""

    note: NavLink
    nearest: NavLink
    advice: str


class NearDuplicateRow(Struct, frozen=True):
    """Two notes with nearly the same text."""

    one: NavLink
    other: NavLink


def drift_files(site: Site, overview: Overview) -> Iterator[OutputFile]:
    """The page and its style; none where there is nothing to tell."""
    if title := drift_title(site, overview):
        yield _drift_page(site, overview, title)
        yield site.theme.page_styles["drift"]


def drift_title(site: Site, overview: Overview | None) -> str:
    """What the page is called, by the first thing that it has to tell; empty where there is none."""
    if overview and overview.drift:
        return site.translate("drift.title")
    if overview and overview.outliers:
        return site.translate("drift.outliers")
    return site.translate("drift.near_duplicates") if overview and overview.near_duplicates else ""


def _drift_page(site: Site, overview: Overview, title: str) -> OutputFile:
    """Without the plots where all notes are of one period, and where there is none without a word of periods."""
    drift = overview.drift
    still = site.translate("drift.still") if site.is_dated else ""
    lead = _drift_lead(site, drift) if drift else still
    plotted = _plotted(drift) if drift else None
    names = {
        "heading": title,
        "lead": lead,
        "map": link_to(DRIFT, MAP),
        "drift": drift,
        "size": {"width": WIDTH, "shares": SHARES_HEIGHT, "moved": MOVED_HEIGHT},
        "unit": drift.unit if drift else "",
        "undated": site.translate("count.notes", count=drift.undated) if drift and drift.undated else "",
        "usual": site.language.decimal(drift.usual_distance) if drift else "",
        "thin": len(drift.periods) - len(plotted.periods) if drift and plotted else 0,
        "least": MIN_PLOTTED_NOTES,
        "ticks": _ticks(site, plotted) if plotted else (),
        "areas": tuple(_areas(site, overview, plotted)) if plotted else (),
        "moves": _moves_plot(site, plotted) if plotted else None,
        "summary": _summary(site, overview, plotted) if plotted else "",
        "rows": tuple(_period_rows(site, overview, drift)) if drift else (),
        "outliers": tuple(_outlier_row(site, one) for one in overview.outliers),
        "near_duplicates": tuple(_near_duplicate_row(site, pair) for pair in overview.near_duplicates),
    }
    return make_page(
        site, "drift.html", DRIFT, "map", names, title=title, description=lead or title, style="drift"
    )


def period_words(language: Language, first: date, unit: PeriodUnit) -> str:
    """`May 2024`, `2024 Q2`, `2024`."""
    match unit:
        case "month":
            return language.month(first.year, first.month)
        case "quarter":
            return language.translate(
                "drift.quarter_of_year",
                quarter=language.quarter_alone(first.month),
                year=language.year(first.year),
            )
        case "year":
            return language.year(first.year)


def _drift_lead(site: Site, drift: Drift) -> str:
    first, last = (
        period_words(site.language, period.first, drift.unit)
        for period in (drift.periods[0], drift.periods[-1])
    )
    return site.translate(f"drift.{drift.unit}.lead", first=first, last=last)


def _plotted(drift: Drift) -> Drift | None:
    """The periods that have notes enough for a plot; None when they are fewer than two."""
    periods = tuple(period for period in drift.periods if period.notes >= MIN_PLOTTED_NOTES)
    return replace(drift, periods=periods) if len(periods) > 1 else None


def _xs(drift: Drift) -> list[float]:
    """Where each period lies: as far apart as they are in time, so that a pause is seen as one."""
    first, last = drift.periods[0].first, drift.periods[-1].first
    whole = (last - first).days
    return [round(WIDTH * (period.first - first).days / whole, 1) for period in drift.periods]


def _runs(drift: Drift) -> list[range]:
    """The numbers of periods that follow each other without one between them: what is drawn in one piece."""
    months = {"month": 1, "quarter": 3, "year": 12}[drift.unit]
    counts = [(12 * period.first.year + period.first.month) // months for period in drift.periods]
    starts = [i for i in range(len(counts)) if i == 0 or counts[i] > counts[i - 1] + 1]
    return [range(*ends) for ends in pairwise([*starts, len(counts)])]


def _points(xs: Sequence[float], run: range) -> list[tuple[float, int]]:
    """Where a run's periods are drawn; a single one twice, so that it is as wide as can be seen."""
    if len(run) > 1:
        return [(xs[i], i) for i in run]
    left = min(max(0.0, xs[run[0]] - LONE_WIDTH / 2), WIDTH - LONE_WIDTH)
    return [(round(left, 1), run[0]), (round(left + LONE_WIDTH, 1), run[0])]


def _ticks(site: Site, drift: Drift) -> tuple[Tick, ...]:
    """The first periods of years, thinned until names do not touch; all periods where they are few."""
    xs = _xs(drift)
    places = list(range(len(xs)))
    if drift.unit != "year" and drift.periods[0].first.year != drift.periods[-1].first.year:
        years = [period.first.year for period in drift.periods]
        places = [i for i in places if i == 0 or years[i] != years[i - 1]]
        texts = {i: site.language.numeral(years[i]) for i in places}
    else:
        texts = {i: _short_period(site.language, drift.periods[i].first, drift.unit) for i in places}
    shown: list[int] = []
    for i in places:
        if not shown or xs[i] - xs[shown[-1]] >= WIDTH / MAX_TICKS:
            shown.append(i)
    return tuple(
        Tick(xs[i], texts[i], "start" if xs[i] < 20 else "end" if xs[i] > WIDTH - 20 else "middle")
        for i in shown
    )


def _short_period(language: Language, first: date, unit: PeriodUnit) -> str:
    return (
        language.short_month(first.year, first.month)
        if unit == "month"
        else period_words(language, first, unit)
    )


def _areas(site: Site, overview: Overview, drift: Drift) -> Iterator[Area]:
    """The shares stacked, the largest topic at the bottom."""
    xs, runs = _xs(drift), _runs(drift)
    below = [0.0] * len(xs)
    early, late = _halves(overview, drift)
    for number, topic in enumerate(overview.map.topics):
        above = [low + period.shares[number] for low, period in zip(below, drift.periods, strict=True)]
        yield Area(
            kind=number + 1,
            name=topic_name(site.garden, topic, site.language),
            href=link_to(DRIFT, MAP, f"Topic-{number + 1}"),
            path="".join(_area_path(xs, below, above, run) for run in runs),
            before=site.language.percent(early[number]),
            since=site.language.percent(late[number]),
        )
        below = above


def _area_path(xs: Sequence[float], below: Sequence[float], above: Sequence[float], run: range) -> str:
    """The area over periods that follow each other; over a single one a bar."""

    def point(x: float, share: float) -> str:
        return f"{x:g} {round(SHARES_HEIGHT * (1 - share), 1):g}"

    places = _points(xs, run)
    upper = [point(x, above[i]) for x, i in places]
    lower = [point(x, below[i]) for x, i in places]
    return f"M{'L'.join([*upper, *reversed(lower)])}Z"


def _moves_plot(site: Site, drift: Drift) -> Moves:
    xs = _xs(drift)[1:]
    runs = [range(max(0, run.start - 1), run.stop - 1) for run in _runs(drift) if run.stop > 1]
    moved = [period.moved or 0.0 for period in drift.periods[1:]]
    chance = [period.by_chance or 0.0 for period in drift.periods[1:]]
    top = max(*moved, *chance, 0.01)

    def height(value: float) -> float:
        return round((MOVED_HEIGHT - 12) * (1 - value / top) + 6, 1)

    def line(values: Sequence[float]) -> str:
        return "".join(piece(values, run) for run in runs)

    def piece(values: Sequence[float], run: range) -> str:
        return "M" + "L".join(f"{x:g} {height(values[i]):g}" for x, i in _points(xs, run))

    dots = (
        Dot(x, height(far), _moved_words(site, drift, index + 1, far, usual), far >= CLEAR_MOVE_RATIO * usual)
        for index, (x, far, usual) in enumerate(zip(xs, moved, chance, strict=True))
    )
    return Moves(line(moved), line(chance), tuple(dots), site.language.decimal(top), height(top))


def _moved_words(site: Site, drift: Drift, index: int, far: float, chance: float) -> str:
    return site.translate(
        f"drift.{drift.unit}.dot",
        period=period_words(site.language, drift.periods[index].first, drift.unit),
        far=site.language.decimal(far),
        chance=site.language.decimal(chance),
    )


def _summary(site: Site, overview: Overview, drift: Drift) -> str:
    """The plots in words: which topics grew and shrank from the first half of the periods to the second."""
    names = [topic_name(site.garden, topic, site.language) for topic in overview.map.topics]
    early, late = _halves(overview, drift)
    change = [after - before for before, after in zip(early, late, strict=True)]
    grown, shrunk = change.index(max(change)), change.index(min(change))
    first = drift.periods[len(drift.periods) // 2].first
    language = site.language
    since = language.year(first.year) if drift.unit == "year" else language.month(first.year, first.month)
    if change[grown] < 0.01:
        return site.translate("drift.steady", since=since)
    return site.translate(
        "drift.grew",
        since=since,
        grown=names[grown],
        grown_before=language.percent(early[grown]),
        grown_since=language.percent(late[grown]),
        shrunk=names[shrunk],
        shrunk_before=language.percent(early[shrunk]),
        shrunk_since=language.percent(late[shrunk]),
    )


def _halves(overview: Overview, drift: Drift) -> tuple[list[float], list[float]]:
    """Each topic's share of the notes of the first half of the periods, and of those of the second."""
    half = len(drift.periods) // 2

    def shares(periods: Sequence[Period]) -> list[float]:
        notes = sum(period.notes for period in periods)
        return [
            sum(period.shares[topic] * period.notes for period in periods) / notes
            for topic in range(len(overview.map.topics))
        ]

    return shares(drift.periods[:half]), shares(drift.periods[half:])


def _period_rows(site: Site, overview: Overview, drift: Drift) -> Iterator[PeriodRow]:
    names = [topic_name(site.garden, topic, site.language) for topic in overview.map.topics]
    for period in drift.periods:
        most = max(range(len(names)), key=lambda topic: (period.shares[topic], -topic))
        yield PeriodRow(
            name=capital(period_words(site.language, period.first, drift.unit)),
            href=link_to(DRIFT, _period_url(period.first, drift.unit)),
            notes=site.language.number(period.notes),
            topic=site.translate(
                "drift.topic", topic=names[most], share=site.language.percent(period.shares[most])
            ),
            moved="" if period.moved is None else site.language.decimal(period.moved),
            by_chance="" if period.by_chance is None else site.language.decimal(period.by_chance),
        )


def _period_url(first: date, unit: PeriodUnit) -> Url:
    return month_url(first.year, first.month) if unit == "month" else year_url(first.year)


def _outlier_row(site: Site, one: Outlier) -> OutlierRow:
    linked = bool(site.garden.neighbours[one.note].either)
    advice = (
        site.translate("drift.split") if one.multi_topic else "" if linked else site.translate("drift.link")
    )
    return OutlierRow(_note_link(site, one.note), _note_link(site, one.nearest), advice)


def _near_duplicate_row(site: Site, pair: NearDuplicate) -> NearDuplicateRow:
    return NearDuplicateRow(_note_link(site, pair.one), _note_link(site, pair.other))


def _note_link(site: Site, note: str) -> NavLink:
    return NavLink(link_to(DRIFT, site.garden.urls[note]), site.garden.notes[note].title)
