"""Temporary files and folders are gone when the command ends, also where it ends at once."""

import subprocess
import sys
from pathlib import Path

ENDS_AT_ONCE = """
import os, sys
from pathlib import Path
from notegen.temporary import remove_temporary_folders, temporary_file, temporary_folder
with temporary_file(Path(sys.argv[1])) as file, temporary_folder() as folder:
    file.write_text("half")
    (folder / "more").write_text("more")
    assert sorted(os.listdir(file.parent)) == [file.name, "book.epub"], os.listdir(file.parent)
    print(folder)
    sys.stdout.flush()
    remove_temporary_folders()
    os._exit(3)
"""


def test_what_is_begun_is_gone_where_a_command_ends_at_once(tmp_path: Path) -> None:
    """As Ctrl-C ends it, which leaves no block; the file beside stays."""
    (tmp_path / "book.epub").write_text("whole")
    run = [sys.executable, "-c", ENDS_AT_ONCE, str(tmp_path / "book.epub")]
    ended = subprocess.run(run, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (3, "")
    assert not Path(ended.stdout.strip()).exists()
    assert [path.name for path in tmp_path.iterdir()] == ["book.epub"]
    assert (tmp_path / "book.epub").read_text() == "whole"
