"""Why something is wrong, in words that a problem's or an error's sentence is filled with."""


def address_is_taken(owner: str) -> str:
    """Why a former address cannot lead to its note: there is another page; `owner` is empty for one of notegen's."""
    return f"it is `{owner}`'s" if owner else "it is notegen's"


def address_is_folder() -> str:
    """Why a former address cannot lead to its note."""
    return "the site has a folder of that name"


def address_is_below(file: str) -> str:
    """Why a former address cannot lead to its note."""
    return f"`{file}` is a page or file, not a folder"


def address_is_outside() -> str:
    """Why a former address cannot lead to its note."""
    return "it leads out of the site"


def address_is_too_long(letters: int) -> str:
    """Why a former address cannot lead to its note."""
    return f"it is longer than {letters:,} letters"


def address_is_hidden() -> str:
    """Why a former address cannot lead to its note."""
    return "hosts hide names that begin with a dot"


def is_no_file() -> str:
    return "it is no file"


def leads_nowhere() -> str:
    return "it leads nowhere"


def front_matter_not_closed(line: str) -> str:
    return f"it is not closed by a line `---`, or not on top, and says `{line}`"


def yaml_not_valid() -> str:
    return "it is not valid YAML"


def toml_not_valid() -> str:
    return "it is not valid TOML"


def glob_not_understood(glob: str) -> str:
    return f"`{glob}` is no pattern that is understood"


def only_a_program_knows(key: str) -> str:
    return f"`{key}` is worked out by a program, which is not run"


def settings_no_object() -> str:
    return "it is not an object in braces"


def excluded_is_no_list() -> str:
    return "`excluded` is not a list of folders"


def properties_too_large(letters: int) -> str:
    return (
        f"it is longer than {letters:,} letters, or would be, once each alias in it stood for what it names"
    )


def properties_too_deep(depth: int) -> str:
    return f"its lists and tables lie deeper than {depth} in each other"


def properties_alias_loop() -> str:
    return "an alias in it stands inside what it names"


def properties_number_too_long() -> str:
    return "a number in it is too long"


def properties_wrong_kind() -> str:
    return "a value is not of the kind that its tag says"


def folders_too_deep(levels: int) -> str:
    return f"it lies more than {levels} folders deep"


def no_mathml() -> str:
    return "not LaTeX that MathML can show"


def git_silence(kind: str, detail: str) -> str:
    reasons = {
        "refused": "the folder belongs to somebody else, and git does not trust it",
        "shallow": "this clone has only the last commits",
        "missing": "it is not installed",
    }
    return reasons.get(kind, detail or "it fails")


def git_remedy(kind: str, detail: str) -> str:
    remedies = {
        "refused": f"`git config --global --add safe.directory {detail}`",
        "shallow": "`git fetch --unshallow`, or `fetch-depth: 0` where a build service checks out",
        "missing": "install git where the site is built",
    }
    return remedies.get(kind, "see what `git log` says in the folder of the notes")


def json_not_valid(reason: str, line: int, column: int) -> str:
    return f"{reason} in line {line}, column {column}"


def json_too_deep() -> str:
    return "it is nested too deeply, or holds a number that is too long"


def canvas_no_object() -> str:
    return "it is not an object with `nodes` and `edges`"


def canvas_no_list(key: str) -> str:
    return f"`{key}` is not a list of objects"


def edn_text_open() -> str:
    return "the text that begins here is never closed"


def edn_bracket_open(bracket: str) -> str:
    return f"`{bracket}` is never closed"


def edn_bracket_wrong(closing: str, bracket: str) -> str:
    where = f"`{bracket}` is not closed before this" if bracket else "nothing is open for this"
    return f"{where} `{closing}`"


def edn_key_alone() -> str:
    return "the map that begins here has a key without a value"


def edn_setting_wrong(key: str, wanted: type) -> str:
    kinds: dict[type, str] = {str: "a text in quotes", tuple: "a list in brackets", dict: "a map in braces"}
    return f"`{key}` is not {kinds[wanted]}"


def before_its_day(day: str) -> str:
    return f"before {day}"


def from_its_day_on(day: str) -> str:
    return f"from {day} on"


def toml_too_deep() -> str:
    return "its tables lie too deep in each other, or a number in it is too long"


def message_of_no_kind() -> str:
    return "it is neither a text nor a table of plural forms"


def message_without_other() -> str:
    return "it has no form `other`"


def plural_form_unknown(language: str, form: str) -> str:
    return f"`{language}` has no plural form `{form}`"


def nothing_fills(name: str) -> str:
    return f"nothing fills `{{{name}}}`"


def tokenizer_unknown(kind: str) -> str:
    return f"it is of the unknown kind `{kind}`"
