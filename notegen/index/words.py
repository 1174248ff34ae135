"""The word index in shards: a range of terms each, so that a query loads those of its own words only."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from notegen.index.script import Shard
from notegen.ranking.lexicon import Lexicon

SHARD_LENGTH = 12_000
"""Characters after which a shard ends; about 6 kB with gzip. Half of it saves a query 5 kB and doubles the files."""


@dataclass(frozen=True, slots=True)
class WordShards:
    """Shards `w0`, `w1`, … of lines `term postings`; a common term has a shard `c0`, `c1`, … of its own."""

    shards: tuple[Shard, ...]
    first_terms: tuple[str, ...]
    """The first term of each `w` shard, ascending by UTF-16 units."""
    common: tuple[str, ...]
    """The term of each `c` shard."""


def word_shards(lexicon: Lexicon) -> WordShards:
    """Cuts the lexicon, in its order."""
    lines = [f"{term} {postings}" for term, postings in lexicon.entries.items() if term not in lexicon.common]
    common = sorted(lexicon.common)
    groups = list(_cut(lines))
    return WordShards(
        shards=(
            *(Shard(f"w{number}", "\n".join(group)) for number, group in enumerate(groups)),
            *(Shard(f"c{number}", f"{term} {lexicon.entries[term]}") for number, term in enumerate(common)),
        ),
        first_terms=tuple(group[0].partition(" ")[0] for group in groups),
        common=tuple(common),
    )


def _cut(lines: Sequence[str]) -> Iterator[list[str]]:
    group: list[str] = []
    length = 0
    for line in lines:
        if group and length + len(line) > SHARD_LENGTH:
            yield group
            group, length = [], 0
        group.append(line)
        length += len(line) + 1
    if group:
        yield group
