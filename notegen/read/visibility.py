"""Who may see a note, by its front matter, by what was meant as such, and by properties in its first block.

When in doubt, nobody: a mistake here is the one that cannot be taken back. What a single key says is in `flags`.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Set
from unicodedata import normalize

from msgspec import Struct
from msgspec.structs import replace

from notegen.errors.reasons import front_matter_not_closed
from notegen.model import Code, Place, Problem
from notegen.read.body_lines import first_block
from notegen.read.flags import (
    LOCKED_IF_TRUE,
    SAYS_PUBLIC,
    WITH_WORDS,
    Meaning,
    is_flag,
    is_guessed,
    is_true,
    meaning_of,
    plain_key,
    with_nested,
)
from notegen.read.front_matter import FrontMatter
from notegen.read.loose_head import loose_heads
from notegen.read.private_tags import is_private_tag
from notegen.read.properties import TruthWord
from notegen.regex import regex
from notegen.text.looks import INVISIBLE

_EDGE = r"(?:^|(?<=\w)[^\w\n{,;&]*+(?=[{,;&]))"
"""Where signs begin among which a key may: a line, or a word that a comma or brace follows before the next word.

What stands behind it takes all signs up to that word and gives none back, so that a row of signs is gone through once.
"""
# A key in what cannot be read as settings: on its line's edge, or after a comma, brace or quote. AsciiDoc's, for a
# page of Jekyll's or Antora's, and Org's, for one of Hugo's, have that before them.
_STATED = regex(
    r"[^\w\n]*+(?:page-|hugo_)?(?P<key>\w[\w .-]{0,40}+)[^\w\n:=：]*+(?::{1,2}|=|：)(?P<value>[^\n]*)",
    re.IGNORECASE,
)
_APART = regex(r"[{,;&]")
_NOT_IN_PROSE = frozenset(
    "password if protect type state scope permission permissions permalink render build".split()
)
"""Flags with so many other uses that they say something of a note in settings only."""
_LOOKS_PRIVATE = regex(
    r"^[^\w\n]*(?:(?:draft|private)[^\w\n]+(?:true|yes|on|1)|publi(?:c|sh(?:ed)?)[^\w\n]+(?:false|no|off|0))\b",
    re.IGNORECASE | re.MULTILINE,
)
_LOOKS_LOCKED = regex(r"^[^\w\n]*encrypt(?:ed)?[^\w\n]+(?:true|yes|on|1)\b", re.IGNORECASE | re.MULTILINE)
_LISTED = r"(?:tags?|keywords?|categor(?:y|ies)|topics?|labels?|filetags)"
_LISTED_TAGS = regex(
    rf"{_EDGE}(?P<said>[^\w\n]*+{_LISTED}[\"']?[ \t]*(?::{{1,2}}|=|：)(?P<value>[^\n]*(?:\n[ \t]*-[ \t][^\n]*)*))",
    re.IGNORECASE | re.MULTILINE,
)
_NEVER_BUILT = regex(
    r"\b(?:(?:render|list)[\"']?\s*[:=]\s*[\"']?never|permalink[\"']?\s*:\s*false)\b", re.IGNORECASE
)
_INLINE = regex(r"[ \t>]*(?:[-*+][ \t]+)*[\[(]?(?P<key>\w[\w -]{0,40}+)::(?P<value>[^\n]*)")


class Visibility(Struct, frozen=True):
    """What a note itself says about who may see it, and what was unclear about that."""

    withheld: bool = False
    says_public: bool = False
    """Whether it says in so many words that it is to be published."""
    encrypted: bool = False
    """Whether it says that it is to be encrypted, if it is published at all."""
    is_template: bool = False
    """Whether it is withheld since it is a template."""
    problems: tuple[Problem, ...] = ()


def read_visibility(front: FrontMatter, path: str, private: Set[str] = frozenset()) -> Visibility:
    """What a note's front matter says, or what seems to be meant as such; total.

    `draft`, `private` and their like keep the note back when true, `publish`, `public` and theirs when false. A quoted
    `"false"` counts as false, with a warning; a value that is neither keeps the note back, with a warning, except a
    date or nothing. A key that is given twice with different values does too. What cannot be read as front matter keeps
    the note back when something in it looks like one of these, or like one of the `private` tags, folded.
    `encrypt` encrypts a note when true, and in doubt.
    """
    said = read_flags(front.pairs or front.properties.items(), lambda key: Place(path, front.line_of(key)))
    problems = (*front.problems, *said.problems)
    if front.problems and (_mention(front.head) or _mention_tag(front.head, private)):
        return Visibility(True, problems=problems)
    if said.withheld:
        return replace(said, problems=problems)
    locks = bool(front.problems and _mention(front.head, locks=True))
    if (
        not front.properties
        and front.head
        and not front.problems
        and (found := _mention(front.head) or _mention_tag(front.head, private))
    ):
        return _in_doubt(found, path)
    if front.first_line:
        for head in loose_heads(front.body, on_top=not front.properties):
            if found := _mention(head.text, in_prose=not head.is_settings) or _mention_tag(
                head.text, private
            ):
                return _in_doubt(found, path)
    found = "" if locks or said.encrypted else _misplaced_lock(front, path)
    if found:
        return Visibility(False, said.says_public, encrypted=True, problems=_in_doubt(found, path).problems)
    return replace(said, encrypted=said.encrypted or locks, problems=problems)


def _misplaced_lock(front: FrontMatter, path: str) -> str:
    """What seems to encrypt the note and is neither front matter nor a property of its first block; empty for none."""
    if read_inline_flags(front.body, path, 1).encrypted:
        return ""
    if not front.properties and front.head and (found := _mention(front.head, locks=True)):
        return found
    heads = loose_heads(front.body, on_top=not front.properties) if front.first_line else ()
    locks = (_mention(head.text, in_prose=not head.is_settings, locks=True) for head in heads)
    return next(filter(None, locks), "")


def read_flags(pairs: Iterable[tuple[str, object]], place: Callable[[str], Place]) -> Visibility:
    """What keys say about their note, as `read_visibility` has it; a key may come more than once.

    Args:
        place: where a key stands.
    """
    said: dict[str, dict[Meaning, object]] = {}
    problems: list[Problem] = []
    guesses: list[Problem] = []
    for key, value in with_nested(pairs):
        name = plain_key(key)
        said.setdefault(name, {}).setdefault(meaning_of(name, value), value)
        found = guesses if is_guessed(name, value) else problems
        found += _unclear(key, value, place)
    for name, meanings in said.items():
        if "open" in meanings and not meanings.keys() <= {"open", "silent"}:
            values = " / ".join(sorted(str(v).lower() for v in meanings.values()))
            twice = (("key", name), ("values", values), ("taken", _in_doubt_taken(name)))
            problems.append(Problem(Code.FLAG_TWICE, place(name), twice))
    locks = {meaning for name in LOCKED_IF_TRUE for meaning in said.pop(name, ())}
    opens = any("open" in said.get(name, ()) for name in SAYS_PUBLIC)
    if opens or said.get("private", {}).keys() == {"open"}:  # a guess is outdone by the word itself
        said = {
            name: meanings
            for name, meanings in said.items()
            if not all(is_guessed(name, value) for value in meanings.values())
        }
        guesses = []
    every = {meaning for meanings in said.values() for meaning in meanings}
    return Visibility(
        not every.isdisjoint(("closed", "unclear")),
        opens,
        encrypted=not locks.isdisjoint(("locked", "unclear")),
        problems=tuple(dict.fromkeys((*problems, *guesses))),
    )


def _unclear(key: str, value: object, place: Callable[[str], Place]) -> Iterator[Problem]:
    """The problem of a flag whose value is not plain, or which somebody may have meant otherwise: how it was taken."""
    name = plain_key(key)
    meaning, is_guess = meaning_of(name, value), is_guessed(name, value)
    is_truth = isinstance(value, (bool, TruthWord))
    if meaning == "silent" or ((is_truth or name in WITH_WORDS) and not is_guess):
        return
    is_doubted = meaning == "unclear" or is_guess
    taken = _in_doubt_taken(name) if is_doubted else str(is_true(value)).lower()
    written = str(value).lower() if is_truth else f'"{value}"'
    yield Problem(Code.FLAG_UNCLEAR, place(key), (("key", key), ("value", written), ("taken", taken)))


def _in_doubt_taken(name: str) -> str:
    return "encrypted" if name in LOCKED_IF_TRUE else "withheld"


def seems_private(text: str, *, in_prose: bool = False) -> bool:
    """Whether something in a text that cannot be read as settings looks like a flag which does not publish a note.

    Args:
        in_prose: whether the text may be none of settings, so that words with other uses say nothing.
    """
    return bool(_mention(text, in_prose=in_prose))


def seems_encrypted(text: str, *, in_prose: bool = False) -> bool:
    """The same of a flag that encrypts a note."""
    return bool(_mention(text, in_prose=in_prose, locks=True))


def read_inline_flags(text: str, path: str, first_line: int) -> Visibility:
    """What Logseq's `public:: false`, or Dataview's, says in a text's first block, whatever tool the folder is of."""
    if "::" not in text:
        return Visibility()
    found: list[tuple[str, object, int]] = []
    for number, line in enumerate(first_block(text)):
        match = _INLINE.match(line)
        if match and is_flag(match["key"]) and plain_key(match["key"]) not in _NOT_IN_PROSE:
            found.append((match["key"], match["value"].rstrip(") ]") or None, number))
    lines = {key: first_line + number if first_line else 0 for key, _, number in found}
    said = read_flags(
        ((key, _bare(value)) for key, value, _ in found), lambda key: Place(path, lines.get(key, 1))
    )
    return said if said.withheld or said.encrypted else replace(said, problems=())


def _bare(value: object) -> object:
    """A property's text without the space around it, true and false as such."""
    text = value.strip() if isinstance(value, str) else value
    return {"true": True, "false": False}.get(str(text).lower(), text)


def _mention(text: str, *, in_prose: bool = False, locks: bool = False) -> str:
    """The first thing in the text that looks like a flag which does not publish its note; empty where nothing does.

    Args:
        in_prose: whether the text may be none of settings: a value that nobody understands is one word there, and a key
            with other uses says nothing.
        locks: looks for one that encrypts the note instead.
    """
    text = INVISIBLE.sub("", normalize("NFKC", text))
    for part in (part for line in text.split("\n") for part in _APART.split(line)):
        found = _STATED.match(part)
        if found is None or not is_flag(found["key"]):
            continue
        name = plain_key(found["key"])
        value = re.split(r"[}\]]|\s#", found["value"].strip(" \t\"'"), maxsplit=1)[0]
        if locks is not (name in LOCKED_IF_TRUE):
            continue
        is_guess = is_guessed(name, value) or name in _NOT_IN_PROSE
        if in_prose and is_guess and not part.lstrip().startswith(".."):  # in Pelican's header, and in prose
            continue
        meaning = meaning_of(name, value)
        most_words = 1 if in_prose else 100
        if meaning in ("closed", "locked") or (meaning == "unclear" and len(value.split()) <= most_words):
            return found[0]
    found = _LOOKS_LOCKED.search(text) if locks else _LOOKS_PRIVATE.search(text) or _NEVER_BUILT.search(text)
    return found[0] if found else ""


def _mention_tag(head: str, private: Set[str]) -> str:
    """The line, or the list below it, in which settings that cannot be read name one of the tags; empty for none."""
    for listed in _LISTED_TAGS.finditer(INVISIBLE.sub("", head)):
        if any(is_private_tag(word, private) for word in re.findall(r"[\w/-]+", listed["value"])):
            return listed["said"]
    return ""


def _in_doubt(said: str, path: str) -> Visibility:
    reason = front_matter_not_closed(" ".join(said.split()).strip(",{; ")[:80])
    return Visibility(
        True, problems=(Problem(Code.FRONT_MATTER_INVALID, Place(path, 1), (("reason", reason),)),)
    )
