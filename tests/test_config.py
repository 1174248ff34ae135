"""notegen.toml, right and wrong."""

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
