"""The search index: a golden file that the page's own test reads too, and what must be true of any index."""

import json
import pickle
import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar, cast

import numpy as np
import pytest
from msgspec.structs import replace

from notegen.cache import VectorCache, open_cache
from notegen.model import Garden, KnownFile, OutputFile, Passage, Vectors
from notegen.page_data import digest_of
from notegen.paths import SEARCH_MANIFEST, SEARCH_POINTER
from notegen.search.cut import mark
from notegen.search.engine import MeaningByTable, answer_question, open_search
from notegen.search.inverted_index import InvertedIndex, make_inverted_index
from notegen.search.shards import IndexSource, make_search_index
from notegen.search.shards.folders import FORMAT, folders_of
from notegen.search.shards.names import name_shards
from notegen.search.shards.parts import begin_parts
from notegen.search.shards.postings import word_shards
from notegen.search.shards.query_table import table_shards
from notegen.search.shards.spelling import spelling_shards
from notegen.search.shards.texts import text_shards
from notegen.search.vector_index import VectorIndex
from notegen.semantic.passages import PackedPassages
from notegen.text.wordpiece import wordpiece_tokenizer
from tests.support import searchable_garden as made
from tests.support.gardens import grow
from tests.support.golden import CASES

T = TypeVar("T")
FILE = CASES / "search-index.json"

QUERIES = (
    "cold water with steam, flour and wind",  # so many words that a long note counts less close
    "steam", "my vehicle", "zyzzyva rain", "flour water the lake", "zurich", "都", "batt", "batt ", "storm",
    "start", "breakdown", "quotes tags all", "bread", "zurs veh", "", "?", "qqqq", "the", "Straßen b",
    '"flour and water"', '"water and flour"', '"THE CAFE was" beetles', '"engine trouble"', '"東京都" spring', '"都"',
    "the lake -rain", "lake -boats", '-"flour every morning"', '-"the lake" water', "-tag:kitchen lake", "tag:kitchen",
    "tag:Kitchen flour", "tag:kitchen my vehicle", "-tag:kitchen", "path:journeys", "path:zür", "path:rich", "path:md",
    "-path:journeys lake", "before:2024-03", "after:2024-06-02", "after:2024-04 before:2024-06", "-after:2024-02",
    "watre", "floru", "xngine", "automobyle trobule", "beetels ", "zyzzva", "lkae -rain", "boatz water", "ater",
    "carr", "veh",
    "my vehicle after:2024-04", "tag:nowhere", "tag: lake", "-lake -water", "lake after:2024-07 -tag:x path:w",
    "vehicle + rain", "[[Sourdough]]", "[[sourdough]] - oven + [[nowhere]]",
    "[[rain]] - vehicle after:2024-04", "rain - vehicle",
    "Sourdough", "sourdoguh", "engine troubles", "engine", "Engine trouble!", "enginetrouble", "how to bake", "the",
    "what is a breakdown", "where was the weather?", "how to starter",
    "journeys/tokyo", "tokyo", "flour qqqq", "qqqq wwww", "sourdough starter", "starter", "weahter", "zürich lake",
    '"no note says this"', '"no note says this" flour', '"nothing" -flour tag:kitchen', "is it", "lake the", "tags &",
    "c++ lake", "c++", "lake-water", "flour.steam", "x-ray", "t-shirt lake",
    "i u", "o a", "i u after:2024-01", "-boats i u",
    "may 2024", "june 2024 lake", "last summer", "2024-08-02", "lake last spring", "water of august 2024", "last month",
)  # fmt: skip


PLAIN = {
    "search",
    "manifest",
    "w",
    "f",
    "b",
    "p",
    "offered",
    "filters",
    "tags",
    "paths",
    "days",
    "names",
    "n",
    "r",
}
"""The kinds of files that any garden has."""


@pytest.fixture(scope="module")
def garden() -> Garden:
    """The garden made by hand."""
    return made.garden()


@pytest.fixture(scope="module")
def passages(garden: Garden) -> tuple[Passage, ...]:
    """Its passages."""
    return made.passages(garden)


@pytest.fixture(scope="module")
def meaning(passages: tuple[Passage, ...]) -> VectorIndex:
    """Their vectors and the query table, as a page has them."""
    return made.meaning(passages)


def kinds(urls: set[str]) -> set[str]:
    """The files' names without what follows their kinds."""
    return {re.sub(r"(-\w+|\d+)?\.js$", "", url.rpartition("/")[2]) for url in urls}


def contents(files: Sequence[OutputFile]) -> dict[str, str]:
    """The files' texts by URL."""
    return {file.url: file.content.decode() for file in files if isinstance(file.content, bytes)}


def test_the_index_and_what_it_answers_are_on_record(
    garden: Garden, passages: tuple[Passage, ...], update_cases: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every byte of the format, and the hits of each query: the page's `engine.test.ts` finds the same in it.

    The garden counts as a large one: a question looks at some of its clusters only.
    """
    monkeypatch.setattr("notegen.search.clusters.MAX_UNCLUSTERED", 4)
    monkeypatch.setattr("notegen.search.clusters.cluster_size", lambda count: 2)
    for user in ("vector_index", "shards.vectors"):
        monkeypatch.setattr(f"notegen.search.{user}.probe_budget", lambda count: 4)
    meaning = made.meaning(passages)
    assert len(meaning.centroids) - 1 > 2
    by_table = MeaningByTable(meaning, wordpiece_tokenizer(meaning.tokens))
    searches = {
        True: open_search(garden, passages, by_table, familiarity=made.FAMILIARITY),
        False: open_search(garden, passages, None),
    }
    known: dict[str, Any] = {"familiarity": made.FAMILIARITY, "weight": 0.5}
    actual: dict[str, Any] = {
        "pointer": SEARCH_POINTER,
        "manifest": SEARCH_MANIFEST,
        "files": contents(made.index_files(garden, passages, meaning, **known)),
        "answers": [
            {
                "query": query,
                "words_only": not by_meaning,
                "hits": [_facts(hit) for hit in answer.hits],
                "corrected": [{"typed": typed, "used": list(used)} for typed, used in answer.corrected],
                "unquoted": list(answer.unquoted),
                "far": [_facts(hit) for hit in answer.far],
            }
            for by_meaning, searchable in searches.items()
            for query in QUERIES
            for answer in [answer_question(searchable, query, weight=0.5)]
        ],
    }
    if update_cases:
        FILE.write_text(json.dumps(actual, ensure_ascii=False, indent=1) + "\n", "utf-8")
    assert actual == json.loads(FILE.read_text("utf-8"))


def added(script: str) -> Any:
    """What a script of the index adds."""
    return json.loads(f"[{script[len('notegen.add(') : -1]}]")[1]


def _facts(hit: Any) -> dict[str, Any]:
    """A hit as the page gives it; the garden has no text in which JavaScript's places differ from Python's."""
    return {
        "url": hit.url,
        "anchor": hit.anchor,
        "title": hit.title,
        "heading": hit.heading,
        "excerpt": hit.snippet.text,
        "marks": [list(mark) for mark in hit.snippet.marks],
        "headingMarks": [list(mark) for mark in hit.heading_marks],
        "titleMarks": [list(mark) for mark in hit.title_marks],
        "score": round(hit.score, 9),
        "why": hit.why,
    }


def test_the_same_garden_gives_the_same_bytes(
    garden: Garden, passages: tuple[Passage, ...], meaning: VectorIndex
) -> None:
    """Twice in one run; other runs are held by the golden file."""
    once = contents(made.index_files(garden, passages, meaning))
    assert contents(made.index_files(garden, passages, meaning)) == once


def test_an_edited_passage_changes_its_own_pieces_and_no_name(
    garden: Garden, passages: tuple[Passage, ...], meaning: VectorIndex
) -> None:
    """Its text, the words that it has now or had, where vectors are; and what says that something changed."""
    changed = (replace(passages[0], text=passages[0].text.replace("Flour", "Water")), *passages[1:])
    before = contents(made.index_files(garden, passages, meaning))
    after = contents(made.index_files(garden, changed, meaning))
    assert before.keys() == after.keys()
    assert kinds({url for url in before if before[url] != after[url]}) == {"search", "p", "w"}
    version = added(before[SEARCH_POINTER])["version"]
    assert added(after[SEARCH_POINTER])["version"] != version


def test_pieces_lie_by_what_they_are_understood_by(meaning: VectorIndex) -> None:
    """A page that knows another table of numbers, or another space, finds nothing that it would misread."""
    counts = [1] * 10
    before = folders_of(10, counts, meaning).names
    assert folders_of(9, counts, meaning).names == before
    other = folders_of(11, counts, meaning).names
    assert {kind for kind in before if before[kind] == other[kind]} == {"table"}
    moved = replace(meaning, centroid_norms=meaning.centroid_norms + 1)
    other = folders_of(10, counts, moved).names
    assert {kind for kind in before if before[kind] == other[kind]} == {"notes"}
    # In one cluster passages have no numbers.
    other = folders_of(10, [2, *counts[1:]], meaning).names
    assert {kind for kind in before if before[kind] == other[kind]} == {"notes", "table"}
    assert folders_of(10, counts, None).names == {"notes": before["notes"]}


def test_known_shards_are_not_made_until_they_are_asked_for(
    garden: Garden,
    passages: tuple[Passage, ...],
    meaning: VectorIndex,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """They are those that would be made; where something else comes in, they are others."""
    asked: list[str] = []
    for name, make in (
        ("spelling_shards", spelling_shards), ("name_shards", name_shards), ("table_shards", table_shards),
    ):  # fmt: skip

        def counted(*given: Any, name: str = name, make: Callable[..., Any] = make) -> Any:
            asked.append(name)
            return make(*given)

        monkeypatch.setattr(f"notegen.search.shards.{name}", counted)

    other = replace(meaning, tokens_by_frequency=meaning.tokens_by_frequency[::-1])
    headed = (replace(passages[0], trail=("Quay",)), *passages[1:])
    said = (replace(passages[0], text="quays"), *passages[1:])
    with open_cache(tmp_path) as cache:

        def made_of(*given: Any) -> list[str]:
            asked.clear()
            files = made.index_files(garden, *given, cache=cache)
            made_now = [*asked]
            plain = made.index_files(garden, *given)
            assert contents(files) == contents(plain)
            assert [file.url for file in files] == [file.url for file in plain]
            for file in files:
                if isinstance(file, KnownFile):
                    assert isinstance(held := file.make(), bytes)
                    assert (file.digest, file.size) == (digest_of(held), len(held))
            return made_now

        assert made_of(passages, meaning) == ["spelling_shards", "name_shards", "table_shards"]
        assert made_of(passages, meaning) == []
        assert made_of(passages, other) == ["table_shards"]
        assert made_of(said, meaning) == ["spelling_shards"]
        assert made_of(headed, meaning) == ["spelling_shards", "name_shards"]


def test_what_points_at_the_manifest_is_written_last(
    garden: Garden, passages: tuple[Passage, ...], meaning: VectorIndex
) -> None:
    """So that no reader is led to what is not there yet; it says format and version, and nothing of any note."""
    for vectors in (meaning, None):
        index = make_search_index(IndexSource(garden, passages, vectors, weight=0.5))
        *_, manifest, pointer = index.files
        assert pointer.url == SEARCH_POINTER
        assert manifest.url == SEARCH_MANIFEST
        said = added(contents([pointer])[pointer.url])
        assert said.keys() == {"format", "version"}
        assert said["format"] == FORMAT


def test_without_meaning_nothing_of_it_is_written(garden: Garden, passages: tuple[Passage, ...]) -> None:
    """No table, no vectors, and the manifest says so."""
    index = make_search_index(IndexSource(garden, passages, None, weight=0.5))
    files = contents(list(index.files))
    assert kinds(set(files)) == PLAIN
    assert added(files[SEARCH_MANIFEST])["meaning"] is None
    assert index.facts["meaning"] is False


def test_every_file_lies_in_the_search_folder_and_calls_one_function(
    garden: Garden, passages: tuple[Passage, ...], meaning: VectorIndex
) -> None:
    """As classic scripts, with nothing that a script element would trip over."""
    for url, text in contents(made.index_files(garden, passages, meaning)).items():
        assert url == SEARCH_POINTER or url.startswith("notegen/search/")
        assert text.startswith("notegen.add(")
        assert text.endswith(")")
        name = url.rpartition("/")[2].removesuffix(".js") if url != SEARCH_POINTER else "search-pointer"
        assert json.loads(f"[{text[len('notegen.add(') : -1]}]")[0] == name


def test_every_stem_is_in_the_shard_of_its_range() -> None:
    """Shards end in time, and a page knows of each as few letters as tell its first stem from the one before."""
    stems = [f"stem{n:04}" for n in range(900)]
    postings = dict.fromkeys(stems, "AfA" * 40)
    index = InvertedIndex(9, (), postings, {stem: (stem,) for stem in stems}, stems, frozenset(), {})
    shards = word_shards(index)
    made = [*shards.shards]
    lines = [str(shard.content).split("\n") for shard in made]
    assert [line for group in lines for line in group] == [f"{stem}  {postings[stem]}" for stem in stems]
    ends = [[line.partition(" ")[0] for line in (group[0], group[-1])] for group in lines]
    assert shards.firsts[0] == ""
    for ((_, last), (first, _)), known in zip(pairwise(ends), shards.firsts[1:], strict=True):
        assert known[:-1] <= last < known <= first
    assert all(len(str(shard.content)) <= 4_700 for shard in made)
    assert len(made) > 5


def test_forms_are_written_as_endings_of_their_stem() -> None:
    """With what the stem has too many; whole beyond the plane in which languages count alike."""
    forms = ("happi", "happiness", "happy", "hauz", "\U00010428")
    postings = dict(zip(forms, "ABCDE", strict=True))
    index = InvertedIndex(1, (), postings, {"happi": forms}, ("happi",), frozenset(), {})
    assert next(iter(word_shards(index).shards)).content == "happi  A ness B -y C ---uz D =\U00010428 E"


def test_a_form_beyond_the_first_plane_is_written_whole_where_it_is_its_own_stem_too() -> None:
    """As where it is not; one of the first plane has no ending then."""
    stems = ("été", "\U0001f643")
    postings = dict(zip(stems, "AB", strict=True))
    index = InvertedIndex(1, (), postings, {stem: (stem,) for stem in stems}, stems, frozenset(), {})
    assert next(iter(word_shards(index).shards)).content == "été  A\n\U0001f643 =\U0001f643 B"


def test_a_common_word_has_a_shard_of_its_own(garden: Garden, passages: tuple[Passage, ...]) -> None:
    """So that no other word's shard is long because of it."""
    full = make_inverted_index(garden, passages)
    rare = tuple(stem for stem in full.sorted_stems if stem != "the")
    shards = word_shards(replace(full, common_stems=frozenset({"the"}), sorted_stems=rare))
    assert shards.common == ("the",)
    *others, alone = shards.shards
    assert (alone.name, alone.content) == (f"c-{mark('the')}", f"the  {full.postings['the']}")
    assert not any(str(shard.content).startswith("the ") for shard in others)


def test_only_the_stemmers_of_the_notes_languages_are_in_an_index() -> None:
    """A language without one brings none."""
    garden = grow(
        {"a.md": "# A\n\nOne", "b.md": ("# B\n\nZwei", {"lang": "de-AT"}), "c.md": ("# C", {"lang": "xx"})}
    )
    files = made.index_files(garden, made.passages(garden), None, language="fr")
    names = [file.url.rpartition("/")[2] for file in files]
    assert [name for name in names if name.startswith("stem-")] == ["stem-french.js", "stem-german.js"]


def test_the_longest_first_piece_of_any_word_is_in_its_shards() -> None:
    """Even where it comes long before the word in the order of tokens; the garden's and the others' together."""
    words = [f"{a}{b}{c}" for a in "abc" for b in "abcdef" for c in "abcdefghij"]
    tokens = ("a", "b", "c", "ab", "bc", *words[::2], "##a", "##b")
    rows = np.ones((len(tokens), 4), np.float32)
    passages = (Passage("a.md", 0, "A", (), "", "a"),)
    vectors = Vectors(passages, np.eye(1, 4, dtype=np.float32), "")
    shards = table_shards(made.make_vector_index(vectors, tokens, rows, range(0, len(tokens), 3)))
    held: dict[str, list[list[str]]] = {}
    for piece in shards.shards:
        held.setdefault(piece.name[0], []).append(str(piece.content).split("\n")[0].split(" "))
    for word in [*words, "abzzz", "bz", "czz", "zzz"]:
        near: list[str] = []
        for letter in "tx":
            number = sum(first <= word for first in shards.firsts[letter]) - 1
            near += held[letter][number] if number >= 0 else []
        longest = max((t for t in tokens if word.startswith(t)), key=len, default="")
        assert max((t for t in near if word.startswith(t)), key=len, default="") == longest, word


def test_shards_of_short_rows_hold_more_tokens() -> None:
    """So that a small garden has few of them: the same tokens take a file in place of seventeen."""
    tokens = tuple(f"word{number:03}" for number in range(512))
    rng = np.random.default_rng(3)
    rows = rng.standard_normal((512, 384)).astype(np.float32)
    numbers = {}
    for count in (4, 300):
        matrix = rng.standard_normal((count, 384)).astype(np.float32)
        matrix /= np.sqrt((matrix * matrix).sum(axis=1))[:, None]
        shards = table_shards(made.make_vector_index(Vectors((), matrix, ""), tokens, rows)).shards
        numbers[count] = sum(shard.name.startswith("x") for shard in shards)
    assert numbers == {4: 1, 300: 17}


def test_texts_keep_their_order_over_shards(garden: Garden, passages: tuple[Passage, ...]) -> None:
    """A long note goes on in the next shard, under a record of its own there."""
    long = tuple(
        replace(passages[0], number=number, text=f"{number} " + "word " * 300) for number in range(5)
    )
    shards = text_shards(garden, (*long, *passages[4:]), dict.fromkeys(garden.notes, 0))
    assert shards.first_passages == (0, 1, 2, 4)
    numbers = [
        piece[2].partition(" ")[0]
        for shard in shards.shards
        for record in shard.make()  # type: ignore[attr-defined]
        for piece in record[3]
    ]
    assert numbers[:5] == ["0", "1", "2", "3", "4"]


def test_tokens_in_scripts_of_no_note_are_found_by_a_shard_of_their_own() -> None:
    """The manifest says nothing of them, so that a reader who asks in the notes' own script does not pay for them."""
    tokens = ("tide", "wind", "##s", "море", "##ами", "水", "12")
    rows = np.eye(len(tokens), 8, dtype=np.float32) + 0.1
    index = made.make_vector_index(Vectors((), rows[:3], ""), tokens, rows, [0])
    plain, parted = table_shards(index), table_shards(index, scripts={0})
    assert {kind: len(firsts) for kind, firsts in parted.firsts.items()} == dict.fromkeys("txuy", 1) | {
        "u": 0
    }
    assert plain.firsts.keys() == parted.firsts.keys()
    held = {
        shard.name.partition("-")[0]: str(shard.content).partition("\n")[0].split()
        for shard in parted.shards
        if "-" in shard.name
    }
    assert held == {"t": ["tide"], "x": ["12", "wind"], "y": ["s"], "xo": ["море", "水"], "yo": ["ами"]}
    (scripts,) = (shard for shard in parted.shards if shard.name == "scripts")
    assert scripts.content == {"xo": "A", "yo": "A"}
    assert not [shard for shard in plain.shards if shard.name == "scripts"]
    assert [shard.name for shard in table_shards(index, scripts={0, 8, 96}).shards if shard.name == "scripts"]


def test_parts_that_were_begun_elsewhere_give_the_same_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As they go to another process and come back; a garden without blocks begins none."""
    garden = grow({f"{number:03}.md": f"# Note {number}\n\nThe tide of {number}.\n" for number in range(90)})
    passages = made.passages(garden)

    def elsewhere(job: Callable[[VectorCache | None], T]) -> Callable[[], T]:
        given = pickle.dumps(pickle.loads(pickle.dumps(job))(None))
        return lambda: cast(T, pickle.loads(given))

    assert begin_parts(garden, passages, elsewhere) is None
    plain = contents(made.index_files(garden, passages, None))
    monkeypatch.setattr("notegen.search.note_groups.MIN_GROUPS_IN_BLOCKS", 1)
    packed = PackedPassages.of(garden.notes)
    with open_cache(tmp_path) as cache:
        for held in (passages, packed, packed):
            parts = begin_parts(garden, held, elsewhere, cache=cache)
            assert parts is not None
            files = made.index_files(garden, held, None, cache=cache, parts=parts)
            assert contents(files) == plain
