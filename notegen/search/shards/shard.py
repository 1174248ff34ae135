"""A piece of the index as a classic script: all that a page opened from file:// may load."""

import json
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Shard:
    """A piece of the index: its name, unique in its folder, and its content, a text or plain JSON values."""

    name: str
    content: object


def script(name: str, content: object) -> bytes:
    """The script that adds the content to the page's namespace, which browser/src/lib/namespace.ts defines."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    # Lone surrogates cannot be UTF-8; JSON's escape for them can.
    return f"notegen.add({json.dumps(name)},{text})".encode("utf-8", "backslashreplace")
