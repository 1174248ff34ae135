"""Errors in a theme: templates, style sheets, typefaces, and translations."""

from notegen.errors import NotegenError
from notegen.errors.phrases import did_you_mean
from notegen.model import Place


def template_failed(path: str, reason: str, line: int, text: str) -> NotegenError:
    return NotegenError(
        f"the template fails: {reason}",
        place=Place(path, line),
        line=text,
        hint="the previous site is as it was",
    )


def template_missing(path: str, name: str, line: int, text: str) -> NotegenError:
    return NotegenError(
        f"the template asks for `{name}`, which no theme folder has",
        place=Place(path, line),
        line=text,
        hint="check the name, or put that file beside the template",
    )


def no_theme_folder(path: str) -> NotegenError:
    return NotegenError(
        f"there is no theme folder `{path}`",
        hint="`theme` in notegen.toml counts from the folder that notegen.toml is in",
    )


def cannot_read_style(path: str, reason: str) -> NotegenError:
    return NotegenError(
        f"cannot read the style sheet: {reason}", place=Place(path), hint="save it as UTF-8 text"
    )


def cannot_read_page_template(path: str, reason: str) -> NotegenError:
    return NotegenError(
        f"cannot read the template: {reason}", place=Place(path), hint="save it as UTF-8 text"
    )


def cannot_read_typeface(path: str, reason: str) -> NotegenError:
    return NotegenError(
        f"cannot read the typeface: {reason}", place=Place(path), hint="see `social_cards.font`"
    )


def typeface_unknown(path: str) -> NotegenError:
    return NotegenError(
        "this is no typeface that cards can be drawn with",
        place=Place(path),
        hint="name a file `.ttf`, `.otf` or `.ttc` in `social_cards.font`; files for the web are not read",
    )


def no_such_message(key: str) -> str:
    return f"there is no sentence `{key}` in languages/en.toml"


def unfilled_message(key: str, name: str) -> str:
    return f"the sentence `{key}` needs a value for `{name}`"


def messages_unreadable(path: str, reason: str) -> NotegenError:
    return NotegenError(f"`{path}` cannot be read: {reason}", hint="it must be a UTF-8 text file")


def messages_not_toml(path: str, reason: str) -> NotegenError:
    return NotegenError(f"`{path}` is not valid TOML: {reason}", hint="the previous site is as it was")


def messages_unknown_key(path: str, key: str, nearest: str) -> NotegenError:
    hint = did_you_mean(nearest) or "the keys are those of the bundled languages/en.toml"
    return NotegenError(f"`{path}` has `{key}`, which is no sentence of a site", hint=hint)


def messages_wrong(path: str, key: str, reason: str) -> NotegenError:
    return NotegenError(
        f"`{path}` says `{key}` in a way that cannot be used: {reason}",
        hint="see the bundled languages/en.toml for the same key",
    )
