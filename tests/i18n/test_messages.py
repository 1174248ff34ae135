"""The files of translations: what one may hold, which of several speaks, and that scripts say the same English."""

import json
import re
from pathlib import Path

import pytest

from notegen.bundled import bundled
from notegen.errors import NotegenError
from notegen.i18n.messages import read_messages
from tests.conftest import ROOT

THEME = bundled("templates")
WORDS = ROOT / "browser/src/messages"
_PIECE = re.compile(r'"(?:\\.|[^"\\])*"|(?P<key>\w+)(?=:)|(?P<last>,)(?=\s*\})')


def test_scripts_have_the_english_of_the_messages() -> None:
    """Each script of one group, in `browser/src/messages/`: what is in one table only would never be translated."""
    english = read_messages("en", [THEME])
    wanted: dict[str, dict[str, object]] = {}
    for key, message in english.items():
        if key.startswith("scripts."):
            _, script, name = key.split(".")
            forms = dict(message.forms)
            wanted.setdefault(script, {})[name] = forms if len(forms) > 1 else forms["other"]
    assert {file.stem: table_of(file) for file in WORDS.glob("*.ts") if file.stem != "i18n"} == wanted


def table_of(file: Path) -> dict[str, object]:
    """The table that a script hands to `translator`, which is JSON but for bare keys and last commas."""
    text = file.read_text("utf-8")
    start = re.search(r'translator\("(\w+)", ', text)
    assert start
    assert start[1] == file.stem
    source = text[start.end() : text.rindex(");")]

    def as_json(piece: re.Match[str]) -> str:
        return f'"{piece["key"]}"' if piece["key"] else "" if piece["last"] else piece[0]

    table = json.loads(_PIECE.sub(as_json, source))
    assert isinstance(table, dict)
    return table


def own(folder: Path, **files: str) -> list[Path]:
    """A theme with these files of messages, over the bundled one."""
    (folder / "languages").mkdir()
    for name, text in files.items():
        (folder / f"languages/{name.replace('_', '-')}.toml").write_text(text, "utf-8")
    return [folder, THEME]


def test_the_nearest_language_speaks_message_by_message(tmp_path: Path) -> None:
    """The territory's before the language's before English; a theme's own before the bundled."""
    folders = own(
        tmp_path,
        tlh='[page]\nsearch = "nej"\ndates = "jajmey"\n',
        tlh_AQ='[page]\nsearch = "yInej"\n',
        en='[page]\ntags = "Labels"\n',
    )
    messages = read_messages("tlh-AQ", folders)
    said = {key: messages[f"page.{key}"] for key in ("search", "dates", "tags", "map")}
    assert {key: message.forms["other"] for key, message in said.items()} == {
        "search": "yInej",
        "dates": "jajmey",
        "tags": "Labels",
        "map": "Map",
    }
    assert {key: message.language for key, message in said.items()} == {
        "search": "tlh-AQ",
        "dates": "tlh",
        "tags": "en",
        "map": "en",
    }


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "[page\n",
            "is not valid TOML: Expected ']' at the end of a table declaration (at line 1, column 6)",
        ),
        ('[page]\nserch = "x"\n', "has `page.serch`, which is no sentence of a site"),
        (
            '[note]\nearlier = "{when}"\n',
            "says `note.earlier` in a way that cannot be used: nothing fills `{when}`",
        ),
        (
            '[count]\nnotes = { one = "x" }\n',
            "says `count.notes` in a way that cannot be used: it has no form `other`",
        ),
        (
            '[count]\nnotes = { few = "x", other = "y" }\n',
            "says `count.notes` in a way that cannot be used: `sv` has no plural form `few`",
        ),
        (
            "[page]\nsearch = 3\n",
            "says `page.search` in a way that cannot be used: it is neither a text nor a table of plural forms",
        ),
    ],
)
def test_a_file_that_cannot_be_used_says_why(text: str, message: str, tmp_path: Path) -> None:
    """The file, the key and the reason; nothing is left out in silence."""
    with pytest.raises(NotegenError) as caught:
        read_messages("sv", own(tmp_path, sv=text))
    assert caught.value.message == f"`{tmp_path}/languages/sv.toml` {message}"


def test_a_mistyped_key_is_guessed(tmp_path: Path) -> None:
    """The nearest that there is."""
    with pytest.raises(NotegenError) as caught:
        read_messages("sv", own(tmp_path, sv='[page]\nserch = "x"\n'))
    assert caught.value.hint == "did you mean `page.search`?"
