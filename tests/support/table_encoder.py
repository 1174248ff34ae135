"""The bundled model's query table in the model's place: a text means what its tokens mean together.

What is near in meaning is near here too, if less well, at a hundredth of what the model costs: for sites whose pages
are looked at, and not what is called like what.
"""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from notegen.bundled import bundled_model
from notegen.encoder import load_table
from notegen.model import QueryTable
from notegen.search.table_rows import float_rows
from notegen.text.wordpiece import wordpiece_tokenizer
from tests.support.word_encoder import FakeEncoder


class TableEncoder(FakeEncoder):
    """A vector is the sum of the table's rows for the text's tokens."""

    fingerprint = "table-1"

    def __init__(self) -> None:
        table = load_table(bundled_model())
        assert table is not None
        self.table: QueryTable = table
        self._rows = float_rows(table)
        self._tokens = wordpiece_tokenizer(table.tokens)
        self.dimensions: int = self._rows.shape[1]

    def encode_passages(
        self, texts: Sequence[str], *, progress: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        """Unit vectors of the texts; that of a text without tokens is null."""
        sums = [self._rows[self._tokens(text)].sum(axis=0) for text in texts]
        matrix = np.array(sums, np.float32).reshape(len(texts), self.dimensions)
        lengths = np.linalg.norm(matrix, axis=1, keepdims=True)
        return np.asarray(matrix / np.maximum(lengths, 1e-9), np.float32)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """As the table has them."""
        return [len(self._tokens(text)) for text in texts]
