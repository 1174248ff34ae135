"""Names of files taken apart as text: as Python's paths do it, which take longer."""

from itertools import product
from pathlib import PurePosixPath

from notegen.paths import suffix_of


def test_a_name_ends_in_what_python_says() -> None:
    """Dots at the beginning and at the end are part of a name, as is one in a folder's."""
    for letters in product("ab./", repeat=6):
        name = "".join(letters)
        if name == str(PurePosixPath(name)) and PurePosixPath(name).name not in ("", ".."):
            assert suffix_of(name) == PurePosixPath(name).suffix
    assert suffix_of("ä/Ünter Wasser.Md") == ".Md"
