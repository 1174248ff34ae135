"""The texts that models are measured with: passages of these notes, code, and sentences in twenty-five languages."""

from __future__ import annotations

from pathlib import Path

TEXTS = Path(__file__).parent / "calibration.txt"


def calibration_texts(path: Path = TEXTS) -> list[str]:
    """The texts, which lie between lines of `---`."""
    return [text.strip() for text in path.read_text("utf-8").split("\n---\n")]
