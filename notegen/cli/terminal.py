"""Streams that print every text: what a terminal's encoding lacks is escaped."""

import codecs
import io
import sys


class AsciiText(io.TextIOWrapper):
    """A stream that knows ASCII only. click, which would send UTF-8 to one that says so, does not hear it say so."""

    @property
    def encoding(self) -> str:  # type: ignore[override]  # a plain attribute in typeshed, and read-only in fact
        """No name that there is."""
        return "ascii-escaped"


def escape_what_lacks() -> None:
    r"""From now on the standard streams show a letter that they cannot by its number, `\u65e5`. Once is enough."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if not isinstance(stream, io.TextIOWrapper) or isinstance(
            stream, AsciiText
        ):  # none where it is closed
            continue
        if codecs.lookup(stream.encoding).name == "ascii":
            lines = stream.line_buffering
            setattr(sys, name, AsciiText(stream.detach(), "ascii", "backslashreplace", line_buffering=lines))
        else:
            stream.reconfigure(errors="backslashreplace")
