"""Tries every reader with broken input: nothing but a refusal in words may come of it, and within seconds.

    python -m bench.fuzz            # a minute
    python -m bench.fuzz 1800       # so many seconds of processor time
    python -m bench.fuzz 60 yaml    # one reader, by the start of its name
    python -m bench.fuzz 60 --seed 7

Inputs are seeds, right by themselves, that are cut, joined, repeated and strewn with pieces of their own syntax; the
same for the same seed. What is found is printed, shortened to what still shows it, and ends with status 1.
"""

# ruff: noqa: E501  # tables, a row a line

import math
import random
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import get_args

from notegen.build import build
from notegen.cache import open_cache
from notegen.config import Config, SearchSettings, load_config
from notegen.context import BuildContext
from notegen.errors import NotegenError, word_error
from notegen.errors.problems import word_hint, word_problem
from notegen.i18n import load_language
from notegen.link import link_notes
from notegen.model import CanvasWords, Reading, Source, Tool, ToolRoot
from notegen.parse import parse_note
from notegen.paths import CACHE_FILE
from notegen.read.adapt import make_adapter
from notegen.read.canvas import NotCanvasError, read_canvas
from notegen.read.daily import day_in_path, path_pattern
from notegen.read.decode import decode, without_surrogates
from notegen.read.exclusions import Exclusions
from notegen.read.front_matter import split_front_matter
from notegen.read.lenient_json import NotJsonError, parse_json
from notegen.read.logseq.edn import read_edn_settings
from notegen.read.logseq.graph import read_graph
from notegen.read.patterns import match_patterns
from notegen.read.visibility import read_visibility
from notegen.search.query import parse_query
from notegen.semantic.passages import passages_of

ROOT = Path(__file__).parent.parent
MAX_SECONDS = 10.0
"""Of processor time for one input; more counts as having no end."""
MAX_LETTERS = 20_000
MAX_SHOWN = 400

Reader = Callable[[bytes, Path], object]


@dataclass(frozen=True, slots=True)
class Target:
    """A reader: what it is given, and what it may raise."""

    read: Reader
    seeds: Sequence[bytes]
    pieces: Sequence[str]
    refusals: tuple[type[Exception], ...] = ()


class EndlessError(BaseException):
    """The reader did not come to an end."""


# -- the readers -----------------------------------------------------------------------------------


def _source(text: str, path: str = "n.md") -> Source:
    front = split_front_matter(text, path)
    judged = read_visibility(front, path, frozenset({"private"}))
    return Source(
        path, front.body, front.first_line, front.properties, "", date(2024, 1, 1),
        property_lines=front.lines(), problems=(*front.problems, *judged.problems),
    )  # fmt: skip


def _note(source: Source | None) -> None:
    """All that follows from a source before its page is made."""
    if source is None:
        return
    note = parse_note(source)
    passages_of(note)
    garden = link_notes([note], Reading((), {}, frozenset()))
    for problem in garden.problems:
        word_problem(problem), word_hint(problem)


def _read_markdown(content: bytes, folder: Path) -> None:
    text, _ = decode(content, "n.md")
    _note(_source(text))


def _read_head(mark: str) -> Reader:
    def read(content: bytes, folder: Path) -> None:
        text, _ = decode(content, "n.md")
        _note(_source(f"{mark}\n{text}\n{mark}\nText.\n"))

    return read


def _read_as(tool: Tool, name: str) -> Reader:
    def read(content: bytes, folder: Path) -> None:
        text, _ = decode(content, name)
        _note(make_adapter(folder, ToolRoot("", tool), line_breaks="auto").adapt(_source(text, name)))

    return read


def _read_edn(content: bytes, folder: Path) -> None:
    text, _ = decode(content, "config.edn")
    read_edn_settings(text)
    (folder / "logseq").mkdir(exist_ok=True)
    (folder / "logseq/config.edn").write_bytes(content)
    graph = read_graph(folder, "")
    adapter = make_adapter(folder, ToolRoot("", "logseq"), line_breaks="auto")
    _note(adapter.adapt(_source("- {{m a, b}} {{x}} [[a/b]] #c\n", "pages/a___b.md")))
    adapter.names_of("journals/2024_01_01.md")
    for problem in graph.problems:
        word_problem(problem)


def _read_canvas(content: bytes, folder: Path) -> None:
    text, _ = decode(content, "n.canvas")
    front = read_canvas(text, CanvasWords())
    read_visibility(front, "n.canvas")
    # As the reader does: JSON's escapes make halves of letters, which no file can hold.
    body = without_surrogates(front.body)
    _note(Source("n.canvas", body, 0, front.properties, "", date(2024, 1, 1)))


def _read_settings(content: bytes, folder: Path) -> None:
    (folder / "notegen.toml").write_bytes(content)
    config = load_config(folder / "notegen.toml")
    match_patterns([*config.ignore, *config.private_folders], setting="ignore").match_file("a/b.md")


def _read_patterns(content: bytes, folder: Path) -> None:
    lines = content.decode("utf-8", "replace").splitlines()
    match_patterns(lines, setting="ignore").match_file("some folder/with a/note.md")


def _read_tools_settings(name: str) -> Reader:
    def read(content: bytes, folder: Path) -> None:
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
        exclusions = Exclusions()
        exclusions.add(folder, "", [path.name for path in folder.iterdir()])
        exclusions.keep_out("a/b.md")
        exclusions.wants_word("a/b.md")
        for problem in exclusions.problems:
            word_problem(problem)
        for tool in get_args(Tool):
            _note(
                make_adapter(folder, ToolRoot("", tool), line_breaks="auto").adapt(
                    _source("a\nb", "a/2024-01-01.md")
                )
            )
        file.unlink()

    return read


def _read_daily(content: bytes, folder: Path) -> None:
    text, _ = decode(content, "format")
    if pattern := path_pattern(text):
        for path in ("2024/01/2024-01-01.md", "2024-01-01.md", "January 1st, 2024.md", "1" * 200 + ".md"):
            day_in_path(path, pattern)


def _read_json(content: bytes, folder: Path) -> None:
    text, _ = decode(content, "settings.json")
    parse_json(text)


def _read_messages(content: bytes, folder: Path) -> None:
    (folder / "languages").mkdir(exist_ok=True)
    (folder / "languages/de.toml").write_bytes(content)
    language = load_language("de-AT", [folder, ROOT / "templates"])
    for key in list(language.messages)[::7]:
        language.form(key)


def _read_query(content: bytes, folder: Path) -> None:
    parse_query(decode(content, "query")[0])


def _read_cache(content: bytes, folder: Path) -> None:
    import numpy as np

    for old in folder.glob("vectors*"):
        old.unlink()
    (folder / CACHE_FILE).write_bytes(content)
    with open_cache(folder) as cache:
        keys = [bytes([number]) * 16 for number in range(20)]
        cache.get_many("e", keys)
        cache.put_many("e", {key: np.ones(4, np.float32) for key in keys[:3]})
        cache.get_made(b"k")
        cache.put_made(b"k", b"content")
        for problem in cache.problems:
            word_problem(problem)


def _build(content: bytes, folder: Path) -> None:
    """The whole way, with the input as a note, a board and a page of Logseq beside it."""
    notes = folder / "notes"
    notes.mkdir(exist_ok=True)
    for name in ("a.md", "b.canvas", "c.org", "d.txt"):
        (notes / name).write_bytes(content)
    (notes / "e.md").write_text("---\ndate: 2024-01-01\n---\n![[a]] [[a]] ![[b.canvas]] [[c]]\n")
    config = Config(title="T", search=SearchSettings(semantic=False))
    build(BuildContext(notes=notes, config=config, encoder=None, table=None), folder / "site")


# -- what they are given ---------------------------------------------------------------------------

_ALL = (
    *"\0 \t \n \r \x0b \x0c \x1c \x85 \u2028 \ufeff \u200b \u202e \ufdd0 \ufffd \uffff \U0001f600 e\u0301 ﷺ 日本 ß İ".split(" "),
    *"0 -1 1e999 NaN 99999999999999999999 0x 2024-13-45 0000-00-00 9999-12-31 ٣ ² true null".split(),
)  # fmt: skip
_MARKDOWN = (
    "[[", "]]", "![[", "|", "#", "^id", "%%", "==", "$", "$$", "`", "```\n", "> ", "> [!note]- ", "- ", "- [ ] ", "\n\n", "---\n",
    "+++\n", "| a |\n|---|\n", "<div>", "</div>", "<!--", "-->", "<script>", "{{", "}}", "{%", "%}", "((", "))", "id:: ", "key:: v\n",
    "TODO ", ":LOGBOOK:\n", ":END:\n", "[^1]", "[^1]: ", "^[", "https://x.example", "](", "\\", "<a href=", "<img src='", "&#x0;",
    "```mermaid\n", "class A internal-link\n", "[:b ", "[:a {:href \"", "{{embed ", "{{query ", "#+BEGIN_SRC\n", "* ", "#+title: ",
    "{% raw %}", "{{ \"a\" | b }}", "{: .a}", "full-card![[a]]", "[[a|b|c]]", "notegen:0", "notegen-tag:a", "#private", "%%private%%",
)  # fmt: skip
_YAML = (
    ":", ": ", "- ", "? ", "&a ", "*a", "!!set ", "!!omap ", "!!int ", "!!float ", "!!bool ", "!!binary ", "!!timestamp ", "!!null ",
    "!!str ", "!!python/object:a ", "!x ", "{", "}", "[", "]", ",", "<<: ", "|\n ", ">\n ", "'", '"', "#", "%YAML 1.1\n", "---\n",
    "...\n", "\\u0000", "\\xZZ", "1:2:3", "0b", "0o7", "1_000", ".inf", ".nan", "~", "draft: ", "publish: ", "date: ", "tags: ", "title: ",
    "aliases: ", "image: ", "lang: ", "permalink: ", "created: ", "dir: ", "cover: ", "description: ", "private: ", "build: ", "page: ",
)  # fmt: skip
_TOML = ("[", "]", "[[", "]]", "=", ".", '"', "'", '"""', "'''", "{", "}", ",", "#", "\\u0000", "\\ud800", "1979-05-27T07:32:00Z", "inf",
         "ignore = ", "theme = ", "out = ", "base_url = ", "related.count = ", "~nobody/", "check.ignore = ", "language = ", "other = ", "{count}")  # fmt: skip
_JSON = ("{", "}", "[", "]", ",", ":", '"', "\\", "\\u", "\\ud800", "//", "/*", "*/", "null", '"nodes":', '"edges":', '"type":"text"',
         '"text":', '"file":', '"group"', '"x":', '"metadata":{"frontmatter":', '"excluded":', '"format":', '"id":')  # fmt: skip
_EDN = ("{", "}", "[", "]", "(", ")", "#{", "#_", '"', "\\", ";", ":", ",", "^", "'", ":file/name-format ", ":journal/page-title-format ", ":hidden ",
        ":macros ", "$1", "{{m}}", ":publishing/all-pages-public? ", "true", ":pages-directory ", "MMM do, yyyy", ":triple-lowbar ")  # fmt: skip
_QUERY = (
    '"',
    "-",
    "+",
    "tag:",
    "date:",
    "in:",
    "is:",
    "..",
    ">",
    "<",
    "=",
    "[[",
    "]]",
    "like:",
    "(",
    ")",
    "OR",
    "*",
    "#",
    "2024-01",
    "2024-01-01..",
)

_FRONT = (
    b"title: A title\ndate: 2024-05-01\ntags: [a, b/c]\naliases:\n  - x\n  - y\n",
    b"created: 2023-01-01 10:00\npublish: true\nimage: '[[a.png]]'\npermalink: /a/b/\n",
    b"a: &x {b: 1, c: [1, 2]}\nd: *x\ne:\n  <<: *x\n  f: |\n    text\n    more\n",
    b"draft: no\nlang: de\ndir: rtl\ndescription: >\n  folded\n  text\nrating: 5\nset: !!set {a, b}\n",
)
_CANVAS = (
    b'{"nodes":[{"id":"1","type":"text","text":"# A\\n[[b]]","x":0,"y":0,"width":9,"height":9},'
    b'{"id":"2","type":"file","file":"a.md","subpath":"#b","x":5,"y":5,"width":9,"height":9},'
    b'{"id":"3","type":"link","url":"https://x.example","x":1,"y":1},{"id":"4","type":"group","label":"G","x":-9,"y":-9,'
    b'"width":99,"height":99}],"edges":[{"id":"e","fromNode":"1","toNode":"2","label":"l","fromEnd":"arrow"}],'
    b'"metadata":{"frontmatter":{"title":"T","tags":["a"]}}}',
)
_CONFIG_EDN = (
    b'{:meta/version 1 :file/name-format :triple-lowbar :hidden ["a" "b/c"] :journal/page-title-format "MMM do, yyyy"\n'
    b' ;; comment\n :macros {"m" "<b>$1</b> $2"} :publishing/all-pages-public? true #_ :off :pages-directory "pages"}',
)
_QUERIES = (
    b'tide "spring tide" -moon tag:sea/coast date:2023..2024-05 in:folder',
    b"like:[[A note]] is:linked + sea - moon",
)
_DAILY = (b"YYYY/MMMM/YYYY-MM-DD", b"[daily] DD.MM.YYYY dddd", b"gggg-[W]ww", b"Do MMMM YYYY")
_PATTERNS = (b"drafts/\n*.tmp\n!keep.tmp\n**/a/**\n[a-z]?.md\n\\#x\n/-/\n",)


def _cache_seed() -> bytes:
    """A cache with a few vectors."""
    import numpy as np

    with tempfile.TemporaryDirectory() as folder:
        with open_cache(Path(folder)) as cache:
            cache.put_many("e", {bytes([number]) * 16: np.ones(4, np.float32) for number in range(20)})
            cache.put_made(b"k", b"content" * 50)
        return (Path(folder) / CACHE_FILE).read_bytes()


def targets() -> Mapping[str, Target]:
    """Every reader by name."""
    cases = [path.read_bytes() for path in sorted((ROOT / "tests/cases").glob("*.md"))]
    logseq = [
        text
        for path, text in zip(sorted((ROOT / "tests/cases").glob("*.md")), cases, strict=True)
        if "logseq" in path.name
    ]
    languages = [path.read_bytes() for path in sorted((ROOT / "templates/languages").glob("*.toml"))]
    settings = [
        (ROOT / "notes/notegen.toml").read_bytes(),
        b'title = "T"\n[search]\nsemantic = false\n[related]\ncount = 3\n',
    ]
    json = (
        b'{"excluded": ["a", "b/c"], "format": "YYYY-MM-DD", "folder": "templates", // x\n "strictLineBreaks": true,}',
    )
    refused = (NotegenError,)
    return {
        "markdown": Target(_read_markdown, cases, _MARKDOWN),
        "yaml": Target(_read_head("---"), _FRONT, _YAML),
        "toml": Target(_read_head("+++"), [*settings, b"a = 1\nb = [1, 2]\n[c]\nd = 2024-01-01\n"], _TOML),
        **{
            f"text of {tool}": Target(_read_as(tool, "n.md"), [*cases, *logseq * 3], _MARKDOWN)
            for tool in get_args(Tool)
        },
        "org": Target(_read_as("logseq", "pages/n.org"), [*logseq, b"#+title: T\n* A\n:PROPERTIES:\n:id: x\n:END:\n- b :: c\n"], _MARKDOWN),
        "edn": Target(_read_edn, _CONFIG_EDN, _EDN),
        "canvas": Target(_read_canvas, _CANVAS, _JSON, (NotCanvasError,)),
        "settings": Target(_read_settings, settings, _TOML, refused),
        "patterns": Target(_read_patterns, _PATTERNS, ("*", "**", "/", "!", "[", "]", "\\", "?", "#", "a-", "[!", "[^", "{", " "), refused),
        "publish.json": Target(_read_tools_settings(".obsidian/publish.json"), json, _JSON),
        "app.json": Target(_read_tools_settings(".obsidian/app.json"), json, _JSON),
        "daily-notes.json": Target(_read_tools_settings(".obsidian/daily-notes.json"), json, _JSON),
        "dendron.yml": Target(_read_tools_settings("dendron.yml"), [b"vaults:\n- fsPath: a\n  visibility: private\nsite:\n  siteHierarchies: [root]\n"], _YAML),
        "daily format": Target(_read_daily, _DAILY, ("YYYY", "MM", "DD", "Do", "[", "]", "MMM", "(", "?P<y>", "*", "\\", "dddd", "Q", ".")),
        "json": Target(_read_json, json, _JSON, (NotJsonError,)),
        "messages": Target(_read_messages, languages, _TOML, refused),
        "query": Target(_read_query, _QUERIES, _QUERY),
        "cache": Target(_read_cache, [_cache_seed()], ()),
        "whole build": Target(_build, [*cases, *_CANVAS, *(b"---\n" + head + b"---\nText\n" for head in _FRONT)], [*_MARKDOWN, *_YAML], refused),
    }  # fmt: skip


def mutated(chance: random.Random, seeds: Sequence[bytes], pieces: Sequence[str]) -> bytes:
    """A seed, or stretches of several, spoiled in a few places."""
    if not pieces:
        return _spoiled(chance, chance.choice(seeds))
    parts: list[bytes] = []
    for _ in range(chance.choice((1, 1, 1, 2, 4))):
        seed = chance.choice(seeds)
        start = chance.randrange(len(seed)) if chance.random() < 0.5 else 0
        parts.append(seed[start : start + chance.choice((30, 200, 1000, 5000))])
    content = b"".join(parts)
    for _ in range(chance.choice((0, 1, 2, 5, 15))):
        at = chance.randint(0, len(content))
        piece = chance.choice([*pieces, chance.choice(_ALL)]).encode("utf-8", "surrogatepass")
        match chance.randrange(6):
            case 0 | 1:
                content = content[:at] + piece + content[at:]
            case 2:
                content = content[:at] + piece * chance.choice((2, 9, 60, 700)) + content[at:]
            case 3:
                content = content[:at] + content[at + chance.choice((1, 3, 20)) :]
            case 4:
                content = content[:at] + bytes([chance.randrange(256)]) + content[at + 1 :]
            case _:
                other = chance.randint(0, len(content))
                content = content[:at] + content[other : other + 50] + content[at:]
    return content[:MAX_LETTERS]


def _spoiled(chance: random.Random, seed: bytes) -> bytes:
    content = bytearray(seed)
    for _ in range(chance.choice((0, 1, 3, 20, 200))):
        content[chance.randrange(len(content))] = chance.randrange(256)
    return bytes(content[: chance.choice((len(content), len(content), chance.randrange(len(content))))])


# -- the search ------------------------------------------------------------------------------------


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Ends the block with an `EndlessError` after so much processor time."""

    def end(number: int, frame: object) -> None:
        raise EndlessError

    signal.signal(signal.SIGVTALRM, end)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


def fault_of(target: Target, content: bytes) -> str:
    """What is wrong with how the reader took it: the exception and where it was raised; empty for nothing."""
    try:
        with tempfile.TemporaryDirectory() as folder, limited(MAX_SECONDS):
            target.read(content, Path(folder))
    except EndlessError:
        return f"no end in {MAX_SECONDS:.0f} s"
    except target.refusals as error:
        if isinstance(error, NotegenError):
            word_error(error)
    except Exception as error:
        place = traceback.extract_tb(error.__traceback__)[-1]
        return f"{type(error).__name__} at {Path(place.filename).name}:{place.lineno}"
    return ""


def shortened(target: Target, content: bytes, fault: str) -> bytes:
    """The input without what is not needed for the same fault."""
    if fault.startswith("no end"):
        return content
    step = max(1, len(content) // 2)
    end = time.process_time() + 20
    while step and time.process_time() < end:
        start = 0
        while start < len(content) and time.process_time() < end:
            less = content[:start] + content[start + step :]
            if fault_of(target, less) == fault:
                content = less
            else:
                start += step
        step //= 2
    return content


def kept(name: str, content: bytes) -> str:
    """A short input itself, else the name of the file that it is kept in."""
    if len(content) <= MAX_SHOWN:
        return repr(content)
    with tempfile.NamedTemporaryFile(prefix=f"fuzz-{name.replace(' ', '-')}-", delete=False) as file:
        file.write(content)
    return file.name


def fuzz(seconds: float, names: str = "", seed: int = 1, *, most: float = math.inf) -> dict[str, bytes]:
    """Faults, each with an input that shows it; every reader has an equal share of the time, and `most` inputs."""
    found: dict[str, bytes] = {}
    for name, target in targets().items():
        if not name.startswith(names):
            continue
        chance, tried = random.Random(f"{seed} {name}"), 0
        share = seconds / sum(one.startswith(names) for one in targets())
        end = time.process_time() + share
        while time.process_time() < end and tried < most:
            content = mutated(chance, target.seeds, target.pieces)
            tried += 1
            if (fault := fault_of(target, content)) and f"{name}: {fault}" not in found:
                found[f"{name}: {fault}"] = shortened(target, content, fault)
                print(f"{name}: {fault}: {kept(name, found[f'{name}: {fault}'])}", flush=True)
        print(f"{name:20} {tried:9,} inputs", flush=True)
    return found


def main(words: list[str]) -> None:
    """Search, say what was found, and end with 1 if that is anything."""
    seed = int(words[words.index("--seed") + 1]) if "--seed" in words else 1
    plain = words[: words.index("--seed")] if "--seed" in words else words
    found = fuzz(float(plain[0]) if plain else 60, plain[1] if len(plain) > 1 else "", seed)
    print(f"{len(found)} faults")
    sys.exit(bool(found))


if __name__ == "__main__":
    main(sys.argv[1:])
