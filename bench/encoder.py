"""Prints what the encoder costs: reading its folder, loading it, tokens a second, beside another if one is named.

    python -m bench.encoder ../shared/corpora/obsidian-garden-jackyzha0/content [OTHER_FOLDER]

512 passages of the notes are encoded, those nearest to 130 tokens. Tokens a processor second, in turn, on one thread;
the ratio is the median of the rounds' own. An older model is had by `git show COMMIT:models/...`.
"""

import time
from collections.abc import Callable
from itertools import chain
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bench.usage import arguments
from notegen.bundled import bundled
from notegen.cache import open_cache
from notegen.config import Config
from notegen.context import BuildContext
from notegen.encoder import load_encoder, usable_cores
from notegen.encoder.folder import read_folder
from notegen.encoder.session import open_session
from notegen.load import load_garden
from notegen.model import Passage
from notegen.semantic.embed import embed_passages, text_of
from notegen.semantic.passages import passages_of

MODEL = bundled("models") / "all-MiniLM-L6-v2"
COUNT, LENGTH, ROUNDS = 512, 130, 5


def main(notes: Path, other: Path | None = None) -> None:
    """Two tables: seconds to begin, and tokens a second."""
    print("| to begin | seconds |\n|---|---|")
    print(f"| read the folder, hash its files | {seconds(lambda: load_encoder(MODEL)):.3f} |")
    print(f"| load the model | {seconds(lambda: open_session(read_folder(MODEL))):.3f} |")

    passages, lengths = chosen_passages(notes)
    texts = [text_of(passage) for passage in passages]
    folders = {"notegen": MODEL} | ({str(other): other} if other else {})
    spent: dict[str, list[float]] = {name: [] for name in folders}
    encoders = {name: load_encoder(folder, threads=1) for name, folder in folders.items()}
    for encoder in encoders.values():
        encoder.encode_passages(texts[:1])
    for _ in range(ROUNDS):
        for name, encoder in encoders.items():
            start = time.process_time()
            encoder.encode_passages(texts)
            spent[name].append(time.process_time() - start)
    mean = sum(lengths) / len(lengths)
    print(
        f"\n| {len(texts)} passages, {mean:.0f} tokens each | tokens a processor second | notegen's to it |"
    )
    print("|---|---|---|")
    for name, rounds in spent.items():
        ratio = median(there / here for here, there in zip(spent["notegen"], rounds, strict=True))
        print(f"| {name} | {sum(lengths) / median(rounds):,.0f} | {ratio:.3f} |")
    print("\n| on all cores | tokens/s |\n|---|---|")
    cores = usable_cores()
    encoder = load_encoder(MODEL, threads=cores)
    print(f"| {cores} cores | {sum(lengths) / seconds(lambda: encoder.encode_passages(texts)):,.0f} |")
    with TemporaryDirectory() as folder, open_cache(Path(folder)) as cache:
        embed_passages(passages, encoder, cache)
        known = seconds(lambda: embed_passages(passages, encoder, cache))
        print(f"| all found in the cache | {sum(lengths) / known:,.0f} |")


def chosen_passages(notes: Path) -> tuple[list[Passage], list[int]]:
    """COUNT passages nearest to LENGTH tokens, in the order of the notes, and their tokens."""
    _, garden = load_garden(BuildContext(notes, Config(), None))
    passages = list(chain.from_iterable(map(passages_of, garden.notes.values())))
    lengths = [
        len(ids) for ids in open_session(read_folder(MODEL)).tokenise([text_of(each) for each in passages])
    ]
    nearest = sorted(sorted(range(len(passages)), key=lambda place: abs(lengths[place] - LENGTH))[:COUNT])
    return [passages[place] for place in nearest], [lengths[place] for place in nearest]


def seconds(work: Callable[[], object]) -> float:
    """Wall time of one call."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    main(*map(Path, arguments("encoder VAULT [OTHER_FOLDER]")))
