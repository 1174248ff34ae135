"""Rules that turn sentences, names and words of many languages into what people type into a search box.

As `table_texts.py` does for English, with less grammar: a fragment of a sentence between the words with which a
question begins and ends in its language is near enough, since the table learns which words carry what a teacher reads.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from models.multilingual_sources import Source
from models.table_sources import SEED

MAX_WORDS = 20
MAX_UNSPACED = 48
"""Words, and characters where words are not parted, at which a text is cut."""

UNSPACED = frozenset(("ja", "th", "zh"))

PATTERNS: Mapping[str, tuple[str, ...]] = {
    line[:2]: tuple(line[3:].split("|"))
    for line in Path(__file__).with_name("multilingual_patterns.txt").read_text("utf-8").splitlines()
}
"""By language how one asks for a thing `{}`, or names it."""


def texts_of(source: Source) -> Iterator[str]:
    """Yield what could be asked in the words of a source; the same source gives the same texts."""
    rng = random.Random(f"{SEED} {source.language}")
    patterns = PATTERNS[source.language]
    write = _Unspaced(rng) if source.language in UNSPACED else _Spaced(rng)
    mixed = [*source.names, *source.words] or ["?"]
    for sentence in source.sentences:
        text = write.clip(sentence)
        yield f"{text.rstrip('.。')}?" if rng.random() < 0.15 else text
        for chance in (0.7, 0.4):
            if rng.random() < chance and (part := write.fragment(sentence)):
                yield _asked(part, rng, patterns)
        if rng.random() < 0.4 and (part := write.keywords(sentence)):
            yield part
    for name in source.names:
        text = write.clip(name)
        yield _asked(text, rng, patterns) if rng.random() < 0.4 else text
    for word in source.words:
        roll = rng.random()
        if roll < 0.3:
            yield write.clip(word)
        elif roll < 0.7:
            yield write.clip(f"{word}{write.gap}{rng.choice(mixed)}")
        else:
            yield _asked(write.clip(word), rng, patterns)


def _asked(part: str, rng: random.Random, patterns: Sequence[str]) -> str:
    question = rng.choice(patterns).format(part)
    roll = rng.random()
    if roll < 0.4:
        question = f"{question[:1].upper()}{question[1:]}?"
    return question


class _Spaced:
    """What is taken from a sentence whose words are parted by spaces."""

    gap = " "

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng

    def clip(self, text: str) -> str:
        return " ".join(text.split()[:MAX_WORDS])

    def fragment(self, sentence: str) -> str:
        """Two to nine neighbouring words."""
        words = re.sub(r"[.!?;:,()\"«»“”]", " ", sentence).split()
        if len(words) < 4:
            return ""
        length = self._rng.randint(2, min(9, len(words) - 1))
        at = self._rng.randint(0, len(words) - length)
        return " ".join(words[at : at + length])

    def keywords(self, sentence: str) -> str:
        """Two to four of the longer words."""
        words = [word for word in re.sub(r"[^\w\s'-]", " ", sentence).split() if len(word) > 3]
        words = list(dict.fromkeys(words))
        if len(words) < 3:
            return ""
        chosen = sorted(
            self._rng.sample(range(len(words)), self._rng.choice((2, 2, 3, 3, min(4, len(words)))))
        )
        return " ".join(words[at] for at in chosen)


class _Unspaced:
    """What is taken from a sentence whose words are not parted."""

    gap = ""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng

    def clip(self, text: str) -> str:
        return text[:MAX_UNSPACED]

    def fragment(self, sentence: str) -> str:
        """Four to twenty neighbouring characters, between signs."""
        parts = [
            part for part in re.split(r"[\s。、，,.!?！？:：；;()（）「」\"“”]+", sentence) if len(part) > 3
        ]
        if not parts:
            return ""
        part = self._rng.choice(parts)
        length = self._rng.randint(4, min(20, len(part)))
        at = self._rng.randint(0, len(part) - length)
        return part[at : at + length]

    def keywords(self, sentence: str) -> str:
        """Two or three parts of a sentence."""
        return " ".join(
            dict.fromkeys(
                filter(None, (self.fragment(sentence)[:6] for _ in range(self._rng.choice((2, 3)))))
            )
        )
