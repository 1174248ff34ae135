"""What Hugo and Zola are told of the notes below a folder: `cascade`, drafts of whole sections, ignored files.

    _index.md    cascade: {draft: true}       all below, unless a note or a nearer cascade says otherwise
    hugo.toml    [[cascade]] with a target    the same for the whole site
    _index.md    draft: true                  Zola: all below, whatever it says; Hugo: the section's own page only

Sources: https://gohugo.io/configuration/cascade/ and https://getzola.org/documentation/content/section (Drafting).
Hugo gave overlapping entries of one list in any order up to 0.142 (its issue 12594): what one keeps back stays so.
"""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Literal

import yaml

from notegen.errors.reasons import json_not_valid, toml_not_valid, yaml_not_valid
from notegen.model import Code, Place, Problem
from notegen.paths import fold
from notegen.read.flags import is_true, meaning_of
from notegen.read.folders.statements import (
    FolderFlags,
    LeftOut,
    Pairs,
    Statement,
    is_index,
    joined,
    left_out,
    settings_problem,
    table,
    text_of,
    texts,
    understood,
)
from notegen.read.front_matter import FrontMatter, split_front_matter
from notegen.read.lenient_json import NotJsonError, parse_json
from notegen.read.properties import read_toml, read_yaml
from notegen.read.schedule import may_schedule
from notegen.read.visibility import seems_private
from notegen.regex import regex

Generator = Literal["hugo", "zola"]

_KINDS = ("toml", "yaml", "yml", "json")
SITE_FILES = frozenset({*(f"{name}.{kind}" for name in ("hugo", "config") for kind in _KINDS), "zola.toml"})
_IN_CONFIG = regex(r"(?:hugo|config|cascade|module|languages)(?:\.\w+)?\.(?:toml|ya?ml|json)")
_TARGETS = ("target", "_target")
_OF_THE_PAGE_ALONE = frozenset({"headless", "build", "_build"})
_NOT_PUBLISHED_THERE = frozenset({"development", "dev"})
_MENTIONS = regex(r"\bcascade\b|\bignoreFiles\b|\bignored_content\b", re.IGNORECASE)


def generator_of(folder: Path, names: frozenset[str]) -> Generator | None:
    """Whose site's settings lie in a folder; None where none do."""
    if any(name.startswith("hugo.") for name in names & SITE_FILES) or any(_in_config(folder, names)):
        return "hugo"
    if "zola.toml" in names:
        return "zola"
    for name in sorted(names & SITE_FILES):
        text = text_of(folder / name)
        if re.search(r"^[\s{]*[\"']?baseURL\b", text, re.MULTILINE | re.IGNORECASE):
            return "hugo"
        if re.search(r"^\s*base_url\b", text, re.MULTILINE) and name == "config.toml":
            return "zola"
    return None


def read_site(
    folder: Path, path: str, names: frozenset[str], content: str | None = None
) -> Iterator[Statement]:
    """What the settings of a site say.

    Args:
        path: the folder, from the notes folder.
        content: where the notes of the site are, if that is not a folder within this one.
    """
    generator = generator_of(folder, names)
    if generator is None:
        return
    for file in (*(folder / name for name in sorted(names & SITE_FILES)), *_in_config(folder, names)):
        yield from _read_settings(file, joined(path, file.relative_to(folder).as_posix()), path, content)


def params_of_site(folder: Path) -> Mapping[str, object]:
    """What the settings of Hugo's site say under `params`, in a folder of notes or above its `content`.

    Raises:
        NotegenError: a file of them cannot be read.
    """
    found: dict[str, object] = {}
    for place in (folder.parent, folder) if folder.name == "content" else (folder,):
        names = frozenset(name for name in ("config", *SITE_FILES) if (place / name).exists())
        if generator_of(place, names) != "hugo":
            continue
        shared = [file for file in (place / "config" / "_default").glob("*") if file.suffix[1:] in _KINDS]
        for file in (*(place / name for name in sorted(names & SITE_FILES)), *sorted(shared)):
            try:
                settings = table(_parsed(text_of(file), file.suffix))
            except ValueError:
                continue  # said where the same file is read for what is private
            if file.stem == "params":
                found.update(settings)
            elif file.stem in ("hugo", "config"):
                found.update(table(settings.get("params")))
    return found


def published_settings(folder: Path, names: frozenset[str]) -> list[Path]:
    """The settings that count where the site is published, of Hugo's site in a folder."""
    own = [folder / name for name in sorted(names & SITE_FILES)]
    apart = (file for file in _in_config(folder, names) if file.parent.name not in _NOT_PUBLISHED_THERE)
    return [*own, *apart]


def _in_config(folder: Path, names: frozenset[str]) -> list[Path]:
    """Hugo's settings of each environment, `config/_default/hugo.toml`."""
    files = (folder / "config").glob("*/*") if "config" in names else ()
    return sorted(file for file in files if _IN_CONFIG.fullmatch(file.name))


def _read_settings(file: Path, name: str, path: str, content: str | None) -> Iterator[Statement]:
    text = text_of(file)
    try:
        parsed = _parsed(text, file.suffix)
    except ValueError as error:
        yield settings_problem(name, str(error))
        if _MENTIONS.search(text):
            yield FolderFlags(name, fold(path), (("draft", True),), "hugo")
        return
    settings, is_cascade = table(parsed), file.stem.startswith("cascade")
    own = settings.get("contentdir")
    place = joined(path, own if isinstance(own, str) else "content")
    roots = (fold(place),) if content is None else (fold(content),)
    entries = settings.get("cascade", parsed if is_cascade else None)
    yield from _cascades(entries, name, fold(path), roots, rank=(-1,))
    for expression in texts(settings.get("ignorefiles")):
        yield from _ignored(expression, roots, name)
    yield from left_out(roots, texts(settings.get("ignored_content")), name)
    for mount in _mounts(settings, file):
        yield from _mount(mount, path, roots, name)
    for language in _disabled(settings, file):
        for root in roots:
            yield FolderFlags(
                name, root, (("draft", True),), "hugo", roots=(root,), language=language, is_final=True
            )
    for stated in _languages(settings, file).values():
        own = stated.get("contentdir")
        if isinstance(own, str) and is_true(stated.get("disabled")):
            yield from left_out((fold(joined(path, own)),), ["**"], name)


def content_folders(folder: Path, names: frozenset[str]) -> list[str]:
    """Where the settings of a site of Hugo's say that its notes are, from their folder; `.` where nobody knows."""
    found: list[str] = []
    mounted: list[str] = []
    for file in (*(folder / name for name in sorted(names & SITE_FILES)), *_in_config(folder, names)):
        try:
            settings = table(_parsed(text_of(file), file.suffix))
        except ValueError:
            return ["."]
        mounts = (one for one in _mounts(settings, file) if _goes_to_content(one))
        mounted += (one for mount in mounts for one in texts(mount.get("source")))
        found += texts(settings.get("contentdir"))
        found += (
            one for each in _languages(settings, file).values() for one in texts(each.get("contentdir"))
        )
    return mounted or found or ["content"]


def _mounts(settings: Mapping[str, object], file: Path) -> list[Mapping[str, object]]:
    module = settings if file.stem == "module" else table(settings.get("module"))
    mounts = module.get("mounts")
    return [table(mount) for mount in mounts] if isinstance(mounts, list) else []


def _goes_to_content(mount: Mapping[str, object]) -> bool:
    return str(mount.get("target", "")).lower().split("/")[0] == "content"


def _languages(settings: Mapping[str, object], file: Path) -> dict[str, Mapping[str, object]]:
    stated = settings if file.stem == "languages" else table(settings.get("languages"))
    return {code: table(one) for code, one in stated.items()}


def _disabled(settings: Mapping[str, object], file: Path) -> Iterator[str]:
    """The languages of which no page is written."""
    yield from map(fold, texts(settings.get("disablelanguages")))
    yield from (code for code, one in _languages(settings, file).items() if is_true(one.get("disabled")))


def read_section(
    folder: Path, path: str, name: str, generator: Generator | None, roots: tuple[str, ...]
) -> Iterator[Statement]:
    """What the note of a section says of those below it.

    Args:
        name: of the section's note, `_index.md`.
        roots: where paths of its targets may begin, folded.
    """
    file = joined(path, name)
    front = _front_of(folder / name, file)
    rank = (path.count("/") + bool(path),)
    suffix = PurePosixPath(name).suffixes
    language = suffix[0][1:].lower() if len(suffix) > 1 else ""
    properties = table(front.properties)
    yield from _cascades(properties.get("cascade"), file, fold(path), roots, rank=rank, language=language)
    if front.problems and (re.search(r"\bcascade\b", front.head) and seems_private(front.head)):
        yield FolderFlags(file, fold(path), (("draft", True),), "hugo", (1000,), roots=roots)
    if generator == "zola" and is_true(properties.get("draft")):
        yield FolderFlags(file, fold(path), (("draft", True),), "zola", is_final=True)
    elif path and generator is None and (said := _said_of_section(front)):
        yield FolderFlags(file, fold(path), said, "section", rank)
        taken = "encrypted" if meaning_of(*said[0]) == "locked" else "withheld"
        facts = (("key", said[0][0]), ("value", str(said[0][1]).lower()), ("taken", taken))
        yield Problem(Code.FOLDER_UNCLEAR, Place(file, front.line_of(said[0][0])), facts)


def is_leaf_bundle(name: str) -> bool:
    """Whether a file is the page of a folder that holds nothing but what belongs to it, `index.md` or `index.fr.md`."""
    return re.fullmatch(r"index(?:\.[\w-]+)?\.(?:md|markdown|mdx|org|html?)", name, re.IGNORECASE) is not None


def read_leaf_bundle(folder: Path, path: str, name: str, *, dates_hold: bool) -> Iterator[Statement]:
    """What the page of such a folder says of what belongs to it: with the page that is not published either.

    A headless page is there for what belongs to it, which other pages show.
    Source: https://gohugo.io/content-management/page-bundles/.

    Args:
        dates_hold: whether a `date` to come keeps the page back.
    """
    front = _front_of(folder / name, file := joined(path, name))
    said = tuple((key, value) for key, value in front.pairs if str(key).lower() not in _OF_THE_PAGE_ALONE)
    kept_back = tuple(
        pair for pair in said if meaning_of(str(pair[0]), pair[1]) in ("closed", "locked", "unclear")
    )
    days = tuple(pair for pair in said if may_schedule(str(pair[0]), pair[1]))
    if not days and dates_hold:
        days = tuple(("publishdate", value) for key, value in said if str(key).lower() == "date")
    kept_back += days
    if path and kept_back:
        yield FolderFlags(file, fold(path), kept_back, "bundle", is_final=True)


def _said_of_section(front: FrontMatter) -> Pairs:
    """The first flag that keeps the section's own note back, or encrypts it, and may be meant for its folder."""
    for key, value in front.pairs:
        if meaning_of(key, value) in ("closed", "locked") and not isinstance(value, Mapping):
            return ((key, value),)
    return ()


def is_section(name: str) -> bool:
    """Whether a file is the note of a section, in Markdown or in what else Hugo takes for content."""
    return is_index(name) and not name.lower().endswith((".png", ".jpg", ".css", ".js", ".scss"))


def _cascades(
    value: object,
    file: str,
    folder: str,
    roots: tuple[str, ...],
    *,
    rank: tuple[int, ...],
    language: str = "",
) -> Iterator[Statement]:
    for entry in value if isinstance(value, list) else (value,):
        if not isinstance(entry, Mapping):
            continue
        target = next((table(entry[key]) for key in entry if str(key).lower() in _TARGETS), {})
        if str(target.get("environment", "")).strip().lower() in _NOT_PUBLISHED_THERE:
            continue
        values = tuple((str(key), one) for key, one in entry.items() if str(key).lower() not in _TARGETS)
        paths, problems = understood(texts(target.get("path")), file)
        kinds, more = understood(texts(target.get("kind"))[:1], file)
        stated = [*texts(target.get("lang")), *([language] if language else [])]
        languages, most = understood(stated[:1], file)
        yield from (*problems, *more, *most)
        yield FolderFlags(
            file,
            folder,
            values,
            "hugo",
            rank,
            paths,
            roots,
            kind="".join(kinds),
            language="".join(languages),
        )


def _ignored(expression: str, roots: tuple[str, ...], file: str) -> Iterator[Statement]:
    """A regular expression that Hugo finds in the whole path of a file, from the top of the disk."""
    try:
        re.compile(expression)
    except re.error as error:
        yield settings_problem(file, str(error))
        expression = ""
    yield from (LeftOut(root, expressions=(expression.replace("\\\\", "\\"),)) for root in roots)


def _mount(mount: Mapping[str, object], path: str, roots: tuple[str, ...], file: str) -> Iterator[Statement]:
    source = mount.get("source")
    if isinstance(source, str) and _goes_to_content(mount):
        negated = [one[1:].strip() for one in texts(mount.get("files")) if one.startswith("!")]
        folders = (
            {joined(path, source), *roots} if source.strip("/ ") == "content" else {joined(path, source)}
        )
        yield from left_out(sorted(folders), [*texts(mount.get("excludefiles")), *negated], file)


def _front_of(file: Path, path: str) -> FrontMatter:
    text = text_of(file)
    if text.lstrip().startswith("{"):  # Hugo's third way to write front matter
        try:
            value, end = json.JSONDecoder(strict=False).raw_decode(text.lstrip())
        except (ValueError, RecursionError):
            return split_front_matter(text, path)
        if isinstance(value, dict):
            pairs = tuple((str(key).lower(), one) for key, one in value.items())
            return FrontMatter(text[:end], dict(pairs), "", 1, pairs=pairs)
    return split_front_matter(text, path)


def _parsed(text: str, suffix: str) -> object:
    """The value of settings.

    Raises:
        ValueError: they cannot be read; the message says why.
    """
    try:
        if suffix == ".toml":
            return read_toml(text)[0]
        return parse_json(text) if suffix == ".json" else read_yaml(text)[0]
    except tomllib.TOMLDecodeError as error:
        raise ValueError(toml_not_valid()) from error
    except (yaml.YAMLError, RecursionError) as error:
        raise ValueError(yaml_not_valid()) from error
    except NotJsonError as error:
        raise ValueError(str(error) or json_not_valid("", 1, 1)) from error
