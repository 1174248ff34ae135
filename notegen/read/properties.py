"""The values of front matter, from YAML, TOML or JSON: as written, bounded in size and depth, the same on every run.

YAML is read as 1.2 has it, and Obsidian with it: `9:30`, `NO`, `yes`, `1_000` and `=` are words. Of what 1.2 would make
of a word only nothing (`~`, `null`) is made: a note's numbers are shown and compared, and never computed with, so that
`01234`, `1.10` and `12e45` stay the postcode, version and commit that they may be.

A few lines of YAML can name each other until they are longer than any memory, or without end; a set has another order
with each seed of Python's hashes. So what would be too large or too deep is refused before it is made, and each of
YAML's kinds becomes what keeps the order it is written in.
"""

import re
import tomllib
from collections.abc import Hashable, Mapping
from typing import Any

import yaml

from notegen.errors.reasons import (
    properties_alias_loop,
    properties_number_too_long,
    properties_too_deep,
    properties_too_large,
    properties_wrong_kind,
)
from notegen.regex import regex

MAX_LETTERS = 200_000
"""How long front matter may be, and how long once every alias stands for what it names."""
MAX_DEPTH = 32
"""How many lists and tables may lie in each other."""
MAX_BITS = 4000
"""The most bits of a whole number: Python writes none of more than 4,300 digits."""

# `a.a.a. …` takes time in the square of its length, and no setting has a name of so many parts.
_LONG_KEY = regex(r"(?:[\w\"'-]{1,40}[ \t]*\.[ \t]*){64}")


class PropertiesError(ValueError):
    """The text is no properties, or none that can be read within the bounds; its message says why."""


class TruthWord(str):
    """A word without quotes that YAML 1.2, or 1.1 before it, takes for true or false; as written, as all words are."""

    __slots__ = ()


class _Loader(yaml.CSafeLoader):
    """The safe loader, except that what it makes keeps its order, and that words stay as written."""


_TRUTH = "tag:notegen,2026:truth"
_TRUTH_WORDS = tuple(
    form(word) for word in ("true", "false", "yes", "no", "on", "off") for form in (str, str.title, str.upper)
)
_RESOLVED = {
    "tag:yaml.org,2002:null": ("", "~", "null", "Null", "NULL"),
    "tag:yaml.org,2002:merge": ("<<",),
    _TRUTH: _TRUTH_WORDS,
}
"""The words that are no text without a tag that says so; a merge takes over another mapping's keys."""

_Loader.yaml_implicit_resolvers = {}
for _name, _words in _RESOLVED.items():
    for _word in _words:
        _Loader.add_implicit_resolver(_name, regex(rf"{re.escape(_word)}\Z"), [_word[:1]])


def read_yaml(text: str) -> tuple[object, list[tuple[object, object]]]:
    """What the one document of the text says, None for none; and each pair of a mapping, equal keys too.

    A set is the list of its members, an ordered map a dictionary, `!!pairs` a list of dictionaries with one key each,
    and dates and `!!binary` are their text.

    Raises:
        PropertiesError: too large, too deep, or a value is not of the kind that its tag says.
        yaml.YAMLError: no YAML.
    """
    _check_length(text)
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        if node is None:
            return None, []
        _size_of(node, {}, ())
        value = loader.construct_document(node)
        if not isinstance(node, yaml.MappingNode) or not isinstance(value, dict):
            return value, []
        if len(node.value) == len(value):
            return value, list(value.items())
        scalars = [(key, value) for key, value in node.value if isinstance(value, yaml.ScalarNode)]
        return value, [*value.items(), *((key.value, loader.construct_object(one)) for key, one in scalars)]
    except (
        AttributeError,
        IndexError,
        KeyError,
        TypeError,
    ) as error:  # PyYAML's, for `!!float ''` and its like
        raise PropertiesError(properties_wrong_kind()) from error
    except RecursionError as error:
        raise PropertiesError(properties_too_deep(MAX_DEPTH)) from error
    finally:
        loader.dispose()


def read_toml(text: str) -> tuple[Mapping[str, object], list[tuple[str, object]]]:
    """What the text says, and each pair of it.

    Raises:
        PropertiesError: too large or too deep.
        tomllib.TOMLDecodeError: no TOML.
    """
    _check_length(text)
    if _LONG_KEY.search(text):
        raise PropertiesError(properties_too_deep(MAX_DEPTH))
    try:
        table = tomllib.loads(text, parse_float=str)
    except RecursionError as error:
        raise PropertiesError(properties_too_deep(MAX_DEPTH)) from error
    except tomllib.TOMLDecodeError:
        raise
    except ValueError as error:  # what `int` says of 5,000 digits
        raise PropertiesError(properties_number_too_long()) from error
    check_bounds(table)
    return table, list(table.items())


def check_bounds(value: object, depth: int = 0) -> None:
    """Looks at a value as TOML and JSON have them, in which nothing is shared.

    Raises:
        PropertiesError: it is deeper, or a number in it longer, than may be.
    """
    if depth > MAX_DEPTH:
        raise PropertiesError(properties_too_deep(MAX_DEPTH))
    if isinstance(value, int):
        _check_number(value)
    elif isinstance(value, Mapping):
        for part in value.values():
            check_bounds(part, depth + 1)
    elif isinstance(value, list):
        for part in value:
            check_bounds(part, depth + 1)


def _check_length(text: str) -> None:
    if len(text) > MAX_LETTERS:
        raise PropertiesError(properties_too_large(MAX_LETTERS))


def _check_number(value: int) -> int:
    if value.bit_length() > MAX_BITS:
        raise PropertiesError(properties_number_too_long())
    return value


def _size_of(node: yaml.Node, sizes: dict[int, int], above: tuple[int, ...]) -> int:
    """How many letters the node stands for, with every alias in it followed; each node is looked at once."""
    name = id(node)
    if name in above:
        raise PropertiesError(properties_alias_loop())
    if len(above) > MAX_DEPTH:
        raise PropertiesError(properties_too_deep(MAX_DEPTH))
    if name in sizes:
        return sizes[name]
    if isinstance(node, yaml.ScalarNode):
        size = 1 + len(node.value)
    else:
        inner = (*above, name)
        pairs = node.value if isinstance(node, yaml.MappingNode) else ((part,) for part in node.value)
        size = 1 + sum(_size_of(part, sizes, inner) for pair in pairs for part in pair)
    if size > 2 * MAX_LETTERS:  # a list of empty texts counts one for each
        raise PropertiesError(properties_too_large(MAX_LETTERS))
    sizes[name] = size
    return size


# -- YAML's kinds ----------------------------------------------------------------------------------


def _make_set(loader: _Loader, node: yaml.Node) -> list[Hashable]:
    if not isinstance(node, yaml.MappingNode):
        raise PropertiesError(properties_wrong_kind())
    return list(loader.construct_mapping(node, deep=True))


def _make_ordered_map(loader: _Loader, node: yaml.Node) -> dict[Hashable, Any]:
    return {key: value for pair in _make_pairs(loader, node) for key, value in pair.items()}


def _make_pairs(loader: _Loader, node: yaml.Node) -> list[dict[Hashable, Any]]:
    pairs = []
    for part in node.value if isinstance(node, yaml.SequenceNode) else [node]:
        if not isinstance(part, yaml.MappingNode):
            raise PropertiesError(properties_wrong_kind())
        pairs += [{key: value} for key, value in loader.construct_mapping(part, deep=True).items()]
    return pairs


def _make_text(loader: _Loader, node: yaml.Node) -> str:
    return " ".join(_scalar(node).value.split())


def _make_truth_word(loader: _Loader, node: yaml.Node) -> TruthWord:
    return TruthWord(_scalar(node).value)


def _make_word(loader: _Loader, node: yaml.Node) -> str:
    return str(_scalar(node).value)


def _make_untagged(loader: _Loader, node: yaml.Node) -> object:
    """What stands behind a tag that nobody knows, `!important`, as if without it; Obsidian reads it so."""
    if isinstance(node, yaml.SequenceNode):
        return loader.construct_sequence(node, deep=True)
    if isinstance(node, yaml.MappingNode):
        return loader.construct_mapping(node, deep=True)
    word = _scalar(node).value
    return TruthWord(word) if word in _TRUTH_WORDS else str(word)


def _make_number(loader: _Loader, node: yaml.Node) -> int:
    scalar = _scalar(node)
    if len(scalar.value) > MAX_BITS:
        raise PropertiesError(properties_number_too_long())  # before Python takes time over it
    return _check_number(loader.construct_yaml_int(scalar))


def _scalar(node: yaml.Node) -> yaml.ScalarNode:
    if not isinstance(node, yaml.ScalarNode):
        raise PropertiesError(properties_wrong_kind())
    return node


for _tag, _make in {
    "set": _make_set,
    "omap": _make_ordered_map,
    "pairs": _make_pairs,
    "timestamp": _make_text,
    "binary": _make_text,
    "int": _make_number,
    "merge": _make_word,
}.items():
    _Loader.add_constructor(f"tag:yaml.org,2002:{_tag}", _make)
_Loader.add_constructor(_TRUTH, _make_truth_word)
_Loader.add_constructor(None, _make_untagged)
