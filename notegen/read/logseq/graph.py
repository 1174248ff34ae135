"""What a graph's `logseq/config.edn` says about its pages."""

from dataclasses import dataclass
from pathlib import Path

from notegen.read.decode import decode
from notegen.read.logseq.edn import read_settings


@dataclass(frozen=True, slots=True)
class LogseqGraph:
    """A graph's settings, as far as they decide what its pages are called, hold and show."""

    folder: Path
    path: str = ""
    """The graph's folder in the notes folder, empty for that folder itself."""
    legacy_names: bool = False
    """Whether a `.` in a file's name stands for `/`, as it did before `:file/name-format :triple-lowbar`."""
    journals: str = "journals"
    """The folder of the journals, in the graph."""
    journal_name: str = "yyyy_MM_dd"
    """The format of a journal's file name."""
    journal_title: str = "MMM do, yyyy"
    """The format of a journal's title."""
    public_only: bool = False
    """Whether only pages that say `public:: true` are to be published."""
    hidden: tuple[str, ...] = ()
    """What the paths in the graph of files begin with that Logseq itself does not read."""
    hidden_properties: frozenset[str] = frozenset()

    def inner(self, note: str) -> str:
        """A note's path in the graph."""
        return note.removeprefix(f"{self.path}/") if self.path else note


def read_graph(folder: Path, path: str = "") -> LogseqGraph:
    """The settings of the graph in `folder`, Logseq's defaults for what is not set or makes no sense.

    A graph without any config.edn (people keep it out of git) is taken to be one of today: Logseq has written
    `:file/name-format` into every new graph since 0.8.9, and a dot in a name is far more often a dot than a slash.

    Args:
        folder: the graph's folder.
        path: the same folder's path in the notes folder, empty for that folder itself.
    """
    try:
        text, _ = decode((folder / "logseq" / "config.edn").read_bytes(), "")
    except OSError:
        return LogseqGraph(folder, path)
    settings = read_settings(text)

    def words(key: str, default: str) -> str:
        value = settings.get(key)
        return value if isinstance(value, str) and value.strip() else default

    def several(key: str) -> tuple[str, ...]:
        value = settings.get(key)
        return tuple(item for item in value if isinstance(item, str)) if isinstance(value, tuple) else ()

    return LogseqGraph(
        folder=folder,
        path=path,
        legacy_names=settings.get(":file/name-format") != ":triple-lowbar",
        journals=words(":journals-directory", "journals").strip("/"),
        journal_name=words(":journal/file-name-format", "yyyy_MM_dd"),
        journal_title=words(":journal/page-title-format", "MMM do, yyyy"),
        # What is said and is not `true` closes; not to say anything leaves it to each page.
        public_only=settings.get(":publishing/all-pages-public?") not in (None, True),
        hidden=tuple(prefix.strip("/") for prefix in several(":hidden") if prefix.strip("/")),
        hidden_properties=frozenset(
            name.lstrip(":").lower().replace("_", "-") for name in several(":block-hidden-properties")
        ),
    )
