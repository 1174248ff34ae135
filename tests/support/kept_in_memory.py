"""What keeps bytes in memory, where a build has its cache."""

from collections.abc import Mapping, Sequence


class KeptInMemory:
    """Keeps bytes as a cache does."""

    def __init__(self) -> None:
        self.contents: dict[bytes, bytes] = {}

    def get(self, keys: Sequence[bytes]) -> Mapping[bytes, bytes]:
        """What was put under the keys."""
        return {key: self.contents[key] for key in keys if key in self.contents}

    def put(self, contents: Mapping[bytes, bytes]) -> None:
        """Keep all."""
        self.contents |= contents
