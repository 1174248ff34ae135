"""Themes whose scripts are stubs, so that these tests need no built browser code."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from notegen.theme import Theme, load_theme

ThemeIn = Callable[[str], Theme]


@pytest.fixture(scope="session")
def theme_in(tmp_path_factory: pytest.TempPathFactory) -> ThemeIn:
    """The bundled templates, style and sentences for a language, with empty scripts."""
    folder: Path = tmp_path_factory.mktemp("scripts")
    (folder / "notegen.js").write_text("// the page's code\n")
    (folder / "search.js").write_text("// what searches\n")
    (folder / "enhancements.js").write_text("// what shows previews\n")
    (folder / "graph.js").write_text("// what draws the graph\n")
    (folder / "map.js").write_text("// what draws the map\n")
    (folder / "today.js").write_text("// what finds this day in other years\n")
    return cache(lambda language: load_theme(language=language, scripts=folder))


@pytest.fixture(scope="session")
def theme(theme_in: ThemeIn) -> Theme:
    """The theme that speaks English."""
    return theme_in("en")
