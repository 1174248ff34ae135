"""Makes a fifth of a vault's notes private or encrypted at random, and says which of the sites are refused.

    python -m bench.refused VAULT [ROUNDS]

A build refuses a site that shows what is private. What is public is built from public notes alone, so where no rule has
a hole every refusal is a false alarm, by which somebody could not publish. Each round makes two sites, one by words
only with private notes and one with encrypted notes.
"""

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from bench.usage import arguments
from notegen.build import build
from notegen.bundled import bundled
from notegen.cache import open_cache
from notegen.config import Config, SearchSettings
from notegen.context import BuildContext
from notegen.encoder import load_encoder, load_table, usable_cores
from notegen.errors import NotegenError

SHARE = 5
"""One note in so many."""
MODEL = bundled("models") / "all-MiniLM-L6-v2"


def main(vault: Path, rounds: int = 3) -> None:
    """One line for each site that was refused, and how many were built."""
    refused = [reason for number in range(rounds) for reason in refusals(vault, number)]
    for reason in refused:
        print(reason)
    print(f"{len(refused)} of {2 * rounds} sites refused")


def refusals(vault: Path, number: int) -> Iterator[str]:
    """Why the sites of a round were refused, those that were."""
    for key in ("private", "encrypt"):
        with TemporaryDirectory() as name:
            notes = Path(name) / "notes"
            shutil.copytree(vault, notes)
            _state(sorted(notes.rglob("*.md")), key, Random(number))
            try:
                _build(notes, Path(name) / "site", with_meaning=key == "encrypt")
            except NotegenError as error:
                yield f"{key}, round {number}: {error.message}"


def _state(files: Sequence[Path], key: str, chance: Random) -> None:
    """Gives some of the notes the key, in the front matter that they have or in one of its own."""
    for file in chance.sample(files, len(files) // SHARE):
        text = file.read_text("utf-8", "surrogateescape")
        head, rest = ("---\n", text[4:]) if text.startswith("---\n") else ("---\n", f"---\n{text}")
        file.write_text(f"{head}{key}: true\n{rest}", "utf-8", "surrogateescape")


def _build(notes: Path, site: Path, *, with_meaning: bool) -> None:
    encoder = load_encoder(MODEL) if with_meaning else None
    config = Config(search=SearchSettings(semantic=with_meaning))
    with open_cache(Path("build/bench/refused")) as cache:
        context = BuildContext(
            notes=notes,
            config=config,
            encoder=encoder,
            table=load_table(MODEL) if encoder else None,
            cache=cache,
            jobs=usable_cores(),
            password=lambda opens: "a long password",
        )
        build(context, site)


if __name__ == "__main__":
    vault, *rounds = arguments("refused VAULT [ROUNDS]")
    main(Path(vault), *map(int, rounds))
