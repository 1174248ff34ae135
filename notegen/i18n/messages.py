"""The files of translations: one a language, all with the keys of `en.toml`, which has every message."""

import difflib
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from msgspec import Struct

from notegen.errors import NotegenError
from notegen.errors.reasons import (
    message_of_no_kind,
    message_without_other,
    nothing_fills,
    plural_form_unknown,
)
from notegen.errors.theme import messages_not_toml, messages_unknown_key, messages_unreadable, messages_wrong
from notegen.i18n.locales import categories_of, chain_of
from notegen.regex import regex
from notegen.theme_folder import LANGUAGES_FOLDER

PLACEHOLDER = regex(r"\{(\w+)\}")
"""Where a value goes in a message."""

_PLURAL_CATEGORIES = frozenset({"zero", "one", "two", "few", "many", "other"})
"""Every plural category that a language may have: https://unicode.org/reports/tr35/tr35-numbers.html."""


class Message(Struct, frozen=True):
    """The text for a key: a form for each plural category where it counts something, else only `other`."""

    forms: Mapping[str, str]
    language: str
    """The tag of the file that it is from, whose plural rules are its own."""


def read_messages(tag: str, folders: Sequence[Path]) -> dict[str, Message]:
    """Every message for a BCP 47 tag, by key.

    Each is taken from the nearest language that has it, `de-AT` before `de` before `en`, and of one language's files
    from the first folder's that has it.

    Raises:
        NotegenError: a file is no TOML, has a key that English has not, or a value that is no message.
    """
    messages: dict[str, Message] = {}
    for language in reversed(chain_of(tag)):
        for folder in reversed(folders):
            file = folder / LANGUAGES_FOLDER / f"{language}.toml"
            if file.is_file():
                # The first file read is the bundled English one.
                messages |= _read_file(file, language, dict(messages) or None)
    return messages


def flatten(table: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """The entries of nested tables by dotted key; a table of plural forms is an entry."""
    for name, value in table.items():
        if isinstance(value, dict) and not (value and value.keys() <= _PLURAL_CATEGORIES):
            yield from flatten(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", value


def _read_file(file: Path, language: str, english: Mapping[str, Message] | None) -> dict[str, Message]:
    """The file's messages; `english` is None for the file that all others are held against."""
    try:
        text = file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise messages_unreadable(str(file), str(error)) from error
    if english is None:
        return dict(_english(text, file))
    return _checked(text, file, language, english)


@lru_cache(maxsize=4)
def _english(text: str, file: Path) -> Mapping[str, Message]:
    """The messages that all others are held against; a build asks for them some six times."""
    return _checked(text, file, "en", None)


def _checked(
    text: str, file: Path, language: str, english: Mapping[str, Message] | None
) -> dict[str, Message]:
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise messages_not_toml(str(file), str(error)) from error
    return {key: _checked_message(file, language, key, value, english) for key, value in flatten(table)}


def _checked_message(
    file: Path, language: str, key: str, value: Any, english: Mapping[str, Message] | None
) -> Message:
    forms = {"other": value} if isinstance(value, str) else value
    if english is not None and key not in english:
        raise _unknown_key(file, key, english)
    if not (isinstance(forms, dict) and all(isinstance(form, str) for form in forms.values())):
        raise messages_wrong(str(file), key, message_of_no_kind())
    if "other" not in forms:
        raise messages_wrong(str(file), key, message_without_other())
    if surplus := sorted(forms.keys() - categories_of(language)):
        raise messages_wrong(str(file), key, plural_form_unknown(language, surplus[0]))
    if english is not None:
        known = _placeholders_in(english[key].forms) | ({"count"} if len(english[key].forms) > 1 else set())
        for name in sorted(_placeholders_in(forms) - known):
            raise messages_wrong(str(file), key, nothing_fills(name))
    return Message(forms, language)


def _unknown_key(file: Path, key: str, english: Mapping[str, Message]) -> NotegenError:
    nearest = difflib.get_close_matches(key, english, 1)
    return messages_unknown_key(str(file), key, nearest[0] if nearest else "")


def _placeholders_in(forms: Mapping[str, str]) -> frozenset[str]:
    return frozenset(name for form in forms.values() for name in PLACEHOLDER.findall(form))
