"""The files of translations: one a language, all with the keys of `en.toml`, which has every sentence."""

import difflib
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from notegen.errors import (
    NotegenError,
    sentences_not_toml,
    sentences_unknown_key,
    sentences_unreadable,
    sentences_wrong,
)
from notegen.i18n.locales import categories_of, chain_of

FOLDER = "languages"
"""Where in a theme's folder the files lie."""

PLACE = re.compile(r"\{(\w+)\}")
"""What a sentence has where something is filled in."""

_CATEGORIES = frozenset({"zero", "one", "two", "few", "many", "other"})
"""Every plural category that a language may have: https://unicode.org/reports/tr35/tr35-numbers.html."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """What is said for a key: a form for each plural category where it counts something, else only `other`."""

    forms: Mapping[str, str]
    language: str
    """The tag of the file that it is from, whose plural rules are its own."""


def read_sentences(tag: str, folders: Sequence[Path]) -> dict[str, Sentence]:
    """Every sentence for a BCP 47 tag, by key.

    Each is taken from the nearest language that has it, `de-AT` before `de` before `en`, and of one language's files
    from the first folder's that has it.

    Raises:
        NotegenError: a file is no TOML, has a key that English has not, or what is no sentence.
    """
    sentences: dict[str, Sentence] = {}
    for language in reversed(chain_of(tag)):
        for folder in reversed(folders):
            file = folder / FOLDER / f"{language}.toml"
            if file.is_file():
                # The first file read is the bundled English one.
                sentences |= _read(file, language, dict(sentences) or None)
    return sentences


def flatten(table: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """The entries of nested tables by dotted key; a table of plural forms is an entry."""
    for name, value in table.items():
        if isinstance(value, dict) and not (value and value.keys() <= _CATEGORIES):
            yield from flatten(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", value


def _read(file: Path, language: str, english: Mapping[str, Sentence] | None) -> dict[str, Sentence]:
    """The file's sentences; `english` is None for the file that all others are held against."""
    try:
        table = tomllib.loads(file.read_text("utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise sentences_not_toml(str(file), str(error)) from error
    except (OSError, UnicodeDecodeError) as error:
        raise sentences_unreadable(str(file), str(error)) from error
    return {key: _sentence(file, language, key, value, english) for key, value in flatten(table)}


def _sentence(
    file: Path, language: str, key: str, value: Any, english: Mapping[str, Sentence] | None
) -> Sentence:
    forms = {"other": value} if isinstance(value, str) else value
    if english is not None and key not in english:
        raise _unknown(file, key, english)
    if not (isinstance(forms, dict) and all(isinstance(form, str) for form in forms.values())):
        raise sentences_wrong(str(file), key, "it is neither a text nor a table of plural forms")
    if "other" not in forms:
        raise sentences_wrong(str(file), key, "it has no form `other`")
    if surplus := sorted(forms.keys() - categories_of(language)):
        raise sentences_wrong(str(file), key, f"`{language}` has no plural form `{surplus[0]}`")
    if english is not None:
        known = _places(english[key].forms) | ({"count"} if len(english[key].forms) > 1 else set())
        for name in sorted(_places(forms) - known):
            raise sentences_wrong(str(file), key, f"nothing fills `{{{name}}}`")
    return Sentence(forms, language)


def _unknown(file: Path, key: str, english: Mapping[str, Sentence]) -> NotegenError:
    nearest = difflib.get_close_matches(key, english, 1)
    return sentences_unknown_key(str(file), key, nearest[0] if nearest else "")


def _places(forms: Mapping[str, str]) -> frozenset[str]:
    return frozenset(name for form in forms.values() for name in PLACE.findall(form))
