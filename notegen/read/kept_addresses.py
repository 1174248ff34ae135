"""The file in the notes folder that keeps the addresses of published notes; `notegen addresses` writes it.

It has one line for each note, so that two branches of a repository seldom touch the same line. Lines that are none are
passed over: where the marks of an unfinished merge are left, both sides count.
"""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from notegen.model import KeptAddress
from notegen.paths import ADDRESSES_FILE
from notegen.read.beginning import open_file

_MAX_LINE = 100_000


def read_kept_addresses(root: Path) -> tuple[KeptAddress, ...]:
    """What the file says, a note's first line alone; nothing where there is no such file."""
    try:
        with open_file(root / ADDRESSES_FILE) as stream:
            text = stream.read().decode("utf-8", "replace")
    except OSError:
        return ()
    found: dict[str, KeptAddress] = {}
    for one in _lines(text):
        found.setdefault(one.note, one)
    return tuple(found[note] for note in sorted(found))


def kept_addresses_text(addresses: Iterable[KeptAddress]) -> str:
    """The file that says this."""
    return "".join(
        f"{json.dumps(_facts(one), ensure_ascii=False)}\n"
        for one in sorted(addresses, key=lambda one: one.note)
    )


def _facts(one: KeptAddress) -> dict[str, object]:
    facts: dict[str, object] = {
        "note": one.note,
        "url": one.url,
        "id": one.own_id,
        "former": list(one.former),
        "first": one.first,
        "digest": one.digest,
        "words": one.words,
    }
    return {name: value for name, value in facts.items() if value}


def _lines(text: str) -> Iterator[KeptAddress]:
    for line in text.splitlines():
        try:
            facts = json.loads(line) if len(line) < _MAX_LINE else None
        except (ValueError, RecursionError):
            continue
        if isinstance(facts, dict) and facts.get("note") and facts.get("url"):
            former = facts.get("former")
            yield KeptAddress(
                note=str(facts["note"]),
                url=str(facts["url"]),
                digest=str(facts.get("digest") or ""),
                words=str(facts.get("words") or ""),
                own_id=str(facts.get("id") or ""),
                former=tuple(map(str, former)) if isinstance(former, list) else (),
                first=str(facts.get("first") or ""),
            )
