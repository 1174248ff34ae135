"""A model of the user's own searches in the page as it does in the terminal."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Page

from notegen.build import build
from notegen.config import Config
from notegen.context import BuildContext
from notegen.encoder import load_encoder, load_vocabulary
from notegen.load import embed_garden, load_garden, query_table
from notegen.model import NoteId, Url
from notegen.search.cached_index import cached_vector_index
from notegen.search.engine import MeaningByTable, open_search, search_garden
from notegen.search.query_table.choose import weight_with
from notegen.text.wordpiece import wordpiece_tokenizer
from tests.support import own_models


@pytest.mark.parametrize("kind", own_models.KINDS)
def test_a_page_finds_notes_in_other_languages_as_the_terminal_does(
    kind: str, tmp_path: Path, page: Page, file_url: Callable[[Path], str]
) -> None:
    """For each kind of tokenizer, number of dimensions and pooling: the same notes with the same scores."""
    notes = own_models.write_notes(tmp_path / "notes")
    urls, ask = built(kind, notes, tmp_path)
    page.goto(f"{file_url(tmp_path / 'site')}index.html")
    for question, note in own_models.ANSWERS.items():
        here = answers_of(page, question)
        assert here == ask(question), question
        assert here[0][:2] == (urls[note], "meaning"), question


QUESTIONS = (
    "でんしゃ", "Zug でんしゃ car", "でんしゃ で", "дождь bread", "дождь", "kneed it", "bread Brot zzyx", "la pluie",
    "zzyx Auto pl", "Zug", "電 でん", "knea",
)  # fmt: skip


def test_a_page_is_asked_in_a_script_of_no_note_as_the_terminal_is(
    tmp_path: Path, page: Page, file_url: Callable[[Path], str]
) -> None:
    """In one alone, beside other languages, with words that nobody knows, misspelt or begun."""
    notes = own_models.write_notes(tmp_path / "notes")
    (notes / "tabi.md").write_text("# Travel\n\nRails and sleepers.\n", "utf-8")
    _, ask = built("unigram", notes, tmp_path)
    assert list((tmp_path / "site").rglob("xo-*.js"))
    page.goto(f"{file_url(tmp_path / 'site')}index.html")
    for question in QUESTIONS:
        assert answers_of(page, question) == ask(question), question


Answers = list[tuple[str, str, float]]


def built(kind: str, notes: Path, folder: Path) -> tuple[Mapping[NoteId, Url], Callable[[str], Answers]]:
    """Builds the notes' site in the folder; the notes' addresses, and what the terminal answers."""
    model = own_models.KINDS[kind](folder / "model")
    context = BuildContext(notes, Config(), load_encoder(model), vocabulary=lambda: load_vocabulary(model))
    build(context, folder / "site")
    known = embed_garden(load_garden(context)[1], context)
    table = query_table(known, context)
    index = cached_vector_index(known.garden, known.vectors, table)
    assert index is not None
    search = open_search(
        known.garden, known.passages, MeaningByTable(index, wordpiece_tokenizer(index.tokens))
    )
    weight = weight_with(table, context.config.search.meaning_weight)

    def ask(question: str) -> Answers:
        return [
            (hit.url, hit.why, round(hit.score, 9)) for hit in search_garden(search, question, weight=weight)
        ]

    return known.garden.urls, ask


def answers_of(page: Page, question: str) -> Answers:
    """What the page answers."""
    result = page.evaluate("question => window.notegen.search(question)", question)
    return [(hit["url"], hit["why"], round(hit["score"], 9)) for hit in result["hits"]]
