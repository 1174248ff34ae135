"""A model of the user's own searches in the page as it does in the terminal."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from notegen.build import build
from notegen.config import Config
from notegen.context import BuildContext
from notegen.encoder import load_encoder, load_vocabulary
from notegen.load import embed_garden, load_garden, query_table
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
    model = own_models.KINDS[kind](tmp_path / "model")
    notes = own_models.write_notes(tmp_path / "notes")
    context = BuildContext(notes, Config(), load_encoder(model), vocabulary=lambda: load_vocabulary(model))
    build(context, tmp_path / "site")
    known = embed_garden(load_garden(context)[1], context)
    table = query_table(known, context)
    index = cached_vector_index(known.garden, known.vectors, table)
    assert index is not None
    search = open_search(
        known.garden, known.passages, MeaningByTable(index, wordpiece_tokenizer(index.tokens))
    )
    weight = weight_with(table, context.config.search.meaning_weight)
    page.goto(f"{file_url(tmp_path / 'site')}index.html")
    for question, note in own_models.ANSWERS.items():
        result = page.evaluate("question => window.notegen.search(question)", question)
        here = [(hit["url"], hit["why"], hit["score"]) for hit in result["hits"]]
        there = [(hit.url, hit.why, hit.score) for hit in search_garden(search, question, weight=weight)]
        assert here == there, question
        assert here[0][:2] == (known.garden.urls[note], "meaning"), question
