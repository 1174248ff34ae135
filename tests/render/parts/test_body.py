"""What the holes of a note's body become."""

from pathlib import Path

import pytest

from notegen.config import Config
from notegen.model import Insights
from notegen.render.parts.body import fill_links
from notegen.render.site import open_site
from notegen.theme import Theme
from tests.support.gardens import grow
from tests.support.golden import Case, check_case, read_cases

OTHERS = {
    "study/Day 1.md": (
        "The first day of many.\n\n## What it is\n\nText. ^b1\n",
        {"title": "Day <1>", "date": "2024-01-01"},
    ),
    "tagged.md": ("#Sea/Salt", {"date": "2024-01-01"}),
}
ASSETS = {
    name: Path(name)
    for name in ("a picture.png", "sound.mp3", "film.webm", "paper.pdf", "data.csv", 'q"uote.png')
}
TYPES = (
    "avif bmp gif jpeg jpg png svg webp flac m4a mp3 ogg wav 3gp mkv mov mp4 ogv webm pdf base py JPG".split()
)
ASSETS |= {f"types/t.{suffix}": Path("t") for suffix in TYPES}
CASES = read_cases("fill-links")


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_body_is_filled(case: Case, theme: Theme, update_cases: bool) -> None:
    """Each case is a note in the folder `study`, beside `Day 1.md`; `Secret.md` is withheld."""
    texts = {**OTHERS, "study/n.md": (case.given, {"date": "2024-01-02"})}
    garden = grow(texts, assets=ASSETS, withheld=frozenset({"Secret.md"}))
    site = open_site(garden, Insights(), theme, Config())
    check_case(case, fill_links(garden.notes["study/n.md"], site), update=update_cases)
