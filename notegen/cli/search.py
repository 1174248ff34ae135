"""`notegen search`: the page's search in a terminal, with the same ranking."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from notegen.cli.folder_first import folder_first
from notegen.cli.named_path import NAMED_PATH
from notegen.cli.options import Options, common_options, notes_folder, read_settings
from notegen.cli.report import echo_json
from notegen.cli.setup import opened
from notegen.context import BuildContext
from notegen.errors.command import no_question
from notegen.errors.model import full_without_meaning
from notegen.load import embed_garden, load_garden, query_table, require_notes
from notegen.model import EmbeddedGarden, QueryTable
from notegen.note_memory import NoteMemory
from notegen.reports import looked_for_instead, model_has_no_table, nothing_found, quotation_as_words
from notegen.search.cached_index import cached_vector_index
from notegen.search.engine import Hit, Meaning, MeaningByModel, MeaningByTable, answer_question, open_search
from notegen.search.query_table.choose import weight_with
from notegen.text.wordpiece import wordpiece_tokenizer


@click.command("search", context_settings={"allow_extra_args": True})
@click.argument("notes", required=False)
@click.argument("query", required=False, metavar="QUERY")
@click.option("--notes", "named", type=NAMED_PATH, metavar="NOTES", help="The notes folder, also so.")
@click.option(
    "--limit", type=click.IntRange(1), default=10, show_default=True, metavar="N", help="At most N notes."
)
@click.option("--full", is_flag=True, help="Ask the model itself, not the query table that pages use.")
@click.option("--json", "as_json", is_flag=True, help="Print the hits as JSON.")
@common_options
@click.pass_context
def search_command(
    ctx: click.Context,
    notes: str | None,
    query: str | None,
    named: Path | None,
    limit: int,
    full: bool,
    as_json: bool,
    common: Options,
) -> None:
    """Search the notes in NOTES for QUERY by words and by meaning, ranked as in the page.

    QUERY may hold "exact phrases", -word, tag:, path:, before:, until:, after: and since:,
    as in the page.

    \b
    Example:
      notegen search ~/vault "how to keep bread fresh"
    """
    folder, question = folder_first("search", (notes, query, *ctx.args), named)
    if not question:
        raise no_question(str(folder or notes_folder(None)))
    options = common.of(folder, for_machines=as_json)
    settings = read_settings(options)
    if full and not settings.search.semantic:
        raise full_without_meaning()
    with opened(options, settings) as context:
        reading, garden = load_garden(context, skip=(Path(settings.out),))
        require_notes(reading, context, Path(settings.out))
        known = embed_garden(garden, context, NoteMemory(garden, context.cache))
        query_by = None if full or known.vectors is None else query_table(known, context)
        searchable = open_search(
            garden,
            known.passages,
            _open_meaning(known, context, query_by, full=full),
            language=settings.language,
            table=context.table if known.vectors else None,
            familiarity=known.familiarity,
            cache=context.cache,
        )
        weight = weight_with(query_by, settings.search.meaning_weight)
        answer = answer_question(searchable, question, weight=weight, limit=limit)
    for phrase in answer.unquoted:
        click.secho(quotation_as_words(phrase), err=True, dim=True)
    for typed, used in answer.corrected:
        click.secho(looked_for_instead(typed, used), err=True, dim=True)
    if as_json:
        echo_json([_hit_facts(hit) for hit in answer.hits])
        return
    if not answer.hits:
        click.echo(nothing_found(is_near=bool(answer.far)))
    for hit in answer.hits or answer.far:
        heading = _marked(hit.heading, hit.heading_marks) if hit.heading != hit.title else ""
        title = _marked(hit.title, hit.title_marks, is_title=True)
        click.echo(f"{hit.score:.2f}  {title}{heading and f' › {heading}'}  ({hit.note}; {hit.why})")
        click.echo(f"      {_marked(hit.snippet.text, hit.snippet.marks)}")


def _open_meaning(
    known: EmbeddedGarden, context: BuildContext, table: QueryTable | None, *, full: bool
) -> Meaning | None:
    if known.vectors is None or context.encoder is None:
        return None
    if full:
        return MeaningByModel(known.vectors, context.encoder)
    index = cached_vector_index(known.garden, known.vectors, table, context.cache, of_texts=context.cache)
    if index is None:
        click.secho(model_has_no_table(), err=True, dim=True)
        return None
    return MeaningByTable(index, wordpiece_tokenizer(index.tokens))


def _hit_facts(hit: Hit) -> dict[str, Any]:
    return {
        "path": hit.note,
        "url": hit.url,
        "title": hit.title,
        "heading": hit.heading,
        "excerpt": hit.snippet.text,
        "score": round(hit.score, 4),
        "why": hit.why,
    }


def _marked(text: str, marks: Sequence[tuple[int, int]], *, is_title: bool = False) -> str:
    """The text with the matched words bold; a title is bold as a whole, and they are underlined too."""
    parts: list[str] = []
    end = 0
    for start, stop in marks:
        parts.append(click.style(text[end:start], bold=True) if is_title else text[end:start])
        parts.append(click.style(text[start:stop], bold=True, underline=is_title or None))
        end = stop
    return "".join([*parts, click.style(text[end:], bold=True) if is_title else text[end:]])
