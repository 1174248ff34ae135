"""Small files of data that a page's script loads by need: scripts, the one thing that a page from disk may load."""

import json
from hashlib import blake2b

from notegen.model import OutputFile, Url
from notegen.paths import INTERNAL

_CALL = b"notegen.add"


def shard_folder(kind: str, contents: object) -> Url:
    """Where the shards of a kind lie: named by all that is in them, so that a browser may keep each for ever."""
    return f"{INTERNAL}/{kind}/{blake2b(_CALL + _json(contents), digest_size=6).hexdigest()}"


def shard_file(folder: Url, name: str, content: object) -> OutputFile:
    """The script that adds the content to the page's namespace, which browser/src/lib/namespace.ts defines."""
    return OutputFile(f"{folder}/{name}.js", b"%s(%s,%s)" % (_CALL, _json(name), _json(content)))


def _json(content: object) -> bytes:
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    # Lone surrogates cannot be UTF-8; JSON's escape for them can.
    return text.encode("utf-8", "backslashreplace")
