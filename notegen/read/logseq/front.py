"""A block of `---` as Logseq reads it: page properties, a line each, whose values are Logseq's own and no YAML."""

from collections.abc import Mapping

from notegen.regex import regex

_LINE = regex(r"[\"']?(?P<key>[^\s:#\[\]{}\"'-][^:\n]{0,80}?)[\"']?:(?:[ \t]+(?P<value>.*))?")
_ITEM = regex(r"[ \t]*-[ \t]+(?P<value>.*)")
_NAMES = frozenset({"alias", "aliases", "tag", "tags"})


def read_front(head: str, properties: Mapping[str, object]) -> tuple[dict[str, object], bool]:
    """The properties, with those as Logseq reads them that YAML misreads or loses.

    YAML makes lists in lists of `[[a page]]`, refuses `[[a]], [[b]]`, and takes ` #tag` for a comment. What YAML alone
    says well, numbers, lists and truth, stays.

    Returns:
        The properties, and whether every line was one.
    """
    values: dict[str, list[str]] = {}
    whole = True
    key = ""
    for line in head.split("\n"):
        item, found = _ITEM.fullmatch(line), _LINE.fullmatch(line)
        if item and key:
            values[key].append(item["value"].strip())
        elif found:
            key = found["key"].strip().lower()
            values[key] = [found["value"].strip()] if (found["value"] or "").strip() else []
        elif line.strip() and not line.lstrip().startswith("#"):
            key, whole = "", False
    read = dict(properties)
    for key, value in values.items():
        is_own = any("[[" in one for one in value) or (key in _NAMES and any("#" in one for one in value))
        if key not in read or is_own:
            read[key] = _unquoted(value[0]) if len(value) == 1 else [_unquoted(one) for one in value]
    return {key: value for key, value in read.items() if value != []}, whole


def _unquoted(value: str) -> str:
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" else value
