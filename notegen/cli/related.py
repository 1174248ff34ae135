"""`notegen related`: the notes close in meaning, and why."""

from pathlib import Path
from typing import Any

import click

from notegen.check.find_note import find_note
from notegen.cli.folder_first import folder_first
from notegen.cli.named_path import NAMED_PATH
from notegen.cli.options import Options, common_options, read_settings
from notegen.cli.report import echo_json
from notegen.cli.setup import opened
from notegen.errors.model import related_without_meaning
from notegen.load import embed_garden, load_garden, require_notes
from notegen.model import Garden, Neighbour
from notegen.reports import mark_neighbour, nothing_related, why_related
from notegen.semantic.note_vectors import note_vectors_of
from notegen.semantic.related import relate_notes


@click.command("related", context_settings={"allow_extra_args": True})
@click.argument("notes", required=False)
@click.argument("note", required=False)
@click.option("--notes", "named", type=NAMED_PATH, metavar="NOTES", help="The notes folder, also so.")
@click.option(
    "--json", "as_json", is_flag=True, help="Print a map from each note's path to its related notes."
)
@click.option("--limit", type=click.IntRange(1), metavar="N", help="At most N a note (default: the setting).")
@common_options
@click.pass_context
def related_command(
    ctx: click.Context,
    notes: str | None,
    note: str | None,
    named: Path | None,
    as_json: bool,
    limit: int | None,
    common: Options,
) -> None:
    """Print the notes in NOTES related to NOTE, a path or a name, or to every note.

    \b
    Example:
      notegen related ~/vault "study/Day 1.md"
    """
    folder, name = folder_first("related", (notes, note, *ctx.args), named)
    options = common.of(folder, for_machines=as_json)
    settings = read_settings(options)
    if not settings.search.semantic:
        raise related_without_meaning()
    with opened(options, settings) as context:
        reading, garden = load_garden(context, skip=(Path(settings.out),))
        require_notes(reading, context, Path(settings.out))
        wanted = [find_note(garden, name)] if name else list(garden.notes)
        known = embed_garden(garden, context)
        assert known.vectors is not None
        notes_as_vectors = note_vectors_of(known.vectors, known.familiarity)
        related = relate_notes(garden, notes_as_vectors, count=limit or settings.related.count)
    # Linked ones come beside the others, and here they share the limit.
    found = {id: related.neighbours.get(id, ())[: limit or settings.related.count] for id in wanted}
    if as_json:
        facts = {
            id: [_neighbour_facts(garden, neighbour) for neighbour in neighbours]
            for id, neighbours in found.items()
        }
        echo_json(facts)
        return
    for id, neighbours in found.items():
        click.secho(f"{garden.notes[id].title}  ({id})", bold=True)
        for neighbour in neighbours:
            title = garden.notes[neighbour.note].title
            click.echo(f"  {neighbour.score:.2f}  {title}  ({neighbour.note}){mark_neighbour(neighbour)}")
            click.secho(f"        {why_related(neighbour.reason)}", dim=True)
        if not neighbours:
            click.echo(f"  {nothing_related()}")


def _neighbour_facts(garden: Garden, neighbour: Neighbour) -> dict[str, Any]:
    return {
        "path": neighbour.note,
        "title": garden.notes[neighbour.note].title,
        "score": neighbour.score,
        "reason": why_related(neighbour.reason),
    }
