"""`notegen stats`: the garden in figures, as the pages of the map and of drift show it; or which notes are public."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal, get_args

import click

from notegen.bundled import bundled
from notegen.check.advice import give_advice
from notegen.cli.named_path import NAMED_PATH
from notegen.cli.options import Options, common_options, read_settings
from notegen.cli.report import echo_json
from notegen.cli.setup import opened
from notegen.i18n import Language, load_language
from notegen.load import embed_garden, load_garden, require_notes
from notegen.model import Code, Drift, Garden, Overview, Passage, Reading, ToNote
from notegen.paths import printable
from notegen.render.pages.drift import period_words
from notegen.render.parts.groupings import topic_name
from notegen.reports import (
    NEAR_DUPLICATES_TITLE,
    OUTLIERS_TITLE,
    TOPICS_TITLE,
    count_garden,
    count_links,
    count_tags,
    describe_outlier,
    drift_title,
    no_meaning,
    rate_map,
    span_days,
    too_few_notes,
)
from notegen.semantic.map import MIN_NOTES, make_overview
from notegen.semantic.note_vectors import note_vectors_of

Listed = Literal["published", "withheld", "encrypted", "waiting"]


@click.command("stats")
@click.argument("notes", required=False, type=NAMED_PATH)
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
@click.option(
    "--list",
    "listed",
    type=click.Choice(get_args(Listed)),
    help="Print the paths of these notes instead, one a line.",
)
@common_options
def stats_command(
    notes: Path | None,
    as_json: bool,
    listed: Listed | None,
    common: Options,
) -> None:
    """Print the folder NOTES in figures: counts, links, topics, how they moved, notes that stand apart.

    \b
    Example:
      notegen stats ~/vault
      notegen stats ~/vault --list withheld
    """
    options = common.of(notes, for_machines=as_json)
    settings = read_settings(options)
    with opened(options, settings) as context:
        reading, garden = load_garden(context, skip=(Path(settings.out),))
        require_notes(reading, context, Path(settings.out))
        if listed:
            paths = _paths_of(listed, reading, garden)
            echo_json(paths) if as_json else click.echo(
                "".join(f"{printable(path)}\n" for path in paths), nl=False
            )
            return
        known = embed_garden(garden, context)
        notes_as_vectors = note_vectors_of(known.vectors, known.familiarity) if known.vectors else None
        overview = make_overview(garden, notes_as_vectors, language=settings.language)
    counts = _count_garden(reading, garden, known.passages)
    if as_json:
        facts = {
            **counts,
            "semantic": known.vectors is not None,
            "overview": _overview_facts(overview) if overview else None,
        }
        echo_json(facts)
    elif not options.quiet:
        english = load_language("en", [bundled("templates")])
        _show_counts(counts)
        if overview:
            _show_overview(garden, overview, english)
        else:
            click.echo(no_meaning() if known.vectors is None else too_few_notes(MIN_NOTES))


def _paths_of(listed: Listed, reading: Reading, garden: Garden) -> list[str]:
    """The notes of one kind, in order; each is of one alone."""
    encrypted = {source.id for source in reading.encrypted}
    match listed:
        case "published":
            return sorted(garden.notes)
        case "encrypted":
            return sorted(encrypted)
        case "waiting":
            return sorted(reading.scheduled)
        case "withheld":
            return sorted(reading.withheld - encrypted - reading.scheduled.keys())


def _count_garden(reading: Reading, garden: Garden, passages: Sequence[Passage]) -> dict[str, Any]:
    """What can be counted without meaning."""
    problems = [*garden.problems, *give_advice(garden, reading)]
    days = sorted(day for note in garden.notes.values() if (day := note.dating.day))
    return {
        "notes": len(garden.notes),
        "withheld": len(reading.withheld),
        "words": sum(note.word_count for note in garden.notes.values()),
        "passages": len(passages),
        "first_day": days[0].isoformat() if days else None,
        "last_day": days[-1].isoformat() if days else None,
        "undated": sum(note.dating.day is None for note in garden.notes.values()),
        "links": sum(isinstance(to, ToNote) for some in garden.resolutions.values() for to in some),
        "links_missing": sum(problem.code is Code.LINK_MISSING for problem in problems),
        "orphans": sorted(problem.place.path for problem in problems if problem.code is Code.NOTE_ORPHAN),
        "tags": len(garden.tags),
    }


def _overview_facts(overview: Overview) -> dict[str, Any]:
    drift = overview.drift
    return {
        "trustworthiness": round(overview.map.trust, 4),
        "trustworthiness_of_components": round(overview.map.pca_trust, 4),
        "topics": [
            {"words": topic.words, "size": len(topic.notes), "notes": topic.notes}
            for topic in overview.map.topics
        ],
        "drift": _drift_facts(drift) if drift else None,
        "outliers": [
            {"path": one.note, "nearest": one.nearest, "cosine": one.cosine, "multi_topic": one.multi_topic}
            for one in overview.outliers
        ],
        "near_duplicates": [
            {"one": pair.one, "other": pair.other, "cosine": pair.cosine} for pair in overview.near_duplicates
        ],
    }


def _drift_facts(drift: Drift) -> dict[str, Any]:
    return {
        "unit": drift.unit,
        "usual_distance": round(drift.usual_distance, 4),
        "undated": drift.undated,
        "periods": [
            {
                "from": period.first.isoformat(),
                "notes": period.notes,
                "shares": [round(share, 4) for share in period.shares],
                "moved": None if period.moved is None else round(period.moved, 4),
                "by_chance": None if period.by_chance is None else round(period.by_chance, 4),
            }
            for period in drift.periods
        ],
    }


def _show_counts(counts: dict[str, Any]) -> None:
    click.echo(count_garden(counts["notes"], counts["withheld"], counts["words"], counts["passages"]))
    if counts["first_day"]:
        click.echo(span_days(counts["first_day"], counts["last_day"], counts["undated"]))
    click.echo(count_links(counts["links"], counts["links_missing"], len(counts["orphans"])))
    click.echo(count_tags(counts["tags"]))


def _show_overview(garden: Garden, overview: Overview, english: Language) -> None:
    shown = overview.map
    click.echo(rate_map(shown.grade, shown.trust, shown.pca_trust))
    if shown.topics:
        _show_title(TOPICS_TITLE)
    for topic in shown.topics:
        click.echo(f"  {len(topic.notes):>5,}  {topic_name(garden, topic, english)}")
    if overview.drift:
        _show_drift(garden, overview, overview.drift, english)
    if overview.outliers:
        _show_title(OUTLIERS_TITLE)
    for one in overview.outliers:
        click.echo(f"  {describe_outlier(one)}")
    if overview.near_duplicates:
        _show_title(NEAR_DUPLICATES_TITLE)
    for pair in overview.near_duplicates:
        click.echo(f"  {pair.one}  {pair.other}")


def _show_drift(garden: Garden, overview: Overview, drift: Drift, english: Language) -> None:
    _show_title(drift_title(drift.unit))
    names = [period_words(english, period.first, drift.unit) for period in drift.periods]
    width = max(map(len, names))
    for name, period in zip(names, drift.periods, strict=True):
        share = max(period.shares)
        topic = overview.map.topics[period.shares.index(share)]
        moved = "" if period.moved is None else f"{period.moved:.2f}  {period.by_chance:.2f}"
        click.echo(
            f"  {name:{width}}  {period.notes:>5,}  {moved:10}  {topic_name(garden, topic, english)} ({share:.0%})"
        )


def _show_title(text: str) -> None:
    click.echo()
    click.secho(text, bold=True)
