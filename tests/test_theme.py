"""A theme's files, what a user's own folder changes, and what a failing template says."""

import gc
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from weakref import ref

import pytest
from jinja2 import Environment

from notegen.bundled import bundled
from notegen.errors import NotegenError, word_error
from notegen.model import OutputFile
from notegen.theme import (
    BOOK_STYLES,
    LAYERS,
    PAGE_STYLES,
    STYLES,
    Theme,
    _Compiled,
    load_theme,
    minified,
    safe,
)
from notegen.theme_folder import find_theme
from tests.support.contrast import Colour, contrast

Dress = Callable[..., Theme]


@pytest.fixture
def dress(tmp_path: Path) -> Dress:
    """Loads the theme of a folder with these files, with a stub for a script."""
    scripts = tmp_path / "scripts"
    scripts.mkdir()
    (scripts / "notegen.js").write_text("// the page's code\n")

    def load(**files: str) -> Theme:
        own = tmp_path / "theme"
        own.mkdir(exist_ok=True)
        for name, text in files.items():
            (own / name.replace("__", ".")).write_text(text)
        return load_theme(own if files else None, scripts=scripts)

    return load


SHEETS = sorted(bundled("templates").glob("*.css"))


def style_of(theme: Theme) -> str:
    """The text of the style sheet of every page."""
    return text_of(theme.style)


def text_of(file: OutputFile) -> str:
    """The text of a file that was made."""
    assert isinstance(file.content, bytes)
    return file.content.decode()


def joined(parts: Mapping[str, str]) -> str:
    """What a style sheet of these parts, each with its layer, is to be."""
    sheets = [
        f"@layer {layer}{{{minified((bundled('templates') / name).read_text('utf-8'))}}}\n"
        for name, layer in parts.items()
    ]
    return "".join([f"@layer {','.join(LAYERS)};\n", *sheets])


class Name(str):
    """A text of which one can say whether it is still in memory."""


def test_a_page_is_freed_when_it_is_made(dress: Dress) -> None:
    """Also one of a template with macros, by count alone: a build looks for no cycles."""
    theme = dress(
        page__html="{% macro one() %}{{ name }}{% endmacro %}{% set other = name %}{{ one() }} {{ other }}"
    )
    name = Name("Tides")
    held, searched = ref(name), gc.isenabled()
    gc.disable()
    try:
        assert theme.render("page.html", {"name": name}) == "Tides Tides"
        del name
        assert held() is None
    finally:
        if searched:
            gc.enable()


def test_what_is_compiled_of_our_templates_is_kept_beside_our_code(
    dress: Dress, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next process compiles none; one that is not whole, or of other programs, is none; a user's is not kept."""
    monkeypatch.setattr("notegen.theme.cache_from_source", lambda _: str(tmp_path / "kept/theme.here.pyc"))
    monkeypatch.setattr("sys.dont_write_bytecode", False)
    (tmp_path / "kept").mkdir()
    compiled: list[str | None] = []
    compile_one = Environment.compile

    def compile_and_tell(self: Environment, source: str, name: str | None = None, *rest: Any) -> Any:
        compiled.append(name)
        return compile_one(self, source, name, *rest)

    monkeypatch.setattr(Environment, "compile", compile_and_tell)

    def run(**files: str) -> list[str | None]:
        """What another process compiles for one page."""
        monkeypatch.setattr("notegen.theme._COMPILED", _Compiled())
        compiled.clear()
        dress(**files).render("time.html")
        return list(compiled)

    assert run() == ["time.html"]
    assert [path.name for path in (tmp_path / "kept").iterdir()] == ["theme.here-time.html.pyc"]
    assert run() == []
    assert run(**{"time.html": "mine"}) == ["time.html"]
    assert run() == []
    kept = tmp_path / "kept/theme.here-time.html.pyc"
    whole = kept.read_bytes()
    for spoilt in (whole[:-9], whole[:-1] + b"?", whole.replace(b"jinja2", b"jinja9"), b""):
        kept.write_bytes(spoilt)
        assert run() == ["time.html"]
    (tmp_path / "kept/theme.here-time.html.pyc").unlink()
    monkeypatch.setattr("sys.dont_write_bytecode", True)
    assert (run(), run()) == (["time.html"], ["time.html"])


def test_a_style_sheet_holds_its_parts_in_order(dress: Dress) -> None:
    """No part lies in the folder without being used, and none stands outside a layer."""
    used = {*STYLES, *BOOK_STYLES, *(part for parts in PAGE_STYLES.values() for part in parts)}
    assert used == {sheet.name for sheet in SHEETS}
    theme = dress()
    assert style_of(theme) == joined(STYLES)
    assert list(dict.fromkeys(STYLES.values())) == list(LAYERS[:-1])
    assert {name: text_of(file) for name, file in theme.page_styles.items()} == {
        name: joined(parts) for name, parts in PAGE_STYLES.items()
    }


def test_a_sheet_of_single_pages_can_be_replaced(dress: Dress) -> None:
    """Where it stands: it does not come into the sheet of every page."""
    theme = dress(topics__css=".topic { margin: 0 }")
    found = {name for name, file in theme.page_styles.items() if ".topic{margin:0}" in text_of(file)}
    assert found == {"map", "graph", "drift"}
    assert ".topic" not in style_of(theme)


def test_nothing_outbids_a_theme() -> None:
    """Of two rules with `!important` the one of the earlier layer wins: only a state, not a look, may have it."""
    important = [
        (sheet.name, rule)
        for sheet in SHEETS
        for rule in re.findall(r"([^{}]*)\{[^{}]*!important", sheet.read_text("utf-8"))
    ]
    assert {name for name, _ in important} == {"base.css"}
    assert all("[hidden]" in rule or ".needs-script" in rule for _, rule in important)


@pytest.mark.parametrize(
    ("style", "small"),
    [
        ("a ,\nb > c {\n  color : red ;\n  margin: 0 1px;\n}\n", "a,b > c{color:red;margin:0 1px}"),
        (".a { .b :hover { & :is(p) , & + q { top: calc(1px + 2px) } } }",
         ".a{.b :hover{& :is(p),& + q{top:calc(1px + 2px)}}}"),
        ("@media (width <= 4rem) and print { a::before { content: 'a  /* b */ ; c' / \"\" } }",
         "@media (width <= 4rem) and print{a::before{content:'a  /* b */ ; c' / \"\"}}"),
        ("/*! Licence */ p /* a */ q { /* b { */ --x: ; background: url(data:a;b,c  ) }",
         "/*! Licence */ p q{--x:;background:url(data:a;b,c  )}"),
        ("p { content: 'open\n; color: red } q { content: 'it\\'s {  }' }",
         "p{content:'open\n;color:red}q{content:'it\\'s {  }'}"),
        ("p { color: red } /* open  {", "p{color:red}/* open{"),
    ],
)  # fmt: skip
def test_what_a_style_sheet_needs_not_is_left_out(style: str, small: str) -> None:
    """Comments and space, also in what is nested, and in a sheet that is broken; no space that a selector means."""
    assert minified(style) == small


@pytest.mark.parametrize(
    "sheet", [sheet for sheet in SHEETS if sheet.name != BOOK_STYLES[0]], ids=lambda sheet: sheet.name
)
def test_a_sheet_speaks_of_the_sides_of_the_text(sheet: Path) -> None:
    """So that it holds for every direction of writing; where it cannot, a comment says `physical` and why.

    E-readers know no other sides than those of the page.
    """
    style = sheet.read_text("utf-8")
    assert physical_in(re.sub(r"/\* physical: .*?\*/[^}]*", "", style, flags=re.DOTALL)) == []


def test_a_side_of_the_window_is_found() -> None:
    """Sizes, sides, and three values in a row, which go around by the clock."""
    physical = [
        "max-width: 1px",
        "top: 0",
        "border-top-color: red",
        "text-align: left",
        "padding: 1px 2px 3px",
    ]
    logical = [
        "stroke-width: 1px",
        "padding: 0 1px",
        "border-start-end-radius: 0",
        "margin: 0 calc(1px + 2px)",
    ]
    assert physical_in("".join(f"  {line};\n" for line in [*physical, *logical])) == physical


_SIDE = re.compile(
    r"(min-|max-)?(width|height)|((scroll-)?(margin|padding)-|border-)?(top|right|bottom|left)(-\w+)*"
)
_SHORTHANDS = {"margin", "padding", "inset", "border-width", "border-radius"}


def physical_in(style: str) -> list[str]:
    """The declarations that speak of sides of the window where CSS can speak of those of the text."""
    return [
        f"{name}: {value}"
        for name, value in re.findall(r"^ +([a-z-]+): (.*);$", style, re.MULTILINE)
        if _SIDE.fullmatch(name)
        or value in ("left", "right")
        or (name in _SHORTHANDS and len(re.sub(r"\(.*\)", "", value).split()) > 2)
    ]


def test_names_of_files_change_with_their_content(dress: Dress) -> None:
    """So that a browser may keep them for ever."""
    plain, own = dress(), dress(mine__css="body { color: red }")
    assert re.fullmatch(r"notegen/style\.[0-9a-f]{8}\.css", plain.style.url)
    assert plain.style.url != own.style.url
    assert plain.script.url == own.script.url


def test_a_folder_replaces_what_it_has_and_adds_its_own_sheets_last(dress: Dress) -> None:
    """One file is a theme. What takes a sheet's place takes its layer, and what is new comes in the user's."""
    theme = dress(tokens__css=":root { --mine: 1 }", extra__css="p { margin: 1px }", footer__html="mine")
    _, tokens, *_, user = style_of(theme).splitlines()
    assert tokens == "@layer tokens{:root{--mine:1}}"
    assert user == "@layer user{p{margin:1px}}"
    assert theme.render("footer.html") == "mine"
    assert "notegen.js" in theme.render("script.html", {"root": "", "script": "notegen.js", "data": {}})


def test_a_folder_brings_files_along(dress: Dress, tmp_path: Path) -> None:
    """Beside the style sheet that names them; templates, sentences and what is hidden are nobody's to load."""
    (tmp_path / "theme/fonts").mkdir(parents=True)
    (tmp_path / "theme/fonts/serif.woff2").write_bytes(b"")
    (tmp_path / "theme/fonts/all.css").write_text("p {}")
    (tmp_path / "theme/languages").mkdir()
    (tmp_path / "theme/languages/README.txt").touch()
    theme = dress(extra__css="p {}", part__html="", logo__svg="<svg/>", __DS_Store="")
    assert [(file.url, file.content) for file in theme.files] == [
        (f"notegen/{name}", tmp_path / "theme" / name)
        for name in ("fonts/all.css", "fonts/serif.woff2", "logo.svg")
    ]


@pytest.mark.parametrize(
    ("name", "is_theme"),
    [("extra.css", True), ("footer.html", True), ("tokens.css", True), ("languages", True), ("Dark.md", False),
     ("mine.css", False)],
)  # fmt: skip
def test_a_folder_of_notes_about_themes_is_none(name: str, is_theme: bool, tmp_path: Path) -> None:
    """A folder `theme` counts by what it holds; one that the settings name counts whatever it holds."""
    folder = tmp_path / "theme"
    folder.mkdir()
    (folder / name).touch()
    assert find_theme(tmp_path, "") == (folder if is_theme else None)
    assert find_theme(tmp_path / "other", "") is None
    assert find_theme(tmp_path / "other", str(folder)) == folder


def test_a_theme_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    """Only where one is named."""
    with pytest.raises(NotegenError) as caught:
        find_theme(tmp_path, "looks")
    assert word_error(caught.value).splitlines() == [
        "error: there is no theme folder `looks`",
        "  hint: `theme` in notegen.toml counts from the folder that notegen.toml is in",
    ]


def test_a_style_sheet_that_is_no_text_is_told(dress: Dress, tmp_path: Path) -> None:
    """With its name and the reason."""
    (tmp_path / "theme").mkdir()
    (tmp_path / "theme/extra.css").write_bytes(b"p { content: '\xff' }")
    with pytest.raises(NotegenError) as caught:
        load_theme(tmp_path / "theme", scripts=tmp_path / "scripts")
    assert "cannot read the style sheet: its byte 15 is no UTF-8" in caught.value.message
    assert str(caught.value.place) == f"{tmp_path}/theme/extra.css"


@pytest.mark.parametrize("text", ['{% include "footer.html" %}', "{{ note }}"])
def test_a_template_that_is_no_text_is_told(text: str, dress: Dress, tmp_path: Path) -> None:
    """With its name and the reason, whether a page is made of it or another template asks for it."""
    theme = dress(home__html=text)
    unread = "footer" if "include" in text else "home"
    (tmp_path / f"theme/{unread}.html").write_bytes(b"<p>\xff")
    with pytest.raises(NotegenError) as caught:
        theme.render("home.html")
    assert caught.value.message == "cannot read the template: its byte 4 is no UTF-8"
    assert str(caught.value.place) == f"{tmp_path}/theme/{unread}.html"


@pytest.mark.parametrize(
    "text", ['{% include "home.html" %}', '{% import "home.html" as x %}', '{% extends "home.html" %}']
)
def test_a_template_that_asks_for_itself_is_told(text: str, dress: Dress, tmp_path: Path) -> None:
    """Wherever the last of its calls fails."""
    with pytest.raises(NotegenError) as caught:
        dress(home__html=text).render("home.html")
    assert caught.value.message.startswith("the template fails: maximum recursion depth exceeded")
    assert str(caught.value.place) == f"{tmp_path}/theme/home.html:1"


def test_text_is_escaped_unless_it_is_safe(dress: Dress) -> None:
    """Whatever the template is called."""
    theme = dress(a__txt="{{ a }} {{ b }}")
    assert theme.render("a.txt", {"a": "<i>", "b": safe("<b>")}) == "&lt;i&gt; <b>"


def test_a_template_that_cannot_be_read_is_shown_at_its_line(dress: Dress, tmp_path: Path) -> None:
    """File, line, the line itself and the reason."""
    theme = dress(home__html="<p>\n{% if %}\n")
    with pytest.raises(NotegenError) as caught:
        theme.render("home.html")
    assert word_error(caught.value).splitlines() == [
        "error: the template fails: Expected an expression, got 'end of statement block'",
        f"  --> {tmp_path}/theme/home.html:2",
        "   | {% if %}",
        "  hint: the previous site is as it was",
    ]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("\n\n{{ nothing }}", "the template fails: 'nothing' is undefined"),
        ("\n\n{{ note.nothing }}", "the template fails: 'int object' has no attribute 'nothing'"),
        ("\n\n{{ note + 'x' }}", "the template fails: unsupported operand type(s) for +: 'int' and 'str'"),
        ('\n\n{% include "absent.html" %}', "the template asks for `absent.html`, which no theme folder has"),
    ],
)
def test_a_template_that_asks_for_too_much_is_shown_at_its_line(text: str, reason: str, dress: Dress) -> None:
    """A name that is not there, a wrong operation, a missing file."""
    with pytest.raises(NotegenError) as caught:
        dress(home__html=text).render("home.html", {"note": 1})
    assert caught.value.message == reason
    assert caught.value.place is not None
    assert caught.value.place.path.endswith("/home.html")
    assert caught.value.place.line == 3
    assert caught.value.line == text.strip()


def test_a_fault_of_ours_is_not_blamed_on_the_template(dress: Dress) -> None:
    """An exception in what a template calls keeps its traceback."""

    class Broken:
        @property
        def title(self) -> str:
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        dress(home__html="{{ note.title }}").render("home.html", {"note": Broken()})


ON_PAPER = ("ink", "muted", "accent", "info", "success", "warning", "danger")


@pytest.mark.promise("light and dark")
@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "raised", "sunken"])
@pytest.mark.parametrize("text", ON_PAPER)
def test_text_can_be_read_on_every_ground(text: str, ground: str, scheme: int) -> None:
    """At least 4.5 to 1, as WCAG 2.2 AA (1.4.3) asks for text of any size."""
    assert contrast(colour(text, scheme), colour(ground, scheme)) >= 4.5


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_marked_text_and_edges_can_be_seen(scheme: int) -> None:
    """Text on a mark, and the edges of controls at 3 to 1 (1.4.11)."""
    assert contrast(colour("ink", scheme), colour("mark", scheme)) >= 4.5
    assert contrast(colour("border-strong", scheme), colour("paper", scheme)) >= 3


def colour(name: str, scheme: int) -> Colour:
    """Red, green and blue of a token, 0 to 255, in the light (0) or dark (1) scheme."""
    tokens = (bundled("templates") / "tokens.css").read_text("utf-8")
    found = re.search(rf"--{name}: light-dark\((#\w{{6}}), (#\w{{6}})\)", tokens)
    assert found, f"tokens.css has no colour --{name}"
    red, green, blue = bytes.fromhex(found[1 + scheme][1:])
    return red, green, blue
