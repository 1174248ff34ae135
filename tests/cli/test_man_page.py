"""The manual page says what the commands say."""

import os
import re
import shutil
import subprocess

import pytest

from notegen.cli import HELP_LINES, cli
from tests.support.man_page import PAGE, man_page


def test_the_page_is_what_the_commands_say(update_cases: bool) -> None:
    """`--update-cases` writes it anew; what changed is then read in the difference."""
    made = man_page()
    if update_cases:
        PAGE.write_text(made, "utf-8")
    assert PAGE.read_text("utf-8") == made, "run pytest with --update-cases"


def test_every_command_and_option_is_on_it() -> None:
    """Under the command's own heading."""
    sections = dict(re.findall(r"\n\.SS notegen ([\w\\-]+)([^\0]*?)(?=\n\.S[SH])", PAGE.read_text("utf-8")))
    assert [*sections] == [name.replace("-", "\\-") for name in HELP_LINES]
    for name, section in sections.items():
        command = cli.commands[name]
        loaded = cli.get_command(None, name)  # type: ignore[arg-type]  # which it does not look at
        assert loaded is not None
        assert command.help
        options = [option for one in loaded.params for option in one.opts if option.startswith("--")]
        assert all(option.replace("-", "\\-") in section for option in options), name


@pytest.mark.skipif(not shutil.which("man") or not shutil.which("groff"), reason="there is no man here")
def test_man_reads_it_without_a_warning() -> None:
    """And shows it: headings, options, an example with its lines."""
    environment = {**os.environ, "MANWIDTH": "80", "LC_ALL": "C.UTF-8", "MANROFFOPT": "-ww"}
    shown = subprocess.run(
        ["man", "--warnings", "-l", str(PAGE)], env=environment, capture_output=True, text=True, check=True
    )
    assert shown.stderr == ""
    assert "notegen - turn a folder of notes into a site" in shown.stdout
    assert re.search(r"^ +-o, --out SITE$", shown.stdout, re.MULTILINE)
    assert re.search(r"^ +notegen build ~/vault -o ~/public$", shown.stdout, re.MULTILINE)
    assert re.search(r"^ +130 +stopped by Ctrl-C", shown.stdout, re.MULTILINE)
