"""The teacher of the multilingual query table: multilingual-e5-small in plain torch, fast on short texts.

As `table_teacher.py`, but on whatever device there is. Vectors are those of the graph that `multilingual.py` writes: a
question's prefix in front, the mean over all tokens, the centre taken off.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from tokenizers import Tokenizer

from models.table_teacher import batches_by_length

Float = NDArray[np.float32]

MAX_TOKENS = 64
PREFIX = "query: "


class MultilingualTeacher:
    """The model in bfloat16, with layer norms' input and pooling in float32.

    Args:
        weights: by the name that the published model has for them, for this tokenizer's ids.
        tokenizer: that `multilingual.tokenizer_of` makes.
        centre: (e,) what is taken off every vector.
        layers: of the network.
        heads: of its attention.
        epsilon: of its norms.
    """

    def __init__(
        self,
        weights: Mapping[str, Float],
        tokenizer: Tokenizer,
        centre: Float,
        *,
        layers: int = 12,
        heads: int = 12,
        epsilon: float = 1e-12,
    ) -> None:
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        self.dtype = torch.bfloat16
        self.tokenizer, self.heads, self.epsilon = tokenizer, heads, epsilon
        self.centre = torch.from_numpy(centre).to(self.device)
        self.words = self._of(weights, "embeddings.word_embeddings.weight")  # (v, e)
        self.places = (
            self._of(weights, "embeddings.position_embeddings.weight")
            + self._of(weights, "embeddings.token_type_embeddings.weight")[0]
        )
        tokenizer.no_padding()
        tokenizer.enable_truncation(min(MAX_TOKENS, len(self.places)))
        self.first_norm = tuple(
            self._of(weights, f"embeddings.LayerNorm.{part}") for part in ("weight", "bias")
        )
        self.layers = [self._layer(weights, at) for at in range(layers)]
        self.width = self.words.shape[1]

    def _of(self, weights: Mapping[str, Float], name: str) -> torch.Tensor:
        return torch.from_numpy(np.ascontiguousarray(weights[name])).to(self.device)

    def _layer(self, weights: Mapping[str, Float], at: int) -> tuple[torch.Tensor, ...]:
        def of(*parts: str) -> tuple[torch.Tensor, torch.Tensor]:
            names = [f"encoder.layer.{at}.{part}" for part in parts]
            return (
                torch.cat([self._of(weights, f"{name}.weight") for name in names]).to(self.dtype),
                torch.cat([self._of(weights, f"{name}.bias") for name in names]).to(self.dtype),
            )

        return (
            *of("attention.self.query", "attention.self.key", "attention.self.value"),
            *of("attention.output.dense"),
            *of("attention.output.LayerNorm"),
            *of("intermediate.dense"),
            *of("output.dense"),
            *of("output.LayerNorm"),
        )

    @torch.inference_mode()  # type: ignore[untyped-decorator]
    def encode_ids(self, ids: torch.Tensor) -> torch.Tensor:
        """(n, e) float32 vectors of length 1 for (n, t) token ids, special tokens included, none padded."""
        count, length = ids.shape
        size, epsilon = (self.width,), self.epsilon
        x = F.layer_norm(self.words[ids] + self.places[:length], size, *self.first_norm, epsilon).to(
            self.dtype
        )
        for qkv, qkv_b, out, out_b, norm, norm_b, up, up_b, down, down_b, norm2, norm2_b in self.layers:
            q, k, v = F.linear(x, qkv, qkv_b).view(count, length, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
            seen = F.scaled_dot_product_attention(q, k, v).transpose(1, 2).reshape(count, length, self.width)
            x = F.layer_norm(x + F.linear(seen, out, out_b), size, norm, norm_b, epsilon)
            x = F.layer_norm(
                x + F.linear(F.gelu(F.linear(x, up, up_b)), down, down_b), size, norm2, norm2_b, epsilon
            )
        return F.normalize(F.normalize(x.float().mean(1), dim=1) - self.centre, dim=1)

    def encode(
        self, texts: Sequence[str], *, prefix: str = PREFIX, batch_tokens: int | None = None
    ) -> NDArray[np.float16]:
        """(n, e) vectors of length 1, in the order of the texts."""
        size = batch_tokens or (1 << 17 if self.device.type == "cuda" else 4096)
        encodings = [each.ids for each in self.tokenizer.encode_batch([prefix + text for text in texts])]
        vectors = torch.zeros((len(texts), self.width), dtype=torch.float16, device=self.device)
        for rows in batches_by_length([len(ids) for ids in encodings], size):
            ids = torch.tensor(np.array([encodings[row] for row in rows]), device=self.device)
            vectors[torch.tensor(rows, device=self.device)] = self.encode_ids(ids).half()
        found: NDArray[np.float16] = vectors.cpu().numpy()
        return found
