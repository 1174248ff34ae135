"""What is to be embedded is handed out once, in parts that together are the whole, and kept as it comes back."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from notegen.build import build
from notegen.cache import open_cache
from notegen.config import Config
from notegen.context import BuildContext
from notegen.errors import NotegenError
from notegen.load import passages_to_embed, read_notes
from notegen.merge_caches import merge_caches
from notegen.semantic.embed import key_of, text_of
from notegen.semantic.shard import Shard, read_shard
from notegen.semantic.workload import BATCH_TEXTS, Workload, embed_here
from tests.conftest import ROOT
from tests.support import locked_garden
from tests.support.files import cached_vectors, files_in
from tests.support.word_encoder import TABLE, WordEncoder

TEXTS = [f"title {number}\nwords of number {number}" for number in range(700)]


def embed(folder: Path, texts: list[str], shard: Shard) -> Workload:
    """The work, done by the small encoder, in the cache of a folder."""
    encoder = WordEncoder()
    with open_cache(folder) as cache:
        work = Workload(texts, encoder.fingerprint, cache, shard=shard)
        embed_here(work, encoder)
    return work


def test_every_text_is_embedded_once(tmp_path: Path) -> None:
    """Repeats count as known, and all of them when it is done again."""
    texts = [*TEXTS, *TEXTS[:10], TEXTS[0]]
    work = embed(tmp_path, texts, Shard())
    assert (work.passages, work.made, work.known) == (711, 700, 11)
    again = embed(tmp_path, texts, Shard())
    assert (again.passages, again.made, again.known) == (711, 0, 711)


@pytest.mark.parametrize("count", [1, 2, 3, 16])
def test_shards_are_the_whole_when_they_are_merged(tmp_path: Path, count: int) -> None:
    """Bit for bit, each text in one of them, and none much larger than another."""
    whole = embed(tmp_path / "whole", TEXTS, Shard())
    parts = [embed(tmp_path / f"part{number}", TEXTS, Shard(number, count)) for number in range(1, count + 1)]
    assert sum(part.made for part in parts) == whole.made
    assert max(part.made for part in parts) < 1.7 * len(TEXTS) / count
    with open_cache(tmp_path / "merged") as cache:
        merge_caches(cache, [tmp_path / f"part{n}" for n in range(1, count + 1)], max_bytes=2**30)
    assert cached_vectors(tmp_path / "merged") == cached_vectors(tmp_path / "whole")


def test_a_shard_is_that_of_the_digest() -> None:
    """Which cannot change between versions: parts of one run are made on several machines."""
    assert [number for number in (1, 2, 3) if Shard(number, 3).has(key_of("bread"))] == [2]
    assert [number for number in (1, 2, 3) if Shard(number, 3).has(key_of("salt"))] == [3]
    assert [number for number in (1, 2, 3) if Shard(number, 3).has(key_of("water"))] == [2]


@pytest.mark.parametrize(
    "text", ["", "1", "0/3", "4/3", "1/0", "-1/3", "1/3/5", "a/b", "1.5/3", "²/3", "1/10000000"]
)
def test_a_shard_that_is_none_is_refused(text: str) -> None:
    """With what was typed."""
    with pytest.raises(NotegenError) as raised:
        read_shard(text)
    assert str(raised.value).startswith(f"`--shard {text}` names no part")


def test_a_shard_is_read_as_it_is_written() -> None:
    """And written as it is read."""
    assert read_shard("2/3") == Shard(2, 3)
    assert str(Shard(2, 3)) == "2/3"


def test_texts_are_read_only_as_they_are_asked_for(tmp_path: Path) -> None:
    """However many there are: what is in memory is what is under way, and some that were looked up with it."""
    read = 0

    def endless() -> Iterator[str]:
        nonlocal read
        while True:
            read += 1
            yield f"text {read}"

    with open_cache(tmp_path) as cache:
        work = Workload(endless(), "e", cache)
        batches = work.batches()
        for _ in range(20):
            texts = next(batches)
            assert len(texts) == BATCH_TEXTS
            assert read <= work.made + BATCH_TEXTS + 512
            work.keep(texts, np.ones((len(texts), 2), np.float32), [1] * len(texts))
        assert len(work._under_way) <= 512


def test_batches_come_back_in_any_order(tmp_path: Path) -> None:
    """What is under way is not handed out again, and what is kept is found."""
    encoder = WordEncoder()
    with open_cache(tmp_path / "mixed") as cache:
        work = Workload([*TEXTS, *TEXTS], encoder.fingerprint, cache)
        for texts in reversed(list(work.batches())):
            work.keep(texts, encoder.encode_passages(texts), encoder.count_tokens(texts))
        assert (work.made, work.known) == (700, 700)
    embed(tmp_path / "plain", TEXTS, Shard())
    assert cached_vectors(tmp_path / "mixed") == cached_vectors(tmp_path / "plain")


def test_a_run_that_is_killed_goes_on_where_it_was(tmp_path: Path) -> None:
    """All but the batch that it died in is kept."""
    program = (
        "import os, signal, sys; from pathlib import Path\n"
        "from notegen.cache import open_cache; from notegen.semantic.workload import Workload, embed_here\n"
        "from tests.semantic.test_workload import TEXTS; from tests.support.word_encoder import WordEncoder\n"
        "class Dying(WordEncoder):\n"
        "    def count_tokens(self, texts):\n"
        "        if self.asked > 300: os.kill(os.getpid(), signal.SIGKILL)\n"
        "        return super().count_tokens(texts)\n"
        "with open_cache(Path(sys.argv[1])) as cache:\n"
        "    embed_here(Workload(TEXTS, 'words-1', cache), Dying())"
    )
    run = [sys.executable, "-c", program, str(tmp_path / "killed")]
    assert subprocess.run(run, cwd=ROOT).returncode < 0
    work = embed(tmp_path / "killed", TEXTS, Shard())
    assert (work.known, work.made) == (2 * BATCH_TEXTS, 700 - 2 * BATCH_TEXTS)
    embed(tmp_path / "plain", TEXTS, Shard())
    assert cached_vectors(tmp_path / "killed") == cached_vectors(tmp_path / "plain")


def test_work_that_cannot_be_kept_ends(tmp_path: Path) -> None:
    """On a full disk, here a limit of pages: nothing is made for nothing."""
    encoder = WordEncoder()
    with open_cache(tmp_path) as cache:
        connection = cache._connection
        assert connection is not None
        connection.execute("PRAGMA max_page_count = 20")
        with pytest.raises(NotegenError, match="database or disk is full"):
            embed_here(Workload(TEXTS, encoder.fingerprint, cache), encoder)
    assert encoder.asked < 700


def sites(context: BuildContext, site: Path) -> dict[str, bytes]:
    """What a build writes."""
    build(context, site)
    return files_in(site)


def _password(opens: Callable[[str], bool]) -> str:
    return locked_garden.PASSWORD


@pytest.mark.parametrize("kind", ["open", "locked"])
def test_a_build_that_follows_encodes_nothing(tmp_path: Path, kind: str) -> None:
    """Neither of public, private nor encrypted notes; and the site is that of a build alone, byte for byte."""
    notes = tmp_path / "notes"
    if kind == "locked":
        locked_garden.write_garden(notes)
        config = locked_garden.CONFIG
    else:
        config = Config(title="T")
        for number in range(30):
            file = notes / f"folder {number % 3}/note {number}.md"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(
                f"---\ndate: 2024-01-0{1 + number % 9}\nprivate: {str(number % 5 == 0).lower()}\n---\n"
                f"# Note {number}\n\n"
                f"Bread of [[note {number // 2}]] and ![[note {number - 1}]].\n\n## Salt\n\n"
                + "salt water "
                * number,
                "utf-8",
            )
    encoder = WordEncoder()
    with open_cache(tmp_path / "cache") as cache:
        context = BuildContext(notes, config, encoder, TABLE, cache, password=_password)
        texts = map(text_of, passages_to_embed(read_notes(context), context))
        embed_here(Workload(texts, encoder.fingerprint, cache), encoder)
        asked = encoder.asked
        assert asked > 5
        after = sites(context, tmp_path / "after")
    assert encoder.asked == asked
    alone = BuildContext(notes, config, WordEncoder(), TABLE, password=_password)
    assert after == sites(alone, tmp_path / "alone")
