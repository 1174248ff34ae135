"""Whether a public note is a copy of one beside it that is not public, made by a program or by hand.

    Plan 2.md           iCloud and Finder, from the second of a name on; Obsidian's "Make a copy" has `Plan 1.md`
    Plan (1).md         browsers, Google Drive, mail
    Plan copy.md        Finder; `Plan - Copy.md` Explorer, each in the system's language; `Copy of Plan.md` Google Drive
    Plan-DESKTOP-4F.md  OneDrive, with the machine's name

People write such names too, so that words decide: a copy from the time before its note was private has most of them.
"""

from collections.abc import Iterator
from pathlib import PurePosixPath

from notegen.model import NoteId
from notegen.regex import regex
from notegen.text.tokens import phrase_form

MIN_SHARED = 0.75
"""The share of the words of either that both must have: a note that a template began has far more than that."""
MIN_WORDS = 8
"""Different words without which words say nothing."""

_COPY = r"(?i:cop(?:y|ie|ia)|cópia|kopi[ea]?|копия|コピー|副本|複本|사본|backup|old)"
_AFTER = regex(
    r"(?P<name>.+?)(?:"
    r" ?\(\d{1,3}\)"
    r"| \d{1,2}"
    rf"| ?[-–_.]? ?{_COPY}(?: ?\(?\d{{1,3}}\)?)?"
    r"|-[A-Z][A-Z0-9-]{2,14}"
    r"|-[\w-]*(?i:mac|iphone|ipad|laptop|desktop|surface)[\w-]*"
    r")"
)
_BEFORE = regex(
    r"(?i:copy of|kopie von|kopie van|kopia av|kopi af|copie de|copia de|copia di|cópia de|копия) (?P<name>.+)"
)


def possible_originals(note: NoteId) -> Iterator[NoteId]:
    """What a note is called like a copy of, in its folder."""
    path = PurePosixPath(note)
    for pattern in (_AFTER, _BEFORE):
        if found := pattern.fullmatch(path.stem):
            yield path.with_name(found["name"] + path.suffix).as_posix()


def are_alike(text: str, original: str) -> bool:
    """Whether two notes have most of their words in common."""
    words, others = (frozenset(phrase_form(one).split()) for one in (text, original))
    return min(len(words), len(others)) >= MIN_WORDS and len(words & others) >= MIN_SHARED * max(
        len(words), len(others)
    )
