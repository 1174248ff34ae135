"""A garden of public and encrypted notes, with the words that nobody may read who has not the password."""

import zlib
from pathlib import Path

from notegen.config import Config
from tests.support.leaks import PASSWORD
from tests.support.png import png_of

__all__ = ["CONFIG", "FILES", "PASSWORD", "SECRETS", "write_garden"]


def _picture(word: bytes) -> bytes:
    """A PNG of four points, whose colours spell a word of ten letters."""
    return png_of(4, 1, 2, zlib.compress(b"\0%b.." % word, 0))


FILES: dict[str, str | bytes] = {
    "Harbour.md": (
        "---\ndate: 2024-01-02\ntags: [sea]\n---\n# Harbour\n\nThe harbour has a crane. "
        "It belongs to [[Quillfish Hoard]], and [[deep/Quillplan|the thing]] says more.\n\n"
        "![[Quillfish Hoard]]\n\n## Salt\n\nBoats load salt and fish every morning before the tide.\n"
    ),
    "Boats.md": (
        "---\ndate: 2024-02-03\ntags: [sea]\n---\n# Boats\n\n![](quay.png)\n\n"
        "Boats in the [[Harbour]] carry fish. The crew is paid each month.\n"
    ),
    "Bread.md": (
        "---\ndate: 2023-04-05\ntags: [kitchen]\n---\n# Bread\n\nFlour, water and time. "
        "Bake the loaf in a hot oven with steam. See [[Boats]].\n"
    ),
    "deep/Engine.md": (
        "---\ndate: 2022-08-09\n---\n# Engine trouble\n\n"
        "The automobile would not start: the battery was flat.\n"
    ),
    "Quillfish Hoard.md": (
        "---\ndate: 1999-07-05\nencrypt: true\ntags: [quilltag/inner, sea]\naliases: [quillalias]\n"
        "quillkey: quillvalue\n---\n# Quillfish Hoard\n\n"
        "The quillgold coins lie under the old crane. Treasure was buried by pirates on an island.\n\n"
        "![[quillmap.png|quillcaption]] ![](quay.png) [[Boats]] [[deep/Quillplan]]\n\n"
        "## Quillheading\n\nA quillword in a section.\n"
    ),
    "deep/Quillplan.md": (
        "---\ndate: 1999-07-06\nencrypt: yes\ntitle: Quilltitle\n---\n"
        "The quillplanned way to the [[Quillfish Hoard#Quillheading]] on [[1998-03-04]].\n\n"
        "[[quillpaper.pdf]]\n\n```mermaid\ngraph LR\n  quillnode --> other\n```\n"
    ),
    "quilldir/Quilldiary.md": (
        "---\ndate: 2001-02-03\nlang: de\n---\n# Quilldiary\n\nDie Quilltage waren lang.\n"
    ),
    "Quilltagged.md": "---\ndate: 2002-02-03\n---\n# Quilltagged\n\nA note that is #locked by its tag.\n",
    "files/quillmap.png": _picture(b"quillpixel"),
    "files/quillpaper.pdf": b"%PDF-1.4 quillprint",
    "quilldir/quillfile.txt": b"quilltext",
    "quay.png": _picture(b"plainpixel"),
}

SECRETS = (
    "quillfish quillplan quillalias quilltag quillkey quillvalue quillgold quillmap quillcaption quillheading "
    "quillword quilltitle quillpaper quillprint quillnode quilldir quilldiary quilltage quilltagged quillfile "
    "quilltext quillpixel buried pirates 1999 1998-03 2001-02 2002-02"
).split()
"""In lower case; each is somewhere in what the password opens, but `quillfile` and `quilltext`, which nothing shows."""

CONFIG = Config(title="Locked", encrypt_tags=("locked",), encrypt_folders=("quilldir",))


def write_garden(folder: Path) -> Path:
    """Writes the notes and files; gives the folder."""
    for path, content in FILES.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder
