"""What a garden of any size costs: processor time, memory and disk, of `embed` and of `build`.

    python -m bench.large make FOLDER NOTES VAULT...   # notes in FOLDER/notes, their vectors in FOLDER/cache
    python -m bench.large measure FOLDER embed|words|meaning [JOBS]

The notes are those of `bench/gardens.py`, written as files with a few links each; past the real ones they are
variations. So are their vectors, which are put into the cache, since to encode them would take days: what `embed` and
`build` then cost is all but encoding, which `bench/encoder.py` measures by itself. NOTES notes are made as a few
hundred at a time, so that what is made takes little memory.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path
from random import Random

import numpy as np

from bench.gardens import SEED, Stock, real_garden, stock_of, vary
from bench.usage import arguments
from notegen.bundled import bundled
from notegen.cache import open_cache
from notegen.config import Config
from notegen.encoder import load_encoder
from notegen.model import NoteId, Passage
from notegen.parse import parse_note
from notegen.read import read_sources
from notegen.semantic.embed import key_of, text_of
from notegen.semantic.passages import passages_of

MODEL = bundled("models") / "all-MiniLM-L6-v2"
LINKS = 3
"""Of each note to others before it."""
TOKENS_A_WORD = 1.35
AT_ONCE = 500


def make(folder: Path, count: int, vaults: Sequence[Path]) -> None:
    """Write `count` notes, and a vector for each of their passages."""
    encoder = load_encoder(MODEL)
    stock = stock_of(real_garden(vaults, encoder, Path("build/bench/vectors")))
    write_notes(stock, folder / "notes", count)
    chance = Random(SEED)
    matrix = stock.real.vectors.matrix
    passages = passages_in(folder / "notes")
    number = 0
    with open_cache(folder / "cache") as cache:
        while some := list(islice(passages, AT_ONCE)):
            texts = [text_of(passage) for passage in some]
            places = [chance.randrange(len(matrix)) for _ in range(3 * len(texts))]
            rows = matrix[places].reshape(len(texts), 3, -1)
            mixed = rows[:, 0] + 0.3 * (rows[:, 1] - rows[:, 2])
            mixed /= np.linalg.norm(mixed, axis=1, keepdims=True)
            keys = list(map(key_of, texts))
            cache.put_many(encoder.fingerprint, dict(zip(keys, mixed.astype(np.float32), strict=True)))
            counts = (np.array([min(256, TOKENS_A_WORD * len(text.split()))], np.float32) for text in texts)
            cache.put_many(f"{encoder.fingerprint}/tokens", dict(zip(keys, counts, strict=True)))
            number += len(texts)
        assert not cache.problems, cache.problems
    print(f"{count:,} notes, {number:,} passages")


def write_notes(stock: Stock, folder: Path, count: int) -> None:
    """The real notes, then variations of them, each a file."""
    chance = Random(SEED)
    ids = list(stock.real.garden.notes)
    written: list[NoteId] = []
    for number in range(count):
        turn, of = divmod(number, len(ids))
        _, passages, _ = vary(stock, ids[of], f"{turn}-{ids[of]}", chance)
        name = f"{turn:04}/{ids[of].partition('/')[2]}"
        links = [chance.choice(written) for _ in range(min(LINKS, len(written)))]
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(note_text(passages, links, chance), encoding="utf-8")
        written.append(name)


def note_text(passages: Sequence[Passage], links: Sequence[NoteId], chance: Random) -> str:
    """A note of these passages that links to these notes."""
    parts = [f"---\ndate: {chance.randint(2000, 2025)}-0{chance.randint(1, 9)}-{chance.randint(10, 28)}\n---"]
    parts.append(f"# {passages[0].title}")
    trail: tuple[str, ...] = ()
    for passage in passages:
        if passage.trail != trail and passage.trail:
            parts.append(f"{'#' * min(6, 1 + len(passage.trail))} {passage.trail[-1]}")
        trail = passage.trail
        parts.append("\n\n".join(passage.text.split("\n")))
    parts.append("See also " + ", ".join(f"[[{link.removesuffix('.md')}]]" for link in links) + ".")
    return "\n\n".join(parts) + "\n"


def passages_in(notes: Path) -> Iterator[Passage]:
    """Of all notes, one note after the other."""
    for source in read_sources(notes, Config()).sources:
        yield from passages_of(parse_note(source))


COMMANDS = {
    "embed": ("embed",),
    "words": ("build", "--no-semantic", "-o", "site"),
    "meaning": ("build", "-o", "site"),
}


def measure(folder: Path, what: str, jobs: int = 1) -> None:
    """Print what one command on these notes costs, as JSON; memory is that of all its processes together."""
    if not (folder / "notes").is_dir():
        sys.exit(f"`{folder}` has no folder `notes`: `python -m bench.large make` makes one")
    options = [*COMMANDS[what][1:], "--jobs", str(jobs), "--json"]
    command = [sys.executable, "-m", "notegen", COMMANDS[what][0], "notes", *options]
    # The report into a file: of a garden with many problems it is longer than a pipe holds, and nobody reads meanwhile.
    with tempfile.TemporaryDirectory(dir=folder) as site, tempfile.TemporaryFile() as said:
        words = [site if word == "site" else word for word in command]
        environment = {**os.environ, "NOTEGEN_CACHE": str((folder / "cache").absolute())}
        environment["PYTHONPATH"] = str(Path.cwd())
        before = time.perf_counter()
        with subprocess.Popen(words, cwd=folder, env=environment, stdout=said) as process:
            together = _most_together(process)
        said.seek(0)
        report = json.loads(said.read())
        wall = time.perf_counter() - before
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert not process.returncode, process.returncode
    print(
        json.dumps(
            {
                "what": what,
                "notes": report["notes"],
                "passages": report["passages"],
                "cpu_s": round(used.ru_utime + used.ru_stime, 1),
                "wall_s": round(wall, 1),
                "peak_mib": round(max(used.ru_maxrss, together) / 1024),
                "seconds": report.get("seconds"),
                "bytes": report.get("bytes"),
                "files": report.get("files"),
            }
        )
    )


def _most_together(process: subprocess.Popen[bytes]) -> int:
    """The most KiB that a process and those it began had together until it ended, what they share counted once.

    Looked at some times a second where Linux says so, and only while there are several; else 0.
    """
    most = 0
    while process.poll() is None:
        time.sleep(0.05)
        tree = list(_tree(process.pid))
        if len(tree) > 1:
            most = max(most, sum(map(_own_kib, tree)))
    return most


def _tree(pid: int) -> Iterator[int]:
    yield pid
    with suppress(OSError):
        for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
            yield from _tree(int(child))


def _own_kib(pid: int) -> int:
    """What a process has in memory, its share of what others have too."""
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    return 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["measure"]:
        _, folder, what, *jobs = arguments("large measure FOLDER embed|words|meaning [JOBS]")
        measure(Path(folder), what, *map(int, jobs))
    else:
        _, folder, count, *vaults = arguments("large make FOLDER NOTES VAULT...")
        make(Path(folder), int(count), [Path(name) for name in vaults])
