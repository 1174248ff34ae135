"""Texts in many scripts, and a digest of the whole-number vector that the bundled model gives each, on any processor.

    python -m tests.support.exact_vectors [COUNT]

prints what this processor gives, one line a text; `tests/encoder/test_exact_vectors.py` runs it as other processors.
"""

import hashlib
import sys
from collections.abc import Sequence

from notegen.bundled import bundled
from notegen.encoder import load_encoder
from notegen.exact import whole_rows

TEXTS = (
    "",
    "milk",
    "How do I keep bread from going stale?",
    "Store a loaf in a paper bag at room temperature; the fridge dries it out.",
    "def read(path: Path) -> bytes:\n    return path.read_bytes()  # no second read",
    "Die Tage werden kürzer, und am Abend liegt Nebel über den Wiesen.",
    "Το βράδυ η ομίχλη κατεβαίνει στα λιβάδια.",
    "К вечеру на луга опускается туман.",
    "傍晚，雾气笼罩着草地。",
    "夕方になると、草原に霧がかかる。",
    "저녁이면 풀밭에 안개가 낀다.",
    "शाम को घास के मैदानों पर कोहरा छा जाता है।",
    "ตอนเย็นหมอกลงปกคลุมทุ่งหญ้า",
    "في المساء يغطي الضباب المروج.",
    "בערב יורד ערפל על האחו.",
    "∀x ∈ ℝ: x² ≥ 0 ⇒ √(x²) = |x| 🌱",
    "[[link]] #tag ==mark== https://example.org/a?b=c&d=e 0x7fff_ffff 2026-11-26",
    "bread " * 300,
    "The parser reads a token ahead and backs up when it was wrong. " * 12,
)

DIGESTS = (
    "8c43e329a2664add",
    "85ff7ddda1c2ea19",
    "c77570506f18d98d",
    "dcf47051e0707aa3",
    "cc2a2f5366032bc0",
    "fcd90cb1b01ebbba",
    "196a65114cc8a68c",
    "bd3853ceb55af025",
    "f764b7559448d0ef",
    "2587816bfac4fa3e",
    "a7f3ecacfa6ad380",
    "e75f7c5612225fc4",
    "7f259cd6b6282501",
    "a0a3f9435a4fe539",
    "0e66acdaed720f60",
    "61a128bc711aab93",
    "21c8366810d43e6e",
    "e7f419aaaf5ff41b",
    "06424075d8b90946",
)
"""Of TEXTS, in their order. They change with the model's file and with nothing else."""


def digests(texts: Sequence[str], *, threads: int = 1) -> list[str]:
    """Of each text's vector in whole 4000ths, as this processor makes it."""
    encoder = load_encoder(bundled("models") / "all-MiniLM-L6-v2", threads=threads)
    vectors = whole_rows(encoder.encode_passages(texts))
    return [hashlib.sha256(row.astype("<i2").tobytes()).hexdigest()[:16] for row in vectors]


if __name__ == "__main__":
    count = int(sys.argv[1]) if len(sys.argv) > 1 else len(TEXTS)
    print("\n".join(digests(TEXTS[:count])))
