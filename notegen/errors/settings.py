"""Errors in notegen.toml, in options that stand for its settings, and in answers to `notegen init`."""

from collections.abc import Iterable, Sequence

from notegen.errors import NotegenError
from notegen.errors.phrases import as_argument, as_toml, did_you_mean
from notegen.model import Place


def source_date_invalid(variable: str, value: str) -> NotegenError:
    return NotegenError(
        f"`{variable}` is `{value}`, and no whole number of seconds",
        hint="set it to the seconds since 1970 that stand for now, or not at all",
    )


def extension_invalid(extension: str) -> NotegenError:
    return NotegenError(
        f"`--extension {extension}` is no ending of text files in Markdown", hint="such as `--extension .txt`"
    )


def pattern_invalid(setting: str, pattern: str) -> NotegenError:
    return NotegenError(
        f"`{setting}` has `{pattern}`, which is no pattern",
        hint="patterns are those of a .gitignore: `drafts/`, `*.tmp`, `!keep.tmp`; `\\` before a sign makes it plain",
    )


def settings_named_otherwise(path: str) -> NotegenError:
    return NotegenError(
        f"`{path}` looks like the settings, which are called `notegen.toml`",
        hint="rename it, or name it with `--config`; until then nothing is built, since it may say what is private",
    )


def no_config_file(path: str) -> NotegenError:
    return NotegenError(f"there is no file `{path}`", hint="`--config` names a notegen.toml")


def cannot_read_config(path: str, reason: str) -> NotegenError:
    return NotegenError(f"`{path}` cannot be read: {reason}", hint="it must be a text file, saved as UTF-8")


def config_not_toml(place: Place, line: str, reason: str, meant: str = "") -> NotegenError:
    return NotegenError(f"not valid TOML: {reason}", place=place, line=line, hint=did_you_mean(meant))


def config_unknown_key(place: Place, line: str, key: str, nearest: str, known: str) -> NotegenError:
    hint = did_you_mean(nearest) or f"the settings are {known}"
    return NotegenError(f"there is no setting `{key}`", place=place, line=line, hint=hint)


def config_unknown_problem(place: Place, line: str, name: str, nearest: str) -> NotegenError:
    hint = did_you_mean(nearest) or "`notegen check` puts each problem's kind in brackets"
    return NotegenError(f"there is no kind of problem `{name}`", place=place, line=line, hint=hint)


def config_wrong_value(
    place: Place, line: str, key: str, value: object, wanted: str, meant: str = ""
) -> NotegenError:
    found = str(value).lower() if isinstance(value, bool) else f"`{as_toml(value)}`"
    message = f"`{key}` is {found}, but must be {wanted}"
    return NotegenError(message, place=place, line=line, hint=did_you_mean(meant))


def wanted_links() -> str:
    return 'a list of links, such as `["[[About]]", "[Source](https://me.example/notes)"]`'


def wanted_endings() -> str:
    return 'a list of endings of text files in Markdown, such as `[".md", ".txt"]`'


def wanted_table(key: str) -> str:
    return f"a table, `[{key}]`"


def wanted_address() -> str:
    return (
        "the address of a folder, such as `https://me.example/notes/`, without `?`, `#` or the name of a page"
    )


def wanted_file_address() -> str:
    return "an address with `{path}` where the file's path belongs, such as `https://code.example/me/notes/{path}`"


def wanted_former_addresses() -> str:
    return (
        "a list of addresses with `{path}` or `{name}` in them, and nothing else in braces but `{folder}`, "
        "`{categories}`, `{year}`, `{month}` and `{day}`"
    )


def wanted_former_feeds() -> str:
    return "a list of addresses in the site that end in `.xml`, `.atom`, `.rss` or `.json`, and are none of its own"


def base_url_invalid(address: str, meant: str = "") -> NotegenError:
    message = f"`--base-url` is `{address}`, but must be {wanted_address()}"
    return NotegenError(message, hint=did_you_mean(meant))


def answer_invalid(answer: str, wanted: str) -> NotegenError:
    return NotegenError(f"`{answer}` is not {wanted}")


def settings_there(file: str, notes: str) -> NotegenError:
    return NotegenError(
        f"there is a `{file}` already",
        hint=f"it is as it was; change it by hand, and `notegen build {as_argument(notes)}` takes it up",
    )


def wanted_known_home() -> str:
    return "a folder of somebody this system knows"


def wanted_no_nul() -> str:
    return "a text without the character NUL"


def wanted_note_name() -> str:
    return "a path in which nothing but `{date}` and `{title}` stands in braces"


def wanted_language() -> str:
    return "the tag of a language, such as `en` or `pt-BR`"


def wanted_time_zone() -> str:
    return "the name of a time zone that this machine knows, such as `Europe/Berlin` or `UTC`"


def wanted_tags() -> str:
    return "a list of tags as the notes have them, each by itself and without quotes, commas and stars"


def wanted_domain() -> str:
    return "the name of a domain, such as `notes.example.org`"


def wanted_choice(choices: Sequence[str]) -> str:
    return " or ".join(f"`{choice}`" for choice in choices)


def wanted_colour(palettes: Iterable[str]) -> str:
    return f"a colour such as `#0b5d8f`, or one of {', '.join(f'`{name}`' for name in palettes)}"


def wanted_contrast() -> str:
    return "dark enough to be read on the page, at 4.5 to 1; the night's is made from it"


def wanted_kind(kind: type, low: float | None = None, high: float | None = None) -> str:
    kinds: dict[type, str] = {
        str: "a text",
        bool: "`true` or `false`",
        int: "a whole number",
        float: "a number",
        tuple: "a list of texts",
    }
    words = kinds[kind]
    return words if low is None else f"{words} from {low} to {high}"
