"""Where the query table's training texts come from."""

from pathlib import Path

import pytest

from models.table_sources import MANUALS, Prose, sample

MODELS = Path(__file__).parents[2] / "models"


@pytest.mark.parametrize(
    "name",
    [
        "train_table.py",
        "table_sources.py",
        "table_texts.py",
        "table_teacher.py",
        "train_multilingual_table.py",
        "multilingual_sources.py",
        "multilingual_texts.py",
        "multilingual_teacher.py",
        "page_tokenizer.py",
    ],
)
def test_training_never_reads_a_labelled_set(name: str) -> None:
    """What judges the table must not train it: no training module knows a labelled set's files or the evaluation."""
    code = (MODELS / name).read_text("utf-8")
    assert not [word for word in ("corpus.jsonl", "qrels", "table_evaluate", "shared/") if word in code]


def test_manuals_are_installed_packages_with_a_licence() -> None:
    """Anyone can install the same text, and may."""
    for manual in MANUALS:
        assert manual.folder.startswith("/usr/share/")
        assert manual.licence


def test_prose_of_a_page_is_its_titles_and_paragraphs() -> None:
    """Navigation and code stay out; an unclosed paragraph ends where the next block begins."""
    page = Prose()
    page.feed(
        "<title>Vacuum</title><div>menu</div><h1>Why¶</h1><p>It <em>frees</em>\n space.<p>Often.</p><pre>x</pre>"
    )
    assert page.blocks == [("title", "Vacuum"), ("h1", "Why"), ("p", "It frees space."), ("p", "Often.")]


def test_sample_is_the_same_each_time_and_keeps_few_texts_whole() -> None:
    """A source with too many texts gives a seeded draw of distinct ones."""
    texts = tuple(str(at) for at in range(100))
    assert sample(texts, 10) == sample(texts, 10)
    assert len(set(sample(texts, 10))) == 10
    assert sample(texts[:5], 10) == texts[:5]
