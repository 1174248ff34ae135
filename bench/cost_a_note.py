"""Prints what a note costs a cold build without meaning as gardens grow, and draws it.

    python -m bench.cost_a_note notes/images/cost-a-note.svg 1000 4000 16000 50000

Gardens are made up, in words with spaces and in Japanese: words as often as in any text, a tenth of them new in each
note; two-word titles, three links, one tag, five paragraphs. Processor time of one process; every build is a process of
its own. Without sizes they are 500, 1,000, 2,000 and 4,000.
"""

import json
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate
from math import log
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from tempfile import TemporaryDirectory
from types import SimpleNamespace

from bench.usage import arguments
from notegen import timing
from notegen.build import build
from notegen.config import Config, SearchSettings
from notegen.context import BuildContext
from notegen.cycles import no_search_for_cycles

SIZES = (500, 1_000, 2_000, 4_000)
SYLLABLES = "ba ce di fo gu ha je ki lo mu na pe ri so tu va we xi yo zu".split()
ENDINGS = ("", "", "", "s", "ed", "ing")
PARTICLES = "のにをはがとでも"
WORDS = 20_000
"""Words that all notes share, the n-th used about 1/n as often as the first."""
WIDTH, HEIGHT, LEFT, TOP = 640, 320, 60, 24
COLOURS = {"words with spaces": "#2563eb", "Japanese": "#c2410c"}


def main(plot: Path, sizes: Sequence[int]) -> None:
    """One row a garden; the plot is written when all are built."""
    costs: dict[str, list[tuple[int, float]]] = {name: [] for name in COLOURS}
    stages: list[str] = []
    for name in COLOURS:
        for size in sizes:
            command = [sys.executable, "-m", "bench.cost_a_note", "one", name, str(size)]
            made = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
            costs[name].append((size, 1000 * made["cpu"] / size))
            if not stages:
                stages = list(made["stages"])
                print(f"| ms a note | notes | MiB | all | {' | '.join(stages)} |")
                print("|" + "---|" * (len(stages) + 4))
            figures = " | ".join(f"{1000 * made['stages'][stage] / size:.2f}" for stage in stages)
            print(f"| {name} | {size:,} | {made['MiB']} | {costs[name][-1][1]:.2f} | {figures} |", flush=True)
    plot.write_text(drawn(costs), encoding="utf-8")


def one(name: str, size: int) -> None:
    """Builds one garden in this process, and prints what it took."""
    vars(timing)["time"] = SimpleNamespace(perf_counter=time.process_time)
    config = Config(title="T", search=SearchSettings(semantic=False))
    with TemporaryDirectory() as folder, no_search_for_cycles():
        notes = Path(folder) / "notes"
        notes.mkdir()
        write_garden(notes, size, japanese=name == "Japanese")
        before = time.process_time()
        report = build(BuildContext(notes=notes, config=config, encoder=None), Path(folder) / "site")
        cpu = time.process_time() - before
    facts = {"cpu": cpu, "MiB": getrusage(RUSAGE_SELF).ru_maxrss >> 10, "stages": report.seconds}
    print(json.dumps(facts))


def write_garden(folder: Path, size: int, *, japanese: bool) -> None:
    """The same notes for the same size."""
    chance = random.Random(7)
    word = _japanese_word if japanese else _word
    shared = [word(chance) for _ in range(WORDS)]
    weights = list(accumulate(1 / (rank + 1) for rank in range(WORDS)))
    between = "" if japanese else " "
    titles = [between.join(chance.choices(shared, k=2)) for _ in range(size)]
    for number, title in enumerate(titles):
        words = iter(chance.choices(shared, cum_weights=weights, k=150))
        paragraphs = (between.join(_sentence(words, word, chance, japanese)) for _ in range(5))
        links = " ".join(f"[[{number * 7919 % size}]]" for number in range(number, number + 3))
        text = "\n\n".join((f"# {title}", *paragraphs, f"{links} #{shared[number % 50]}"))
        (folder / f"{number}.md").write_text(f"{text}\n", "utf-8")


def _sentence(
    words: Iterator[str], word: Callable[[random.Random], str], chance: random.Random, japanese: bool
) -> Iterator[str]:
    for _ in range(27):
        yield next(words) + (chance.choice(PARTICLES) if japanese else chance.choice(ENDINGS))
    yield from (word(chance) for _ in range(3))
    yield "。" if japanese else "."


def _word(chance: random.Random) -> str:
    return "".join(chance.choices(SYLLABLES, k=chance.randint(2, 4)))


def _japanese_word(chance: random.Random) -> str:
    return "".join(chr(0x4E00 + chance.randrange(1500)) for _ in range(chance.randint(1, 3)))


def drawn(costs: dict[str, list[tuple[int, float]]]) -> str:
    """Milliseconds a note over notes, the notes on a scale of powers."""
    sizes = [size for size, _ in next(iter(costs.values()))]
    most = max(cost for row in costs.values() for _, cost in row) * 1.15

    def at(size: int, cost: float) -> str:
        across = log(size / sizes[0]) / log(sizes[-1] / sizes[0]) if len(sizes) > 1 else 0.5
        return f"{LEFT + across * (WIDTH - LEFT - 150):.1f},{HEIGHT - 40 - cost / most * (HEIGHT - 40 - TOP):.1f}"

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif"'
        ' font-size="13">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
        f'<text x="{LEFT}" y="16">milliseconds of processor time a note, by notes in the garden</text>',
    ]
    for step in range(5):
        cost = most / 5 * step
        x, y = at(sizes[0], cost).split(",")
        parts.append(
            f'<text x="{float(x) - 10:.1f}" y="{float(y) + 4:.1f}" text-anchor="end">{cost:.1f}</text>'
        )
    for size in sizes:
        x, y = at(size, 0).split(",")
        parts.append(f'<text x="{x}" y="{float(y) + 20:.1f}" text-anchor="middle">{size:,}</text>')
    for name, row in costs.items():
        colour, last = COLOURS[name], at(*row[-1]).split(",")
        points = " ".join(at(*one) for one in row)
        parts.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2.5"/>')
        parts.append(
            f'<text x="{float(last[0]) + 8:.1f}" y="{float(last[1]) + 4:.1f}" fill="{colour}">{name}</text>'
        )
    return "\n".join([*parts, "</svg>"]) + "\n"


if __name__ == "__main__":
    if sys.argv[1:2] == ["one"]:
        one(sys.argv[2], int(sys.argv[3]))
    else:
        plot, *sizes = arguments("cost_a_note PLOT [NOTES...]")
        main(Path(plot), [int(size) for size in sizes] or SIZES)
