"""Whether a note has a tag that keeps it back or encrypts it, in whichever of the many ways tags are written."""

import re
from collections.abc import Iterable, Iterator, Mapping, Set

from notegen.read.body_lines import outside_headings
from notegen.read.flags import plain_key, with_nested
from notegen.regex import regex
from notegen.text.looks import look_of, with_looks_of_tags
from notegen.text.tags import composed_tag, written_tags

_TAG_KEYS = frozenset(
    "tag tags keyword keywords category categories topic topics label labels filetags".split()
)
"""Under which tools write tags; which of them are shown as such is another question."""
_TAG_FIELD = regex(r"(?:^|[\[(])[ \t>*+-]*tags?[ \t]*::([^\])\n]*)", re.IGNORECASE)
"""Dataview's, in a line of its own or in brackets."""
_TAG = regex(r"(?<!\]\()(?<![\w/#&`])#(?:\[\[([^\[\]\n|#]+)\]\]|([\w/-]+))")
_NO_TAG = regex(r"(?:\]\(|`)#")
_CODE_SPAN = regex(r"(`+)(?!`).*?(?<!`)\1(?!`)")


def has_private_tag(pairs: Iterable[tuple[str, object]], body: str, private: Set[str]) -> bool:
    """Whether the note as a whole has one of the tags, or one below it; those of a heading are its section's.

    In doubt it has: a tag in a comment counts.

    Args:
        pairs: keys of front matter with their values; one that is written twice counts each time.
        private: folded, without `#`.
    """
    if not private:
        return False
    private = {form for tag in private for form in (composed_tag(tag), look_of(composed_tag(tag)))}
    body = with_looks_of_tags(body)
    stated: list[str] = []
    words: list[str] = []
    for key, value in with_nested(pairs):
        if (name := plain_key(key)) in _TAG_KEYS:
            texts = [*_texts(value)]
            # Only tags are parted by spaces too: `category: private lessons` is one.
            parted = r"[\s,;|]+" if name in ("tag", "tags") else r"[,;|]"
            stated += texts
            words += (word.strip("\"'#/[] :\n") for text in texts for word in re.split(parted, text))
    if any(is_private_tag(word, private) for word in (*words, *(text.strip("\"'#/ ") for text in stated))):
        return True
    folded = composed_tag(body).casefold()
    has_field = "tag" in folded and "::" in folded
    if not has_field and not any(f"#{tag}" in folded or f"#[[{tag}" in folded for tag in private):
        return False
    if any(" " in tag and f"#{tag}#" in folded for tag in private):  # Bear's, of several words
        return True
    lines = [*outside_headings(body)]
    fields = (_CODE_SPAN.sub("", line) for line in lines if has_field and "::" in line)
    said = (
        word
        for line in fields
        for found in _TAG_FIELD.finditer(line)
        for word in re.split(r"[\s,;|]+", found[1])
    )
    return any(
        is_private_tag(tag, private)
        for tag in (
            *(word.strip("\"'#/[] ") for word in said),
            *(tag for line in lines for tag in _tags_in(line)),
        )
    )


def has_encrypt_tag(pairs: Iterable[tuple[str, object]], body: str, tags: Set[str]) -> bool:
    """Whether one of the tags is anywhere in the note, also on a heading or in code: a section has no lock of its own.

    Args:
        pairs: as `has_private_tag` takes them.
        tags: folded, without `#`.
    """
    if not tags:
        return False
    tags = {form for tag in tags for form in (composed_tag(tag), look_of(composed_tag(tag)))}
    body = with_looks_of_tags(body)
    lines = (line for line in body.split("\n") if "#" in line)
    return has_private_tag(pairs, "", tags) or any(
        is_private_tag(name, tags) for line in lines for name in _names_in(line)
    )


def is_private_tag(tag: str, private: Set[str]) -> bool:
    """Whether a tag, or one above it, is among them."""
    composed = composed_tag(tag)
    return any(
        "/".join(parts[:end]) in private
        for parts in {tuple(composed.casefold().split("/")), tuple(look_of(composed).split("/"))}
        for end in range(1, len(parts) + 1)
    )


def _tags_in(line: str) -> Iterator[str]:
    yield from _names_in(_CODE_SPAN.sub("", line))


def _names_in(text: str) -> Iterator[str]:
    """What stands behind each `#`: without the marks and emoji that belong to a tag, and with them."""
    yield from ((found[1] or found[2]).strip("/ ") for found in _TAG.finditer(text))
    yield from written_tags(_NO_TAG.sub("", text))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, Mapping):  # its keys, which `{private: }` makes, and what they stand for
        for key, item in value.items():
            yield from _texts(key)
            yield from _texts(item)
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from _texts(item)
    elif value is not None:
        yield str(value)
