"""Sows secrets in private places of random gardens, builds sites of them, and looks for the secrets in every byte.

python -m bench.leaks 1000
"""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.support.leak_gardens import SownGarden, sow
from tests.support.leaks import build_in_memory, leaks

_TOGETHER = 50
"""Gardens that are folders of one site, which is much faster than a site each."""


def main(count: int) -> None:
    """Prints how many secrets were sown in how many gardens, and which of them can be found in the site."""
    sown = found = lost = 0
    for number, garden, leaked, missing in try_gardens(range(count)):
        sown += len(garden.secrets)
        found += len(leaked)
        lost += len(missing)
        for secret, files in leaked.items():
            print(f"garden {number}: {secret} in {', '.join(files)}")
        for word in missing:
            print(f"garden {number}: {word} is public and not to be found")
    print(f"{count:,} gardens, {sown:,} secrets, {found} found; {lost} public words lost")


def try_gardens(numbers: Iterable[int]) -> Iterator[tuple[int, SownGarden, dict[str, list[str]], list[str]]]:
    """Each garden with the secrets of it that its site holds, and the public words that it lacks."""
    waiting = list(numbers)
    for start in range(0, len(waiting), _TOGETHER):
        gardens = {number: sow(number) for number in waiting[start : start + _TOGETHER]}
        with TemporaryDirectory() as folder:
            for number, garden in gardens.items():
                for path, content in garden.files.items():
                    file = Path(folder) / f"g{number:04}" / path
                    file.parent.mkdir(parents=True, exist_ok=True)
                    file.write_bytes(content)
            files, _ = build_in_memory(Path(folder))
        every = leaks(files, [secret for garden in gardens.values() for secret in garden.secrets])
        text = "\n".join(
            content.decode("utf-8", "replace") for name, content in files.items() if name.endswith(".html")
        )
        for number, garden in gardens.items():
            leaked = {secret: every[secret] for secret in garden.secrets if secret in every}
            yield number, garden, leaked, [word for word in garden.shown if word not in text]


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
