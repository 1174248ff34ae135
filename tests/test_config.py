"""notegen.toml, right and wrong."""
# ruff: noqa: E501  # messages whole, on a line

from pathlib import Path

import pytest

from notegen.config import Config, load_config, setting_names
from notegen.errors import NotegenError, word_error


def test_what_is_set_is_set_and_the_rest_is_default(tmp_path: Path) -> None:
    """Paths count from the file's folder; a whole number will do for a number."""
    file = tmp_path / "notegen.toml"
    file.write_text(
        'title = "T"\nignore = ["a/"]\nout = "public"\n[search]\nmeaning_weight = 1\n[related]\ncount = 0\n'
    )
    config = load_config(file)
    assert (config.title, config.ignore, config.out) == ("T", ("a/",), str(tmp_path / "public"))
    assert (config.search.meaning_weight, config.search.semantic, config.related.count) == (1.0, True, 0)
    assert load_config(None) == Config()


def test_every_setting_has_its_dotted_name() -> None:
    """The list that the documentation is held against."""
    assert setting_names()[:3] == ("title", "description", "author")
    assert "search.meaning_weight" in setting_names()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ('title = "a"\nsearch.semantc = false', "2:8\n   | search.semantc = false\n   |        ^"),
        ('title = "a"\n\n[search] # about\nsemantc = false', "4:1\n   | semantc = false\n   | ^"),
        ('search = { semantic = "no" }', '1:12\n   | search = { semantic = "no" }\n   |            ^'),
        ('title = """\nlanguage = 5\n"""\n\nlanguage = 5', "5:1\n   | language = 5\n   | ^"),
        ("title = 'a'\r\n'author' = 5\r\n", "2:1\n   | 'author' = 5\n   | ^"),
        ("[related] \n\tcount = 99 # many", "2:2\n   | \tcount = 99 # many\n   |  ^"),
        ("title = 'a\u2028b'\nserch = 1", "2:1\n   | serch = 1\n   | ^"),
        ('[check]\nignore = [\n  "link-missing",\n  "link-mising",\n]', "2:1\n   | ignore = [\n   | ^"),
    ],
)  # fmt: skip
def test_a_message_shows_the_line_that_is_wrong(text: str, shown: str, tmp_path: Path) -> None:
    """Whatever else stands in the file: comments, other tables, texts that look like settings."""
    file = tmp_path / "notegen.toml"
    file.write_text(text, encoding="utf-8", newline="")
    with pytest.raises(NotegenError) as raised:
        load_config(file)
    assert f"  --> {file}:{shown}" in word_error(raised.value)


def test_a_byte_order_mark_is_read_over(tmp_path: Path) -> None:
    """Notepad and PowerShell write one."""
    file = tmp_path / "notegen.toml"
    file.write_bytes(b"\xef\xbb\xbftitle = 'Harbour'\r\n")
    assert load_config(file).title == "Harbour"


@pytest.mark.parametrize(
    "address",
    [
        "me.example/notes", "//me.example/", "/notes/", "https:/me.example", "ftp://me.example/", "https://", "https:///x/",
        "https://me.example/?a", "https://me.example/#a", "https://me.example/index.html", "https://me.example/a/INDEX.HTM",
        "https://me.example/a b/", "https://me.example:port/", "https://a@me.example/", "javascript:alert(1)",
        'https://me.example/"', "https://me.example/<", "https://[me.example/", "https://me.example\\notes", "me.example",
    ],
)  # fmt: skip
def test_an_address_that_no_site_can_have_is_refused(address: str, tmp_path: Path) -> None:
    """No scheme, no host, a question, a place in a page, a page, a password."""
    file = tmp_path / "notegen.toml"
    file.write_text(f"base_url = '{address}'")
    with pytest.raises(NotegenError) as raised:
        load_config(file)
    assert raised.value.message == (
        f"`base_url` is `{address}`, but must be the address of a folder, such as `https://me.example/notes/`, "
        "without `?`, `#` or the name of a page"
    )


@pytest.mark.parametrize(
    "address", ["", "https://me.example", "http://me.example:8080/notes/", "HTTPS://Me.Example/a.b/", "https://münchen.example/ü/"]
)  # fmt: skip
def test_an_address_of_a_folder_is_taken(address: str, tmp_path: Path) -> None:
    """With a port, without a slash at its end, with letters of any script."""
    file = tmp_path / "notegen.toml"
    file.write_text(f"base_url = '{address}'", encoding="utf-8")
    assert load_config(file).base_url == address


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            'titel = "x"',
            'error: there is no setting `titel`\n  --> {}:1:1\n   | titel = "x"\n   | ^\n  hint: did you mean `title`?',
        ),
        (
            "[search]\nsemantc = true",
            "error: there is no setting `search.semantc`\n  --> {}:2:1\n   | semantc = true\n   | ^\n"
            "  hint: did you mean `search.semantic`?",
        ),
        (
            "meaning_weight = 0.5",
            "error: there is no setting `meaning_weight`\n  --> {}:1:1\n   | meaning_weight = 0.5\n   | ^\n"
            "  hint: did you mean `search.meaning_weight`?",
        ),
        (
            "[search]\nmeaning_weight = 7",
            "error: `search.meaning_weight` is `7`, but must be a number from 0 to 1\n  --> {}:2:1\n"
            "   | meaning_weight = 7\n   | ^",
        ),
        (
            "[search]\nsemantic = 1",
            "error: `search.semantic` is `1`, but must be `true` or `false`\n  --> {}:2:1\n   | semantic = 1\n   | ^",
        ),
        (
            "search = true",
            "error: `search` is true, but must be a table, `[search]`\n  --> {}:1:1\n   | search = true\n   | ^",
        ),
        (
            'date_order = "ymd"',
            "error: `date_order` is `ymd`, but must be `ask` or `dmy` or `mdy`\n  --> {}:1:1\n"
            '   | date_order = "ymd"\n   | ^',
        ),
        ("title = x", "error: not valid TOML: Invalid value\n  --> {}:1:9\n   | title = x\n   |         ^"),
        (
            'title = "x',
            'error: not valid TOML: Unterminated string\n  --> {}:1:11\n   | title = "x\n   |           ^',
        ),
    ],
)
def test_a_wrong_file_is_refused_with_its_line(tmp_path: Path, text: str, message: str) -> None:
    """What, where, the line with a caret, and the nearest legal name."""
    file = tmp_path / "notegen.toml"
    file.write_text(text)
    with pytest.raises(NotegenError) as caught:
        load_config(file)
    assert word_error(caught.value) == message.format(file)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    """`--config` must name something."""
    with pytest.raises(NotegenError, match="there is no file"):
        load_config(tmp_path / "none.toml")
