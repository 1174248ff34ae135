"""Where the files lie that come with notegen but are not Python: nothing else knows.

A wheel carries them inside the package; a checkout, which an editable install runs, has them at its top.
`hatch_build.py` makes the first from the second.
"""

from pathlib import Path
from typing import Literal

BUNDLED_MODEL = "all-MiniLM-L6-v2"

_PACKAGE = Path(__file__).parent
_IN_WHEEL = _PACKAGE / "_bundled"
_IN_CHECKOUT = {"templates": "templates", "models": "models", "browser": "browser/dist"}


def bundled(name: Literal["templates", "models", "browser"]) -> Path:
    """The folder of the default theme, of the encoders, or of the built browser code.

    Returns:
        An absolute path that is there: an installation without it is broken.
    """
    folder = _IN_WHEEL / name if _IN_WHEEL.is_dir() else _PACKAGE.parent / _IN_CHECKOUT[name]
    assert folder.is_dir(), f"notegen was installed without its {name}: {folder} is not there"
    return folder


def bundled_model() -> Path:
    """The folder of the encoder that comes with notegen."""
    return bundled("models") / BUNDLED_MODEL
