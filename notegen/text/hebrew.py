"""Hebrew words without what is written onto them: "the", "and", "in" in front, and the plural behind.

Snowball has no rules for Hebrew. These know no grammar: what may be a word of its own in front is taken off, one letter
after the other, and each word that is left on the way counts, since nobody can tell by its letters whether `ה` begins
`הירח`, "the moon", or `הגירה`, "migration". So two forms of a word have one of theirs in common, which is all that
search asks.
`browser/src/search/engine/hebrew.ts` is the same in TypeScript; `tests/cases/terms.json` holds both to it.
"""

from notegen.regex import regex

_WORD = regex("[א-ת]{2,}")
_IN_FRONT = "והבכלמש"
"""And, the, in, as, to, from, that."""
_MAX_IN_FRONT = 4
_MIN_LETTERS = 3
"""What is left of a word at least, but for one from which a single letter goes."""
_PLURALS = ("ים", "ות")
_FEMININE = "ה"
_FINAL = str.maketrans("ךםןףץ", "כמנפצ")
"""Letters that look otherwise at the end of a word, by how they look within one."""


def hebrew_stems(word: str) -> tuple[str, ...]:
    """All that the word may be a form of, itself first; the word alone where it is too short or of another script."""
    if not _WORD.fullmatch(word):
        return (word,)
    bare = [word]
    for _ in range(_MAX_IN_FRONT):
        rest = bare[-1][1:]
        if bare[-1][0] not in _IN_FRONT or len(rest) < _MIN_LETTERS - (len(bare) == 1):
            break
        bare.append(rest)
    stems = (form for each in bare for form in (_without_ending(each), each))
    return tuple(dict.fromkeys(form.translate(_FINAL) for form in stems))


def _without_ending(word: str) -> str:
    if word.endswith(_PLURALS) and len(word) > _MIN_LETTERS:
        return word[:-2]
    return word[:-1] if word.endswith(_FEMININE) and len(word) > _MIN_LETTERS else word
