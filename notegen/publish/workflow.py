"""The file by which a build service publishes: written once, then its owner's."""

import json
import os
from pathlib import Path
from typing import Literal, get_args

from msgspec import Struct

from notegen.errors.notes import cannot_create
from notegen.errors.publish import workflow_outside, workflow_there
from notegen.publish.git_commands import ask_repository

ServiceName = Literal["github", "gitlab", "netlify", "cloudflare"]
SERVICES: tuple[ServiceName, ...] = get_args(ServiceName)

_FOLDER = Path(__file__).parent / "workflows"
_FILES: dict[ServiceName, tuple[str, str]] = {
    "github": ("github.yml", ".github/workflows/publish-notes.yml"),
    "gitlab": ("gitlab.yml", ".gitlab-ci.yml"),
    "netlify": ("netlify.toml", "netlify.toml"),
    "cloudflare": ("cloudflare.yml", ".github/workflows/publish-notes-to-cloudflare.yml"),
}
"""The text with its gaps, and where it lies from the top of the repository."""


class Workflow(Struct, frozen=True):
    """A file that was written."""

    path: Path
    replaced: bool
    """Whether it took the place of another."""


def write_workflow(service: ServiceName, notes: Path, *, replace: bool) -> Workflow:
    """Put the file at the top of the repository that the notes are in, or of the current folder.

    Args:
        replace: whether one that is there already may go.

    Raises:
        NotegenError: there is one, the notes are not below the top, or the disk refuses.
    """
    top, branch = _repository(notes)
    inside = os.path.relpath(notes.resolve(), top.resolve())
    if inside.split(os.sep)[0] == os.pardir:
        raise workflow_outside(str(notes), str(top))
    name, place = _FILES[service]
    path = top / place
    if (is_there := os.path.lexists(path)) and not replace:
        raise workflow_there(str(path), service)
    text = (_FOLDER / name).read_text("utf-8")
    # What JSON has in quotes, YAML and TOML have too.
    gaps = {
        "NOTES": _in_quotes(Path(inside).as_posix()),
        "BRANCH_IN_QUOTES": _in_quotes(branch),
        "BRANCH": branch,
    }
    for gap, value in gaps.items():
        text = text.replace(f"@{gap}@", value)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8", newline="\n")
    except OSError as error:
        raise cannot_create(str(path), error.strerror or str(error)) from error
    return Workflow(path, is_there)


def _repository(notes: Path) -> tuple[Path, str]:
    """The top of the repository, and the branch that the notes are on."""
    folder = notes if notes.is_dir() else Path()
    asked = ask_repository(folder.absolute(), ["rev-parse", "--show-toplevel"])
    if asked.returncode:
        return Path(), "main"
    head = ask_repository(folder.absolute(), ["symbolic-ref", "--quiet", "--short", "HEAD"])
    branch = head.stdout.decode("utf-8", "replace").strip()
    top = Path(os.fsdecode(asked.stdout.removesuffix(b"\n")))
    return (Path() if top.resolve() == Path().resolve() else top), branch or "main"


def _in_quotes(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
