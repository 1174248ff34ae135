"""A theme whose script is a stub, so that these tests need no built browser code."""

from pathlib import Path

import pytest

from notegen.theme import Theme, load_theme


@pytest.fixture(scope="session")
def theme(tmp_path_factory: pytest.TempPathFactory) -> Theme:
    """The bundled templates and style, with an empty script."""
    folder: Path = tmp_path_factory.mktemp("scripts")
    (folder / "notegen.js").write_text("// the page's code\n")
    (folder / "search.js").write_text("// what searches\n")
    (folder / "graph.js").write_text("// what draws the graph\n")
    (folder / "map.js").write_text("// what draws the map\n")
    (folder / "today.js").write_text("// what finds this day in other years\n")
    return load_theme(scripts=folder)
