"""What a page must know before it can ask for anything else."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from notegen.model import Familiarity
from notegen.search.cut import write_sorted
from notegen.search.rules import FOREIGN_MIN_COSINE, page_rules
from notegen.search.shards.folders import FORMAT
from notegen.search.shards.names import NameShards
from notegen.search.shards.query_table import TableShards
from notegen.search.shards.spelling import SpellingShards
from notegen.search.shards.texts import TextShards
from notegen.search.shards.vectors import VectorShards
from notegen.search.shards.words import Words
from notegen.search.times import month_names
from notegen.search.varint import DIGITS, write_numbers


def write_manifest(
    counts: Sequence[int],
    words: Words,
    spelling: SpellingShards,
    names: NameShards,
    texts: TextShards,
    meaning: tuple[VectorShards, TableShards] | None,
    *,
    folders: Mapping[str, str],
    familiarity: Familiarity | None,
    weight: float,
) -> dict[str, object]:
    """The manifest; `browser/src/search/engine/manifest.ts` types it. No stem or token holds a space.

    It has the scripts of the notes' words, and what questions in other languages must reach, only where the model knows
    many languages. It has names of months only for languages that the page does not know by itself.
    """
    facts: dict[str, object] = {
        "format": FORMAT,
        "folders": dict(folders),
        "counts": write_numbers(counts),
        "lengths": "".join(DIGITS[step] for step in words.lengths),
        "words": write_sorted(words.shards.firsts),
        "common": " ".join(words.shards.common),
        "stemmers": " ".join(words.algorithms),
        "stopWords": " ".join(sorted(words.stop_words)),
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
    if months := month_names(words.languages):
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
            facts["scripts"] = write_numbers(sorted(words.scripts))
            facts["foreignMinCosine"] = FOREIGN_MIN_COSINE
    return facts


def _familiarity_facts(familiarity: Familiarity) -> dict[str, object]:
    """A digit a note; one for all where they have the same."""
    levels = "".join(map(str, familiarity.levels))
    return {"share": familiarity.share, "levels": levels[:1] if len(set(levels)) < 2 else levels}
