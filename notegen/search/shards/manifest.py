"""What a page must know before it can ask for anything else."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from notegen.model import Familiarity
from notegen.search.cut import write_sorted
from notegen.search.rules import FOREIGN_MIN_COSINE, page_rules
from notegen.search.shards.names import NameShards
from notegen.search.shards.postings import WordShards
from notegen.search.shards.query_table import TableShards
from notegen.search.shards.spelling import SpellingShards
from notegen.search.shards.texts import TextShards
from notegen.search.shards.vectors import VectorShards
from notegen.search.varint import DIGITS, write_numbers

FORMAT = 9
"""Goes up with every change of the index's format; the page's script and the index are of one build."""


def write_manifest(
    counts: Sequence[int],
    lengths: Sequence[int],
    words: WordShards,
    algorithms: Sequence[str],
    stop_words: Iterable[str],
    spelling: SpellingShards,
    names: NameShards,
    texts: TextShards,
    meaning: tuple[VectorShards, TableShards] | None,
    *,
    folders: Mapping[str, str],
    familiarity: Familiarity | None,
    scripts: Iterable[int],
    months: Sequence[str],
    weight: float,
) -> dict[str, object]:
    """The manifest; `browser/src/search/engine/manifest.ts` types it. No stem or token holds a space.

    The scripts of the notes' words, and what questions in other languages must reach, are there only where the model
    knows many languages; names of months only where the notes' languages have others than every page knows.
    """
    facts: dict[str, object] = {
        "format": FORMAT,
        "folders": dict(folders),
        "counts": write_numbers(counts),
        "lengths": "".join(DIGITS[step] for step in lengths),
        "words": write_sorted(words.firsts),
        "common": " ".join(words.common),
        "stemmers": " ".join(algorithms),
        "stopWords": " ".join(sorted(stop_words)),
        "names": write_sorted(names.forward),
        "namesBackward": write_sorted(names.backward),
        "nameEnd": names.min_end,
        "forward": " ".join(spelling.forward),
        "backward": " ".join(spelling.backward),
        "texts": write_numbers(after - before for before, after in pairwise(texts.first_passages)),
        "weight": weight,
        "rules": page_rules(),
        "meaning": None,
    }
    if months:
        facts["months"] = months
    if meaning is not None:
        vectors, table = meaning
        facts["meaning"] = {
            **vectors.facts,
            "firsts": {letter: write_sorted(firsts) for letter, firsts in table.firsts.items()},
            "common": " ".join(table.common),
            "familiarity": _familiarity_facts(familiarity) if familiarity else None,
        }
        if familiarity is None:
            facts["scripts"] = write_numbers(sorted(scripts))
            facts["foreignMinCosine"] = FOREIGN_MIN_COSINE
    return facts


def _familiarity_facts(familiarity: Familiarity) -> dict[str, object]:
    """A digit a note; one for all where they have the same."""
    levels = "".join(map(str, familiarity.levels))
    return {"share": familiarity.share, "levels": levels[:1] if len(set(levels)) < 2 else levels}
