"""notegen.toml, right and wrong."""
# ruff: noqa: E501  # messages whole, on a line

import errno
import os
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notegen.config import Config, checked_base_url, find_config, load_config, setting_names
from notegen.errors import NotegenError, word_error
from notegen.toml_repair import MAX_MISTAKES, parse_toml


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


@pytest.mark.parametrize(
    ("pattern", "meant"),
    [
        (
            "/:categories/:year/:month/:day/:title:output_ext",
            "/{categories}/{year}/{month}/{day}/{name}.html",
        ),
        ("/:sections/:slugorcontentbasename/", "/{folder}/{name}/"),
        ("/:year/:unknown/", ""),
        ("/{year}/{month}/", ""),
        ("/{titel}/", ""),
    ],
)
def test_a_former_address_is_the_pattern_of_a_note(pattern: str, meant: str, tmp_path: Path) -> None:
    """One as Jekyll or Hugo writes it is understood, and what was meant said; one that all notes share is none."""
    file = tmp_path / "notegen.toml"
    file.write_text(f'former_addresses = ["{pattern}"]')
    with pytest.raises(NotegenError) as raised:
        load_config(file)
    assert raised.value.hint == (f'did you mean `["{meant}"]`?' if meant else "")
    if meant:
        file.write_text(f'former_addresses = ["{meant}"]')
        assert load_config(file).former_addresses == (meant,)


@pytest.mark.parametrize(
    "address", ["/feed.xml", "sitemap-1.xml", "/feed/", "notegen.json", "../atom.xml", "a.html/b.xml"]
)
def test_a_feed_was_at_an_address_of_the_site_that_is_none_of_ours(address: str, tmp_path: Path) -> None:
    """Nor a page's, nor one out of the site."""
    file = tmp_path / "notegen.toml"
    file.write_text(f'[feeds]\nalso = ["/atom.xml", "blog/index.xml", "{address}"]')
    with pytest.raises(NotegenError, match=r"`feeds\.also` is"):
        load_config(file)


def test_a_byte_order_mark_is_read_over(tmp_path: Path) -> None:
    """Notepad and PowerShell write one."""
    file = tmp_path / "notegen.toml"
    file.write_bytes(b"\xef\xbb\xbftitle = 'Harbour'\r\n")
    assert load_config(file).title == "Harbour"


@pytest.mark.parametrize(
    "name",
    [
        "notegen.toml.txt",
        "Notegen.TOML",
        ".notegen.toml",
        "notegen.toml.toml",
        "notegen.yaml",
        "note-gen.toml",
    ],
)
def test_settings_under_another_name_are_no_default(name: str, tmp_path: Path) -> None:
    """They may say what is private, so nothing is built without them."""
    (tmp_path / name).write_text("private_tags = ['diary']")
    if (tmp_path / "notegen.toml").exists():
        pytest.skip("a disk on which case does not count")
    with pytest.raises(NotegenError) as raised:
        find_config(tmp_path)
    assert raised.value.message == (
        f"`{tmp_path / name}` looks like the settings, which are called `notegen.toml`"
    )


@pytest.mark.parametrize(
    "name", ["notegen.toml.bak", "notegen.toml~", "notegen.json", "notegen.md", "notegen-addresses.jsonl"]
)
def test_a_file_with_a_name_of_its_own_is_no_settings(name: str, tmp_path: Path) -> None:
    """Copies that somebody put aside, and notegen's other files."""
    (tmp_path / name).write_text("")
    assert find_config(tmp_path) is None


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda file: file.symlink_to("nowhere"), "it leads nowhere"),
        (lambda file: file.mkdir(), os.strerror(errno.EISDIR)),
        (os.mkfifo, "it is no file"),
        (lambda file: file.symlink_to("/dev/zero"), "it is no file"),
        (lambda file: file.write_bytes("title = 'a'".encode("utf-16")), "its byte 1 is no UTF-8"),
    ],
    ids=["a link", "a folder", "a pipe", "a device without an end", "UTF-16"],
)
def test_settings_that_cannot_be_read_are_no_default(
    make: Callable[[Path], object], reason: str, tmp_path: Path
) -> None:
    """A link to a disk that is not there, a folder, what PowerShell writes."""
    make(file := tmp_path / "notegen.toml")
    with pytest.raises(NotegenError) as raised:
        load_config(find_config(tmp_path))
    assert raised.value.message == f"`{file}` cannot be read: {reason}"


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ('["diary, work"]', 'did you mean `["diary", "work"]`?'),
        ("['\"diary\"']", 'did you mean `["diary"]`?'),
        ('["diary", "#a|#b"]', 'did you mean `["diary", "a", "b"]`?'),
        ('["diary*"]', ""),
    ],
)
def test_a_tag_that_no_note_can_have_is_refused(written: str, hint: str, tmp_path: Path) -> None:
    """It would keep nothing back."""
    for setting in ("private_tags", "encrypt_tags"):
        (file := tmp_path / "notegen.toml").write_text(f"{setting} = {written}")
        with pytest.raises(NotegenError) as raised:
            load_config(file)
        assert (raised.value.message.partition(",")[0].partition(" is ")[0], raised.value.hint) == (
            f"`{setting}`",
            hint,
        )


@pytest.mark.parametrize("tag", ["#diary", "it's", "a b", "work/clients", "日記"])
def test_a_tag_is_taken_as_notes_have_it(tag: str, tmp_path: Path) -> None:
    """With its sign, a quote within, a space, a slash, letters of any script."""
    (file := tmp_path / "notegen.toml").write_text(f'private_tags = ["{tag}"]', "utf-8")
    assert load_config(file).private_tags == (tag,)


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("{date} {titel}.md", "{date} {title}.md"),
        ("{{date}}/{{title}}.md", "{date}/{title}.md"),
        ("{ Date }.md", "{date}.md"),
        ("{name}.md", "{title}.md"),
    ],
)
def test_a_place_that_nothing_fills_is_refused_in_the_name_of_new_notes(
    name: str, meant: str, tmp_path: Path
) -> None:
    """Every new note would be called so, and the second be taken for the first."""
    (file := tmp_path / "notegen.toml").write_text(f'[new]\nname = "{name}"')
    with pytest.raises(NotegenError) as raised:
        load_config(file)
    assert raised.value.message == (
        f"`new.name` is `{name}`, but must be a path in which nothing but `{{date}}` and `{{title}}` stands in braces"
    )
    assert raised.value.hint == f"did you mean `{meant}`?"


@pytest.mark.parametrize("language", ["german", "English", "Deutsch", "klingon", "../../x", ""])
def test_a_language_is_a_tag(language: str, tmp_path: Path) -> None:
    """No language's name is one: tags have two letters or three."""
    (file := tmp_path / "notegen.toml").write_text(f"language = '{language}'")
    with pytest.raises(NotegenError, match="must be the tag of a language"):
        load_config(file)


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
            'footer_links = ["[[Home]]", "About"]',
            'error: `footer_links` is `["About"]`, but must be a list of links, such as '
            '`["[[About]]", "[Source](https://me.example/notes)"]`\n  --> {}:1:1\n   | footer_links = ["[[Home]]", "About"]\n   | ^',
        ),
        (
            'date_order = "ymd"',
            "error: `date_order` is `ymd`, but must be `ask` or `dmy` or `mdy`\n  --> {}:1:1\n"
            '   | date_order = "ymd"\n   | ^',
        ),
        (
            "title = x",
            "error: not valid TOML: Invalid value\n  --> {}:1:9\n   | title = x\n   |         ^\n"
            '  hint: did you mean `title = "x"`?',
        ),
        (
            'title = "x',
            'error: not valid TOML: Unterminated string\n  --> {}:1:11\n   | title = "x\n   |           ^\n'
            '  hint: did you mean `title = "x"`?',
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


def refusal_of(file: Path, text: str) -> str:
    """The whole message about a file with this text, its path as `F`."""
    file.write_text(text, encoding="utf-8")
    with pytest.raises(NotegenError) as caught:
        load_config(file)
    return word_error(caught.value).replace(str(file), "F")


def test_every_mistake_of_a_file_is_said_at_once(tmp_path: Path) -> None:
    """What is no TOML, no setting, no such value and no kind of problem, by line, each with what was meant."""
    text = (
        'title = My garden\nauthor = "Ines"\ndate_order = "ymd"\nlangauge = \'de\'\n'
        "[check]\nignore = ['note-orfan']\n[search]\nsemantic: no\nmeaning_weight = 3"
    )
    assert refusal_of(tmp_path / "notegen.toml", text) == (
        "error: not valid TOML: Invalid value\n"
        '  --> F:1:9\n   | title = My garden\n   |         ^\n  hint: did you mean `title = "My garden"`?\n'
        "error: `date_order` is `ymd`, but must be `ask` or `dmy` or `mdy`\n"
        '  --> F:3:1\n   | date_order = "ymd"\n   | ^\n'
        "error: there is no setting `langauge`\n"
        "  --> F:4:1\n   | langauge = 'de'\n   | ^\n  hint: did you mean `language`?\n"
        "error: there is no kind of problem `note-orfan`\n"
        "  --> F:6:1\n   | ignore = ['note-orfan']\n   | ^\n  hint: did you mean `note-orphan`?\n"
        "error: not valid TOML: Expected '=' after a key in a key/value pair\n"
        "  --> F:8:9\n   | semantic: no\n   |         ^\n  hint: did you mean `semantic = false`?\n"
        "error: `search.meaning_weight` is `3`, but must be a number from 0 to 1\n"
        "  --> F:9:1\n   | meaning_weight = 3\n   | ^"
    )


def test_of_thousands_of_mistakes_the_first_are_said(tmp_path: Path) -> None:
    """No more than can be read."""
    file = tmp_path / "notegen.toml"
    file.write_text("".join(f"k{number} = 1\n" for number in range(5000)), "utf-8")
    with pytest.raises(NotegenError) as caught:
        load_config(file)
    assert len(caught.value.others) + 1 == MAX_MISTAKES
    assert "`k0`" in caught.value.message


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("title = My garden", 'title = "My garden"'),
        ("title = My garden  # mine", 'title = "My garden"'),
        ("title: My garden", 'title = "My garden"'),
        ("title = “My garden”", 'title = "My garden"'),
        ("title = 'My garden", 'title = "My garden"'),
        ("title = Ines' garden", 'title = "Ines\' garden"'),
        ("repair_text = True", "repair_text = true"),
        ("repair_text = yes", "repair_text = true"),
        ("cache_limit: 4", "cache_limit = 4"),
        ('title = "a" b"', ""),
        ("just words", ""),
        ("ignore = [a, b]", ""),
    ],
)  # fmt: skip
def test_a_line_that_lacks_little_is_understood(line: str, meant: str, tmp_path: Path) -> None:
    """Quotes, an equals sign, a small letter; where it cannot be said what was meant, nothing is."""
    said = refusal_of(tmp_path / "notegen.toml", line).partition("  hint: ")[2]
    assert said == (f"did you mean `{meant}`?" if meant else "")


@pytest.mark.parametrize(
    ("address", "meant"),
    [
        ("me.example/notes", "https://me.example/notes"),
        ("me.example:8080/a/", "https://me.example:8080/a/"),
        ("//me.example/", "https://me.example/"),
        ("https:/me.example", "https://me.example"),
        ("https://me.example/a/index.html", "https://me.example/a/"),
        ("https://me.example/a/?x=1#y", "https://me.example/a/"),
        ("http://me.example/#top", "http://me.example/"),
        ("ftp://me.example/", ""),
        ("notes", ""),
        ("/notes/", ""),
        ("https://me.example/a b/", ""),
        ("javascript:alert(1)", ""),
    ],
)  # fmt: skip
def test_an_address_that_lacks_little_is_understood(address: str, meant: str, tmp_path: Path) -> None:
    """A scheme is added, a page, a question and a place in a page are left out, the same on the command line."""
    hint = f"did you mean `{meant}`?" if meant else ""
    assert refusal_of(tmp_path / "notegen.toml", f"base_url = '{address}'").partition("  hint: ")[2] == hint
    with pytest.raises(NotegenError) as caught:
        checked_base_url(address)
    assert caught.value.hint == hint


@given(st.text(st.sampled_from("ab.=:[]{}\"'#, \n\\1"), max_size=60))
def test_what_is_wrong_with_a_text_is_found_whatever_it_is(text: str) -> None:
    """It ends, says nothing of a text that is TOML, and at least one thing of any other, on lines that there are."""
    try:
        tomllib.loads(text)
        is_toml = True
    except tomllib.TOMLDecodeError:
        is_toml = False
    _, mistakes = parse_toml(text)
    assert bool(mistakes) is not is_toml
    assert all(1 <= one.line <= text.count("\n") + 1 for one in mistakes)
