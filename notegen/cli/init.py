"""`notegen init`: what a folder of notes holds, a few questions, and a first notegen.toml."""

import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from msgspec import Struct
from msgspec.structs import replace

from notegen.cli.named_path import NAMED_PATH
from notegen.cli.options import Options, notes_folder
from notegen.cli.report import echo_lines
from notegen.cli.setup import opened
from notegen.config import (
    CONFIG_NAME,
    Config,
    checked_address,
    checked_language,
    checked_publish,
    find_config,
    meant_address,
    titled,
)
from notegen.errors import NotegenError
from notegen.errors.notes import MARKDOWN_TEXTS, cannot_create
from notegen.errors.settings import settings_there
from notegen.git import user_name
from notegen.load import load_garden
from notegen.model import Garden, Reading
from notegen.paths import CANVAS_SUFFIX, NOTE_SUFFIXES, ORG_SUFFIX
from notegen.read.flags import is_true
from notegen.read.leftovers import Leftovers, find_leftovers
from notegen.reports import (
    INIT_QUESTIONS,
    InitFacts,
    answer_is_wrong,
    next_after_init,
    report_init,
    settings_text,
)
from notegen.text.guess_language import guess_language

_PLAIN_TEXTS = (".txt", ".text")
"""What many folders hold beside notes, such as a list of requirements; the other endings are Markdown's own."""
_PUBLIC = ("public", "publish", "published")


class FolderFound(Struct, frozen=True):
    """A folder of notes as `init` finds it: what is read from it with the settings that it proposes."""

    config: Config
    reading: Reading
    garden: Garden
    leftovers: Leftovers


@click.command("init")
@click.argument("notes", required=False, type=NAMED_PATH)
@click.option("-y", "--yes", is_flag=True, help="Ask nothing: take what is proposed.")
def init_command(notes: Path | None, yes: bool) -> None:
    """Look at the folder NOTES, ask up to five questions, and write a notegen.toml for it.

    Each question proposes an answer. A notegen.toml that is there already is left as it is. Without a terminal, or
    with `--yes`, nothing is asked.

    \b
    Example:
      notegen init ~/vault
    """
    root = notes_folder(notes)
    if there := find_config(root):
        raise settings_there(str(there), str(root))
    found = look_around(root)
    facts = facts_of(found)
    echo_lines(report_init(facts))
    proposed = propose(found, root, facts)
    chosen = proposed if yes or not sys.stdin.isatty() else _asked(proposed)
    file = root / CONFIG_NAME
    try:
        with file.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(_file_text(chosen, facts))
    except OSError as error:
        raise cannot_create(str(file), error.strerror or str(error)) from error
    echo_lines(next_after_init(str(file), str(root), has_notes=bool(facts.notes)))


def _file_text(chosen: Config, facts: InitFacts) -> str:
    return settings_text(
        facts,
        title=chosen.title,
        author=chosen.author,
        address=chosen.base_url,
        language=chosen.language,
        publish=chosen.publish,
    )


def look_around(root: Path) -> FolderFound:
    """What is in the folder; plain texts and Org's files are taken for notes where hardly anything else is.

    Raises:
        NotegenError: it cannot be read.
    """
    config = Config()
    whole = find_leftovers(root, (Path(config.out),)) if root.is_dir() else Leftovers()
    markdown = whole.count((*NOTE_SUFFIXES, CANVAS_SUFFIX))
    more = [ending for ending, _ in whole.endings if ending in MARKDOWN_TEXTS and ending not in _PLAIN_TEXTS]
    texts = [ending for ending, _ in whole.endings if ending in _PLAIN_TEXTS]
    if whole.count(texts) > markdown + whole.count(more):
        more += texts
    if more:
        config = replace(config, extensions=(*config.extensions, *more))
    elif not markdown and whole.count([ORG_SUFFIX]):
        config = replace(config, tool="logseq")
    with opened(Options(root, semantic=False, quiet=True), config, needs_meaning=False) as context:
        reading, garden = load_garden(context, skip=(Path(config.out),))
        notes = [*garden.notes, *reading.withheld]
        return FolderFound(
            config, reading, garden, find_leftovers(root, (Path(config.out), *context.skip), notes)
        )


def facts_of(found: FolderFound) -> InitFacts:
    """What is said of the folder."""
    garden, reading = found.garden, found.reading
    days = sorted(note.dating.day for note in garden.notes.values() if note.dating.day)
    texts = {source.id: source.text for source in reading.sources}
    encrypted = tuple(source.id for source in reading.encrypted)
    spoken = Counter(
        language
        for note in garden.notes.values()
        if (language := note.language or guess_language(texts.get(note.id, "")))
    )
    return InitFacts(
        notes=len(garden.notes),
        tools=tuple(reading.roots),
        first_day=days[0].isoformat() if days else "",
        last_day=days[-1].isoformat() if days else "",
        undated=sum(note.dating.day is None for note in garden.notes.values()),
        languages=tuple(spoken.most_common(4)),
        withheld=tuple(sorted(reading.withheld.difference(encrypted))),
        encrypted=encrypted,
        others=found.leftovers.endings,
        extensions=found.config.extensions,
        tool=found.config.tool,
    )


def propose(found: FolderFound, root: Path, facts: InitFacts) -> Config:
    """The settings, as far as the notes say them."""
    sources = found.reading.sources
    public = sum(any(is_true(one.properties.get(key)) for key in _PUBLIC) for one in sources)
    return replace(
        titled(found.config, root),
        language=facts.languages[0][0] if facts.languages else "en",
        # Whoever marks what is public, and not everything, means that the rest is not.
        publish="opt-in" if 0 < public < len(sources) else "all",
    )


def _asked(proposed: Config) -> Config:
    """What a person answers; an answer that cannot be is asked for again."""
    questions: tuple[tuple[str, str, Callable[[str], str]], ...] = (
        ("title", proposed.title, str),
        ("author", user_name(), _author),
        ("base_url", "", _address),
        ("language", proposed.language, checked_language),
        ("publish", proposed.publish, checked_publish),
    )
    answers: dict[str, Any] = {key: _ask(key, default, check) for key, default, check in questions}
    return replace(proposed, **answers)


def _ask(key: str, default: str, check: Callable[[str], str]) -> str:
    while True:
        answer = click.prompt(INIT_QUESTIONS[key], default=default, show_default=bool(default))
        try:
            return check(str(answer).strip())
        except NotegenError as error:
            click.echo(answer_is_wrong(error.message, error.hint))


def _address(answer: str) -> str:
    """The address, mended where it lacks little."""
    return checked_address(meant_address(answer) or answer)


def _author(answer: str) -> str:
    return "" if answer == "-" else answer
