"""How pages look and what they say: templates, style sheet, scripts and messages. The only importer of jinja2.

A theme is a folder of templates and style sheets. What a folder of the user's lacks comes from the bundled one,
so a theme can be one file. What goes into a page is decided by the stage `render`.
"""

import json
import marshal
import os
import re
import sys
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from contextlib import suppress
from functools import cache, lru_cache
from hashlib import sha256
from importlib.metadata import version
from importlib.util import cache_from_source
from pathlib import Path
from traceback import walk_tb
from types import CodeType, MappingProxyType
from typing import Any, Literal

from jinja2 import (
    BytecodeCache,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    StrictUndefined,
    Template,
    TemplateError,
    TemplateNotFound,
    TemplateRuntimeError,
    TemplateSyntaxError,
)
from jinja2.bccache import Bucket
from markupsafe import Markup, escape
from msgspec import Struct

from notegen.bundled import bundled
from notegen.colours import accent_of
from notegen.errors import NotegenError
from notegen.errors.phrases import why_unread
from notegen.errors.theme import (
    cannot_read_page_template,
    cannot_read_style,
    no_such_message,
    template_failed,
    template_missing,
    unfilled_message,
)
from notegen.i18n import Language, fill_placeholders, load_language
from notegen.model import CanvasWords, OutputFile, Url
from notegen.page_data import hashed_file
from notegen.paths import INTERNAL, NOTE_SUFFIXES
from notegen.regex import regex
from notegen.theme_folder import LANGUAGES_FOLDER

LAYERS = ("tokens", "base", "components", "pages", "user")
"""The cascade layers, the weakest first: a rule in a later one wins, whatever the two selectors are."""

STYLES: Mapping[str, str] = MappingProxyType(
    {
        "tokens.css": "tokens",
        "base.css": "base",
        "writing.css": "base",
        "chrome.css": "components",
        "prose.css": "components",
        "code.css": "components",
        "note.css": "components",
        "lists.css": "components",
        "local-graph.css": "components",
        "embedding-card.css": "components",
        "preview.css": "components",
        "explorer.css": "components",
        "lightbox.css": "components",
        "shortcuts.css": "components",
        "unlock.css": "components",
        "search.css": "components",
        "home.css": "pages",
        "print.css": "pages",
    }
)
"""The parts of every page's style sheet in order, each with its layer; the user's own further sheets follow by name.

The home page's are among them: they weigh less than one more request of the page that most readers see first.
"""

PageStyle = Literal["calendar", "graph", "map", "drift", "history"]

PAGE_STYLES: Mapping[PageStyle, Mapping[str, str]] = MappingProxyType(
    {
        "calendar": {"calendar.css": "pages"},
        "graph": {"canvas.css": "components", "note-table.css": "components", "topics.css": "components"},
        "map": {
            "canvas.css": "components",
            "note-table.css": "components",
            "topics.css": "components",
            "map.css": "pages",
        },
        "history": {"history.css": "pages"},
        "drift": {"note-table.css": "components", "topics.css": "components", "drift.css": "pages"},
    }
)
"""What only some pages need: the parts of the one further sheet that such a page loads, each with its layer."""

BOOK_STYLES = ("book.css", "book-page.css")
"""The sheets of books, which no page of a site has: of all, and of one that is a single page, in the site's colours."""

EARLY_SCRIPT = "early.js"
EARLY_URL: Url = f"{INTERNAL}/{EARLY_SCRIPT}"
"""The same in every build: it is what finds a page renewed whose other files are gone."""


class _Compiled(BytecodeCache):
    """What was compiled of templates: by this process, and of the bundled ones by any, beside Python's own modules.

    By a template's name and file; one whose text has changed since is compiled anew. All of them take a tenth of a
    second, which is a third of what pages cost after an edit.
    """

    def __init__(self) -> None:
        self._known: dict[str, tuple[str, CodeType]] = {}
        self._kept: dict[str, Path] = {}
        """Where what is compiled of a bundled template is kept, by its key."""

    def get_bucket(self, environment: Environment, name: str, filename: str | None, source: str) -> Bucket:
        """What is known of a template."""
        if filename and os.path.dirname(filename) == str(bundled("templates")):
            with suppress(NotImplementedError):  # a Python that keeps nothing
                module = Path(cache_from_source(__file__))
                self._kept[self.get_cache_key(name, filename)] = module.with_name(f"{module.stem}-{name}.pyc")
        return super().get_bucket(environment, name, filename, source)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give what is known of the same text."""
        checksum, code = self._known.get(bucket.key, ("", None))
        if checksum == bucket.checksum:
            bucket.code = code
        elif bucket.key in self._kept and (code := _read_code(self._kept[bucket.key], bucket)):
            bucket.code = code
            self._known[bucket.key] = bucket.checksum, code

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep it."""
        if bucket.code is not None:
            self._known[bucket.key] = bucket.checksum, bucket.code
            if bucket.key in self._kept and not sys.dont_write_bytecode:
                _keep_code(self._kept[bucket.key], bucket, bucket.code)


def _read_code(file: Path, bucket: Bucket) -> CodeType | None:
    """What was compiled of the same text by the same programs; None where that is not there whole."""
    try:
        content = file.read_bytes()
    except OSError:
        return None
    head = _head_of(bucket)
    digest, packed = content[len(head) : len(head) + 32], content[len(head) + 32 :]
    if not content.startswith(head) or sha256(packed).digest() != digest:
        return None
    code = marshal.loads(packed)
    return code if isinstance(code, CodeType) else None


def _keep_code(file: Path, bucket: Bucket, code: CodeType) -> None:
    """Write it whole or not at all; where nothing can be written, nothing is kept."""
    packed = marshal.dumps(code)
    made = file.with_name(f"{file.name}.{os.getpid()}")
    try:
        made.write_bytes(_head_of(bucket) + sha256(packed).digest() + packed)
        made.replace(file)
    except OSError:
        with suppress(OSError):
            made.unlink(missing_ok=True)


def _head_of(bucket: Bucket) -> bytes:
    """What it was compiled of and by, of which any change counts; this file says with which settings."""
    return f"{bucket.key} {bucket.checksum} {_compiler()}\n".encode()


@cache
def _compiler() -> str:
    own = sha256(Path(__file__).read_bytes()).hexdigest()
    return f"{own} jinja2 {version('jinja2')} {sys.version}".replace("\n", " ")


_COMPILED = _Compiled()


class _Environment(Environment):
    """One whose templates have its globals in a plain mapping, since nothing is added once they are loaded.

    In a chain of mappings, as jinja2 has them, each import within a template asks for every one of their names.
    """

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """What a template has beside what it is given."""
        return {**self.globals, **(d or {})}


class _Loader(FileSystemLoader):
    """One that says which template cannot be read, and why."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """The template's text, its file, and whether that is as it was."""
        try:
            return super().get_source(environment, template)
        except TemplateNotFound:
            raise
        except (OSError, UnicodeDecodeError) as error:
            file = next(Path(place, template) for place in self.searchpath if Path(place, template).is_file())
            raise cannot_read_page_template(str(file), why_unread(error)) from error


class Theme(Struct, frozen=True, eq=False):
    """Templates that are compiled once, and the files that every page asks for."""

    environment: Environment
    folders: tuple[Path, ...]
    """Where templates are looked for, the user's folder first."""
    language: Language
    """What pages say, and in which language."""
    style: OutputFile
    page_styles: Mapping[PageStyle, OutputFile]
    """The further sheets of pages that need one."""
    script: OutputFile
    early: OutputFile
    """The script that runs before a page is painted."""
    scripts: Path
    """Where the scripts lie that only some pages ask for."""
    files: tuple[OutputFile, ...] = ()
    """What else lies in the user's folder, such as typefaces and pictures, beside the style sheet that names it."""

    def render(self, template: str, names: Mapping[str, object] = MappingProxyType({}), /) -> str:
        """The template filled with `names`; text is escaped unless `safe` made it.

        Raises:
            NotegenError: the template cannot be read as one, or uses a name that is not there.
        """
        try:
            return _filled(self.environment.get_template(template), names)
        except Exception as error:
            failure = _template_failure(error, self.folders)
            if failure is None:
                raise
            raise failure from error


def _filled(template: Template, names: Mapping[str, object]) -> str:
    """What jinja2's own way of rendering gives, which leaves a page's names in memory where a template has macros.

    A macro knows all names of its page, among which it is itself: none of them would be freed by count alone.
    """
    context = template.new_context(dict(names))
    try:
        return template.environment.concat(template.root_render_func(context))
    except Exception:
        template.environment.handle_exception()
    finally:
        context.vars.clear()


def canvas_words(folder: Path | None, language: str) -> CanvasWords:
    """What the pages of boards say in the language of a BCP 47 tag, with the words of the theme in `folder`.

    Raises:
        NotegenError: a file of messages is wrong.
    """
    interface = load_language(language, _theme_folders(folder))
    return CanvasWords(
        connections=interface.translate("canvas.connections"),
        empty=interface.translate("canvas.empty"),
        file=interface.translate("canvas.file"),
        group=interface.translate("canvas.group"),
        drawing=interface.translate("canvas.drawing"),
        private=interface.translate("text.private"),
        locked=interface.translate("text.locked"),
        back=interface.back,
        forth=interface.forth,
    )


def load_theme(
    folder: Path | None = None, *, language: str = "en", accent: str = "", scripts: Path | None = None
) -> Theme:
    """The bundled theme, each of its files replaced by the one of that name in `folder`.

    Args:
        folder: a user's templates, style sheets and messages, any of them; None for the bundled theme as it is.
        language: the BCP 47 tag of what pages say.
        accent: the colour of what leads somewhere, `#rrggbb`; empty for the theme's own.
        scripts: where `notegen.js` lies; None for the bundled one.

    Raises:
        NotegenError: a file of messages is wrong, or a style sheet no text. A template is compiled, and can fail, when
            its first page is rendered.
    """
    folders = _theme_folders(folder)
    environment = _Environment(
        loader=ChoiceLoader([_Loader(place) for place in folders]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
        bytecode_cache=_COMPILED,
    )
    interface = load_language(language, folders)
    environment.globals |= {
        "translate": _translator(interface),
        "back": interface.back,
        "forth": interface.forth,
        "hash_of": policy_hash,
    }
    scripts = scripts or bundled("browser")
    return Theme(
        environment=environment,
        folders=folders,
        language=interface,
        style=_style("style", [*_sheets(STYLES, folders), *_added_sheets(folder)], accent),
        page_styles={name: _style(name, _sheets(parts, folders)) for name, parts in PAGE_STYLES.items()},
        script=_script_file("notegen", scripts, interface),
        early=OutputFile(EARLY_URL, _text_of(_file_of(folders, EARLY_SCRIPT)).encode()),
        scripts=scripts,
        files=tuple(_further_files(folder)) if folder else (),
    )


def diagram_scripts(theme: Theme) -> tuple[OutputFile, ...]:
    """Mermaid and what makes it draw a page's diagrams, in the order in which a page runs them; some 5 MB."""
    return tuple(_script_file(name, theme.scripts, theme.language) for name in ("mermaid", "diagrams"))


def search_script(theme: Theme) -> OutputFile:
    """What a page's script loads when its reader first searches: the engine and the search box."""
    return _script_file("search", theme.scripts, theme.language)


def enhancements_script(theme: Theme) -> OutputFile:
    """What a page's script loads when its reader first asks for more than reading: previews, keys, large pictures."""
    return _script_file("enhancements", theme.scripts, theme.language)


def book_style(theme: Theme, accent: str = "", *, is_page: bool) -> str:
    """The style sheet of a book.

    Args:
        accent: as `load_theme` has it.
        is_page: whether the book is a single page.
    """
    shared, of_page = (_text_of(_file_of(theme.folders, name)) for name in BOOK_STYLES)
    if not is_page:
        return minified(shared)
    tokens = _text_of(_file_of(theme.folders, "tokens.css"))
    sheets = (tokens, _accent_sheet(accent) if accent else "", shared, of_page)
    return "\n".join(map(minified, sheets))


def worker_script(theme: Theme, name: str) -> bytes:
    """What the service worker of a site does, by its script's name; it has no messages of its own."""
    return (theme.scripts / f"{name}.js").read_bytes()


def unlock_script(theme: Theme) -> OutputFile:
    """What a page's script loads when its reader unlocks encrypted notes: keys, and what they open."""
    return _script_file("unlock", theme.scripts, theme.language)


def graph_script(theme: Theme) -> OutputFile:
    """What draws the page of the graph."""
    return _script_file("graph", theme.scripts, theme.language)


def map_script(theme: Theme) -> OutputFile:
    """What draws the page of the map."""
    return _script_file("map", theme.scripts, theme.language)


def today_script(theme: Theme) -> OutputFile:
    """What finds, on the home page, the notes of the reader's day in other years."""
    return _script_file("today", theme.scripts, theme.language)


@lru_cache(maxsize=64)
def language_of(theme: Theme, tag: str) -> Language:
    """The language of a BCP 47 tag, or the theme's own where it has no messages in that."""
    if not re.fullmatch(r"[A-Za-z]{2,8}(?:[-_][A-Za-z0-9]{1,8}){0,8}", tag):
        return theme.language
    interface = load_language(tag, theme.folders)
    known = tag.partition("-")[0].lower() == "en" or any(
        message.language != "en" for message in interface.messages.values()
    )
    return interface if known else theme.language


def safe(html: str) -> str:
    """Marks text as HTML that is already escaped, so that a template takes it as it is."""
    return Markup(html)


def policy_hash(content: str) -> str:
    """How a page's policy names a script or a style that stands in the page itself."""
    return safe(f"'sha256-{b64encode(sha256(content.encode()).digest()).decode()}'")


def _theme_folders(own: Path | None) -> tuple[Path, ...]:
    """Where the files of a theme are looked for."""
    return (*((own,) if own else ()), bundled("templates"))


def _sheets(parts: Mapping[str, str], folders: tuple[Path, ...]) -> Iterator[tuple[Path, str]]:
    """Each part with its layer; a sheet of the user's that has the name of ours takes its place and its layer."""
    for name, layer in parts.items():
        yield _file_of(folders, name), layer


def _added_sheets(own: Path | None) -> Iterator[tuple[Path, str]]:
    """The user's sheets that take the place of none of ours, by name."""
    ours = {*STYLES, *BOOK_STYLES, *(part for parts in PAGE_STYLES.values() for part in parts)}
    for sheet in sorted(own.glob("*.css")) if own else ():
        if sheet.name not in ours:
            yield sheet, "user"


def _style(name: str, sheets: Iterable[tuple[Path, str]], accent: str = "") -> OutputFile:
    """One file of the sheets, each within its layer; its first line gives the layers their order.

    Every file says the order, so that none depends on which of them a page names first.
    """
    parts = [f"@layer {layer}{{{minified(_text_of(sheet))}}}\n" for sheet, layer in sheets]
    if accent:
        parts.insert(1, f"@layer {LAYERS[0]}{{{_accent_sheet(accent)}}}\n")
    return hashed_file(f"{name}.css", "".join([f"@layer {','.join(LAYERS)};\n", *parts]).encode())


def _accent_sheet(colour: str) -> str:
    """What stands after tokens.css in a site with an accent of its own; lines and washes follow from it there."""
    accent = accent_of(colour)
    usual = _accent_rule(accent.light, accent.dark)
    return f"{usual}@media (prefers-contrast:more){{{_accent_rule(accent.light_contrast, accent.dark_contrast)}}}"


def _accent_rule(light: str, dark: str) -> str:
    return f":root{{--accent:light-dark({light},{dark})}}"


_VERBATIM = r"""(?P<verbatim>/\*!.*?\*/|"(?:\\.|[^"\\\n])*["\n]?|'(?:\\.|[^'\\\n])*['\n]?|url\([^"')]*\))"""
_COMMENT = regex(rf"{_VERBATIM}|/\*.*?\*/", re.DOTALL)
_SPACE = regex(rf"{_VERBATIM}|\s*;?\s*(?P<end>\}})\s*|\s*(?P<sign>[{{;,]|:(?=\s))\s*|\s+", re.DOTALL)


@lru_cache(maxsize=64)
def minified(style: str) -> str:
    """The style sheet without comments, but for those that begin with `!`, and without space that means nothing.

    It understands no CSS, so that it misunderstands none: space goes beside `{ } ; ,` and after a colon that space
    follows, which no selector has; any other becomes one blank. Strings and addresses stay as they are.
    """
    bare = _COMMENT.sub(lambda found: found["verbatim"] or " ", style)
    return _SPACE.sub(lambda found: found["verbatim"] or found["end"] or found["sign"] or " ", bare).strip()


def _file_of(folders: tuple[Path, ...], name: str) -> Path:
    return next(folder / name for folder in folders if (folder / name).is_file())


def _text_of(sheet: Path) -> str:
    try:
        return sheet.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise cannot_read_style(str(sheet), why_unread(error)) from error


def _further_files(own: Path) -> Iterator[OutputFile]:
    """All that is no template, no part of the style sheet, no messages and no note; nor what begins with a dot."""
    for path in sorted(own.rglob("*")):
        inside = path.relative_to(own)
        hidden = any(part.startswith(".") for part in inside.parts)
        on_top = own / inside.name == path
        taken = inside.parts[0] == LANGUAGES_FOLDER or (
            on_top and (inside.suffix == ".css" or inside.name == EARLY_SCRIPT)
        )
        if path.is_file() and not hidden and not taken and inside.suffix not in (".html", *NOTE_SUFFIXES):
            yield OutputFile(f"{INTERNAL}/{inside.as_posix()}", path)


def _script_file(name: str, folder: Path, language: Language) -> OutputFile:
    """A script, whose messages are English, after those messages of the site's language that differ.

    Another language costs no request more, and English not a byte.
    """
    content = (folder / f"{name}.js").read_bytes()
    changed = _changed_messages(f"scripts.{name}.", language)
    if changed:
        words = json.dumps(changed, ensure_ascii=False, separators=(",", ":"))
        prelude = f"(n=>(n.messages=n.messages||{{}}).{name}={words})(window.notegen=window.notegen||{{}});\n"
        content = prelude.encode() + content
    return hashed_file(f"{name}.js", content)


def _changed_messages(group: str, language: Language) -> dict[str, object]:
    """The group's messages that are not those of the bundled English, as browser/src/messages/i18n.ts reads them."""
    english = load_language("en", [bundled("templates")]).messages
    return {
        key.removeprefix(group): dict(message.forms)
        if len(english[key].forms) > 1
        else message.forms["other"]
        for key, message in language.messages.items()
        if key.startswith(group) and message.forms != english[key].forms
    }


def _translator(language: Language) -> Callable[..., str]:
    """What templates call as `translate("note.minutes", count=4)`; text is escaped, what is HTML already stays it."""
    fixed: dict[str, Markup] = {}

    def translate(key: str, /, **values: object) -> str:
        if not values and key in fixed:
            return fixed[key]
        if key not in language.messages:
            raise TemplateRuntimeError(no_such_message(key))
        written = {
            name: Markup(language.written(value))
            if isinstance(value, Markup)
            else escape(language.written(value))
            for name, value in values.items()
        }
        try:
            filled = Markup(fill_placeholders(escape(language.form(key, values.get("count"))), written))
        except KeyError as error:
            raise TemplateRuntimeError(unfilled_message(key, str(error.args[0]))) from error
        if not values:
            fixed[key] = filled
        return filled

    return translate


def _template_failure(error: Exception, folders: tuple[Path, ...]) -> NotegenError | None:
    """The error as the template's author sees it; None when it is not the template's but ours."""
    if isinstance(error, TemplateSyntaxError):
        return _failure_at(
            Path(error.filename or error.name or ""), error.lineno, error.message or str(error)
        )
    # Jinja makes the frames of compiled templates look like lines of the template's file.
    frames = [(Path(frame.f_code.co_filename), line) for frame, line in walk_tb(error.__traceback__)]
    inside = [
        index
        for index, (file, _) in enumerate(frames)
        if any(file.is_relative_to(folder) for folder in folders)
    ]
    # A template that asks for itself fails where the last of its calls happens to be.
    is_its_own = isinstance(error, TemplateError | RecursionError)
    if not inside or (inside[-1] != len(frames) - 1 and not is_its_own):
        return None
    file, line = frames[inside[-1]]
    if isinstance(error, TemplateNotFound):
        return template_missing(str(file), str(error.name), line, _line_of(file, line))
    return _failure_at(file, line, str(error))


def _failure_at(file: Path, line: int, reason: str) -> NotegenError:
    return template_failed(str(file), reason, line, _line_of(file, line))


def _line_of(file: Path, number: int) -> str:
    try:
        return file.read_text("utf-8").splitlines()[number - 1].strip()
    except (OSError, IndexError):
        return ""
